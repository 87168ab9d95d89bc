/** Every order of a few operations: what can be counted by hand, and what it says of each kind of store. */
import { describe, expect, it } from 'vitest';
import { engineFor } from '../../src/engine/orders/engine.ts';
import { Orders } from '../../src/engine/orders/orders.ts';
import { Event } from '../../src/engine/world.ts';
import { exploreOrders } from '../../src/explore/orders.ts';
import { linesOf } from '../../src/explore/words.ts';
import { aDesign } from '../support/designs.ts';
import {
  countsOf,
  explore,
  HINTS,
  kindsOf,
  LEADERLESS,
  LONE,
  scopeOf,
  SOMETIMES,
  TWICE,
} from '../support/orders.ts';

/** What a coordinator does that keeps hints. */
const HINTING: ReadonlySet<number> = new Set([Event.callTimeout, Event.resend]);
/** What clients do who never hear of anybody. */
const IMPATIENT: ReadonlySet<number> = new Set([Event.clientTimeout, Event.retry]);

describe('classes that can be counted by hand', () => {
  it('are two for a PUT to a lone store: its client has the acknowledgement, or gave up before', () => {
    expect(countsOf(explore('put', { policy: 'db-only', ...LONE }))).toEqual({ orders: 2 });
  });

  it('are six with a GET: it returns the value before, the value after, or nothing in time', () => {
    expect(countsOf(explore('put,get', { policy: 'db-only', ...LONE }))).toEqual({ orders: 6 });
  });

  it('are 2 x 2 x 2 x 4 for two PUTs and a GET: of either fate, in either order, seen at none to both, or not', () => {
    expect(countsOf(explore('put,put,get', { policy: 'db-only', ...LONE }))).toEqual({ orders: 32 });
  });
});

describe('clients that try again', () => {
  const retried = { policy: 'db-only', ...LONE, ...TWICE };

  it('bring a PUT once more after a newer one: in either order 1 2, 1 2 1 or 1 2 1 2, each with all four fates', () => {
    const found = explore('put,put', retried);
    expect(countsOf(found)).toEqual({
      orders: 2 * 3 * 4,
      storeRegression: 2 * 2 * 4,
      staleAtRest: 2 * 1 * 4,
    });
    const regressed = found.anomalies.find(({ kind }) => kind === 'storeRegression')?.shortest.join() ?? '';
    expect(regressed).toMatch(/client \d tries again: sends PUT v\d/);
  });

  it('come to nothing new at a store that takes the same version once', () => {
    const fenced = { 'cache.fencing': 'version' };
    expect(countsOf(explore('put,put', { ...retried, ...fenced }))).toEqual(
      countsOf(explore('put,put', { ...retried, ...fenced, 'client.retries': '0' })),
    );
  });

  it('come to nothing new for a lone writer: its version is the same', () => {
    expect(countsOf(explore('put,get', retried))).toEqual({ orders: 6 });
  });

  it('are tried as often as the design says and as the budget pays, ten times at first', () => {
    // Nothing is ever delivered: both clients wait in vain, and try again.
    const retriesOf = (retries: string, budget: string): number => {
      const differences = { ...retried, 'client.retries': retries, 'client.retryBudget': budget };
      const orders = new Orders(scopeOf('put,put', aDesign(differences)));
      const isImpatient = (move: number): boolean => move < 0 || IMPATIENT.has(orders.wheel.kindOf(move));
      for (let move: number | undefined; (move = orders.everyMove().find(isImpatient)) !== undefined;)
        orders.play(move);
      return orders.world.retries.sent;
    };
    expect([retriesOf('5', '0%'), retriesOf('6', '0%'), retriesOf('6', 'off')]).toEqual([10, 10, 12]);
  });
});

describe('disks that are synced now and then', () => {
  const lone = { policy: 'db-only', ...LONE };
  const crash = 'shard-1.leader';

  it('lose with a crash what they had not synced, though it was acknowledged', () => {
    const found = explore('put,get', { ...lone, ...SOMETIMES }, { crash });
    expect(found.complete).toBe(true);
    expect(kindsOf(found)).toEqual(['readYourWrites', 'lostAckedWrite']);
    const lost = found.anomalies.find(({ kind }) => kind === 'lostAckedWrite')?.shortest ?? [];
    expect(lost).toContain('shard-1 leader crashes, with v1 not on its disk yet');
    expect(kindsOf(explore('put,get', lone, { crash }))).toEqual([]);
  });

  it('come, without a crash of theirs, to what synced disks come to', () => {
    for (const more of [{}, { crash: 'app-1' }])
      expect(countsOf(explore('put,put', { ...lone, ...SOMETIMES }, more))).toEqual(
        countsOf(explore('put,put', lone, more)),
      );
  });

  it('may be any of a quorum: what two of three have, one crash does not lose', () => {
    const quorum = explore('put', { policy: 'db-only', ...SOMETIMES }, { crash });
    expect(quorum.complete).toBe(true);
    expect(kindsOf(quorum)).toEqual([]);
    const single = { policy: 'db-only', 'store.rf': '2', 'store.w': '1' };
    const follower = { crash: 'shard-1.replica-2' };
    expect(kindsOf(explore('put', { ...single, ...SOMETIMES }, follower))).toEqual([]);
  });
});

