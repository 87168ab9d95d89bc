/**
 * Recorder: writes down hops, events and levels while a window of the run is looked at closely. Off in ordinary
 * rendering; nothing that it does can change what happens.
 */
import {
  EVENT_WIDTH,
  EVENTS,
  HOP_FLAGS,
  HOP_WIDTH,
  LEVEL_WIDTH,
  MESSAGES,
  type EventType,
} from '../design/readings.ts';
import { isSampled } from '../design/sampling.ts';
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
import { DETAIL_ROWS_LIMIT } from './limits.ts';
import type { KeyIndex } from './kernel/maps.ts';
import { H_BUSY, H_QUEUED, HOST, type Nodes } from './nodes.ts';
import type { Oracle } from './oracle.ts';
import { OP, OP_ID, OP_SLOT, OP_WRITE, type Operations } from './operations.ts';
import { E_SLOT, E_WRITE, ENTRY, type Store } from './store.ts';

const GET = MESSAGES.indexOf('get');
const REPLICATE = MESSAGES.indexOf('replicate');
const CODES = Object.fromEntries(EVENTS.map((type, i) => [type, i])) as Record<EventType, number>;

/** What it looks at: the parts of the world that say who does what with which version. */
export interface Observed {
  readonly wheel: { readonly now: number };
  readonly calls: Calls;
  readonly operations: Operations;
  readonly keys: KeyIndex;
  readonly nodes: Nodes;
  readonly oracle: Oracle;
  readonly store: Store;
}

/** Which operations are written down. */
export interface Selection {
  /** 1 in so many, by a hash of the operation's id. */
  readonly oneIn: number;
  readonly focus: ReadonlySet<number>;
  /** Rank of a key whose every operation is written down, or -1. */
  readonly key: number;
  /** A session whose every operation is written down, or -1. */
  readonly session: number;
}

export class Recorder {
  truncated = false;
  hops = new Rows(HOP_WIDTH);
  events = new Rows(EVENT_WIDTH);
  levels = new Rows(LEVEL_WIDTH);
  /** Ids of the followed session's operations, those that were under way at the beginning included. */
  ofSession: Set<number> = new Set();
  #selection: Selection = { oneIn: 1, focus: new Set(), key: -1, session: -1 };
  readonly #w: Observed;

  constructor(w: Observed) {
    this.#w = w;
  }

