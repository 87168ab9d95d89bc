/** Edits at an instant: nothing before it changes, and a checkpoint from before it serves both designs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Design } from '../../src/design/design.ts';
import { targetClassOf } from '../../src/design/nodes.ts';
import {
  BUCKET_US,
  NODE_WIDTH,
  SYSTEM_WIDTH,
  VIOLATION,
  VIOLATION_WIDTH,
} from '../../src/design/readings.ts';
import { divergence } from '../../src/engine/divergence.ts';
import { Run } from '../../src/engine/run.ts';
import { checkpointsOf, runFrom, whole } from '../support/checkpoints.ts';
import { aSmallDesign, render, renderingOf, smallDesigns, type Rendering } from '../support/engineRuns.ts';

/** What a run had said by an instant: whole buckets, and the violations found before it. */
function saidBefore({ system, nodes, violations }: Rendering, nodeCount: number, time: number) {
  const buckets = Math.floor(time / BUCKET_US);
  const found: number[][] = [];
  for (let o = 0; o < violations.length; o += VIOLATION_WIDTH) {
    const row = [...violations.subarray(o, o + VIOLATION_WIDTH)];
    // Which reads were phantoms is known at the end only.
    if ((row[VIOLATION.time] ?? 0) < time && row[VIOLATION.kind] !== 4) found.push(row);
  }
  return {
    system: system.subarray(0, buckets * SYSTEM_WIDTH),
    nodes: nodes.subarray(0, buckets * nodeCount * NODE_WIDTH),
    found,
  };
}

const EDITS = [
  'cache-1:slow:100@1.25s-1.6s',
  'cache-2:flush@1.25s',
  'shard-1.leader:crash@1.25s-1.7s',
  'shard-2.replica-2:destroy@1.25s',
  'app-1:pause@1.25s-1.4s',
  'app-cache:delay:10ms@1.25s',
  'shard-2.leader:partition@1.25s-1.8s',
  'zone-1:partition@1.25s-1.8s',
  'replication:drop:30%@1.25s-1.8s',
  'workload:surge:3@1.25s-1.6s',
  'workload:hotkey:50%@1.25s-1.6s',
];

describe('a fault added at an instant', () => {
  const time = 1_250_000;
  it.each(EDITS)(
    '%s leaves everything before it as it was, and resuming gives the same as from scratch',
    (fault) => {
      const past = ['shard-1.leader:crash@400ms-1.1s', 'cache-1:slow:50@700ms-1.5s'];
      const before = aSmallDesign({ fault: past });
      const after = aSmallDesign({ fault: [...past, fault] });
      const parting = divergence(before, after);
      // Where the first disk is destroyed, the oracle has more to remember from the start; what happens is the same.
      expect(parting).toBe(fault.includes(':destroy') ? 0 : time);
      const [a, b] = [Run.start(before), Run.start(after)];
      a.advance(time - 1);
      b.advance(time - 1);
      expect(a.digest()).toBe(b.digest());
      const fromScratch = render(after);
      const { nodeCount } = a.series();
      expect(fromScratch.digest).not.toBe(render(before).digest);
      expect(saidBefore(fromScratch, nodeCount, time)).toEqual(saidBefore(whole(before), nodeCount, time));
      for (const checkpoint of checkpointsOf(before, 300_000).filter((c) => c.time < parting))
        expect(renderingOf(runFrom(after, checkpoint))).toEqual(fromScratch);
    },
  );

  it('any edit of any faults: what was saved before the designs part is a checkpoint of both', () => {
    const pair = smallDesigns(4).chain((design) =>
      smallDesigns(4).map(({ faults }) => ({
        from: design,
        to: {
          ...design,
          faults: [...design.faults.slice(1), ...faults.filter((f) => fits(design, f.target))],
        },
      })),
    );
    fc.assert(
      fc.property(pair, ({ from, to }) => {
        const until = Math.min(divergence(from, to), from.duration);
        const run = Run.start(from);
        run.advance(until - 1);
        const checkpoint = run.checkpoint();
        if (checkpoint.time >= until) return;
        expect(renderingOf(runFrom(to, checkpoint))).toEqual(render(to));
      }),
      { seed: 20_003, numRuns: 20 },
    );
  });
});

/** A fault of another design may name what this one has not. */
function fits(design: Design, target: string): boolean {
  return targetClassOf(design, target) !== undefined;
}
