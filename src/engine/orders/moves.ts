/**
 * What can come next in an explored world: an operation begins, a message is delivered, a disk is done, a timeout
 * fires, a host crashes or is back. Which of these must be tried is a question to `reduction.ts`.
 */
import { AWAITED, CALL, CALLER, FROM, KIND, NODE, PHASE, Phase } from '../calls.ts';
import { isPart } from '../gathers.ts';
import { Tier } from '../nodes.ts';
import { PUT } from '../actors/transport.ts';
import { Event, type World } from '../world.ts';
import { Disk } from './disk.ts';
import type { ChosenWheel } from './drive.ts';
import type { Injected } from './injected.ts';

/** A move is the id of a pending event, or below zero: the fault's next instant, a sync, or the beginning of an operation. */
export const FAULT_MOVE = -1;
export const SYNC_MOVE = -2;
const FIRST_START = -3;

/** The move that begins the operation at a place. */
export function startOf(place: number): number {
  return FIRST_START - place;
}

/** The place of the operation that a move begins. */
export function placeOfStart(move: number): number {
  return FIRST_START - move;
}

export class Moves {
  readonly #w: World;
  readonly #wheel: ChosenWheel;
  readonly #injected: Injected;
  readonly #sessions: readonly number[];
  readonly #disk: Disk;

  /** `sessions` has one for every operation. */
  constructor(w: World, wheel: ChosenWheel, injected: Injected, sessions: readonly number[]) {
    this.#w = w;
    this.#wheel = wheel;
    this.#injected = injected;
    this.#sessions = sessions;
    this.#disk = new Disk(w);
  }

  /** Every move there is. */
  all(): number[] {
    const moves = this.pending();
    for (let i = 0; i < this.#injected.count; i++) if (this.canStart(i)) moves.push(startOf(i));
    if (this.#disk.unsynced().length > 0) moves.push(SYNC_MOVE);
    if (this.faultIsOpen()) moves.push(FAULT_MOVE);
    return moves;
  }

  /** True when no message, timeout, sync or return is left. */
  isAtRest(): boolean {
    if (this.pending().length > 0 || this.#disk.unsynced().length > 0) return false;
    return this.#injected.allBegun() && (this.#w.faults.passed & 1) === 0;
  }

  /** The events that may come. */
  pending(): number[] {
    const events: number[] = [];
    for (let id = 1; id < this.#wheel.end; id++) {
      const kind = this.#wheel.kindOf(id);
      if (kind === 0 || kind === Event.expire) continue;
      if (kind === Event.callTimeout && !this.#mayTimeOut(this.#wheel.rowOf(id))) continue;
      if (kind === Event.resend && !this.#canBeSent(this.#wheel.rowOf(id))) continue;
      events.push(id);
    }
    return events;
  }

  /**
   * A flush is sent again as often as it takes. So that there are not ever more of them under way, it waits while one that
   * was given up on is.
   */
  #mayTimeOut(row: number): boolean {
    const { calls, nodes } = this.#w;
    const { at } = calls;
    if (at[row * CALL + CALLER] !== 0 || at[row * CALL + AWAITED] === 0) return true;
    for (let other = 1; other < calls.end; other++) {
      const o = other * CALL;
      const from = at[o + FROM]!;
      if (at[o + PHASE] === Phase.free || at[o + KIND] !== PUT) continue;
      if (nodes.tierOf(from) !== Tier.cache || at[o + NODE] === from) continue;
      const asked = isPart(calls, other) ? at[o + CALLER]! : other;
      if (at[at[asked * CALL + CALLER]! * CALL + AWAITED] !== asked) return false;
    }
    return true;
  }

  /** A hint is sent again as often as it takes, and in vain while its replica is down: it waits until then. */
  #canBeSent(row: number): boolean {
    return this.#w.nodes.isUp(this.#w.calls.at[row * CALL + NODE]!);
  }

  /** The operations of one session begin in the given order. */
  canStart(i: number): boolean {
    if (this.#injected.ids[i] !== 0) return false;
    for (let before = 0; before < i; before++)
      if (this.#sessions[before] === this.#sessions[i] && this.#injected.ids[before] === 0) return false;
    return true;
  }

  /** The crash, or the return from it, is yet to come. */
  faultIsOpen(): boolean {
    return this.#w.faults.passed < this.#w.faults.instants.length;
  }
}
