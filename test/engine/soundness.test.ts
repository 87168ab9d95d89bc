import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SYSTEM, SYSTEM_WIDTH } from '../../src/design/readings.ts';
import { Run } from '../../src/engine/run.ts';
import { summarise } from '../../src/engine/summarise.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { aSmallDesign, smallDesigns } from '../support/engineRuns.ts';
import { flawsOf } from '../support/invariants.ts';

/** Renders in steps of `every` microseconds; all that does not hold at one of them. */
function flawsDuring(run: Run, every: number): string[] {
  const flaws: string[] = [];
  for (let at = every; !run.done && flaws.length === 0; at += every) {
    run.advance(at);
    flaws.push(...flawsOf(run.world));
  }
  return flaws;
}

/** Operations that clients began, by the series; the summary counts those that ended. */
function startedIn(run: Run, column: 'putsStarted' | 'getsStarted'): number {
  const { buckets, system } = run.series();
  let sum = 0;
  for (let bucket = 0; bucket < buckets; bucket++)
    sum += system[bucket * SYSTEM_WIDTH + SYSTEM[column]] ?? NaN;
  return sum;
}

describe('whatever goes wrong', () => {
  it('any design with up to eight faults ends, and in between everything alive is held by what will end it', () => {
    fc.assert(
      fc.property(smallDesigns(8), (design) => {
        const run = Run.start(design);
        expect(flawsDuring(run, 40_000)).toEqual([]);
        const { put, get, availability } = summarise(run);
        expect([put.attempted, get.attempted]).toEqual([
          startedIn(run, 'putsStarted'),
          startedIn(run, 'getsStarted'),
        ]);
        expect(availability).toBeGreaterThanOrEqual(0);
        expect(availability).toBeLessThanOrEqual(1);
        expect(run.world.operations.alive).toBe(0);
      }),
      { seed: 30_001, numRuns: 120 },
    );
  });

  // Found by the property above, or by reading.
  const FOUND: Readonly<Record<string, Readonly<Record<string, string | string[]>>>> = {
    'a paused app node is kept an answer whose sender crashes': {
      fault: ['app-1:pause@300ms-500ms', 'cache-1:crash@400ms-450ms', 'cache-2:crash@420ms-450ms'],
    },
    'a call runs out of time at a paused node, and what it waits for is lost': {
      fault: ['cache-1:slow:5000@300ms-600ms', 'app-2:pause@446ms-700ms', 'cache-1:crash@500ms-600ms'],
    },
    'a leader that was replaced while it was paused is fenced': {
      'cache.fencing': 'version',
      'workload.keys': '3',
      'store.w': '3',
      fault: ['shard-1.replica-1:pause@300ms-700ms', 'shard-1.replica-3:slow:10@300ms-900ms'],
    },
    'the sender of an answer pauses, and the one who is paused for it crashes': {
      fault: ['cache-1:pause@300ms-600ms', 'app-1:pause@350ms-650ms', 'app-1:crash@400ms-700ms'],
    },
  };
  it.each(Object.entries(FOUND))('%s', (_name, differences) => {
    const run = Run.start(aSmallDesign(differences));
    expect(flawsDuring(run, 10_000)).toEqual([]);
  });
});

describe('when all is over', () => {
  const FAULTS: readonly string[] = [
    'cache-1:slow:100@300ms-600ms',
    'cache-2:pause@300ms-600ms',
    'cache-1:crash@300ms-600ms',
    'cache-1:partition@300ms-600ms',
    'app-1:pause@300ms-600ms',
    'app-1:crash@300ms-600ms',
    'app-1:partition@300ms-600ms',
    'shard-1.leader:pause@300ms-600ms',
    'shard-1.leader:crash@300ms-600ms',
    'shard-1.leader:partition@300ms-600ms',
    'shard-1.replica-2:pause@300ms-600ms',
    'shard-1.replica-2:destroy@300ms-600ms',
    'app-cache:partition@300ms-600ms',
    'cache-store:partition@300ms-600ms',
    'client-app:partition@300ms-600ms',
    'replication:partition@300ms-600ms',
  ];
  it.each(FAULTS)('%s leaves no message alive that nothing will end', (fault) => {
    const healthy = Run.start(aSmallDesign());
    healthy.advance(HORIZON);
    for (const timeout of ['5ms', 'off']) {
      const run = Run.start(aSmallDesign({ fault: [fault], 'cache.timeout': timeout }));
      run.advance(HORIZON);
      expect(flawsOf(run.world)).toEqual([]);
      // A second after the fault what is alive is what a healthy run leaves: the last copies and notices.
      expect(run.world.calls.alive).toBeLessThan(healthy.world.calls.alive + 60);
    }
  });

  // Hardly any key is written twice, so that nothing missed is overtaken.
  const MANY_KEYS = {
    'workload.keys': '1000000',
    'workload.skew': '0',
    'workload.gets': '0/s',
    'workload.readBack': '0%',
  };
  it('a replica that missed writes shows them all after it has returned', () => {
    for (const fault of [
      'shard-1.replica-2:crash@300ms-600ms',
      'shard-1.replica-2:destroy@300ms-600ms',
      'shard-1.replica-2:partition@300ms-600ms',
      'shard-1.replica-2:pause@300ms-600ms',
      'shard-1.leader:crash@300ms-800ms',
      'shard-1.leader:partition@300ms-800ms',
    ]) {
      const overlapping = [fault, fault.replace(/:\w+@.*/, ':pause@550ms-900ms')];
      for (const faults of [[fault], overlapping]) {
        const run = Run.start(aSmallDesign({ ...MANY_KEYS, fault: faults }));
        run.advance(1_900_000);
        const { keys, store, oracle } = run.world;
        let behind = 0;
        for (let slot = 0; slot < keys.size; slot++) {
          if (store.firstOpen(slot) !== 0) continue;
          for (let r = 0; r < store.rf; r++) if (store.shown(slot, r) !== oracle.latest(slot)) behind++;
        }
        expect([fault, faults.length, behind]).toEqual([fault, faults.length, 0]);
        expect(store.openEntries(0).length).toBeLessThan(8);
      }
    }
  });

  it('an election that a cut replication link held up is held when the link is whole again', () => {
    const run = Run.start(
      aSmallDesign({
        'store.shards': '1',
        fault: ['shard-1.leader:crash@300ms', 'replication:partition@200ms-700ms'],
      }),
    );
    run.advance(HORIZON);
    const [shard] = summarise(run).store.byShard;
    expect(shard?.leaderChanges).toBe(1);
    expect(shard?.unavailableMs).toBeCloseTo(500, 0);
  });
});
