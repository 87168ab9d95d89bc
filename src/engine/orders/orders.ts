/**
 * A small world whose next event is chosen: the same tables, actors and oracle as in a run, with a hand on the queue.
 * `src/explore/` tries every order with it. It knows which events can come next (`moves.ts`), which of them need not be
 * tried because they commute with everything else (`reduction.ts`), and when two states are the same (`form.ts`). It
 * searches nothing.
 */
import { assert } from '../../base/assert.ts';
import { VARIANTS } from '../../design/policies/variants.ts';
import { VIOLATION_KINDS, type ViolationKind } from '../../design/readings.ts';
import { settleRisks, unflushed } from '../actors/buffer.ts';
import { drawApp, startGet, startPut } from '../actors/clients.ts';
import { dispatch } from '../actors/dispatch.ts';
import { passFaultInstant } from '../actors/health.ts';
import {
  AWAITED,
  CALL,
  CALLER,
  FROM,
  NODE,
  OPERATION,
  PHASE,
  Phase,
  STATUS,
  Status,
  WRITE,
} from '../calls.ts';
import type { Persistent } from '../kernel/archive.ts';
import { Tier } from '../nodes.ts';
import { OP, OP_ID, OP_KIND, OP_RETRIES, OP_TIMER, OpKind } from '../operations.ts';
import { Event, Stream, World } from '../world.ts';
import { Disk } from './disk.ts';
import { ChosenStreams, ChosenWheel } from './drive.ts';
import { Form } from './form.ts';
import { GAVE_UP, Injected } from './injected.ts';
import { FAULT_MOVE, Moves, placeOfStart, SYNC_MOVE } from './moves.ts';
import { Patience } from './patience.ts';
import { Reduction } from './reduction.ts';
import { rankOf, sessionsOf, smallDesignOf, type Scope } from './scope.ts';
import { Snapshot } from './snapshot.ts';
import { Story, violationsOf } from './story.ts';

/** What an order can show: what the oracle counts, and a copy that is old when nothing is left to happen. */
export type AnomalyKind = ViolationKind | 'staleAtRest';
export const ANOMALIES: readonly AnomalyKind[] = [...VIOLATION_KINDS, 'staleAtRest'];

/** Streams that say which app node is asked. */
const ROUTING: readonly number[] = [Stream.putRouting, Stream.getRouting, Stream.retries];
/** Parts of a world that only count, or never change here: they need not be brought back. */
const UNMOVED: readonly string[] = ['self', 'streams', 'draws', 'arrivals', 'network', 'series', 'digest'];

export class Orders {
  readonly world: World;
  readonly wheel = new ChosenWheel();
  readonly injected: Injected;
  readonly #scope: Scope;
  readonly #streams: ChosenStreams;
  readonly #parts: readonly Persistent[];
  readonly #form: Form;
  readonly #moveList: Moves;
  readonly #reduction: Reduction;
  readonly #patience: Patience;
  readonly #disk: Disk;
  readonly #slot: number;
  readonly #sessions: readonly number[];
  /** Whether chance may have a say in any move. */
  readonly mayAsk: boolean;
  #story: Story | undefined;

