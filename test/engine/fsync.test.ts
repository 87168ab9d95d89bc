import { describe, expect, it } from 'vitest';
import { assert } from '../../src/base/assert.ts';
import type { Design } from '../../src/design/design.ts';
import { nodeIdOf } from '../../src/design/nodes.ts';
import { EVENT, EVENT_WIDTH, EVENTS, VIOLATION_KINDS, VIOLATION_WIDTH } from '../../src/design/readings.ts';
import { detailOf } from '../../src/engine/detail.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { Run } from '../../src/engine/run.ts';
import { summarise } from '../../src/engine/summarise.ts';
import { Unsynced } from '../../src/engine/unsynced.ts';
import { aDesign } from '../support/designs.ts';
import { aSmallDesign, goOn } from '../support/engineRuns.ts';

const PERIOD = 500_000;
const CRASH = 1_230_000;
/** The last sync of each replica before the crash: half a second in three parts. */
const LAST_SYNC = [1_000_000, 1_166_666, 833_333];

/** One shard of three behind no cache, in memory for half a second; these replicas fail at one instant. */
function aStore(
  kind: string,
  replicas: readonly number[],
  differences: Readonly<Record<string, string | readonly string[]>> = {},
): Design {
  return aSmallDesign({
    policy: 'db-only',
    'workload.gets': '0/s',
    'workload.readBack': '0%',
    'store.shards': '1',
    'store.fsync': 'periodic:500ms',
    fault: replicas.map((r) => `shard-1.replica-${r}:${kind}@1230ms-1700ms`),
    ...differences,
  });
}

interface Written {
  readonly name: string;
  readonly committed: number;
  acknowledged: number;
  /** By replica, from 0: when it acknowledged its copy. */
  readonly copies: number[];
}

/** The keys' versions in the order of their commits before the crash, as the recorder saw them. */
function writesOf(design: Design): Written[][] {
  const to = design.duration + design.client.timeout;
  const detail = detailOf(design, undefined, { from: 0, to, sample: 'all', focus: [], key: -1 });
  assert(detail.ok && !detail.value.truncated, 'the whole run is recorded');
  const { events } = detail.value;
  const first = nodeIdOf(design, 'shard-1.replica-1') ?? NaN;
  const copies = new Map<string, number[]>();
  const known = new Map<string, Written>();
  const keys = new Map<number, Written[]>();
  for (let o = 0; o < events.length; o += EVENT_WIDTH) {
    const at = (column: keyof typeof EVENT): number => events[o + EVENT[column]] ?? NaN;
    const name = `${at('key')}/${at('version')}`;
    const type = EVENTS[at('type')];
    if (type === 'durable' && at('time') < CRASH) {
      const by = copies.get(name) ?? [Infinity, Infinity, Infinity];
      by[at('node') - first] = at('time');
      copies.set(name, by);
    }
    if (type === 'commit' && at('time') < CRASH && !known.has(name)) {
      const write = { name, committed: at('time'), acknowledged: Infinity, copies: copies.get(name) ?? [] };
      known.set(name, write);
      keys.set(at('key'), [...(keys.get(at('key')) ?? []), write]);
    }
    const write = known.get(name);
    if (type === 'endOperation' && at('extra') === 0 && write !== undefined) write.acknowledged = at('time');
  }
  return [...keys.values()];
}

/** What is lost: all that was acknowledged of a key after the newest version of which a copy is left. */
function lostOf(design: Design, crashed: readonly number[]): Written[] {
  return writesOf(design).flatMap((versions) => {
    const survives = ({ copies }: Written): boolean =>
      copies.some((at, r) => (crashed.includes(r + 1) ? at <= (LAST_SYNC[r] ?? NaN) : at < CRASH));
    return versions
      .slice(versions.findLastIndex(survives) + 1)
      .filter(({ acknowledged }) => acknowledged < Infinity);
  });
}

function lostBy(run: Run): string[] {
  run.advance(HORIZON);
  const rows = run.violations();
  const lost: string[] = [];
  for (let o = 0; o < rows.length; o += VIOLATION_WIDTH)
    if (VIOLATION_KINDS[rows[o + 1] ?? -1] === 'lostAckedWrite') lost.push(`${rows[o + 4]}/${rows[o + 5]}`);
  return lost.sort();
}

