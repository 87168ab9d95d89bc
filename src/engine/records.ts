/**
 * Records: rows of what happened in a run, as they are handed out, and how a row is read off the world. Whoever holds some
 * decides what is worth a row; nothing here can change what happens.
 */
import { EVENT_WIDTH, EVENTS, HOP_FLAGS, HOP_WIDTH, MESSAGES, type EventType } from '../design/readings.ts';
import {
  CALL,
  FLAGS,
  Flag,
  FROM,
  ID,
  KIND,
  NODE,
  OPERATION,
  PHASE,
  Phase,
  SLOT,
  STATUS,
  Status,
  WRITE,
  type Calls,
} from './calls.ts';
import { grown } from './kernel/grown.ts';
import type { KeyIndex } from './kernel/maps.ts';
import { HORIZON } from './kernel/wheel.ts';
import type { Oracle } from './oracle.ts';

const GET = MESSAGES.indexOf('get');
const REPLICATE = MESSAGES.indexOf('replicate');
/** Numbers of the types of events, as they stand in a row. */
export const CODES = Object.fromEntries(EVENTS.map((type, i) => [type, i])) as Record<EventType, number>;

/** What it looks at: the parts of the world that say which call carries which version. */
export interface Observed {
  readonly wheel: { readonly now: number };
  readonly calls: Calls;
  readonly keys: KeyIndex;
  readonly oracle: Oracle;
}

export class Records {
  hops = new Rows(HOP_WIDTH);
  events = new Rows(EVENT_WIDTH);

  /** A call's message, at whatever instant it leaves or left; `flags` besides those that the call itself shows. */
  addHop(
    { calls, oracle, keys }: Observed,
    row: number,
    sentAt: number,
    arrivesAt: number,
    flags: number,
  ): void {
    const at = calls.at;
    const o = row * CALL;
    const slot = at[o + SLOT]!;
    const answer = at[o + PHASE] === Phase.returning;
    const write = at[o + WRITE]!;
    const kind = at[o + KIND]!;
    const carries = carriesVersion(kind, answer, at[o + STATUS]!);
    if ((at[o + FLAGS]! & Flag.givenUp) !== 0) flags |= HOP_FLAGS.givenUp;
    if (answer && kind < REPLICATE && at[o + STATUS] !== Status.ok) flags |= HOP_FLAGS.negative;
    if (carries && !oracle.isCommitted(write)) flags |= HOP_FLAGS.dirty;
    else if (carries && answer && oracle.nextOf(slot, write) !== 0) flags |= HOP_FLAGS.stale;
    this.hops.push(
      sentAt,
      Math.min(HORIZON, arrivesAt),
      at[o + OPERATION]!,
      answer ? at[o + NODE]! : at[o + FROM]!,
      answer ? at[o + FROM]! : at[o + NODE]!,
      kind,
      answer ? 1 : 0,
      keys.keyOf(slot),
      carries ? oracle.numberOf(write) : -1,
      at[o + ID]!,
      flags,
    );
  }

  /** Something that happens now in the course of an operation; `call` is a call's id, or 0. */
  addEvent(
    { wheel, keys, oracle }: Observed,
    type: EventType,
    operation: number,
    node: number,
    call: number,
    slot: number,
    write: number,
    extra: number,
  ): void {
    this.events.push(
      wheel.now,
      CODES[type],
      operation,
      node,
      call,
      keys.keyOf(slot),
      oracle.numberOf(write),
      extra,
    );
  }
}

/** PUTs, fills and copies bring a version; a GET's answer brings one when it found it. */
function carriesVersion(kind: number, answer: boolean, status: number): boolean {
  if (kind === GET) return answer && status === Status.ok;
  return !answer;
}

/** Room of rows that ended, for those that begin: who plays on has a window written down every second. */
const spare: Int32Array<ArrayBuffer>[] = [];
/** As many as a window needs: hops, events and levels; none of more than 4 MB. */
const SPARE_LIMIT = 3;
const SPARE_INTS_LIMIT = 1 << 20;

/** Rows of ints that grow; `take` hands over what was written from a row on. */
export class Rows {
  count = 0;
  #at: Int32Array<ArrayBuffer>;
  readonly #width: number;

  constructor(width: number) {
    this.#width = width;
    this.#at = spare.pop() ?? new Int32Array(64 * width);
  }

  push(...row: number[]): void {
    const o = this.count++ * this.#width;
    this.#at = grown(this.#at, o + this.#width);
    for (let i = 0; i < row.length; i++) this.#at[o + i] = row[i]!;
  }

  take(from = 0): Int32Array<ArrayBuffer> {
    return this.#at.slice(from * this.#width, this.count * this.#width);
  }

  /** Hands over all of them. Nothing is written to them any more. */
  end(): Int32Array<ArrayBuffer> {
    const rows = this.take();
    if (spare.length < SPARE_LIMIT && this.#at.length <= SPARE_INTS_LIMIT) spare.push(this.#at);
    this.#at = new Int32Array(0);
    this.count = 0;
    return rows;
  }

  /** Forgets the rows at the end whose first column is past a value; that column never falls. */
  cut(last: number): void {
    while (this.count > 0 && this.#at[(this.count - 1) * this.#width]! > last) this.count--;
  }
}
