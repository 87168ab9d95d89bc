/**
 * The canonical form of calls: each one with all that its fate depends on, whom it works for included, and no row
 * number. Together they are a sum, so that it does not matter which of two equal ones came first.
 */
import { assert } from '../../base/assert.ts';
import {
  AWAITED,
  CALL,
  CALLER,
  FLAGS,
  Flag,
  FROM,
  HINT,
  ID,
  KIND,
  LINK,
  NODE,
  OPERATION,
  PHASE,
  Phase,
  STATUS,
  STEP,
  TIMER,
  WRITE,
} from '../calls.ts';
import { ANSWERED, CURRENT, isGather, isPart } from '../gathers.ts';
import { F_FIRST, F_LEADER, F_LEASE, F_NEXT, F_NODE, FLIGHT } from '../flights.ts';
import { E_NEXT, E_SERIAL, E_WAITERS, ENTRY } from '../store.ts';
import { Event, type World } from '../world.ts';
import { REPLICATE } from '../actors/transport.ts';
import type { Alike } from './alike.ts';
import { isSpent } from './gathered.ts';
import type { Injected } from './injected.ts';
import { Piece, type Sum } from './sum.ts';

/** Calls and log entries at once: four operations never come near it. */
const ROWS = 1024;

// What a call is to the one who made it.
const NOBODY = 0;
const LATE = 1;
/** Of any attempt at an operation: its client waits. */
const AWAITED_BY_CLIENT = 2;

export class CallForms {
  /** By row of a call that is alive, what tells it from others: its own columns and its callers'. */
  readonly rows: Int32Array<ArrayBuffer> = new Int32Array(ROWS);
  readonly #w: World;
  readonly #injected: Injected;
  readonly #slot: number;
  readonly #sum: Sum;
  /** The place of a version's PUT among the operations. */
  readonly #placeOf: (write: number) => number;
  readonly #alike: Alike;
  /** By log entry: its place among its key's open ones, from 1. */
  readonly #places: Int32Array<ArrayBuffer> = new Int32Array(ROWS);
  /** By row of a call: the place of the log entry that it waits for. */
  readonly #waitsFor: Int32Array<ArrayBuffer> = new Int32Array(ROWS);
  readonly #known: Uint8Array<ArrayBuffer> = new Uint8Array(ROWS);

  constructor(
    w: World,
    injected: Injected,
    slot: number,
    sum: Sum,
    placeOf: (write: number) => number,
    alike: Alike,
  ) {
    this.#w = w;
    this.#injected = injected;
    this.#slot = slot;
    this.#sum = sum;
    this.#placeOf = placeOf;
    this.#alike = alike;
  }

