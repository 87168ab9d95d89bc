/**
 * What a store promises, held against every order of a few operations: looked at whenever nothing is left to happen,
 * whichever way that came about. It knows the promises alone, and nothing of how they are kept.
 */
import { describe, expect, it } from 'vitest';
import type { Design } from '../../src/design/design.ts';
import { ANOMALIES, Orders } from '../../src/engine/orders/orders.ts';
import type { OperationKind, Scope } from '../../src/engine/orders/scope.ts';
import { Snapshot } from '../../src/engine/orders/snapshot.ts';
import { R_LEADS, REPLICA } from '../../src/engine/store.ts';
import { exploreOrders, type Findings } from '../../src/explore/orders.ts';
import { aDesign } from '../support/designs.ts';
import { flawsOf } from '../support/invariants.ts';

type Differences = Readonly<Record<string, string>>;

/** A world in which everything has happened. Versions are named by the place of their PUT, from 1; 0 is the initial one. */
interface Rest {
  /** What each operation's client was told: that it is done, that nothing came of it, or nothing. */
  readonly told: readonly ('done' | 'refused' | 'nothing')[];
  readonly committed: readonly number[];
  readonly lost: readonly number[];
  readonly newest: number;
  readonly shown: readonly number[];
  readonly leaders: number;
  readonly flaws: readonly string[];
}

const GAVE_UP = 1;
const REFUSED = 2;

function restOf({ world, injected, wheel }: Orders): Rest {
  const { oracle, store, calls, operations } = world;
  const slot = 0;
  const nameOf = (write: number): number =>
    write === 0 ? 0 : injected.placeOf(oracle.operationOf(write)) + 1;
  const writes = Array.from({ length: oracle.writeCount - 1 }, (_, i) => i + 1);
  const endings = [...injected.endings.subarray(0, injected.count)];
  return {
    told: endings.map((ending) => (ending === GAVE_UP ? 'nothing' : ending === REFUSED ? 'refused' : 'done')),
    committed: writes.filter((write) => oracle.isCommitted(write)).map(nameOf),
    lost: writes.filter((write) => oracle.isLost(write)).map(nameOf),
    newest: nameOf(oracle.latest(slot)),
    shown: Array.from({ length: store.rf }, (_, replica) => nameOf(store.shown(slot, replica))),
    leaders: Array.from(
      { length: store.rf },
      (_, replica) => store.replica[replica * REPLICA + R_LEADS],
    ).filter((leads) => leads === 1).length,
    flaws: [
      ...(calls.alive === 0 ? [] : ['a call never ended']),
      ...(operations.alive === 0 ? [] : ['a client still waits']),
      ...(wheel.size === 0 ? [] : ['something is still to happen']),
      ...(store.firstOpen(slot) === 0 ? [] : ['the log is still open']),
      ...(store.writes === 0 && oracle.latest(slot) !== 0 ? ['a commit was not counted'] : []),
      ...flawsOf(world),
    ],
  };
}

/** Every state in which a complete order ends, and what the search found. */
function restsOf(
  operations: string,
  differences: Differences,
  crash?: string,
): { rests: Rest[]; found: Findings } {
  const design: Design = aDesign({ policy: 'db-only', 'store.shards': '1', ...differences });
  const scope: Scope = {
    design,
    operations: operations.split(',') as OperationKind[],
    ...(crash === undefined ? {} : { crash }),
  };
  const rests: Rest[] = [];
  class Watched extends Orders {
    override verdict(): number {
      const verdict = super.verdict();
      rests.push(restOf(this));
      return verdict;
    }
  }
  const found = exploreOrders({
    begin: () => new Watched(scope),
    snapshot: () => new Snapshot(),
    kinds: ANOMALIES,
  });
  expect(found.complete).toBe(true);
  return { rests, found };
}

const PERIODIC = { 'store.fsync': 'periodic:1s' };
const VERSIONS = { 'cache.fencing': 'version' };
const TWO: Differences = { 'store.rf': '2', 'store.w': '2' };
const ONE_OF_TWO: Differences = { 'store.rf': '2', 'store.w': '1' };
const LEADER = 'shard-1.leader';

