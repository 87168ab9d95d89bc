/**
 * The search leaves nothing out: held against all orders one by one, each event by itself and nothing merged, and
 * against itself with every swap of neighbours as a move of its own.
 */
import { describe, expect, it } from 'vitest';
import { engineFor } from '../../src/engine/orders/engine.ts';
import { ANOMALIES, Orders } from '../../src/engine/orders/orders.ts';
import type { Scope } from '../../src/engine/orders/scope.ts';
import { Snapshot } from '../../src/engine/orders/snapshot.ts';
import { exploreOrders } from '../../src/explore/orders.ts';
import { aDesign } from '../support/designs.ts';
import { countsOf, explore, HINTS, LEADERLESS, LONE, scopeOf, SOMETIMES, TWICE } from '../support/orders.ts';

/** The state in which an order ended, as anybody would describe it; replicas by `who`, a number for each name. */
function outcomeOf(world: Orders, verdict: number, who: readonly number[]): string {
  const { cache, store, oracle, faults, nodes, wheel } = world.world;
  const version = (write: number): number =>
    write <= 0 ? write : world.injected.placeOf(oracle.operationOf(write)) + 1;
  const commits = [...world.injected.ids.subarray(0, world.injected.count)].map((id) => {
    for (let write = 1; write < oracle.writeCount; write++)
      if (oracle.operationOf(write) === id)
        return oracle.isCommitted(write) ? version(oracle.nextOf(0, write)) : -1;
    return -2;
  });
  return JSON.stringify({
    endings: [...world.injected.endings.subarray(0, world.injected.count)],
    held: version(cache.held(0)),
    tombstone: version(cache.tombstone(0, wheel.now)),
    shown: who.map((r) => version(store.shown(0, r))),
    commits,
    passed: faults.passed,
    hosts: Array.from({ length: nodes.count }, (_, node) => nodes.stateOf(node)),
    verdict,
  });
}

/** Every way to name the replicas of a store: who leads and who may crash keeps its name, the others are alike. */
function namings({ design, crash = '' }: Scope): number[][] {
  const { rf, mode } = design.store;
  const isAlike = (r: number): boolean =>
    mode === 'leaderless' ? crash !== `shard-1.replica-${r + 1}` : r > 0 && !crash.startsWith('shard');
  const wayOn = (who: readonly number[]): number[][] => {
    const name = who.length;
    if (name === rf) return [[...who]];
    const every = Array.from({ length: rf }, (_, r) => r);
    const bearers = isAlike(name) ? every.filter((r) => isAlike(r) && !who.includes(r)) : [name];
    return bearers.flatMap((r) => wayOn([...who, r]));
  };
  return wayOn([]);
}

/** All orders, one by one: the number of them, and the outcomes that they have, up to who is who among the alike. */
function enumerate(scope: Scope): { orders: number; outcomes: Set<string> } {
  const world = new Orders({ ...scope, reduced: false });
  const ways = namings(scope);
  const outcome = (verdict: number): string => {
    const [first = ''] = ways.map((who) => outcomeOf(world, verdict, who)).sort();
    return first;
  };
  const outcomes = new Set<string>();
  let orders = 0;
  const snapshots: Snapshot[] = [];
  const goOn = (depth: number): void => {
    const before = (snapshots[depth] ??= new Snapshot());
    world.save(before);
    if (world.isAtRest()) {
      orders++;
      outcomes.add(outcome(world.verdict()));
      world.restore(before);
    }
    for (const move of world.moves())
      for (let answer = 0, answers = 1; answer < answers; answer++) {
        answers = Math.max(answers, world.play(move, answer));
        goOn(depth + 1);
        world.restore(before);
      }
  };
  goOn(0);
  return { orders, outcomes };
}

function tally(outcomes: Set<string>): Record<string, number> {
  const counts: Record<string, number> = { orders: outcomes.size };
  for (const outcome of outcomes) {
    const { verdict } = JSON.parse(outcome) as { verdict: number };
    ANOMALIES.forEach((kind, k) => {
      if ((verdict & (1 << k)) !== 0) counts[kind] = (counts[kind] ?? 0) + 1;
    });
  }
  return counts;
}

describe('the search finds what trying all orders one by one finds', () => {
  it.each<[string, Record<string, string>, Partial<Scope>]>([
    ['put', { policy: 'db-only', ...LONE }, {}],
    ['put', { ...LONE, 'cache.order': 'store-first', 'cache.onTimeout': 'db' }, {}],
    ['put', { policy: 'look-aside', ...LONE }, {}],
    ['put', { policy: 'db-only', ...LONE }, { crash: 'shard-1.leader' }],
    ['put', { policy: 'db-only', ...LONE }, { crash: 'app-1' }],
    ['put', { ...LONE, 'cache.timeout': 'off' }, { crash: 'cache-2' }],
    ['get', { ...LONE }, {}],
    ['put', { policy: 'db-only', 'store.rf': '2', 'store.w': '1' }, {}],
    ['put', { ...LEADERLESS, 'store.rf': '2', 'store.w': '1' }, {}],
    ['put', { ...LEADERLESS, 'store.rf': '2', 'store.w': '2' }, { crash: 'shard-1.replica-1' }],
    ['put', { ...LEADERLESS, ...LONE }, { crash: 'app-1' }],
    // Whatever leaves the replicas apart from each other: it does not matter which of them has what.
    ['put', { ...LEADERLESS, 'store.rf': '2', 'store.w': '1', 'app.nodes': '1' }, { crash: 'app-1' }],
    ['put', { ...LEADERLESS, 'store.rf': '2', 'store.w': '2', 'app.nodes': '1' }, { crash: 'app-1' }],
    ['get', { policy: 'db-only', 'store.rf': '3', 'store.w': '2' }, {}],
    ['get', { policy: 'db-only', 'store.readFrom': 'quorum', 'store.rf': '2', 'store.w': '1' }, {}],
    ['put', { policy: 'db-only', ...LONE, ...TWICE }, {}],
    ['get', { policy: 'db-only', ...LONE, ...TWICE }, {}],
    ['put', { policy: 'db-only', ...LONE, ...SOMETIMES }, { crash: 'shard-1.leader' }],
    ['put', { ...LEADERLESS, ...LONE, ...SOMETIMES }, { crash: 'shard-1.replica-1' }],
    ['put', { ...LEADERLESS, ...LONE, ...HINTS, 'app.nodes': '1' }, {}],
  ])('%s, %o, %o', (operations, differences, more) => {
    const scope = scopeOf(operations, aDesign(differences), more);
    const { orders, outcomes } = enumerate(scope);
    const found = exploreOrders(engineFor(scope));
    expect(found.complete).toBe(true);
    expect(countsOf(found)).toEqual(tally(outcomes));
    expect(orders).toBeGreaterThan(outcomes.size);
  });
});

