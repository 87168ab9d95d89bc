/**
 * The canonical form of a state: two states have the same form when whatever may come after one may come after the
 * other, and both have shown the same anomalies and answers. It forgets what cannot matter (instants, of which only
 * the order of some is ever compared; row numbers and ids; counters) and keeps the rest. What it does not know it
 * refuses, so that new state is never left out in silence.
 *
 * The form itself is not kept, only a hash of 64 bits. Two of n forms collide with a chance of about n^2 / 2^65: for
 * two million, one in ten million.
 */
import { assert } from '../../base/assert.ts';
import { fmix32 } from '../../design/placement.ts';
import {
  AWAITED,
  CALL,
  CALLER,
  FLAGS,
  Flag,
  FROM,
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
  WRITE as C_WRITE,
} from '../calls.ts';
import { K_FIRST, K_HELD, K_LATEST, K_LEASE, K_ORDINAL } from '../columns.ts';
import { F_FIRST, F_LEADER, F_LEASE, F_NEXT, F_NODE, FLIGHT } from '../flights.ts';
import { KEY_SHIFT } from '../kernel/maps.ts';
import { H_BUSY, H_QUEUED, H_STATE, H_TRUSTED_FROM, HOST } from '../nodes.ts';
import { OP, OP_ATTEMPT, OP_ID, OP_OWN, OP_SEEN, OP_START } from '../operations.ts';
import {
  W_ACKED_AT,
  W_COMMITTED_AT,
  W_DIRTY_READS,
  W_LOST,
  W_NEXT,
  W_ORDINAL,
  W_BEFORE,
  WRITE,
} from '../oracle.ts';
import {
  E_ACKED,
  E_DURABLE,
  E_LEADER,
  E_NEXT,
  E_NOTICED,
  E_SERIAL,
  E_SHOWN,
  E_STATE,
  E_TERM,
  E_WAITERS,
  E_WRITE,
  ENTRY,
  R_BEHIND,
  R_CATCHING,
  R_EMPTY,
  R_LEADS,
  R_TERM,
  REPLICA,
  S_LEADER,
  S_TERM,
  S_VACANT_SINCE,
  SHARD,
} from '../store.ts';
import { Event, type World } from '../world.ts';
import { REPLICATE } from '../actors/transport.ts';
import type { ChosenWheel } from './drive.ts';
import type { Injected } from './injected.ts';
import { violationsOf } from './story.ts';

/** The parts of a world whose state the form takes in, or that never influence what happens. */
const KNOWN_PARTS =
  'self wheel streams calls operations retries arrivals keys nodes network cache flights buffered store hints oracle series faults digest';

/** Calls and log entries at once: four operations never come near it. */
const ROWS = 1024;

export class Form {
  /** Of the state last taken in. */
  high = 0;
  low = 0;
  /** By row of a call that is alive, what tells it from others: its own columns and its callers'. */
  readonly rows: Int32Array<ArrayBuffer> = new Int32Array(ROWS);
  /** Bit k: a violation of VIOLATION_KINDS[k] was counted. */
  violations = 0;

  private a = 0;
  private b = 0;
  private sumA = 0;
  private sumB = 0;
  private readonly w: World;
  private readonly wheel: ChosenWheel;
  private readonly injected: Injected;
  private readonly slot: number;
  private readonly sessions: readonly number[];
  /** By log entry: its place among its key's open ones, from 1. */
  private readonly places: Int32Array<ArrayBuffer> = new Int32Array(ROWS);
  /** By row of a call: the place of the log entry that it waits for. */
  private readonly waitsFor: Int32Array<ArrayBuffer> = new Int32Array(ROWS);
  private readonly known: Uint8Array<ArrayBuffer> = new Uint8Array(ROWS);

  constructor(w: World, wheel: ChosenWheel, injected: Injected, slot: number, sessions: readonly number[]) {
    this.w = w;
    this.wheel = wheel;
    this.injected = injected;
    this.slot = slot;
    this.sessions = sessions;
    for (const part of Object.keys(w.parts()))
      assert(KNOWN_PARTS.split(' ').includes(part), `the explorer does not know the world's part ${part}`);
  }

