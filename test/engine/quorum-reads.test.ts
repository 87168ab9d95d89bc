import { describe, expect, it } from 'vitest';
import { run } from '../support/leaderless.ts';

describe('reads of a majority, with leaders', () => {
  it('ask every replica and are fresher than those of any one', () => {
    const design = {
      policy: 'db-only',
      'workload.keys': '3',
      'workload.puts': '600/s',
      fault: ['shard-1.replica-2:slow:10@300ms-900ms'],
    };
    const any = run(design);
    const majority = run({ ...design, 'store.readFrom': 'quorum' });
    // The run is over with the last answer, and a third replica may be about to read for it then.
    const unread = 3 * majority.get.attempted - majority.store.reads;
    expect(unread).toBeGreaterThanOrEqual(0);
    expect(unread).toBeLessThan(5);
    expect(any.consistency.stale.reads).toBeGreaterThan(50);
    expect(majority.consistency.stale.reads).toBeLessThan(any.consistency.stale.reads / 4);
    expect(majority.consistency.dirtyReads).toBe(0);
  });

  it('go on while a majority answers, and fail without one', () => {
    const gone = ['shard-1.replica-2:crash@300ms-1.5s', 'shard-1.replica-3:crash@300ms-1.5s'];
    const design = { policy: 'db-only', 'store.readFrom': 'quorum', 'store.shards': '1' };
    expect(run({ ...design, fault: gone.slice(1) }).get.failed).toBe(0);
    expect(run({ ...design, fault: gone }).get.failed).toBeGreaterThan(500);
  });
});