describe('hints for a replica that was down', () => {
  const two = { ...LEADERLESS, 'store.rf': '2' };
  const crash = 'shard-1.replica-1';

  it('leave nothing stale behind, while their coordinator lives', () => {
    const missed = explore('put', { ...two, 'store.w': '1' }, { crash });
    const hinted = explore('put', { ...two, 'store.w': '1', ...HINTS }, { crash });
    expect([missed.complete, hinted.complete]).toEqual([true, true]);
    // Acknowledged or not, with the crash or without it; and what the replica missed for ever.
    expect(countsOf(missed)).toEqual({ orders: 2 * 2 + 2, staleAtRest: 2 });
    expect(countsOf(hinted)).toEqual({ orders: 2 * 2 });
  });

  it('complete a write that fell short of its quorum, which its client has given up on', () => {
    const missed = explore('put', { ...two, 'store.w': '2' }, { crash });
    const hinted = explore('put', { ...two, 'store.w': '2', ...HINTS }, { crash });
    expect(countsOf(missed)).toEqual({ orders: 2 * 2 + 1 });
    expect(countsOf(hinted)).toEqual({ orders: 2 * 2 });
  });

  it('die with their coordinator, and come to nothing where nobody is ever down', () => {
    const lone = { ...LEADERLESS, ...LONE };
    for (const more of [{}, { crash: 'app-1' }])
      expect(countsOf(explore('put', { ...lone, ...HINTS }, more))).toEqual(
        countsOf(explore('put', lone, more)),
      );
  });

  it('are told as they are kept and as they are sent', () => {
    const design = aDesign({ ...LEADERLESS, ...LONE, ...HINTS, 'app.nodes': '1' });
    const orders = new Orders({ ...scopeOf('put', design), reduced: false });
    const story = orders.tell();
    const isOf = (kinds: ReadonlySet<number>, move: number): boolean =>
      move > 0 && kinds.has(orders.wheel.kindOf(move));
    for (;;) {
      const moves = orders.everyMove();
      const next = moves.find((move) => isOf(HINTING, move)) ?? moves.find((move) => !isOf(IMPATIENT, move));
      if (next === undefined) break;
      orders.play(next);
    }
    const lines = linesOf(story.steps);
    expect(lines).toContain('app-1 keeps v1 for the replicas that have not acknowledged it');
    expect(lines).toContain('app-1 sends the v1 that it kept for shard-1.replica-1');
  });
});

describe('classes of stores that ask several replicas, counted by hand', () => {
  it('are, without a leader, of two PUTs two fates each, either of them the older, and that one in time or overtaken', () => {
    expect(countsOf(explore('put,put', { ...LEADERLESS, ...LONE }))).toEqual({ orders: 2 * 2 * 2 * 2 });
  });

  it('are with a GET 2 x 2 x 2 times seven: it returns none, the first value or either, or the older one never came', () => {
    expect(countsOf(explore('put,put,get', { ...LEADERLESS, ...LONE }))).toEqual({
      orders: 2 * 2 * 2 * (4 + 3),
    });
  });

  it('are nine where one of two replicas answers: the value before can be returned fresh, stale, or to its own writer', () => {
    // Of a PUT that was given up on the value before is fresh or stale; else it may be missed by its own writer, too.
    expect(countsOf(explore('put,get', { ...LEADERLESS, 'store.rf': '2', 'store.w': '1' }))).toEqual({
      orders: 2 * 2 + 2 + 3,
      readYourWrites: 1,
      staleRead: 3,
    });
  });

  it('are six where the quorums of reads and writes meet, all of them good', () => {
    const meeting = { ...LEADERLESS, 'store.rf': '2', 'store.w': '1', 'store.r': '2' };
    expect(countsOf(explore('put,get', meeting))).toEqual({ orders: 6 });
    const majority = { policy: 'db-only', 'store.readFrom': 'quorum', 'store.rf': '2', 'store.w': '1' };
    expect(countsOf(explore('put,get', majority))).toEqual({ orders: 6 });
  });

  it('are eight with two of two writes and one read: the new value may be returned before it is committed', () => {
    expect(countsOf(explore('put,get', { ...LEADERLESS, 'store.rf': '2', 'store.w': '2' }))).toEqual({
      orders: 8,
      dirtyRead: 2,
    });
  });
});