describe('with a leader, when everything is over', () => {
  it.each<[string, Differences, string?]>([
    ['put', {}],
    ['put', TWO, LEADER],
    ['put', ONE_OF_TWO, LEADER],
    ['put', ONE_OF_TWO, 'shard-1.replica-2'],
    ['put', { ...TWO, ...PERIODIC }, LEADER],
    ['put', { ...ONE_OF_TWO, ...PERIODIC }, LEADER],
    ['put,put', TWO],
    ['put,put', { ...TWO, ...VERSIONS }],
    ['put,put', { 'store.rf': '1', 'store.w': '1', ...PERIODIC }, LEADER],
    ['put,put', { 'store.rf': '1', 'store.w': '1', ...VERSIONS }, LEADER],
  ])(
    '%s, %o, crash of %s: all replicas show the newest write that stands, and one of them leads',
    (...scope) => {
      const { rests } = restsOf(...scope);
      for (const rest of rests) {
        expect(rest.flaws).toEqual([]);
        expect(rest.leaders).toBe(1);
        expect(rest.shown).toEqual(rest.shown.map(() => rest.newest));
        rest.told.forEach((told, i) => {
          if (told === 'done') expect(rest.committed).toContain(i + 1);
          if (told === 'refused') expect(rest.committed).not.toContain(i + 1);
        });
      }
    },
  );

  it.each<[string, Differences, string]>([
    ['both copies are asked for', TWO, LEADER],
    ['both copies are asked for, and synced now and then', { ...TWO, ...PERIODIC }, LEADER],
    ['both must vote', ONE_OF_TWO, LEADER],
    ['a follower crashes', ONE_OF_TWO, 'shard-1.replica-2'],
  ])('nothing that was acknowledged is lost where %s', (_, differences, crash) => {
    const { rests } = restsOf('put', differences, crash);
    expect(rests.filter(({ lost }) => lost.length > 0)).toEqual([]);
    // Whether the client heard of it or not, it may stand.
    expect(rests.some(({ told, newest }) => told[0] === 'nothing' && newest === 1)).toBe(true);
    expect(rests.some(({ told, newest }) => told[0] === 'done' && newest === 1)).toBe(true);
  });

  it('a write may be lost with the one disk that had it, and with a disk that had not synced it', () => {
    for (const [differences, isLost] of [
      [{ ...ONE_OF_TWO, ...PERIODIC }, true],
      [{ 'store.rf': '1', 'store.w': '1' }, false],
      [{ 'store.rf': '1', 'store.w': '1', ...PERIODIC }, true],
    ] as const) {
      const { rests } = restsOf('put', differences, LEADER);
      expect(
        rests.some(({ told, lost, newest }) => told[0] === 'done' && lost.length === 1 && newest === 0),
      ).toBe(isLost);
    }
  });

  it('a PUT that left its app node may come to nothing, or be refused by one that leads no more', () => {
    const { rests } = restsOf('put', {}, LEADER);
    expect(rests.some(({ told, newest }) => told[0] === 'nothing' && newest === 0)).toBe(true);
    expect(rests.some(({ told, newest }) => told[0] === 'refused' && newest === 0)).toBe(true);
  });

  it.each<[string, string, Differences, string?]>([
    ['the leader', 'put,get', { ...TWO, 'store.readFrom': 'leader' }, LEADER],
    ['the leader', 'get,put,get', { ...TWO, 'store.readFrom': 'leader' }],
    ['the only replica', 'put,get', { 'store.rf': '1', 'store.w': '1' }, LEADER],
  ])('reads of %s are linearizable: %s, %o, crash of %s', (_, ...scope) => {
    expect(restsOf(...scope).found.bad).toBe(0);
  });
});

describe('without a leader, when everything is over', () => {
  const LEADERLESS = { 'store.mode': 'leaderless' };

  it.each<[string, Differences, string?]>([
    ['put', { ...LEADERLESS, ...TWO }],
    ['put,put', { ...LEADERLESS, ...ONE_OF_TWO }],
    ['put,put', { ...LEADERLESS, ...TWO }],
    ['put', { ...LEADERLESS, ...TWO }, 'shard-1.replica-1'],
    ['put', { ...LEADERLESS, ...ONE_OF_TWO, ...PERIODIC }, 'shard-1.replica-1'],
    ['put', { ...LEADERLESS }, 'shard-1.replica-2'],
    ['put,get', { ...LEADERLESS, ...TWO, 'store.r': '2', 'store.readRepair': 'true' }],
  ])(
    '%s, %o, crash of %s: what w disks hold is committed, and what was acknowledged is',
    (operations, differences, crash) => {
      const { rests } = restsOf(operations, differences, crash);
      const isKept = differences['store.fsync'] === undefined;
      const w = Number(differences['store.w'] ?? 2);
      for (const { told, committed, shown, newest, flaws, lost } of rests) {
        expect(flaws.filter((flaw) => flaw !== 'the log is still open')).toEqual([]);
        told.forEach((one, i) => {
          if (one === 'done' && operations.split(',')[i] === 'put') expect(committed).toContain(i + 1);
        });
        if (!isKept) continue;
        expect(lost).toEqual([]);
        expect(shown.filter((version) => version === newest).length).toBeGreaterThanOrEqual(
          newest === 0 ? 0 : w,
        );
      }
    },
  );

  it('nobody misses a write that is on every replica', () => {
    for (const operations of ['put', 'put,put'])
      for (const { shown, newest } of restsOf(operations, { ...LEADERLESS, ...TWO }).rests)
        expect(shown).toEqual([newest, newest]);
  });
});
