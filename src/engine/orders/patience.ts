/**
 * What clients may still try: how often an operation can be sent again, by which of its attempts it may be answered, and
 * whether the budget that all of them share may have a say in it.
 */
import { CALL, FROM, OPERATION, PHASE, Phase } from '../calls.ts';
import { OP, OP_RETRIES, OP_TIMER } from '../operations.ts';
import { Event, type World } from '../world.ts';
import type { ChosenWheel } from './drive.ts';
import type { Injected } from './injected.ts';

export class Patience {
  readonly #w: World;
  readonly #wheel: ChosenWheel;
  readonly #injected: Injected;

  constructor(w: World, wheel: ChosenWheel, injected: Injected) {
    this.#w = w;
    this.#wheel = wheel;
    this.#injected = injected;
  }

  /** Retries that an operation under way may still set out on; one whose wait has begun has its token. */
  left(op: number): number {
    const { at } = this.#w.operations;
    const waits = this.#wheel.kindOf(at[op * OP + OP_TIMER]!) === Event.retry ? 1 : 0;
    return this.#w.design.client.retries - at[op * OP + OP_RETRIES]! - waits;
  }

  /** Whether another attempt at an operation may still be sent. */
  mayTryAgain(op: number): boolean {
    return (
      this.left(op) > 0 || this.#wheel.kindOf(this.#w.operations.at[op * OP + OP_TIMER]!) === Event.retry
    );
  }

  /** Operations whose client waits, for an answer or to try again. */
  waiting(): number[] {
    const waiting: number[] = [];
    for (let id = 1; id < this.#wheel.end; id++) {
      const kind = this.#wheel.kindOf(id);
      if (kind === Event.clientTimeout || kind === Event.retry) waiting.push(this.#wheel.rowOf(id));
    }
    return waiting;
  }

  /** The budget may be too small for all retries that can come: then it matters who asks first. */
  isShort(): boolean {
    const { retries } = this.#w.design.client;
    if (retries === 0) return false;
    let mayCome = 0;
    for (let i = 0; i < this.#injected.count; i++) if (this.#injected.ids[i] === 0) mayCome += retries;
    for (const op of this.waiting()) mayCome += this.left(op);
    return !this.#w.retries.lasts(mayCome);
  }

  /** The calls of an operation's attempts, whichever of them its client has given up on: the first answer ends it. */
  attemptsAt(operation: number): number[] {
    const { calls } = this.#w;
    const attempts: number[] = [];
    for (let row = 1; row < calls.end; row++) {
      const o = row * CALL;
      if (
        calls.at[o + PHASE] !== Phase.free &&
        calls.at[o + FROM] === 0 &&
        calls.at[o + OPERATION] === operation
      )
        attempts.push(row);
    }
    return attempts;
  }
}
