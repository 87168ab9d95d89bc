/** Stores without leaders while nothing returns: quorums, the order of writes, and what legs are. */
import { describe, expect, it } from 'vitest';
import type { Differences } from '../../src/design/anomalies/anomaly.ts';
import { summarise } from '../../src/engine/summarise.ts';
import { aSmallDesign, render } from '../support/engineRuns.ts';
import { BARE, behind, drain, FOUGHT_OVER, rendered, run } from '../support/leaderless.ts';

describe('read and write quorums that meet', () => {
  it.each([
    ['2', '2'],
    ['3', '1'],
    ['1', '3'],
  ])('w %s and r %s of 3 never return a stale value, with nothing wrong or with a replica gone', (w, r) => {
    for (const seed of ['1', '2']) {
      for (const fault of [[], ['shard-1.replica-2:slow:30@300ms-900ms']]) {
        const { consistency, put, readBack } = run({
          ...FOUGHT_OVER,
          seed,
          fault,
          'store.w': w,
          'store.r': r,
        });
        expect(consistency.stale.reads).toBe(0);
        expect(consistency.readYourWrites.violations).toBe(0);
        expect(consistency.monotonicReads.violations).toBe(0);
        expect(consistency.storeRegressions).toBe(0);
        expect(consistency.readYourWrites.checked).toBeGreaterThan(500);
        expect(put.ok).toBeGreaterThan(500);
        expect(readBack.ok).toBeGreaterThan(100);
      }
    }
  });

  it('w 2 and r 2 of 3 go on without one replica, w 3 does not', () => {
    const fault = ['shard-1.replica-2:crash@300ms-1.5s'];
    const two = run({ ...FOUGHT_OVER, fault, 'store.w': '2', 'store.r': '2' });
    expect(two.availability).toBe(1);
    expect(two.consistency.stale.reads).toBe(0);
    const three = run({ ...FOUGHT_OVER, fault, 'store.w': '3' });
    expect(three.put.unknown).toBeGreaterThan(200);
  });

  it('w 1 and r 1 do return stale values', () => {
    const { consistency } = run({
      ...FOUGHT_OVER,
      'store.w': '1',
      'store.r': '1',
      'workload.readBackAfter': '0s',
    });
    expect(consistency.stale.reads).toBeGreaterThan(50);
    expect(consistency.readYourWrites.violations).toBeGreaterThan(10);
  });
});

describe('the last write wins', () => {
  it('whatever the order in which writes arrive: in the end all replicas hold the newest', () => {
    for (const fault of [
      'app-store:delay:60ms@300ms-900ms',
      'app-1:delay:150ms@300ms-900ms',
      'shard-1.replica-3:pause@300ms-900ms',
    ]) {
      const one = rendered({ ...FOUGHT_OVER, fault: [fault] });
      drain(one);
      expect([fault, behind(one)]).toEqual([fault, 0]);
      expect(summarise(one).consistency.storeRegressions).toBe(0);
      expect(one.world.store.openEntries(0)).toEqual([]);
      expect(one.world.store.openEntries(1)).toEqual([]);
    }
  });

  it('a call to the store costs rf writes, or rf reads, and elects nobody', () => {
    for (const rf of ['3', '5']) {
      const { store, put, get, writeAmplification } = run({ ...BARE, 'store.rf': rf });
      // The last answers are under way when the last client has its own.
      expect(store.reads).toBeLessThanOrEqual(Number(rf) * get.attempted);
      expect(store.reads).toBeGreaterThan(Number(rf) * get.attempted - 10);
      expect(writeAmplification.store * put.attempted).toBeGreaterThan(Number(rf) * put.attempted - 10);
      expect(store.byShard).toEqual(
        Array.from({ length: 2 }, () => ({ leaderChanges: 0, unavailableMs: 0 })),
      );
    }
  });
});

describe('a write that misses its quorum', () => {
  // Two of three replicas are cut off: every write reaches one disk, and every read asks it.
  const CUT_OFF: Differences = {
    ...BARE,
    'store.shards': '1',
    'workload.puts': '60/s',
    'workload.gets': '2000/s',
    'workload.keys': '200',
    'workload.skew': '0',
    fault: ['shard-1.replica-2:partition@300ms-800ms', 'shard-1.replica-3:partition@300ms-800ms'],
  };

  it('is unknown to its client, and surfaces in reads while it is nowhere committed', () => {
    const { put, consistency } = run(CUT_OFF);
    expect(put.failed).toBe(0);
    expect(put.unknown).toBeGreaterThan(10);
    expect(consistency.dirtyReads).toBeGreaterThan(50);
    // Some of them nothing ever brought to a second disk.
    expect(consistency.phantomReads).toBeGreaterThan(10);
  });

  it('is committed in the end where reads repair, or hints are kept', () => {
    for (const remedy of ['store.readRepair', 'store.hintedHandoff']) {
      const { put, consistency } = run({ ...CUT_OFF, [remedy]: 'true' });
      expect(put.unknown).toBeGreaterThan(10);
      expect(consistency.dirtyReads).toBeGreaterThan(50);
      expect([remedy, consistency.phantomReads]).toEqual([remedy, 0]);
    }
  });

  it('counts as no hint towards the quorum: two of three replicas dead are still an unknown PUT', () => {
    const hinted = run({ ...CUT_OFF, 'store.hintedHandoff': 'true' });
    expect(hinted.put.unknown).toBe(run(CUT_OFF).put.unknown);
  });
});

describe('legs', () => {
  const CONST: Differences = {
    ...BARE,
    'app.service': 'const:0ms',
    'network.clientApp': 'const:0ms',
    'store.legs.write': 'const:4ms',
    'store.legs.ack': 'const:2ms',
    'store.legs.read': 'const:3ms',
    'store.legs.response': 'const:5ms',
  };
  it('take the place of network and service, without a queue', () => {
    const { put, get } = run({ ...CONST, 'store.concurrency': '1', 'workload.puts': '2000/s' });
    expect([put.meanMs, get.meanMs]).toEqual([6, 8]);
  });
  it('of writes and reads are multiplied at a slow replica, and a delay is added to each', () => {
    const slow = run({
      ...CONST,
      'store.w': '3',
      'store.r': '3',
      fault: ['shard-1.replica-1:slow:3@0s', 'shard-2.replica-2:slow:3@0s'],
    });
    expect([slow.put.meanMs, slow.get.meanMs]).toEqual([14, 14]);
    const delayed = run({ ...CONST, fault: ['app-store:delay:7ms@0s'] });
    expect([delayed.put.meanMs, delayed.get.meanMs]).toEqual([20, 22]);
  });
  it('are of no effect where a leader takes the writes', () => {
    expect(render(aSmallDesign({ ...CONST, 'store.mode': 'leader' })).digest).toBe(
      render(
        aSmallDesign({ 'app.service': 'const:0ms', 'network.clientApp': 'const:0ms', policy: 'db-only' }),
      ).digest,
    );
  });
});