  /** Takes in the present state. */
  take(): void {
    this.sumA = 0;
    this.sumB = 0;
    this.begin(1);
    this.operations();
    this.truth();
    this.key();
    this.storeState();
    this.hosts();
    this.end();
    this.calls();
    this.flights();
    this.otherEvents();
    this.high = fmix32(this.sumA ^ 0x243f6a88) | 0;
    this.low = fmix32(this.sumB ^ 0x85a308d3) | 0;
  }

  /** The place of the version's PUT among the operations, from 1; 0 for the initial version. */
  placeOf(write: number): number {
    return write === 0 ? 0 : 1 + this.injected.placeOf(this.w.oracle.operationOf(write));
  }

  private begin(tag: number): void {
    this.a = Math.imul(tag, 0x9e3779b1) ^ 0x13198a2e;
    this.b = Math.imul(tag, 0xc2b2ae3d) ^ 0x03707344;
  }

  private add(value: number): void {
    const a = Math.imul(this.a ^ value, 0x85ebca77);
    this.a = a ^ (a >>> 15);
    const b = Math.imul(this.b + value, 0x27d4eb2f);
    this.b = Math.imul(b ^ (b >>> 13), 0x165667b1);
  }

  /** Adds what was begun to the whole, whatever the order in which its pieces come. */
  private end(): void {
    this.sumA = (this.sumA + fmix32(this.a)) | 0;
    this.sumB = (this.sumB + fmix32(this.b)) | 0;
  }

  private operations(): void {
    const { w, injected } = this;
    for (let i = 0; i < injected.count; i++) {
      this.add(injected.ids[i] === 0 ? 1 : 0);
      this.add(injected.endings[i]!);
    }
    for (let i = 0; i < injected.count; i++) {
      // What a session knows matters to the operations that it has yet to begin.
      if (injected.ids[i] !== 0) continue;
      const own = w.oracle.own.find(this.slot, this.sessions[i]!);
      this.add(own < 0 ? 0 : this.placeOf(w.oracle.own.value(own)));
      const seen = w.oracle.seen.find(this.slot, this.sessions[i]!);
      this.add(seen < 0 ? 0 : this.placeOf(w.oracle.seen.value(seen)));
    }
    const ops = w.operations.at;
    for (let id = 1; id < this.wheel.end; id++) {
      if (this.wheel.kindOf(id) !== Event.clientTimeout) continue;
      const o = this.wheel.rowOf(id) * OP;
      let before = 0;
      for (let i = 0; i < injected.count; i++) {
        const write = this.writeOf(i);
        const at = w.oracle.writes[write * WRITE + W_COMMITTED_AT]!;
        if (write !== 0 && w.oracle.isCommitted(write) && at < ops[o + OP_START]!) before |= 1 << i;
      }
      // Their order is that of rows: the sum does not mind.
      const [a, b] = [this.a, this.b];
      this.begin(2);
      this.add(injected.placeOf(ops[o + OP_ID]!));
      this.add(before);
      this.add(this.placeOf(ops[o + OP_OWN]!));
      this.add(this.placeOf(ops[o + OP_SEEN]!));
      this.add(ops[o + OP_ATTEMPT] === 0 ? 0 : 1);
      this.end();
      this.a = a;
      this.b = b;
    }
  }

  /** The version that an operation writes, or 0. */
  private writeOf(i: number): number {
    const { oracle } = this.w;
    const id = this.injected.ids[i]!;
    if (id === 0) return 0;
    for (let write = 1; write < oracle.writeCount; write++)
      if (oracle.operationOf(write) === id) return write;
    return 0;
  }

  /** What the oracle knows of every version, and what it has counted. */
  private truth(): void {
    const { w, injected } = this;
    const at = w.oracle.writes;
    for (let i = 0; i < injected.count; i++) {
      const write = this.writeOf(i);
      if (write === 0) continue;
      const o = write * WRITE;
      this.add(at[o + W_ORDINAL]!);
      this.add(this.placeOf(at[o + W_NEXT]!));
      this.add(at[o + W_ACKED_AT]! >= 0 ? 1 : 0);
      this.add(at[o + W_DIRTY_READS]! > 0 ? 1 : 0);
      this.add(at[o + W_LOST]!);
      this.add(this.placeOf(at[o + W_BEFORE]!));
      if (!w.fenced) continue;
      let older = 0;
      for (let j = 0; j < injected.count; j++) {
        const other = this.writeOf(j);
        if (other !== 0 && w.oracle.fencedBefore(other, write)) older |= 1 << j;
      }
      this.add(older);
    }
    this.violations = violationsOf(w.oracle);
    this.add(this.violations);
  }

