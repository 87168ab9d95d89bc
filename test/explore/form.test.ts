/**
 * When two states of an explored world are the same: what may come after one may come after the other. What no count of
 * classes would miss is asked of the form itself, of worlds whose moves are made one by one.
 */
import { describe, expect, it } from 'vitest';
import { CALL, KIND, NODE, OPERATION } from '../../src/engine/calls.ts';
import { Orders } from '../../src/engine/orders/orders.ts';
import type { OperationKind, Scope } from '../../src/engine/orders/scope.ts';
import { COMMIT_NOTICE, PUT } from '../../src/engine/actors/transport.ts';
import { Event } from '../../src/engine/world.ts';
import { aDesign } from '../support/designs.ts';
import { HINTS, LEADERLESS, LONE } from '../support/orders.ts';

function begin(
  operations: readonly OperationKind[],
  differences: Readonly<Record<string, string>>,
  more: Partial<Scope> = {},
): Orders {
  return new Orders({ operations, design: aDesign(differences), reduced: false, ...more });
}

/** The place of the operation that an event of a call belongs to. */
function placeOf({ world, wheel, injected }: Orders, event: number): number {
  return injected.placeOf(world.calls.at[wheel.rowOf(event) * CALL + OPERATION] ?? 0);
}

/** Makes the first move of this kind, of that operation where one is named. */
function play(orders: Orders, kind: number, place?: number): void {
  const move = orders
    .everyMove()
    .find(
      (one) =>
        one > 0 &&
        orders.wheel.kindOf(one) === kind &&
        (place === undefined || placeOf(orders, one) === place),
    );
  expect(move).toBeDefined();
  if (move !== undefined) orders.play(move);
}

function formOf(orders: Orders): string {
  orders.takeForm();
  return `${orders.high} ${orders.low}`;
}

describe('of hints for a replica', () => {
  /** Three PUTs that have come to their coordinator, and are on their way from it. */
  function threeSent(): Orders {
    const orders = begin(['put', 'put', 'put'], {
      ...LEADERLESS,
      ...LONE,
      ...HINTS,
      'app.nodes': '1',
    });
    for (let start: number | undefined; (start = orders.everyMove().find((move) => move < 0)) !== undefined;)
      orders.play(start);
    for (let i = 0; i < 3; i++) {
      play(orders, Event.arrive, i);
      play(orders, Event.served, i);
    }
    return orders;
  }

  /** They are given up on in this order, and kept in it. */
  function kept(order: readonly number[]): Orders {
    const orders = threeSent();
    for (const place of order) play(orders, Event.callTimeout, place);
    return orders;
  }

  it('it matters in which order they are kept', () => {
    const forms = [kept([0, 1, 2]), kept([0, 2, 1]), kept([1, 0, 2])].map(formOf);
    expect(new Set(forms).size).toBe(3);
  });

  it('it matters whether the first has been sent', () => {
    const orders = kept([0, 1, 2]);
    const waiting = formOf(orders);
    play(orders, Event.resend);
    expect(formOf(orders)).not.toBe(waiting);
  });
});

describe('of the budget of retries', () => {
  /** A PUT that was sent so often before it was answered, and nothing left of it; another one is yet to begin. */
  function answeredAfter(attempts: number, retries: string): Orders {
    const orders = begin(['put', 'put'], {
      policy: 'db-only',
      ...LONE,
      'app.nodes': '1',
      'client.retries': retries,
      'client.retryBudget': '0%',
    });
    const [start = 0] = orders.everyMove();
    orders.play(start);
    for (let i = 1; i < attempts; i++) {
      play(orders, Event.clientTimeout);
      play(orders, Event.retry);
    }
    const isMessage = (move: number): boolean =>
      move > 0 && orders.wheel.kindOf(move) !== Event.clientTimeout;
    for (let next: number | undefined; (next = orders.everyMove().find(isMessage)) !== undefined;)
      orders.play(next);
    return orders;
  }

  it('what is left matters, where it may not pay for all that can still be tried', () => {
    expect(formOf(answeredAfter(3, '10'))).not.toBe(formOf(answeredAfter(2, '10')));
    expect(formOf(answeredAfter(3, '5'))).toBe(formOf(answeredAfter(2, '5')));
  });
});

describe('of replicas that are alike it does not matter who is who', () => {
  /** Makes every move of these kinds, but for what arrives with a message of this kind. */
  function playAll(orders: Orders, kinds: readonly number[], but: number): void {
    const { world, wheel } = orders;
    const isDue = (move: number): boolean =>
      move > 0 &&
      kinds.includes(wheel.kindOf(move)) &&
      (wheel.kindOf(move) !== Event.arrive || world.calls.at[wheel.rowOf(move) * CALL + KIND] !== but);
    for (let next: number | undefined; (next = orders.everyMove().find(isDue)) !== undefined;)
      orders.play(next);
  }

  /** A message of this kind reaches a replica, counted from 0. */
  function deliver(orders: Orders, message: number, replica: number): void {
    const { world, wheel } = orders;
    const move = orders.everyMove().find((one) => {
      const o = (one > 0 ? wheel.rowOf(one) : 0) * CALL;
      const isArrival = one > 0 && wheel.kindOf(one) === Event.arrive;
      const { at } = world.calls;
      return isArrival && at[o + KIND] === message && at[o + NODE] === world.replicaNode(0, replica);
    });
    expect(move).toBeDefined();
    if (move !== undefined) orders.play(move);
  }

  /** Of three replicas this one has heard of a commit, and that one is being read. */
  function heardAndRead(heard: number, read: number): string {
    const orders = begin(['put', 'get'], { policy: 'db-only', 'app.nodes': '1', 'store.shards': '1' });
    const [put = 0] = orders.everyMove();
    orders.play(put);
    playAll(orders, [Event.arrive, Event.served, Event.answer, Event.acknowledged], COMMIT_NOTICE);
    deliver(orders, COMMIT_NOTICE, heard);
    const get = orders.everyMove().find((move) => move < 0) ?? 0;
    orders.play(get);
    play(orders, Event.arrive, 1);
    const served = orders.everyMove().find((move) => move > 0 && orders.wheel.kindOf(move) === Event.served);
    orders.play(served ?? 0, read);
    return formOf(orders);
  }

  it('which follower has heard of a commit and is read, or has not', () => {
    expect(heardAndRead(1, 1)).toBe(heardAndRead(2, 2));
    expect(heardAndRead(1, 2)).toBe(heardAndRead(2, 1));
    expect(new Set([heardAndRead(1, 0), heardAndRead(1, 1), heardAndRead(1, 2)]).size).toBe(3);
  });

  /** Of three replicas without a leader this one has a copy. */
  function copiedTo(replica: number, crash?: string): string {
    const differences = { ...LEADERLESS, 'app.nodes': '1', 'store.shards': '1' };
    const orders = begin(['put', 'put'], differences, crash === undefined ? {} : { crash });
    const [put = 0] = orders.everyMove();
    orders.play(put);
    play(orders, Event.arrive);
    play(orders, Event.served);
    deliver(orders, PUT, replica);
    play(orders, Event.served);
    return formOf(orders);
  }

  it('which replica has a copy without a leader, but for the one that may crash', () => {
    expect(new Set([0, 1, 2].map((replica) => copiedTo(replica))).size).toBe(1);
    const [first, ...others] = [0, 1, 2].map((replica) => copiedTo(replica, 'shard-1.replica-1'));
    expect(new Set(others).size).toBe(1);
    expect(others).not.toContain(first);
  });
});