/** What half a minute each goes by with: asked for by `THOROUGH=1 npm run unit -- complete`. */
const LONG: [string, Record<string, string>, Partial<Scope>][] = [
  ['put,get,get', { policy: 'db-only', 'store.rf': '3', 'store.w': '2' }, {}],
  ['put,put,get', { policy: 'db-only', 'store.rf': '2', 'store.w': '1' }, {}],
  ['put,get', { policy: 'db-only', ...LONE, ...TWICE }, { crash: 'app-1' }],
];

describe('swaps that change nothing leave nothing out', () => {
  it.each<[string, Record<string, string>, Partial<Scope>]>([
    ...(process.env['THOROUGH'] === undefined ? [] : LONG),
    ['put,get', { ...LONE, 'cache.timeout': 'off' }, {}],
    ['put,put', { ...LONE, 'cache.timeout': 'off', 'cache.fencing': 'version' }, {}],
    ['put,get', { ...LONE, policy: 'look-aside', 'cache.timeout': 'off' }, {}],
    ['put,get', { ...LONE, policy: 'look-aside', 'cache.timeout': 'off', 'cache.fencing': 'lease' }, {}],
    ['put,get', { policy: 'db-only', 'store.rf': '2', 'store.w': '1' }, {}],
    ['put,get', { policy: 'db-only', 'store.rf': '3', 'store.w': '2' }, {}],
    ['put,get', { policy: 'db-only', 'store.rf': '3', 'store.w': '2' }, { crash: 'app-1' }],
    ['put,get,get', { policy: 'db-only', 'store.rf': '2', 'store.w': '2' }, {}],
    ['put,put', { policy: 'db-only', 'store.rf': '2', 'store.w': '1' }, {}],
    ['put', { ...LEADERLESS, 'store.rf': '3', 'store.w': '2', 'app.nodes': '1' }, { crash: 'app-1' }],
    ['put,get', { 'store.rf': '2', 'store.w': '1', 'cache.timeout': 'off' }, {}],
    ['put,get', { 'store.rf': '2', 'store.w': '1', 'cache.timeout': 'off', policy: 'look-aside' }, {}],
    ['put', { ...LONE, 'cache.fencing': 'version' }, { crash: 'cache-2' }],
    ['put,get', { ...LONE, policy: 'write-behind', 'cache.timeout': 'off' }, {}],
    ['put', { ...LONE, policy: 'write-behind', 'cache.timeout': 'off' }, { crash: 'cache-2' }],
    ['put,get', { ...LEADERLESS, 'store.rf': '2', 'store.w': '2' }, {}],
    ['put', { ...LEADERLESS, 'store.rf': '2', 'store.w': '1' }, { crash: 'shard-1.replica-2' }],
    ['put,get', { policy: 'db-only', 'store.readFrom': 'quorum', 'store.rf': '2', 'store.w': '1' }, {}],
    ['put,put', { policy: 'db-only', ...LONE, ...TWICE }, {}],
    ['put,put', { policy: 'db-only', ...LONE, ...TWICE, 'cache.fencing': 'version' }, {}],
    ['put,put', { ...LEADERLESS, ...LONE, ...TWICE }, {}],
    ['put', { policy: 'db-only', ...LONE, ...TWICE }, { crash: 'app-1' }],
    ['put', { policy: 'db-only', ...LONE, ...TWICE }, { crash: 'shard-1.leader' }],
    ['put,get', { policy: 'look-aside', ...LONE, ...TWICE, 'cache.timeout': 'off' }, {}],
    ['put,put', { policy: 'db-only', ...LONE, ...SOMETIMES }, { crash: 'shard-1.leader' }],
    ['put', { ...LEADERLESS, 'store.rf': '2', 'store.w': '1', ...HINTS }, { crash: 'shard-1.replica-2' }],
    ['put,put', { ...LEADERLESS, ...LONE, ...HINTS, 'app.nodes': '2' }, {}],
    [
      'put',
      { policy: 'db-only', 'store.rf': '2', 'store.w': '1', ...SOMETIMES },
      { crash: 'shard-1.replica-2' },
    ],
  ])('%s, %o, %o', (operations, differences, more) => {
    const [all, needed] = [
      explore(operations, differences, { ...more, reduced: false }),
      explore(operations, differences, more),
    ];
    expect([all.complete, needed.complete]).toEqual([true, true]);
    expect(countsOf(needed)).toEqual(countsOf(all));
    expect(needed.states).toBeLessThan(all.states);
  });
});
