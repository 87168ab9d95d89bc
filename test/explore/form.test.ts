/**
 * When two states of an explored world are the same: what may come after one may come after the other. What no count of
 * classes would miss is asked of the form itself, of worlds whose moves are made one by one.
 */
import { describe, expect, it } from 'vitest';
import { CALL, OPERATION } from '../../src/engine/calls.ts';
import { Orders } from '../../src/engine/orders/orders.ts';
import type { OperationKind } from '../../src/engine/orders/scope.ts';
import { Event } from '../../src/engine/world.ts';
import { aDesign } from '../support/designs.ts';
import { HINTS, LEADERLESS, LONE } from '../support/orders.ts';

function begin(operations: readonly OperationKind[], differences: Readonly<Record<string, string>>): Orders {
  return new Orders({ operations, design: aDesign(differences), reduced: false });
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