  private key(): void {
    const { w, slot } = this;
    const at = w.keys.at;
    const o = slot << KEY_SHIFT;
    this.add(at[o + K_HELD] === 0 ? -1 : this.placeOf(at[o + K_HELD]! - 1));
    this.add(this.placeOf(at[o + K_LATEST]!));
    this.add(this.placeOf(at[o + K_FIRST]!));
    this.add(at[o + K_ORDINAL]!);
    const tombstone = w.cache.tombstone(slot, this.wheel.now);
    this.add(tombstone < 0 ? -1 : this.placeOf(tombstone));
    // Columns that nobody has told this file of are compared as they are.
    for (let column = K_LEASE + 1; column < 1 << KEY_SHIFT; column++) this.add(at[o + column]!);
  }

  private storeState(): void {
    const { store } = this.w;
    const now = this.wheel.now;
    const first = this.w.shardOf(this.slot) * store.rf;
    const s = this.w.shardOf(this.slot) * SHARD;
    const since = store.shard[s + S_VACANT_SINCE]!;
    this.add(store.shard[s + S_LEADER]!);
    this.add(store.shard[s + S_TERM]!);
    this.add(since < 0 ? 0 : now >= since + this.w.design.store.failover ? 2 : 1);
    for (let r = 0; r < store.rf; r++) {
      this.add(this.placeOf(store.shown(this.slot, r)));
      const at = (first + r) * REPLICA;
      for (const column of REPLICA_COLUMNS) this.add(store.replica[at + column]!);
      this.add(store.replica[at + R_CATCHING] === 0 ? 0 : 1);
    }
    this.add(this.placeOf(store.newest(this.slot)));
    let place = 0;
    for (let entry = store.firstOpen(this.slot); entry !== 0; entry = store.at[entry * ENTRY + E_NEXT]!) {
      const e = entry * ENTRY;
      this.places[entry] = ++place;
      this.add(this.placeOf(store.at[e + E_WRITE]!));
      for (const column of ENTRY_COLUMNS) this.add(store.at[e + column]!);
    }
    this.add(place);
  }

  private hosts(): void {
    const { nodes, faults, design } = this.w;
    const now = this.wheel.now;
    this.add(faults.passed);
    assert(faults.heldEnd === 0, 'nothing is paused here');
    for (let node = 0; node < nodes.count; node++) {
      const h = node * HOST;
      const since = nodes.silentSince(node);
      this.add(nodes.at[h + H_STATE]!);
      this.add(since < 0 ? 0 : now >= since + design.store.failover ? 2 : 1);
      this.add(now < nodes.at[h + H_TRUSTED_FROM]! ? 1 : 0);
      this.add(nodes.at[h + H_BUSY]!);
      assert(nodes.at[h + H_QUEUED] === 0, 'nothing waits for a server here');
    }
  }

  /** Every call with all that its fate depends on; together they are a sum, so no row number matters. */
  private calls(): void {
    const { w } = this;
    const { calls } = w;
    const at = calls.at;
    assert(calls.end <= ROWS && w.store.end <= ROWS, 'so few operations make few calls');
    this.waitsFor.fill(0, 0, calls.end);
    this.known.fill(0, 0, calls.end);
    for (let entry = w.store.firstOpen(this.slot); entry !== 0; entry = w.store.at[entry * ENTRY + E_NEXT]!)
      for (let row = w.store.at[entry * ENTRY + E_WAITERS]!; row !== 0; row = at[row * CALL + LINK]!)
        this.waitsFor[row] = this.places[entry]!;
    for (let row = 1; row < calls.end; row++)
      if (at[row * CALL + PHASE] !== Phase.free) {
        this.row(row);
        this.end();
      }
  }