describe('what a quorum is good for', () => {
  it('two of three for reads and writes miss nothing that was acknowledged, and show what is not committed yet', () => {
    const found = explore('put,get', { ...LEADERLESS, 'store.r': '2' });
    expect(found.complete).toBe(true);
    expect(kindsOf(found)).toEqual(['dirtyRead']);
  });

  it('a majority of a leader’s replicas may not have heard yet of what the leader has committed', () => {
    const found = explore('put,get', { policy: 'db-only', 'store.readFrom': 'quorum' });
    expect(found.complete).toBe(true);
    expect(kindsOf(found)).toEqual(['readYourWrites', 'staleRead']);
  });

  it('read repair rules nothing out: what takes a copy from a replica can take its repair, too', () => {
    const crash = 'shard-1.replica-1';
    const down = { ...LEADERLESS, 'store.rf': '2', 'store.w': '1', 'store.r': '2' };
    const left = explore('put,get', down, { crash });
    const repaired = explore('put,get', { ...down, 'store.readRepair': 'true' }, { crash });
    expect([left.complete, repaired.complete]).toEqual([true, true]);
    expect(kindsOf(left)).toContain('staleAtRest');
    expect(countsOf(repaired)).toEqual(countsOf(left));
    expect(repaired.states).toBeGreaterThan(left.states);
  });

  it('a story without leaders names the replicas and says who answers whom', () => {
    const found = explore('put,get', { ...LEADERLESS, 'store.rf': '2', 'store.w': '1' });
    const missed = found.anomalies.find(({ kind }) => kind === 'readYourWrites')?.shortest ?? [];
    const [, written = ''] =
      /shard-1\.replica-(\d) tells app-1 that PUT v1 is done/.exec(missed.join()) ?? [];
    expect(missed).toContain(`shard-1.replica-${written === '1' ? '2' : '1'} answers app-1 with v0`);
  });
});

describe('of two writers and a reader', () => {
  const seed = explore('put,put,get', LONE);
  it('the policy as it was drawn shows what its forwards and fallbacks do', () => {
    expect(seed.complete).toBe(true);
    expect(kindsOf(seed)).toEqual([
      'readYourWrites',
      'staleRead',
      'dirtyRead',
      'storeRegression',
      'staleAtRest',
    ]);
  });

  it('a zombie takes the store back: it was given up on, and its forward comes after a newer commit', () => {
    const lines = seed.anomalies.find(({ kind }) => kind === 'storeRegression')?.shortest ?? [];
    const zombie = /commits v(\d)/.exec(lines.at(-1) ?? '')?.[1] ?? '';
    expect(lines.filter((line) => line.endsWith(`commits v${zombie}`))).toHaveLength(2);
    expect(lines.join()).toMatch(new RegExp(`times out for app-1 \\(PUT v${zombie}\\)`));
  });

  it('versions at cache and store leave nothing stale behind, and never take the store back', () => {
    const fenced = explore('put,put,get', { ...LONE, 'cache.fencing': 'version' });
    expect(fenced.complete).toBe(true);
    expect(kindsOf(fenced)).not.toContain('staleAtRest');
    expect(kindsOf(fenced)).not.toContain('storeRegression');
  });
});

describe("the seed's own design, three replicas of which two are a quorum", () => {
  it('comes to the classes of a lone replica, state by state, where nobody reads the store', () => {
    const [three, one] = [explore('put,put', {}), explore('put,put', LONE)];
    expect(three.complete).toBe(true);
    expect(countsOf(three)).toEqual(countsOf(one));
    expect(three.states).toBe(one.states);
  });

  it('takes a few hundred states for two writers and a reader without a cache: news of a commit waits for a reader', () => {
    const found = explore('put,put,get', { policy: 'db-only' });
    expect(found.complete).toBe(true);
    expect(kindsOf(found)).toEqual(['readYourWrites', 'staleRead']);
    expect(found.states).toBe(300);
  });

  it('shows what a replica that is behind does to a reader', () => {
    const [three, one] = [explore('put,get', {}), explore('put,get', LONE)];
    expect(three.complete).toBe(true);
    expect(one.orders).toBeLessThan(three.orders);
    expect(kindsOf(one)).not.toContain('staleRead');
    expect(kindsOf(three)).toContain('staleRead');
  });
});

describe('the limit', () => {
  it('ends the search, which then says that there is more', () => {
    const scope = scopeOf('put,get', aDesign(LONE));
    const cut = exploreOrders(engineFor(scope), 100);
    expect(cut.complete).toBe(false);
    expect(cut.states).toBe(100);
    const whole = exploreOrders(engineFor(scope));
    expect(cut.orders).toBeLessThan(whole.orders);
    expect(exploreOrders(engineFor(scope), whole.states).complete).toBe(true);
  });
});

it('the same question has the same answer, to the last word', () => {
  expect(explore('put,get', LONE)).toEqual(explore('put,get', LONE));
});