describe('a store that syncs its disks periodically', () => {
  it('syncs its replicas out of step: each at its own part of the period', () => {
    const unsynced = new Unsynced(aDesign({ 'store.fsync': 'periodic:500ms' }));
    expect([0, 1, 2].map((r) => unsynced.lastSync(r, CRASH))).toEqual(LAST_SYNC);
    expect([3, 4, 5].map((r) => unsynced.lastSync(r, CRASH))).toEqual(LAST_SYNC);
    expect([999_999, 1_000_000].map((at) => unsynced.lastSync(0, at))).toEqual([500_000, 1_000_000]);
  });

  /** Copies and notices overtake each other, and much is written and not yet shown. */
  const WILD = 'exp:25ms';
  const TAME = 'const:0.1ms';
  it.each([
    ['1', [1, 2, 3], '1', TAME],
    ['2', [1, 2, 3], '2', TAME],
    ['2', [1, 2, 3], '3', WILD],
    ['3', [1, 2, 3], '4', WILD],
    ['1', [1, 2], '5', TAME],
    ['2', [1, 2], '6', WILD],
    ['2', [2, 3], '7', WILD],
  ])(
    'w %s, replicas %j crash at once, seed %s: exactly what no disk and no memory has is lost',
    (w, crashed, seed, replication) => {
      const design = aStore('crash', crashed, { 'store.w': w, seed, 'network.replication': replication });
      const run = Run.start(design);
      const lost = lostOf(design, crashed);
      expect(lostBy(run)).toEqual(lost.map(({ name }) => name).sort());
      const ages = lost.map(({ acknowledged }) => CRASH - acknowledged);
      expect(summarise(run).consistency.rpoMs * 1000).toBe(Math.max(0, ...ages));
      expect(Math.max(0, ...ages)).toBeLessThanOrEqual(PERIOD);
      // The last sync of any of the three was 63 ms before.
      if (crashed.length === 3) expect(lost.length).toBeGreaterThan(4);
      else if (!crashed.includes(1)) expect(lost).toEqual([]);
    },
  );

  it('and at once, whether anybody ever returns or not', () => {
    const design = aStore('crash', [1, 2, 3]);
    const faults = design.faults.map((fault) => ({ ...fault, for: 600_000_000 }));
    const run = Run.start({ ...design, faults });
    run.advance(CRASH);
    const lost = lostOf({ ...design, faults }, [1, 2, 3]);
    expect(lost.length).toBeGreaterThan(8);
    expect(lostBy(run)).toEqual(lost.map(({ name }) => name).sort());
  });

  it('a crashed replica has what it had synced, and after it has caught up what its leader has', () => {
    const design = aStore('crash', [3], { 'network.replication': WILD });
    const run = Run.start(design);
    run.advance(CRASH);
    const { world } = run;
    let older = 0;
    for (const versions of writesOf(design)) {
      const [key = NaN] = versions[0]?.name.split('/').map(Number) ?? [];
      const slot = world.slotOf(key);
      const synced = versions.findLast(({ copies }) => (copies[2] ?? NaN) <= (LAST_SYNC[2] ?? NaN));
      expect([key, world.oracle.numberOf(world.store.shown(slot, 2))]).toEqual([
        key,
        Number(synced?.name.split('/')[1] ?? 0),
      ]);
      if (synced !== versions.at(-1)) older++;
    }
    expect(older).toBeGreaterThan(10);
    expect(lostBy(run)).toEqual([]);
    goOn(run, 10_000_000);
    for (const slot of world.slotsOf(0)) expect(world.store.shown(slot, 2)).toBe(world.store.shown(slot, 0));
  });

  it.each([
    ['whose disk was synced last', '1.23s', [1, 2, 3], 2],
    ['whose disk was synced last', '1.4s', [1, 2, 3], 3],
    ['whose disk was synced last', '1.1s', [1, 2, 3], 1],
    ['that did not crash', '1.4s', [1], 2],
    ['that did not crash', '1.4s', [1, 2], 3],
  ])('elects the replica %s, of those that crash at %s: %j', (_, at, crashed, elected) => {
    // Nothing is under way when they crash: what the log has is shown by all.
    const quiet = { 'workload.puts': '40/s', 'workload.arrivals': 'even', 'store.failover': '200ms' };
    const fault = crashed.map((r) => `shard-1.replica-${r}:crash@${at}-1450ms`);
    const run = Run.start(aStore('crash', [], { ...quiet, fault }));
    run.advance(1_700_000);
    const { world } = run;
    expect(world.leaderNode(0)).toBe(world.replicaNode(0, elected - 1));
  });

  it('a leader of the highest term takes up what another voter had synced and itself had not', () => {
    const run = Run.start(
      aStore('crash', [], {
        'store.fsync': 'periodic:600ms',
        fault: [
          // The third has just synced; the second, which syncs at 200 ms, then leads in a new term, and crashes before the first has
          // caught up with it. The third is back for the next election.
          'shard-1.replica-3:crash@410ms-700ms',
          'shard-1.replica-1:crash@420ms-430ms',
          'replication:delay:100ms@500ms',
          'shard-1.replica-2:crash@600ms-610ms',
          'shard-1.replica-2:crash@780ms',
        ],
      }),
    );
    const { world } = run;
    const { store, oracle } = world;
    run.advance(400_000);
    const synced = world.slotsOf(0).map((slot) => ({ slot, write: store.shown(slot, 2) }));
    run.advance(749_999);
    const before = synced.filter(({ slot, write }) => oracle.committedBefore(store.shown(slot, 1), write));
    expect(before.length).toBeGreaterThan(10);
    run.advance(750_000);
    expect(world.leaderNode(0)).toBe(world.replicaNode(0, 1));
    for (const { slot, write } of synced) {
      expect(oracle.isLost(write)).toBe(false);
      expect(oracle.committedBefore(store.shown(slot, 1), write)).toBe(false);
    }
    // In its memory alone, until 800 ms.
    run.advance(780_000);
    for (const { slot, write } of before) {
      expect(oracle.isLost(write)).toBe(false);
      expect(oracle.committedBefore(store.shown(slot, 1), write)).toBe(true);
    }
  });

  it('a replica that has caught up does not lose that in its next crash', () => {
    // Before the next sync of anybody but the first, who is down.
    const run = Run.start({
      ...aStore('crash', []),
      faults: aSmallDesign({
        fault: [
          'shard-1.replica-3:destroy@850ms-900ms',
          'shard-1.replica-3:crash@1s-1050ms',
          'shard-1.replica-1:destroy@1s',
          'shard-1.replica-2:destroy@1s',
        ],
      }).faults,
    });
    run.advance(899_999);
    const before = Array.from({ length: run.world.oracle.writeCount }, (_, write) => write).filter((write) =>
      run.world.oracle.isAcknowledged(write),
    );
    expect(before.length).toBeGreaterThan(200);
    run.advance(1_000_000);
    expect(before.filter((write) => run.world.oracle.isLost(write))).toEqual([]);
  });

  it.each(['pause', 'partition'])('loses nothing by a %s of all replicas at once', (kind) => {
    const run = Run.start(aStore(kind, [1, 2, 3]));
    expect(lostBy(run)).toEqual([]);
  });

  it('loses nothing by a crash that it would not lose on disk, as long as one replica is up', () => {
    const run = Run.start(aStore('crash', [1], { 'store.w': '2' }));
    expect(lostBy(run)).toEqual([]);
    expect(summarise(run).store.byShard[0]?.leaderChanges).toBe(1);
  });

  it('as always if nothing crashes: not an event is different', () => {
    const design = aStore('pause', [2]);
    const always = Run.start({ ...design, store: { ...design.store, fsync: 'always' } });
    const periodic = Run.start(design);
    always.advance(HORIZON);
    periodic.advance(HORIZON);
    expect(periodic.digest()).toBe(always.digest());
  });

  it('without a leader: what no replica had synced or has in memory is lost, and nothing is acknowledged for longer than a period', () => {
    const leaderless = { 'store.mode': 'leaderless', 'store.w': '3' };
    const design = aStore('crash', [1, 2, 3], leaderless);
    const run = Run.start(design);
    run.advance(CRASH - 1);
    const { store, oracle } = run.world;
    const synced = Array.from({ length: 3 }, (_, r) => {
      const early = Run.start(design);
      early.advance(LAST_SYNC[r] ?? NaN);
      return early.world;
    });
    run.advance(CRASH);
    for (const slot of run.world.slotsOf(0)) {
      synced.forEach((then, r) => {
        // A key that nobody had asked for then has its first version.
        expect(store.shown(slot, r)).toBe(slot < then.keys.size ? then.store.shown(slot, r) : 0);
      });
      expect(oracle.isLost(oracle.latest(slot))).toBe(false);
    }
    expect(lostBy(run).length).toBeGreaterThan(8);
    expect(summarise(run).consistency.rpoMs).toBeGreaterThan(40);
    expect(summarise(run).consistency.rpoMs * 1000).toBeLessThanOrEqual(PERIOD);
    for (const differences of [{ ...leaderless, 'store.w': '1' }, leaderless])
      for (const kind of ['pause', 'partition'])
        expect(lostBy(Run.start(aStore(kind, [1, 2, 3], differences)))).toEqual([]);
  });
});
