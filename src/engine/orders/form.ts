/**
 * The canonical form of a state: two states have the same form when whatever may come after one may come after the
 * other, up to a renaming of replicas that are alike, and both have shown the same anomalies and answers. It forgets what
 * cannot matter (instants, of which only the order of some is ever compared; row numbers and ids; counters) and keeps the
 * rest. What it does not know it refuses, so that new state is never left out in silence.
 *
 * The form itself is not kept, only a hash of it.
 */
import { assert } from '../../base/assert.ts';
import { H_BUSY, H_QUEUED, H_STATE, H_TRUSTED_FROM, HOST } from '../nodes.ts';
import { OP, OP_ID, OP_OWN, OP_RETRIES, OP_SEEN, OP_START, OP_TIMER } from '../operations.ts';
import {
  W_ACKED_AT,
  W_COMMITTED_AT,
  W_DIRTY_READS,
  W_FATE,
  W_FENCE,
  W_NEXT,
  W_ORDINAL,
  W_BEFORE,
  WRITE,
} from '../versions.ts';
import { Event, type World } from '../world.ts';
import { Alike } from './alike.ts';
import { CallForms } from './callForms.ts';
import { CopyForms } from './copyForms.ts';
import type { ChosenWheel } from './drive.ts';
import type { Injected } from './injected.ts';
import { Patience } from './patience.ts';
import { violationsOf } from './story.ts';
import { Piece, Sum } from './sum.ts';

/** The parts of a world whose state the form takes in, or that never influence what happens. */
const KNOWN_PARTS =
  'self wheel streams draws calls operations retries arrivals keys nodes network cache flights buffered store hints oracle series faults digest';

export class Form {
  /** Of the state last taken in, bit k: a violation of VIOLATION_KINDS[k] was counted. */
  violations = 0;

  readonly #sum = new Sum();
  readonly #alike: Alike;
  readonly #calls: CallForms;
  readonly #copies: CopyForms;
  readonly #w: World;
  readonly #wheel: ChosenWheel;
  readonly #injected: Injected;
  readonly #patience: Patience;
  readonly #slot: number;
  /** Whether it matters which of two versions is the older one by its fence, or by when its cache took it. */
  readonly #ordered: boolean;
  readonly #sessions: readonly number[];

  constructor(w: World, wheel: ChosenWheel, injected: Injected, slot: number, sessions: readonly number[]) {
    this.#w = w;
    this.#wheel = wheel;
    this.#injected = injected;
    this.#patience = new Patience(w, wheel, injected);
    this.#slot = slot;
    this.#sessions = sessions;
    this.#ordered = w.fenced || w.leaderless || w.design.policy === 'write-behind';
    const placeOf = (write: number): number => this.placeOf(write);
    this.#alike = new Alike(w, injected, slot, placeOf);
    this.#calls = new CallForms(w, injected, slot, this.#sum, placeOf, this.#alike);
    this.#copies = new CopyForms(w, slot, this.#sum, placeOf, this.#alike);
    for (const part of Object.keys(w.parts()))
      assert(KNOWN_PARTS.split(' ').includes(part), `the explorer does not know the world's part ${part}`);
  }

  /** Takes in the present state. */
  take(): void {
    const sum = this.#sum;
    this.#alike.take();
    sum.clear();
    sum.begin(Piece.whole);
    this.#begun();
    this.#truth();
    this.#copies.take();
    this.#hosts();
    sum.end();
    this.#pending();
    this.#calls.take();
    this.#otherEvents();
  }

  get high(): number {
    return this.#sum.high;
  }

  get low(): number {
    return this.#sum.low;
  }

  /** What tells a call that is alive from others, its callers included; 0: it is none. */
  ofCall(row: number): number {
    return this.#calls.rows[row]!;
  }

  /** The place of the version's PUT among the operations, from 1; 0 for the initial version. */
  placeOf(write: number): number {
    return write === 0 ? 0 : 1 + this.#injected.placeOf(this.#w.oracle.operationOf(write));
  }

