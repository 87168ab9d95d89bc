/**
 * Recorder: writes down hops, events and levels while a window of the run is looked at closely. There is none in ordinary
 * rendering; nothing that it does can change what happens.
 */
import { CHANGES, LEVEL_WIDTH, type EventType } from '../design/readings.ts';
import { isSampled } from '../design/sampling.ts';
import { CALL, ID, NODE, OPERATION, SLOT, WRITE } from './calls.ts';
import { DETAIL_ROWS_LIMIT } from './limits.ts';
import { H_BUSY, H_QUEUED, HOST, type Nodes } from './nodes.ts';
import { OP, OP_ID, OP_SLOT, OP_WRITE, type Operations } from './operations.ts';
import { CODES, Records, Rows, type Observed as Recorded } from './records.ts';
import { E_SLOT, E_WRITE, ENTRY, type Store } from './store.ts';

/** What it looks at: the parts of the world that say who does what with which version. */
export interface Observed extends Recorded {
  readonly operations: Operations;
  readonly nodes: Nodes;
  readonly store: Store;
  /** Whom the actors tell what happens. */
  recorder: Recorder | undefined;
}

/** Which operations are written down. */
export interface Selection {
  /** 1 in so many, by a hash of the operation's id. */
  readonly oneIn: number;
  readonly focus: ReadonlySet<number>;
  /** Rank of a key whose every change is written down, or -1. */
  readonly key: number;
  /** Every operation on it is. */
  readonly keyInFull?: boolean;
  /** A session whose every operation is written down, or -1. */
  readonly session: number;
}

/** From now on what is selected is written down, in the place of what a recorder before it wrote. */
export function record(w: Observed, selection: Selection): Recorder {
  return (w.recorder = new Recorder(w, selection));
}

export class Recorder extends Records {
  truncated = false;
  levels = new Rows(LEVEL_WIDTH);
  /** Ids of the followed session's operations, those that were under way at the beginning included. */
  readonly ofSession: Set<number>;
  readonly #selection: Selection;
  readonly #w: Observed;

  constructor(w: Observed, selection: Selection) {
    super();
    this.#w = w;
    this.#selection = selection;
    this.ofSession = new Set(selection.session < 0 ? [] : w.operations.idsOf(selection.session));
  }

  /** A message leaves now. */
  hop(row: number, arrivesAt: number, flags: number): void {
    this.writeHop(row, this.#w.wheel.now, arrivesAt, flags);
  }

  /** A message under way, whenever it left. */
  writeHop(row: number, sentAt: number, arrivesAt: number, flags: number): void {
    const { at } = this.#w.calls;
    const o = row * CALL;
    if (!this.#selects(at[o + OPERATION]!, at[o + SLOT]!)) return;
    this.addHop(this.#w, row, sentAt, arrivesAt, flags);
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

  /** A client stops waiting for an attempt, or ends its operation without an answer; the attempt may be lost (0). */
  ofClient(type: 'timeout' | 'endOperation', op: number, attempt: number, extra: number): void {
    const { operations, calls } = this.#w;
    const { at } = operations;
    const o = op * OP;
    // Row 0 is nobody's, and so is its id.
    const call = calls.at[attempt * CALL + ID]!;
    this.#write(type, at[o + OP_ID]!, 0, call, at[o + OP_SLOT]!, at[o + OP_WRITE]!, extra);
  }

  /** The caller of `child` (0: it was lost) stops waiting. */
  timeout(row: number, child: number): void {
    const { at } = this.#w.calls;
    const o = row * CALL;
    const call = at[child * CALL + ID]!;
    this.#write('timeout', at[o + OPERATION]!, at[o + NODE]!, call, at[o + SLOT]!, at[o + WRITE]!, 0);
  }

  /** Something happens to a log entry at a replica. */
  entryEvent(type: EventType, node: number, entry: number): void {
    const { store, oracle } = this.#w;
    const write = store.at[entry * ENTRY + E_WRITE]!;
    this.#write(type, oracle.operationOf(write), node, 0, store.at[entry * ENTRY + E_SLOT]!, write, 0);
  }

  /** A replica shows another version of the watched key, which no message brought. Of no other key, for they are many. */
  becomes(node: number, slot: number, write: number): void {
    if (this.#isKey(slot)) this.#write('expose', this.#w.oracle.operationOf(write), node, 0, slot, write, 0);
  }

  /** Something happens to a key at a node, of itself. */
  keyEvent(type: EventType, node: number, slot: number): void {
    const key = this.#w.keys.keyOf(slot);
    if (key !== this.#selection.key && this.#selection.oneIn !== 1) return;
    this.#addNodeEvent(type, node, key, 0);
    this.#limit(this.events);
  }

  /** A node has lost its memory: the watched key's entry, and its tombstone. Of no other key, for they are many. */
  forget(node: number, slot: number): void {
    if (!this.#isKey(slot)) return;
    this.keyEvent('remove', node, slot);
    this.keyEvent('bury', node, slot);
  }

  nodeEvent(type: EventType, node: number, extra: number): void {
    this.#addNodeEvent(type, node, -1, extra);
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
    if (!this.#selects(operation, slot) && !(CHANGES.has(type) && this.#isKey(slot))) return;
    this.addEvent(this.#w, type, operation, node, call, slot, write, extra);
    this.#limit(this.events);
  }

  /** Something that happens to a node, or to a key (a rank; -1: to none) at it, of itself. */
  #addNodeEvent(type: EventType, node: number, key: number, extra: number): void {
    this.events.push(this.#w.wheel.now, CODES[type], 0, node, 0, key, -1, extra);
  }

  #limit(rows: Rows): void {
    if (rows.count >= DETAIL_ROWS_LIMIT) this.truncated = true;
  }

  #isKey(slot: number): boolean {
    return this.#w.keys.keyOf(slot) === this.#selection.key;
  }

  #selects(operation: number, slot: number): boolean {
    const { oneIn, focus, keyInFull } = this.#selection;
    if (oneIn === 1 || (keyInFull === true && this.#isKey(slot))) return true;
    return isSampled(operation, oneIn) || focus.has(operation) || this.ofSession.has(operation);
  }
}