  constructor(scope: Scope) {
    const design = smallDesignOf(scope);
    this.#scope = scope;
    this.#streams = new ChosenStreams((stream, n) => this.#worthTrying(stream, n));
    this.world = new World(design, {
      wheel: this.wheel,
      streams: this.#streams,
      fenceAt: scope.fenceAt ?? 'both',
      table: scope.variant === undefined ? undefined : VARIANTS[scope.variant],
    });
    this.injected = new Injected(scope.operations.length);
    const w = this.world;
    const needed = Object.entries(w.parts()).filter(([name]) => !UNMOVED.includes(name));
    this.#parts = [...needed.map(([, part]) => part), this.injected];
    this.#slot = w.slotOf(rankOf(scope.design, scope.crash));
    const small = new Snapshot();
    small.save(this.#parts);
    small.restoreFresh(this.#parts);
    this.mayAsk = design.store.rf > 1 || w.hints.kept || (scope.crash ?? '').startsWith('app-');
    this.#sessions = sessionsOf(scope.operations);
    this.#form = new Form(w, this.wheel, this.injected, this.#slot, this.#sessions);
    this.#patience = new Patience(w, this.wheel, this.injected);
    this.#disk = new Disk(w);
    const { wheel, injected } = this;
    const sessions = this.#sessions;
    this.#moveList = new Moves(w, wheel, injected, sessions);
    this.#reduction = new Reduction(w, wheel, injected, this.#moveList, scope.operations, sessions);
  }

  save(into: Snapshot): void {
    into.save(this.#parts);
  }

  /** Takes back the last move, too, from what is told. */
  restore(from: Snapshot): void {
    from.restore(this.#parts);
    this.#story?.forget();
  }

  /** Every move there is, whether it must be tried or not. */
  everyMove(): readonly number[] {
    return this.#moveList.all();
  }

  /** What can come next, and must be tried; none: everything has happened. */
  moves(): readonly number[] {
    return this.#scope.reduced === false ? this.#moveList.all() : this.#reduction.needed();
  }

  /** True when nothing is under way any more: a crash may still come, and need not. */
  isAtRest(): boolean {
    return this.#moveList.isAtRest();
  }

  /**
   * Makes a move. Where chance would be asked, `answer` says what it says. Returns how many answers there are: each of
   * 0 to that number (less one) is a move of its own.
   */
  play(move: number, answer = 0): number {
    this.#streams.answer = answer;
    this.#streams.answers = 1;
    this.#story?.mark();
    this.#perform(move);
    return this.#streams.answers;
  }

  /** Two ints that tell this state from others; the same for states that are the same. */
  takeForm(): void {
    this.#form.take();
  }

  get high(): number {
    return this.#form.high;
  }

  /** Bit k: so far the order shows VIOLATION_KINDS[k]. */
  get shown(): number {
    return this.#form.violations;
  }

  get low(): number {
    return this.#form.low;
  }

  /** What tells a move from the others of its state, wherever that state was reached. The form must have been taken. */
  signatureOf(move: number): number {
    if (move < 0) return move;
    const kind = this.wheel.kindOf(move);
    const row = this.wheel.rowOf(move);
    switch (kind) {
      case Event.clientTimeout:
      case Event.retry:
        return (
          Math.imul(kind, 0x9e3779b1) ^ this.injected.placeOf(this.world.operations.at[row * OP + OP_ID]!)
        );
      case Event.elect:
      case Event.hearTerm:
      case Event.caughtUp:
      case Event.flushDue:
        return Math.imul(kind, 0x9e3779b1) ^ row;
      default:
        return Math.imul(kind, 0x9e3779b1) ^ this.#form.ofCall(row);
    }
  }

  /** From now on every step is told. */
  tell(): Story {
    this.#story ??= new Story(this.world, this.wheel, this.injected, this.#scope.operations, this.#sessions);
    return this.#story;
  }

  /** Bit k: the state has come about by an order that shows ANOMALIES[k]. At rest only, where all is decided. */
  verdict(): number {
    const { oracle, store, cache } = this.world;
    oracle.finish(unflushed(this.world));
    const latest = oracle.latest(this.#slot);
    let stale = oracle.committedBefore(cache.held(this.#slot) < 0 ? latest : cache.held(this.#slot), latest);
    for (let r = 0; r < store.rf; r++) stale ||= oracle.committedBefore(store.shown(this.#slot, r), latest);
    return violationsOf(oracle) | (stale ? 1 << ANOMALIES.indexOf('staleAtRest') : 0);
  }

  #perform(move: number): void {
    const step = this.#story?.begin(move);
    const sent = this.#carryOut(move);
    if (step !== undefined) this.#story?.end(step);
    if (sent !== 0) this.#perform(sent);
  }

  /** Gives the event that belongs to the same move, or 0. */
  #carryOut(move: number): number {
    const { world: w, wheel, injected } = this;
    if (move < 0) {
      wheel.tick();
      if (move === FAULT_MOVE) passFaultInstant(w);
      else if (move === SYNC_MOVE) this.#disk.sync();
      else this.#start(placeOfStart(move));
      settleRisks(w);
      return 0;
    }
    const kind = wheel.kindOf(move);
    const reads = this.#scope.reduced === false ? [] : this.#reduction.readsAfter(move);
    wheel.choose(move, kind === Event.elect);
    const { row } = wheel;
    const op = kind === Event.clientTimeout ? row : kind === Event.answer ? this.#clientOf(row) : 0;
    const place = op === 0 ? -1 : injected.placeOf(w.operations.at[op * OP + OP_ID]!);
    if (kind === Event.answer && op !== 0)
      injected.answered(place, this.#answerFor(op, row), this.#form.placeOf(w.calls.at[row * CALL + WRITE]!));
    // A call's timeout, and what it sends, are one move while no answer races with it.
    const together =
      kind === Event.callTimeout &&
      this.#scope.reduced !== false &&
      !this.#reduction.isAnswered(w.calls.at[row * CALL + AWAITED]!);
    dispatch(w);
    settleRisks(w);
    if (reads.length > 0) return reads[this.#streams.choose(reads.length)]!;
    if (kind === Event.clientTimeout) return this.#afterTimeout(op, place);
    return together ? this.#reduction.consequenceOf(row) : 0;
  }

  /**
   * A client's patience is over. To wait and to try again are one move with that, unless the token that it took may be
   * missed by others: whether it has given up on an attempt shows in nothing that comes between.
   */
  #afterTimeout(op: number, place: number): number {
    const { world: w, injected } = this;
    if (!w.operations.waits(op, injected.ids[place]!)) {
      injected.endings[place] = GAVE_UP;
      return 0;
    }
    return this.#scope.reduced === false || this.#patience.isShort()
      ? 0
      : w.operations.at[op * OP + OP_TIMER]!;
  }

  /** What an answer comes to for the client: a PUT that was tried twice and is refused may have come to something. */
  #answerFor(op: number, row: number): number {
    const { calls, operations } = this.world;
    const status = calls.at[row * CALL + STATUS]!;
    const o = op * OP;
    const isOpen = operations.at[o + OP_KIND] === OpKind.put && operations.at[o + OP_RETRIES]! > 0;
    return status === Status.refused && isOpen ? Status.gaveUp : status;
  }

  /** The operation whose client takes this answer, or 0. */
  #clientOf(row: number): number {
    const { calls, operations } = this.world;
    const o = row * CALL;
    if (calls.at[o + FROM] !== 0) return 0;
    const op = calls.at[o + CALLER]!;
    return operations.waits(op, calls.at[o + OPERATION]!) ? op : 0;
  }

  #start(i: number): void {
    const { world: w, injected } = this;
    const slot = this.#slot;
    const sessions = this.#sessions;
    const scope = this.#scope;
    const kind = scope.operations[i];
    assert(kind !== undefined && injected.ids[i] === 0, 'an operation begins once');
    if (kind === 'put') startPut(w, sessions[i]!, slot, false, drawApp(w, Stream.putRouting));
    else startGet(w, OpKind.get, sessions[i]!, slot, drawApp(w, Stream.getRouting));
    injected.ids[i] = w.operations.started;
  }

  /** App nodes are alike, but for the one that may crash, and for what each of them keeps for replicas. */
  #worthTrying(stream: number, n: number): readonly number[] {
    const every = Array.from({ length: n }, (_, i) => i);
    if (!ROUTING.includes(stream)) return every;
    const { calls, hints, nodes } = this.world;
    const target = /^app-(\d+)$/.exec(this.#scope.crash ?? '')?.[1];
    const different = new Set(target === undefined ? [] : [Number(target) - 1]);
    if (hints.kept)
      for (let row = 1; row < calls.end; row++)
        if (calls.at[row * CALL + PHASE] !== Phase.free)
          for (const end of [FROM, NODE]) {
            const node = calls.at[row * CALL + end]!;
            if (nodes.tierOf(node) === Tier.app) different.add(node - nodes.firstApp);
          }
    return [...different, ...every.filter((node) => !different.has(node)).slice(0, 1)];
  }
}
