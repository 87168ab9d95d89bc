import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { Run } from '../../src/engine/run.ts';
import { checkpointsOf, runFrom, whole } from '../support/checkpoints.ts';
import { EVICTION_NAMES } from '../support/evictionModels.ts';
import { aSmallDesign, render, renderingOf, smallDesigns } from '../support/engineRuns.ts';

/** One design for each thing that can go wrong, and for each way to be built. */
const DESIGNS: Readonly<Record<string, Readonly<Record<string, string | string[]>>>> = {
  healthy: {},
  'a slow cache node': { fault: ['cache-1:slow:200@400ms-900ms'] },
  'a slow app node': { fault: ['app-1:slow:300@400ms-900ms'] },
  'a delayed replica': { fault: ['shard-1.replica-2:delay:50ms@400ms-900ms'] },
  'a delayed link': { fault: ['replication:delay:30ms@400ms-900ms'], 'store.w': '3' },
  'a crashed leader': { fault: ['shard-1.leader:crash@400ms-1.1s'] },
  'a crashed cache node': { fault: ['cache-2:crash@400ms-900ms'] },
  'a crashed app node': { fault: ['app-1:crash@400ms-900ms'] },
  'a destroyed replica': { fault: ['shard-2.replica-3:destroy@400ms-900ms'] },
  'a destroyed leader': { fault: ['shard-2.leader:destroy@400ms-1.2s'], 'store.w': '1' },
  'a paused leader': { fault: ['shard-1.leader:pause@400ms-900ms'] },
  'a paused app node': { fault: ['app-2:pause@400ms-480ms'] },
  'a paused cache node': { fault: ['cache-1:pause@400ms-480ms'], 'cache.timeout': 'off' },
  'disks synced every 300 ms': {
    fault: [1, 2, 3].map((r) => `shard-1.replica-${r}:crash@400ms-900ms`),
    'store.fsync': 'periodic:300ms',
  },
  'a leader cut off': { fault: ['shard-1.leader:partition@400ms-900ms'], 'store.w': '1' },
  'a cut link': { fault: ['cache-store:partition@400ms-600ms'] },
  'a cut replication link': { fault: ['replication:partition@400ms-600ms'] },
  'a flushed cache': { fault: ['cache-1:flush@700ms', 'cache-2:flush@700ms'] },
  'a zone that crashes': { fault: ['zone-1:crash@400ms-900ms'] },
  'a zone cut off': { fault: ['zone-2:partition@400ms-900ms'], 'store.w': '1' },
  'a paused zone': { fault: ['zone-1:pause@400ms-480ms', 'zone-1:slow:20@450ms-900ms'] },
  'messages lost': { fault: ['app-cache:drop:20%@400ms-900ms', 'shard-1.leader:drop:50%@400ms-900ms'] },
  'copies lost': { fault: ['replication:drop:30%@400ms-900ms'], 'store.w': '3' },
  'a surge': { fault: ['workload:surge:3@400ms-900ms', 'workload:surge:0.5@800ms-1.2s'] },
  'a hot key': { fault: ['workload:hotkey:40%@400ms-900ms'] },
  'paused, then cut off': { fault: ['cache-1:pause@400ms-600ms', 'cache-1:partition@500ms-900ms'] },
  'store-first': { 'cache.order': 'store-first' },
  'fenced by version': { 'cache.fencing': 'version', fault: ['cache-1:slow:200@400ms-900ms'] },
  'reads of the leader': { 'store.readFrom': 'leader', fault: ['shard-1.leader:crash@400ms-1.1s'] },
  'write-through-aside': { policy: 'write-through-aside', fault: ['cache-2:slow:200@400ms-900ms'] },
  'look-aside': { policy: 'look-aside', fault: ['cache-1:delay:10ms@400ms-900ms'] },
  'write-behind': {
    policy: 'write-behind',
    'cache.flushDelay': '60ms',
    fault: ['shard-1.leader:crash@400ms-700ms', 'cache-1:crash@500ms-900ms'],
  },
  'refresh-ahead': { policy: 'refresh-ahead', fault: ['cache-1:crash@400ms-900ms'] },
  'leases and single flight': {
    policy: 'look-aside',
    'cache.fencing': 'lease',
    'cache.singleFlight': 'true',
    fault: ['app-1:crash@400ms-900ms'],
  },
  'single flight at the cache': { 'cache.singleFlight': 'true', fault: ['cache-1:flush@400ms'] },
  'write-around': { policy: 'write-around', fault: ['shard-1.leader:crash@400ms-1.1s'] },
  'db-only': { policy: 'db-only', fault: ['shard-1.leader:pause@400ms-900ms'] },
  'reads of a majority': { 'store.readFrom': 'quorum', fault: ['shard-1.leader:pause@400ms-900ms'] },
  leaderless: { 'store.mode': 'leaderless', 'store.r': '2', policy: 'db-only' },
  'leaderless, mended': {
    'store.mode': 'leaderless',
    'store.readRepair': 'true',
    'store.hintedHandoff': 'true',
    'store.legs.write': 'exp:3ms',
    fault: ['shard-1.replica-2:crash@400ms-900ms', 'shard-2.replica-1:destroy@400ms-900ms'],
  },
  'clients that retry': {
    'client.retries': '3',
    'client.retryBudget': '50%',
    'client.timeout': '20ms',
    fault: ['app-1:pause@400ms-480ms'],
  },
  'even arrivals': { 'workload.arrivals': 'even' },
  'entries that stay': { 'cache.ttl': 'off', 'cache.memory': '20KiB' },
  ...Object.fromEntries(
    EVICTION_NAMES.map((eviction) => [
      `too small a cache, ${eviction}`,
      {
        'cache.eviction': eviction,
        'cache.memory': '12KiB',
        'cache.ttlJitter': '50%',
        fault: ['cache-1:flush@700ms', 'cache-2:crash@400ms-900ms'],
      },
    ]),
  ),
};

