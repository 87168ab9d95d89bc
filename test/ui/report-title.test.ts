import { expect, test } from 'vitest';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { Run } from '../../src/engine/run.ts';
import { summarise } from '../../src/engine/summarise.ts';
import { reportOf } from '../../src/replay/carry/report.ts';
import { treeOf } from '../../src/ui/notes/markdown.ts';
import { aDesign } from '../support/designs.ts';

test("a report's title is read as a title, whatever it holds", () => {
  const title = 'A [cache](x) *that* `lies` <b> ~~not~~ &copy; &#65; & so';
  const design = aDesign({ duration: '100ms', title });
  const run = Run.start(design);
  run.advance(HORIZON);
  const report = reportOf({
    design,
    summary: summarise(run),
    series: run.series(),
    violations: new Int32Array(0),
    link: () => '#/write-through',
  });
  const [heading] = treeOf(report).children;
  if (heading?.type !== 'heading') throw new Error('no heading');
  expect(heading.children).toMatchObject([{ type: 'text', value: title }]);
});
