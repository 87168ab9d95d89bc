/** The worker's side of a comparison, in Node: turns and wall time are the test's, the runs are of the small engine below. */
import { describe, expect, test } from 'vitest';
import { BUCKET_US, NODE_WIDTH, SYSTEM_WIDTH } from '../../src/design/readings.ts';
import type { Design } from '../../src/design/design.ts';
import { ComparisonHandler } from '../../src/worker/handle-comparison.ts';
import type { ComparisonReply } from '../../src/worker/protocol.ts';
import { aDesign } from '../support/designs.ts';
import { aSummary } from '../support/summaries.ts';

const a = aDesign({ duration: '2s' });
const b = aDesign({ duration: '2s', policy: 'look-aside' });

/** A handler whose every step takes 10 ms of wall time; a design with the seed 13 is a mistake of the engine's. */
function handling() {
  const replies: ComparisonReply[] = [];
  const turns: (() => void)[] = [];
  let clock = 0;
  const runThis = (design: Design) => {
    let now = 0;
    return {
      advance(until: number) {
        if (design.seed === 13) throw new Error('no such seed');
        clock += 10;
        now = until;
      },
      get done() {
        return now >= design.duration;
      },
      summary: () => aSummary({ seed: design.seed }),
      series() {
        const buckets = Math.floor(now / BUCKET_US);
        return {
          buckets,
          nodeCount: 1,
          system: new Float32Array(buckets * SYSTEM_WIDTH),
          nodes: new Float32Array(buckets * NODE_WIDTH),
        };
      },
    };
  };
  const handler = new ComparisonHandler(runThis, {
    post: (reply, transfer) => replies.push(structuredClone(reply, { transfer })),
    clock: () => clock,
    later: (callback) => turns.push(callback),
  });
  const told = () => replies.filter((reply) => reply.type === 'comparison');
  return {
    handler,
    replies,
    told,
    turn: () => turns.shift()?.(),
    settle: () => {
      while (turns.length > 0) turns.shift()?.();
    },
  };
}

describe('a comparison in the worker', () => {
  test('tells what it has found as it goes, and the series of the first pair as they grow', () => {
    const { handler, told, settle } = handling();
    handler.receive({ type: 'compare', a, b, seeds: 2 });
    settle();
    const shares = told().map(({ share }) => share);
    expect(shares.length).toBeGreaterThan(4);
    expect(shares).toEqual(shares.toSorted((x, y) => x - y));
    expect(told().at(-1)).toMatchObject({ done: true, share: 1, reading: { seeds: [1, 2] } });
    expect(told().filter(({ done }) => done)).toHaveLength(1);
    expect(told().findLast(({ series }) => series.a !== undefined)?.series.a?.buckets).toBe(20);
    expect(told().findLast(({ series }) => series.b !== undefined)?.series.b?.buckets).toBe(20);
    // Of the second pair nobody sees a series.
    expect(told().at(-1)?.series).toEqual({});
  });

  test('stops when it is asked to, and goes on where it was', () => {
    const { handler, told, turn, settle } = handling();
    handler.receive({ type: 'compare', a, b, seeds: 3 });
    while (told().every(({ reading }) => reading.seeds.length < 1)) turn();
    handler.receive({ type: 'stop' });
    settle();
    const count = told().length;
    expect(told().at(-1)).toMatchObject({ done: false, reading: { seeds: [1] } });
    handler.receive({ type: 'more', seeds: 3 });
    settle();
    expect(told().length).toBeGreaterThan(count);
    expect(told().at(-1)).toMatchObject({ done: true, reading: { seeds: [1, 2, 3] } });
  });

  test('with more seeds keeps those it has', () => {
    const { handler, told, settle } = handling();
    handler.receive({ type: 'compare', a, b, seeds: 1 });
    settle();
    handler.receive({ type: 'more', seeds: 2 });
    settle();
    expect(told().at(-1)).toMatchObject({ done: true, reading: { seeds: [1, 2] } });
  });

  test('answers a mistake of the engine with its words, and can be asked again', () => {
    const { handler, replies, told, settle } = handling();
    handler.receive({ type: 'compare', a: aDesign({ seed: '13' }), b, seeds: 1 });
    settle();
    expect(replies).toEqual([{ type: 'error', message: 'no such seed' }]);
    handler.receive({ type: 'compare', a, b, seeds: 1 });
    settle();
    expect(told().at(-1)?.done).toBe(true);
  });
});