const cases = Object.entries(DESIGNS).map(
  ([name, differences]) => [name, aSmallDesign(differences)] as const,
);

describe('a run is a pure function of its design', () => {
  it.each(cases)('%s: twice the same', (_name, design) => {
    expect(render(design)).toEqual(whole(design));
  });

  it('and no two of these designs run alike', () => {
    const digests = cases.map(([, design]) => whole(design).digest);
    expect(new Set(digests).size).toBe(cases.length);
  });

  it('another seed is another run', () => {
    expect(render(aSmallDesign({ seed: '2' })).digest).not.toBe(whole(aSmallDesign()).digest);
  });

  it('what only says how a run is read does not change it', () => {
    const read = aSmallDesign({ title: 'Tuesday', 'contract.getP99': '1ms' });
    expect(render(read).digest).toBe(whole(aSmallDesign()).digest);
  });
});

const sliceSize = fc.oneof(
  fc.integer({ min: 1, max: 20 }),
  fc.integer({ min: 1, max: 5_000 }),
  fc.integer({ min: 1, max: 1_000_000 }),
);

describe('rendered in slices of any size', () => {
  it('any design with any faults comes out as in one go', () => {
    fc.assert(
      fc.property(smallDesigns(6), fc.array(sliceSize, { maxLength: 60 }), (design, slices) => {
        const run = Run.start(design);
        let at = 0;
        for (const slice of slices) run.advance((at += slice));
        expect(renderingOf(run)).toEqual(render(design));
      }),
      { seed: 20_001, numRuns: 20 },
    );
  });

  it.each(cases)('%s: microsecond by microsecond around the faults', (_name, design) => {
    const run = Run.start(design);
    for (let at = 399_990; at < 400_020; at++) run.advance(at);
    for (let at = 899_990; at < 900_020; at++) run.advance(at);
    expect(renderingOf(run)).toEqual(whole(design));
  });
});

describe('resumed from a checkpoint', () => {
  it.each(cases)('%s: from every one it comes out as in one go', (_name, design) => {
    for (const checkpoint of checkpointsOf(design, 330_000))
      expect(renderingOf(runFrom(design, checkpoint))).toEqual(whole(design));
  });

  it('any design with any faults, from any instant', () => {
    fc.assert(
      fc.property(smallDesigns(6), fc.double({ min: 0, max: 1.2, noNaN: true }), (design, share) => {
        const run = Run.start(design);
        run.advance(Math.round(share * design.duration));
        const resumed = runFrom(design, run.checkpoint());
        expect(renderingOf(resumed)).toEqual(renderingOf(run));
      }),
      { seed: 20_002, numRuns: 20 },
    );
  });

  it('the run that was saved goes on as if it had not been', () => {
    const design = aSmallDesign({ fault: ['shard-1.leader:crash@400ms-1.1s'] });
    const run = Run.start(design);
    for (let at = 50_000; at < 2_000_000; at += 50_000) {
      run.advance(at);
      run.checkpoint();
    }
    expect(renderingOf(run)).toEqual(whole(design));
  });

  it('a checkpoint is not changed by the run that goes on from it', () => {
    const design = aSmallDesign({ fault: ['shard-1.leader:crash@400ms-1.1s'] });
    const checkpoint = checkpointsOf(design, 500_000)[2];
    if (checkpoint === undefined) throw new Error('there is a third checkpoint');
    runFrom(design, checkpoint).advance(HORIZON);
    expect(renderingOf(runFrom(design, checkpoint))).toEqual(whole(design));
  });

  it('a run that is over can be saved and taken up again', () => {
    const design = aSmallDesign();
    const run = Run.start(design);
    run.advance(HORIZON);
    const { digest } = whole(design);
    expect(runFrom(design, run.checkpoint()).digest()).toBe(digest);
  });
});