  /** Which operations have begun, and how each has ended; of the others, what their session knows. */
  #begun(): void {
    const w = this.#w;
    const injected = this.#injected;
    const sum = this.#sum;
    sum.add(this.#patience.isShort() ? w.retries.tokens : -1);
    for (let i = 0; i < injected.count; i++) {
      sum.add(injected.ids[i] === 0 ? 1 : 0);
      sum.add(injected.endings[i]!);
    }
    for (let i = 0; i < injected.count; i++) {
      if (injected.ids[i] !== 0) continue;
      sum.add(this.placeOf(w.oracle.floor(this.#slot, this.#sessions[i]!)));
      const seen = w.oracle.seen.find(this.#slot, this.#sessions[i]!);
      sum.add(seen < 0 ? 0 : this.placeOf(w.oracle.seen.value(seen)));
    }
  }

  /** Operations whose client waits, each a piece of its own: the order of rows does not matter. */
  #pending(): void {
    const w = this.#w;
    const injected = this.#injected;
    const sum = this.#sum;
    const ops = w.operations.at;
    for (const op of this.#patience.waiting()) {
      const o = op * OP;
      let before = 0;
      for (let i = 0; i < injected.count; i++) {
        const write = this.#writeOf(i);
        const at = w.oracle.writes[write * WRITE + W_COMMITTED_AT]!;
        if (write !== 0 && w.oracle.isCommitted(write) && at < ops[o + OP_START]!) before |= 1 << i;
      }
      sum.begin(Piece.pending);
      sum.add(injected.placeOf(ops[o + OP_ID]!));
      sum.add(before);
      sum.add(this.placeOf(ops[o + OP_OWN]!));
      sum.add(this.placeOf(ops[o + OP_SEEN]!));
      sum.add(ops[o + OP_RETRIES]!);
      sum.add(this.#wheel.kindOf(ops[o + OP_TIMER]!));
      sum.end();
    }
  }

  /** The version that an operation writes, or 0. */
  #writeOf(i: number): number {
    const { oracle } = this.#w;
    const id = this.#injected.ids[i]!;
    if (id === 0) return 0;
    for (let write = 1; write < oracle.writeCount; write++)
      if (oracle.operationOf(write) === id) return write;
    return 0;
  }

  /** What the oracle knows of every version, and what it has counted. */
  #truth(): void {
    const w = this.#w;
    const injected = this.#injected;
    const at = w.oracle.writes;
    for (let i = 0; i < injected.count; i++) {
      const write = this.#writeOf(i);
      if (write === 0) continue;
      const o = write * WRITE;
      this.#sum.add(at[o + W_ORDINAL]!);
      this.#sum.add(this.placeOf(at[o + W_NEXT]!));
      this.#sum.add(at[o + W_ACKED_AT]! >= 0 ? 1 : 0);
      this.#sum.add(at[o + W_DIRTY_READS]! > 0 ? 1 : 0);
      this.#sum.add(at[o + W_FATE]!);
      this.#sum.add(this.placeOf(at[o + W_BEFORE]!));
      if (!this.#ordered) continue;
      // One that never came to an app node may still get its fence, by another attempt.
      if (w.design.client.retries > 0) this.#sum.add(at[o + W_FENCE]! < 0 ? 1 : 0);
      let older = 0;
      for (let j = 0; j < injected.count; j++) {
        const other = this.#writeOf(j);
        if (other !== 0 && w.oracle.fencedBefore(other, write)) older |= 1 << j;
      }
      this.#sum.add(older);
    }
    this.violations = violationsOf(w.oracle);
    this.#sum.add(this.violations);
  }

  #hosts(): void {
    const { nodes, faults, design } = this.#w;
    const now = this.#wheel.now;
    this.#sum.add(faults.passed);
    assert(faults.heldEnd === 0, 'nothing is paused here');
    for (let name = 0; name < nodes.count; name++) {
      const node = this.#alike.nodeNamed(name);
      const h = node * HOST;
      const since = nodes.silentSince(node);
      this.#sum.add(nodes.at[h + H_STATE]!);
      this.#sum.add(since < 0 ? 0 : now >= since + design.store.failover ? 2 : 1);
      this.#sum.add(now < nodes.at[h + H_TRUSTED_FROM]! ? 1 : 0);
      this.#sum.add(nodes.at[h + H_BUSY]!);
      assert(nodes.at[h + H_QUEUED] === 0, 'nothing waits for a server here');
    }
  }

  /** Events that no call's row implies. */
  #otherEvents(): void {
    for (let id = 1; id < this.#wheel.end; id++) {
      const kind = this.#wheel.kindOf(id);
      switch (kind) {
        case 0:
        case Event.arrive:
        case Event.served:
        case Event.answer:
        case Event.acknowledged:
        case Event.callTimeout:
        case Event.resend:
        case Event.clientTimeout:
        case Event.retry:
        case Event.expire:
        case Event.flushDue:
          break;
        case Event.elect:
        case Event.hearTerm:
        case Event.caughtUp:
          this.#sum.begin(Piece.otherEvent);
          this.#sum.add(kind);
          this.#sum.add(this.#wheel.rowOf(id));
          this.#sum.end();
          break;
        default:
          assert(false, `the explorer does not know events of kind ${kind}`);
      }
    }
  }
}
