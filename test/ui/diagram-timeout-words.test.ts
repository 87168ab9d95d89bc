/** The words of a timeout: there with its cross, and gone before the cross has faded. */
import { expect, test } from 'vitest';
import { nodesOf } from '../../src/design/nodes.ts';
import { CROSS_FOR_MS } from '../../src/replay/packets.ts';
import { Moment } from '../../src/ui/diagram/moment.ts';
import type { Plate } from '../../src/ui/diagram/packetLabels.ts';
import { PacketPainter } from '../../src/ui/diagram/packetPainter.ts';
import { planOf } from '../../src/ui/export/scene/scene.ts';
import { aDesign } from '../support/designs.ts';
import { aDetail } from '../support/details.ts';
import { idleSession } from '../support/idleSession.ts';

const STOPPED_AT = 500_000;

/** What is drawn so long after app-1 stopped waiting, in shares of the time that its cross is seen for. */
function drawnAfter(share: number): { readonly marks: number; readonly words: readonly string[] } {
  const design = aDesign({ 'cache.timeout': '15ms' });
  const { run, view } = idleSession(design);
  const node = nodesOf(design).findIndex(({ name }) => name === 'app-1');
  const detail = aDetail({ events: [{ time: STOPPED_AT, is: 'timeout', node, call: 7, operation: 3 }] });
  const now = new Moment();
  const speed = '1/1000';
  const cursor = STOPPED_AT + share * CROSS_FOR_MS;
  now.update({ ...run.getState(), design }, { ...view.getState(), cursor, speed, detail });
  let plates: readonly Plate[] = [];
  const painter = new PacketPainter();
  painter.paint(
    {
      begin: () => undefined,
      put: () => undefined,
      measure: (text) => 6 * text.length,
      end: (words) => (plates = words),
    },
    now,
    planOf(design, { w: 1200, h: 600 }).routes,
    { x: 0, y: 0, zoom: 1, w: 1200, h: 600, density: 1 },
  );
  return { marks: painter.places().length, words: plates.map(({ text }) => text) };
}

test.each([
  { share: 0, marks: 1, words: ['15\u2009ms'] },
  { share: 0.55, marks: 1, words: ['15\u2009ms'] },
  { share: 0.65, marks: 1, words: [] },
  { share: 0.95, marks: 1, words: [] },
  { share: 1, marks: 0, words: [] },
])(
  'after $share of the time that a cross is seen there are $marks crosses, and the words are $words',
  ({ share, ...drawn }) => {
    expect(drawnAfter(share)).toEqual(drawn);
  },
);
