/** When an election is held that has been due for a while: as soon as those who answer may, and after all of them have answered. */
import { describe, expect, it } from 'vitest';
import { Run } from '../../src/engine/run.ts';
import { summarise } from '../../src/engine/summarise.ts';
import { aSmallDesign } from '../support/engineRuns.ts';

/** One shard of three in one zone, whose third replica leads from 250 ms on: the second had missed the last writes. */
function ledByTheThird(...fault: string[]): Run {
  const run = Run.start(
    aSmallDesign({
      zones: '1',
      'store.shards': '1',
      fault: ['shard-1.replica-2:partition@50ms-240ms', 'shard-1.replica-1:crash@100ms-300ms', ...fault],
    }),
  );
  run.advance(500_000);
  expect(run.world.leaderNode(0)).toBe(run.world.replicaNode(0, 2));
  return run;
}

describe('an election that is due', () => {
  it.each(['partition', 'pause'])(
    'is none when a %s of all ends: whoever leads answers with the others, be it the last of them',
    (kind) => {
      const run = ledByTheThird(`zone-1:${kind}@600ms-900ms`);
      run.advance(899_999);
      expect(run.world.nodes.isUp(run.world.leaderNode(0))).toBe(false);
      run.advance(1_000_000);
      expect(run.world.leaderNode(0)).toBe(run.world.replicaNode(0, 2));
      expect(summarise(run).store.byShard[0]?.leaderChanges).toBe(1);
    },
  );

  it('asks all that answer from one instant on: the longest log wins, be it the last of them', () => {
    const run = ledByTheThird('replication:delay:50ms@550ms-650ms', 'zone-1:crash@600ms-900ms');
    run.advance(900_000);
    expect(run.world.leaderNode(0)).toBe(run.world.replicaNode(0, 2));
  });

  it('is held when the disk is destroyed that was waited for', () => {
    const run = Run.start(
      aSmallDesign({
        'store.shards': '1',
        fault: [
          // The third has lost its disk and is still catching up when the leader crashes: the second alone may not elect.
          'replication:delay:300ms@290ms',
          'shard-1.replica-3:destroy@300ms-350ms',
          'shard-1.replica-1:crash@400ms',
          'shard-1.replica-1:destroy@700ms',
        ],
      }),
    );
    run.advance(699_999);
    expect(run.world.leaderNode(0)).toBe(run.world.replicaNode(0, 0));
    run.advance(700_000);
    expect(run.world.leaderNode(0)).toBe(run.world.replicaNode(0, 1));
  });
});
