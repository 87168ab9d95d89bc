/** What the cards of a picture say of nodes that are not well: whole, and in brief where a card, or a replica, has one line. */
import { expect, test } from 'vitest';
import type { Size } from '../../src/ui/diagram/geometry.ts';
import { Moment } from '../../src/ui/diagram/moment.ts';
import { drawScene, planOf } from '../../src/ui/export/scene/scene.ts';
import { SvgBrush } from '../../src/ui/export/svgBrush.ts';
import type { Palette } from '../../src/ui/marks/palette.ts';
import { aDesign } from '../support/designs.ts';
import { idleSession } from '../support/idleSession.ts';

const BLACK = new Proxy({} as Palette, { get: () => '#000' });
const FAULTS = ['app-2:crash@100ms-900ms', 'cache-1:destroy@100ms', 'shard-1.replica-2:pause@100ms-900ms'];

/** Every word of the picture at 500 ms, when the FAULTS hold. */
function wordsOf(nodes: Readonly<Record<string, string>>, room: Size): string[] {
  const design = aDesign({ ...nodes, fault: FAULTS });
  const { run, view } = idleSession(design);
  const now = new Moment();
  now.update({ ...run.getState(), design }, { ...view.getState(), cursor: 500_000 });
  const brush = new SvgBrush();
  drawScene({ brush, palette: BLACK, stripes: { bad: '#000', inv: '#000' } }, planOf(design, room), now);
  return [...brush.elements.matchAll(/<text[^>]*>([^<]*)/g)].map(([, words = '']) => words);
}

test('cards with a head say what is wrong whole', () => {
  const words = wordsOf({}, { w: 1200, h: 1400 });
  expect(words).toEqual(
    expect.arrayContaining(['down, back in 0.4\u2009s', 'down for good', 'paused, back in 0.4\u2009s']),
  );
  // Of the crashed cache node there is one queue to say nothing of, not two numbers.
  expect(words[words.indexOf('queue') + 1]).toBe('–');
});

test('cards of one line, and replicas that have one, say it in brief', () => {
  const crowded = { 'app.nodes': '16', 'cache.nodes': '16', 'store.shards': '4' };
  const words = wordsOf(crowded, { w: 1200, h: 560 });
  expect(words).toEqual(expect.arrayContaining(['down 0.4\u2009s', 'down', 'paused 0.4\u2009s']));
  expect(words.filter((each) => /back in|for good/.test(each))).toEqual([]);
});