  /** Leaves the call's hash in a and b, and in `rows`. Callers come first: a call is also whom it works for. */
  private row(row: number): void {
    const { w } = this;
    const at = w.calls.at;
    const o = row * CALL;
    const caller = at[o + CALLER]!;
    let callerHash = 0; // nobody waits, or nobody does any more
    if (caller !== 0) {
      callerHash = 1;
      if (at[o + FROM] === 0) {
        if (w.operations.at[caller * OP + OP_ATTEMPT] === row) callerHash = 2;
      } else if (at[caller * CALL + AWAITED] === row) {
        if (this.known[caller] === 0) this.row(caller);
        callerHash = this.rows[caller]!;
      }
    }
    const replication = at[o + KIND]! >= REPLICATE;
    const entry = at[o + STEP]!;
    const open = replication && w.store.at[entry * ENTRY + E_SERIAL] === at[o + STATUS];
    this.begin(3);
    this.add(callerHash);
    this.add(this.waitsFor[row]!);
    this.add(this.injected.placeOf(at[o + OPERATION]!));
    this.add(at[o + NODE]!);
    this.add(at[o + FROM]!);
    this.add(at[o + KIND]! | (at[o + PHASE]! << 8) | ((at[o + FLAGS]! & ~Flag.givenUp) << 16));
    this.add(this.placeOf(at[o + C_WRITE]!));
    if (replication) this.add(open ? this.places[entry]! : -1);
    else if (at[o + PHASE] === Phase.returning) {
      this.add(at[o + STATUS]!);
      this.add(this.ageOf(at[o + STEP]!));
    } else {
      this.add(at[o + STEP]!);
      this.add(this.waitsFor[row] === 0 ? this.ageOf(at[o + STATUS]!) : at[o + STATUS]!);
    }
    this.add((at[o + TIMER] === 0 ? 0 : 1) | (at[o + AWAITED] === 0 ? 0 : 2));
    this.rows[row] = fmix32(this.a ^ this.b);
    this.known[row] = 1;
  }

  /** How often a lease has been revoked since it was given. */
  private ageOf(lease: number): number {
    return this.w.leases ? this.w.cache.lease(this.slot) - lease : 0;
  }

  /** Loads under way that others wait for. */
  private flights(): void {
    const { flights, calls } = this.w;
    for (let flight = flights.of(this.slot); flight !== 0; flight = flights.at[flight * FLIGHT + F_NEXT]!) {
      const f = flight * FLIGHT;
      let leader = 0;
      for (let row = 1; row < calls.end; row++)
        if (this.known[row] === 1 && calls.at[row * CALL + ID] === flights.at[f + F_LEADER])
          leader = this.rows[row]!;
      for (let row = flights.at[f + F_FIRST]!, first = true; row !== 0 || first; first = false) {
        this.begin(5);
        this.add(flights.at[f + F_NODE]!);
        this.add(this.ageOf(flights.at[f + F_LEASE]!));
        this.add(leader);
        this.add(row === 0 ? 0 : this.rows[row]!);
        this.end();
        if (row !== 0) row = calls.at[row * CALL + LINK]!;
      }
    }
  }

  /** Events that no call's row implies. */
  private otherEvents(): void {
    for (let id = 1; id < this.wheel.end; id++) {
      const kind = this.wheel.kindOf(id);
      switch (kind) {
        case 0:
        case Event.arrive:
        case Event.served:
        case Event.answer:
        case Event.acknowledged:
        case Event.callTimeout:
        case Event.clientTimeout:
        case Event.expire:
          break;
        case Event.elect:
        case Event.hearTerm:
        case Event.caughtUp:
          this.begin(4);
          this.add(kind);
          this.add(this.wheel.rowOf(id));
          this.end();
          break;
        default:
          assert(false, `the explorer does not know events of kind ${kind}`);
      }
    }
  }
}

const REPLICA_COLUMNS = [R_TERM, R_LEADS, R_EMPTY, R_BEHIND];
const ENTRY_COLUMNS = [E_TERM, E_STATE, E_DURABLE, E_ACKED, E_NOTICED, E_SHOWN, E_LEADER];