  take(): void {
    const { calls, store } = this.#w;
    const { at } = calls;
    assert(calls.end <= ROWS && store.end <= ROWS, 'so few operations make few calls');
    this.#waitsFor.fill(0, 0, calls.end);
    this.#known.fill(0, 0, calls.end);
    let place = 0;
    for (let entry = store.firstOpen(this.#slot); entry !== 0; entry = store.at[entry * ENTRY + E_NEXT]!) {
      this.#places[entry] = ++place;
      for (let row = store.at[entry * ENTRY + E_WAITERS]!; row !== 0; row = at[row * CALL + LINK]!)
        this.#waitsFor[row] = place;
    }
    for (let row = 1; row < calls.end; row++)
      if (at[row * CALL + PHASE] !== Phase.free && !this.#isSpent(row)) {
        this.#add(row);
        this.#sum.end();
      }
    this.#addFlights();
  }

  /** Begins the piece of one call, and notes it in `rows`. Callers come first: a call is also whom it works for. */
  #add(row: number): void {
    const w = this.#w;
    const sum = this.#sum;
    const alike = this.#alike;
    const { at } = w.calls;
    const o = row * CALL;
    const caller = this.#callerOf(row);
    // Without leaders a copy is sent to mend an old one: it carries its version, and speaks of no log entry.
    const replication = at[o + KIND]! >= REPLICATE && !w.leaderless;
    const entry = at[o + STEP]!;
    const open = replication && w.store.at[entry * ENTRY + E_SERIAL] === at[o + STATUS];
    sum.begin(Piece.call);
    sum.add(caller);
    sum.add(this.#waitsFor[row]!);
    sum.add(this.#injected.placeOf(at[o + OPERATION]!));
    sum.add(alike.nameOfNode(at[o + NODE]!));
    sum.add(alike.nameOfNode(at[o + FROM]!));
    sum.add(at[o + KIND]! | (at[o + PHASE]! << 8) | ((at[o + FLAGS]! & ~Flag.givenUp) << 16));
    sum.add(this.#placeOf(at[o + WRITE]!));
    if (isGather(w.calls, row)) {
      sum.add(at[o + STATUS]!);
      sum.add(alike.maskOf(at[o + ANSWERED]!));
      sum.add(alike.maskOf(at[o + CURRENT]!));
    } else if (replication) sum.add(open ? this.#places[entry]! : -1);
    else if (at[o + KIND]! >= REPLICATE) sum.add(this.#placeOfHint(row));
    else if (at[o + PHASE] === Phase.returning) {
      sum.add(at[o + STATUS]!);
      sum.add(this.#ageOf(at[o + STEP]!));
    } else {
      sum.add(at[o + STEP]!);
      sum.add(this.#waitsFor[row] === 0 ? this.#ageOf(at[o + STATUS]!) : at[o + STATUS]!);
    }
    sum.add((at[o + TIMER] === 0 ? 0 : 1) | (at[o + AWAITED] === 0 ? 0 : 2) | (this.#isUnsent(row) ? 4 : 0));
    this.rows[row] = sum.piece;
    this.#known[row] = 1;
  }

  /** The place of a hint, from 1, among those that its coordinator keeps for the replica; 0: it is none. */
  #placeOfHint(row: number): number {
    const { calls, hints } = this.#w;
    const { at } = calls;
    const o = row * CALL;
    if (at[o + STATUS] !== HINT) return 0;
    let place = 1;
    for (let before = hints.ends[hints.list(at[o + FROM]!, at[o + NODE]!)]!; before !== row; place++)
      before = at[before * CALL + STEP]!;
    return place;
  }

  /** A hint that waits to be sent. */
  #isUnsent(row: number): boolean {
    const { calls, wheel } = this.#w;
    const o = row * CALL;
    return calls.at[o + PHASE] === Phase.travelling && wheel.kindOf(calls.at[o + LINK]!) === Event.resend;
  }

  #callerOf(row: number): number {
    const { calls, operations } = this.#w;
    const { at } = calls;
    const caller = at[row * CALL + CALLER]!;
    if (caller === 0) return NOBODY;
    if (at[row * CALL + FROM] === 0)
      return operations.waits(caller, at[row * CALL + OPERATION]!) ? AWAITED_BY_CLIENT : LATE;
    if (isPart(calls, row) ? this.#isSpent(caller) : at[caller * CALL + AWAITED] !== row) return LATE;
    if (this.#known[caller] === 0) this.#add(caller);
    return this.rows[caller]!;
  }

  /** Whether a row has asked several replicas and needs none of them any more. */
  #isSpent(row: number): boolean {
    return isGather(this.#w.calls, row) && isSpent(this.#w, row);
  }

  /** How often a lease has been revoked since it was given. */
  #ageOf(lease: number): number {
    return this.#w.leases ? this.#w.cache.lease(this.#slot) - lease : 0;
  }

  /** Loads under way that others wait for. */
  #addFlights(): void {
    const sum = this.#sum;
    const { flights, calls } = this.#w;
    for (let flight = flights.of(this.#slot); flight !== 0; flight = flights.at[flight * FLIGHT + F_NEXT]!) {
      const f = flight * FLIGHT;
      let leader = 0;
      for (let row = 1; row < calls.end; row++)
        if (this.#known[row] === 1 && calls.at[row * CALL + ID] === flights.at[f + F_LEADER])
          leader = this.rows[row]!;
      for (let row = flights.at[f + F_FIRST]!, first = true; row !== 0 || first; first = false) {
        sum.begin(Piece.flight);
        sum.add(flights.at[f + F_NODE]!);
        sum.add(this.#ageOf(flights.at[f + F_LEASE]!));
        sum.add(leader);
        sum.add(row === 0 ? 0 : this.rows[row]!);
        sum.end();
        if (row !== 0) row = calls.at[row * CALL + LINK]!;
      }
    }
  }
}