  begin(selection: Selection): void {
    this.truncated = false;
    this.#selection = selection;
    this.hops = new Rows(HOP_WIDTH);
    this.events = new Rows(EVENT_WIDTH);
    this.levels = new Rows(LEVEL_WIDTH);
    this.ofSession = new Set(selection.session < 0 ? [] : this.#w.operations.idsOf(selection.session));
  }

  /** A message leaves now. */
  hop(row: number, arrivesAt: number, flags: number): void {
    this.writeHop(row, this.#w.wheel.now, arrivesAt, flags);
  }

  /** A message under way, whenever it left. */
  writeHop(row: number, sentAt: number, arrivesAt: number, flags: number): void {
    const { calls, oracle, keys } = this.#w;
    const at = calls.at;
    const o = row * CALL;
    const slot = at[o + SLOT]!;
    if (!this.#selects(at[o + OPERATION]!, slot)) return;
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
      arrivesAt,
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
    this.#limit(this.hops);
  }

  /** Something happens to a call at its node. */
  event(type: EventType, row: number, extra: number): void {
    const { at } = this.#w.calls;
    const o = row * CALL;
    const operation = at[o + OPERATION]!;
    if (type === 'startOperation' && extra === this.#selection.session) this.ofSession.add(operation);
    const client = type === 'startOperation' || type === 'endOperation';
    const node = client ? 0 : at[o + NODE]!;
    this.#write(type, operation, node, at[o + ID]!, at[o + SLOT]!, at[o + WRITE]!, extra);
  }

  /** A client gives up on its operation, whose attempt may be lost (0). */
  giveUp(op: number, attempt: number, ending: number): void {
    const { operations, calls } = this.#w;
    const { at } = operations;
    const o = op * OP;
    const call = attempt === 0 ? 0 : calls.at[attempt * CALL + ID]!;
    this.#write('endOperation', at[o + OP_ID]!, 0, call, at[o + OP_SLOT]!, at[o + OP_WRITE]!, ending);
  }

  /** The caller of `child` stops waiting. A client's own row is its attempt. */
  timeout(row: number, child: number): void {
    const { at } = this.#w.calls;
    const o = row * CALL;
    const node = row === child ? 0 : at[o + NODE]!;
    const call = child === 0 ? 0 : at[child * CALL + ID]!;
    this.#write('timeout', at[o + OPERATION]!, node, call, at[o + SLOT]!, at[o + WRITE]!, 0);
  }

  /** Something happens to a log entry at a replica. */
  entryEvent(type: EventType, node: number, entry: number): void {
    const { store, oracle } = this.#w;
    const write = store.at[entry * ENTRY + E_WRITE]!;
    this.#write(type, oracle.operationOf(write), node, 0, store.at[entry * ENTRY + E_SLOT]!, write, 0);
  }

  /** A replica shows another version of the watched key, which no message brought. Of no other key, for they are many. */
  becomes(node: number, slot: number, write: number): void {
    const { keys, oracle } = this.#w;
    if (keys.keyOf(slot) === this.#selection.key)
      this.#write('expose', oracle.operationOf(write), node, 0, slot, write, 0);
  }

  /** Something happens to a key at a node, of itself. */
  keyEvent(type: EventType, node: number, slot: number): void {
    if (this.#w.keys.keyOf(slot) !== this.#selection.key && this.#selection.oneIn !== 1) return;
    this.events.push(this.#w.wheel.now, CODES[type], 0, node, 0, this.#w.keys.keyOf(slot), -1, 0);
    this.#limit(this.events);
  }

  /** A node has lost its memory: the watched key's entry, and its tombstone. Of no other key, for they are many. */
  forget(node: number, slot: number): void {
    if (this.#w.keys.keyOf(slot) !== this.#selection.key) return;
    this.keyEvent('remove', node, slot);
    this.keyEvent('bury', node, slot);
  }

  nodeEvent(type: EventType, node: number, extra: number): void {
    this.events.push(this.#w.wheel.now, CODES[type], 0, node, 0, -1, -1, extra);
  }

  /** A node's servers or queue have changed. Written down when all operations are. */
  level(node: number): void {
    if (this.#selection.oneIn !== 1) return;
    const host = this.#w.nodes.at;
    const h = node * HOST;
    this.levels.push(this.#w.wheel.now, node, host[h + H_BUSY]!, host[h + H_QUEUED]!);
    this.#limit(this.levels);
  }

  /** An event of an operation on a key, if it is to be written down. */
  #write(
    type: EventType,
    operation: number,
    node: number,
    call: number,
    slot: number,
    write: number,
    extra: number,
  ): void {
    const { wheel, keys, oracle } = this.#w;
    if (!this.#selects(operation, slot)) return;
    const version = oracle.numberOf(write);
    this.events.push(wheel.now, CODES[type], operation, node, call, keys.keyOf(slot), version, extra);
    this.#limit(this.events);
  }

  #limit(rows: Rows): void {
    if (rows.count >= DETAIL_ROWS_LIMIT) this.truncated = true;
  }

  #selects(operation: number, slot: number): boolean {
    const { oneIn, focus, key } = this.#selection;
    if (oneIn === 1 || this.#w.keys.keyOf(slot) === key) return true;
    return isSampled(operation, oneIn) || focus.has(operation) || this.ofSession.has(operation);
  }
}

/** PUTs, fills and copies bring a version; a GET's answer brings one when it found it. */
function carriesVersion(kind: number, answer: boolean, status: number): boolean {
  if (kind === GET) return answer && status === Status.ok;
  return !answer;
}

/** Rows of ints that grow; `take` hands over exactly what was written. */
export class Rows {
  count = 0;
  #at: Int32Array<ArrayBuffer>;
  readonly #width: number;

  constructor(width: number) {
    this.#width = width;
    this.#at = new Int32Array(1024 * width);
  }

  push(...row: number[]): void {
    const o = this.count++ * this.#width;
    this.#at = grown(this.#at, o + this.#width);
    for (let i = 0; i < row.length; i++) this.#at[o + i] = row[i]!;
  }

  take(): Int32Array<ArrayBuffer> {
    return this.#at.slice(0, this.count * this.#width);
  }
}
