/**
 * Which moves of an explored world must be tried: partial-order reduction. Of moves that commute one order is enough, so
 * that few orders stand for all of them.
 *
 * `needed` gives a persistent set (Godefroid 1996): whatever the others do without any of its moves commutes with all
 * of them, so that every order is one of those that begin with one of these, up to swaps of neighbours that change
 * nothing. Such swaps change no state at rest and no verdict. Where no small set is found, all moves must be tried.
 */
import {
  AWAITED,
  CALL,
  CALLER,
  FROM,
  KIND,
  LINK,
  NODE,
  OPERATION,
  PHASE,
  Phase,
  Status,
  STATUS,
  STEP,
  TIMER,
  WRITE,
} from '../calls.ts';
import { isPart } from '../gathers.ts';
import { Tier } from '../nodes.ts';
import { OP, OP_ID, OP_TIMER, OP_WRITE } from '../operations.ts';
import { Do, ON, STEP_WIDTH } from '../program.ts';
import { COMMIT_NOTICE, PUT, REPLICATE } from '../actors/transport.ts';
import { W_FENCE, WRITE as VERSION } from '../versions.ts';
import { Event, type World } from '../world.ts';
import { crashable } from './disk.ts';
import type { ChosenWheel } from './drive.ts';
import { isSpent } from './gathered.ts';
import type { Injected } from './injected.ts';
import { FAULT_MOVE, startOf, type Moves } from './moves.ts';
import { News } from './news.ts';
import { Patience } from './patience.ts';
import { Reads } from './reads.ts';
import type { OperationKind } from './scope.ts';

export class Reduction {
  readonly #w: World;
  readonly #wheel: ChosenWheel;
  readonly #injected: Injected;
  readonly #moves: Moves;
  readonly #operations: readonly OperationKind[];
  readonly #sessions: readonly number[];
  readonly #reads: Reads;
  readonly #patience: Patience;
  readonly #news: News;
  /** Hosts that a crash may hit; empty: there is none. */
  readonly #mayCrash: ReadonlySet<number>;
  readonly #storeMayCrash: boolean;
  /** A crash may lose what a client holds the acknowledgement of. */
  readonly #mayLose: boolean;

  /** `sessions` has one for every operation. */
  constructor(
    w: World,
    wheel: ChosenWheel,
    injected: Injected,
    moves: Moves,
    operations: readonly OperationKind[],
    sessions: readonly number[],
  ) {
    this.#w = w;
    this.#wheel = wheel;
    this.#injected = injected;
    this.#moves = moves;
    this.#operations = operations;
    this.#sessions = sessions;
    this.#reads = new Reads(w);
    this.#patience = new Patience(w, wheel, injected);
    this.#news = new News(w, wheel);
    this.#mayCrash = crashable(w);
    this.#storeMayCrash = [...this.#mayCrash].some((node) => w.nodes.tierOf(node) === Tier.store);
    this.#mayLose = this.#storeMayCrash || (this.#mayCrash.size > 0 && w.design.policy === 'write-behind');
  }

  /** Moves such that every order begins with one of them, up to swaps that change nothing. */
  needed(): number[] {
    const events = this.#moves.pending();
    // To begin a PUT makes a message, and touches nothing that anybody else looks at but a budget that may run out.
    if (!this.#patience.isShort())
      for (let i = 0; i < this.#injected.count; i++)
        if (this.#operations[i] === 'put' && this.#moves.canStart(i)) return [startOf(i)];
    let smallest: number[] | undefined;
    for (const id of events) {
      const set = this.#persistentSetOf(id, events);
      if (set?.length === 1) return set;
      smallest ??= set;
    }
    if (smallest !== undefined) return smallest;
    const moves = this.#moves.all();
    const urgent = moves.filter((move) => move < 0 || !this.#canWait(move));
    // A crash need not come: it is not what the others wait for.
    return urgent.some((move) => move !== FAULT_MOVE || this.#w.faults.passed > 0) ? urgent : moves;
  }

  /** A small set that this event is a member of, or undefined. */
  #persistentSetOf(id: number, events: readonly number[]): number[] | undefined {
    const w = this.#w;
    const kind = this.#wheel.kindOf(id);
    if (
      kind !== Event.arrive &&
      kind !== Event.served &&
      kind !== Event.answer &&
      kind !== Event.acknowledged
    )
      return undefined;
    const at = w.calls.at;
    const o = this.#wheel.rowOf(id) * CALL;
    const node = at[o + NODE]!;
    if (at[o + KIND] === REPLICATE && !w.leaderless) return this.#storeMayCrash ? undefined : [id];
    if (!this.#storeMayCrash && this.#news.isStale(id)) return [id];
    // What a follower shows matters to those who read it.
    if (at[o + KIND] === COMMIT_NOTICE && !this.#storeMayCrash && !this.#mayRead()) return [id];
    // A service of no length: what comes between its beginning and its end could as well come before.
    if (kind === Event.served) return [id];
    if (this.#mayBeHit(this.#wheel.rowOf(id))) return undefined;
    // Whom an app node turns to depends on who leads and who is taken as dead.
    if (this.#storeMayCrash && !this.#isQuiet()) return undefined;
    if (kind === Event.arrive)
      return w.nodes.tierOf(node) === Tier.app ? this.#arrivalsAtApp(id, events) : undefined;
    return at[o + FROM] === 0 ? this.#answerToClient(id) : this.#answerToNode(id);
  }

  /**
   * The message that goes out when this timeout fires, if it may be delivered at once: while its caller's answer is
   * not on its way, the timeout can as well come later, just before what comes of it is delivered. 0: none.
   */
  consequenceOf(row: number): number {
    const w = this.#w;
    const at = w.calls.at;
    const child = at[row * CALL + AWAITED]!;
    if (child === 0 || at[child * CALL + PHASE] !== Phase.travelling) return 0;
    if (this.#mayBeHit(child)) return 0;
    return this.#storeMayCrash && !this.#isQuiet() ? 0 : at[child * CALL + LINK]!;
  }

  /**
   * News of a commit can as well come later, just before its follower is read, and it is enough to try the newest: the
   * reads of which one comes next. None: the event is no such news, or nobody reads its follower.
   */
  readsAfter(id: number): number[] {
    return !this.#storeMayCrash && this.#news.isFresh(id) ? this.#news.readsOf(id) : [];
  }

  /** A crash of either end may still cost this message. */
  #mayBeHit(row: number): boolean {
    const { at } = this.#w.calls;
    const [from, to] = [at[row * CALL + FROM]!, at[row * CALL + NODE]!];
    return this.#moves.faultIsOpen() && (this.#mayCrash.has(from) || this.#mayCrash.has(to));
  }

  /** Whether a call's answer is on its way. */
  isAnswered(row: number): boolean {
    return row !== 0 && this.#w.calls.at[row * CALL + PHASE] === Phase.returning;
  }

  /** The store is read, or may be: for an operation that has begun, or one that has not. */
  #mayRead(): boolean {
    return this.#operations.some((_, i) => this.#injected.ids[i] === 0) || this.#reads.mayCome();
  }

  /** No crash, return or election can come any more. */
  #isQuiet(): boolean {
    if (this.#moves.faultIsOpen()) return false;
    for (let id = 1; id < this.#wheel.end; id++) {
      const kind = this.#wheel.kindOf(id);
      if (kind === Event.elect || kind === Event.hearTerm || kind === Event.caughtUp) return false;
    }
    return true;
  }

  /** An app node has nothing that requests share but the clock that gives PUTs their versions. */
  #arrivalsAtApp(id: number, events: readonly number[]): number[] | undefined {
    const w = this.#w;
    const injected = this.#injected;
    const operations = this.#operations;
    const at = w.calls.at;
    const o = this.#wheel.rowOf(id) * CALL;
    if (!this.#isLocalFrom(w.program.entry[at[o + KIND]!]!)) return undefined;
    const isFirst = (row: number): boolean =>
      at[row * CALL + KIND] === PUT && this.#isUnfenced(at[row * CALL + WRITE]!);
    if (!(w.fenced || w.leaderless) || !isFirst(this.#wheel.rowOf(id))) return [id];
    if (operations.some((kind, i) => kind === 'put' && injected.ids[i] === 0)) return undefined;
    // Of several attempts at a PUT the first that arrives gives it its version: what is still to be sent may be that one.
    const mayBeSent = (op: number): boolean =>
      this.#isUnfenced(w.operations.at[op * OP + OP_WRITE]!) && this.#patience.mayTryAgain(op);
    if (this.#patience.waiting().some(mayBeSent)) return undefined;
    return events.filter((event) => {
      const row = this.#wheel.rowOf(event);
      if (this.#wheel.kindOf(event) !== Event.arrive) return false;
      return isFirst(row) && w.nodes.tierOf(at[row * CALL + NODE]!) === Tier.app;
    });
  }

  /** A PUT's version that has come to no app node yet. */
  #isUnfenced(write: number): boolean {
    return write !== 0 && this.#w.oracle.writes[write * VERSION + W_FENCE]! < 0;
  }

  /** What a client learns matters to itself, and to what its session has yet to begin. */
  #answerToClient(id: number): number[] | undefined {
    const w = this.#w;
    const injected = this.#injected;
    const sessions = this.#sessions;
    const row = this.#wheel.rowOf(id);
    const operation = w.calls.at[row * CALL + OPERATION]!;
    const op = w.calls.at[row * CALL + CALLER]!;
    if (!w.operations.waits(op, operation)) return [id];
    if ((this.#mayLose && !this.#isQuiet()) || this.#patience.isShort()) return undefined;
    const session = sessions[injected.placeOf(operation)];
    if (sessions.some((other, i) => other === session && injected.ids[i] === 0)) return undefined;
    // It races with the answers to other attempts, too, which must be on their way: who knows what else they will be.
    const attempts = this.#patience.attemptsAt(operation);
    if (!attempts.every((attempt) => this.isAnswered(attempt) && !this.#mayBeHit(attempt))) return undefined;
    return [
      ...attempts.map((attempt) => w.calls.at[attempt * CALL + LINK]!),
      w.operations.at[op * OP + OP_TIMER]!,
    ];
  }

  /** An answer races with its caller's timeout alone, unless the caller goes on to touch the cache's entry. */
  #answerToNode(id: number): number[] | undefined {
    const w = this.#w;
    const at = w.calls.at;
    const row = this.#wheel.rowOf(id);
    const caller = at[row * CALL + CALLER]!;
    const c = caller * CALL;
    // Which of several answers comes first decides what they come to together.
    if (isPart(w.calls, row)) return isSpent(w, caller) ? [id] : undefined;
    if (caller === 0 || at[c + AWAITED] !== row) return [id];
    const step = at[c + STEP]! * STEP_WIDTH + ON;
    if (!this.#isLocalFrom(w.program.steps[step + at[row * CALL + STATUS]!]!)) return undefined;
    if (at[c + TIMER]! <= 0) return [id];
    return this.#isLocalFrom(w.program.steps[step + Status.gaveUp]!) ? [id, at[c + TIMER]!] : undefined;
  }

  /** Whether a routine, from this step to where it waits or ends, touches nothing that others see. */
  #isLocalFrom(step: number): boolean {
    const { steps } = this.#w.program;
    for (;;) {
      switch (steps[step * STEP_WIDTH]) {
        case Do.sendCache:
          step = steps[step * STEP_WIDTH + ON]!;
          continue;
        case Do.callCache:
        case Do.callStore:
        case Do.reply:
        case Do.end:
          return true;
        default:
          return false;
      }
    }
  }

  /**
   * News of a commit waits for a read of its follower. A client's last timeout races with its answers alone, and nothing
   * comes of it: it need not come before one of them is on its way.
   */
  #canWait(id: number): boolean {
    const wheel = this.#wheel;
    const patience = this.#patience;
    const w = this.#w;
    if (!this.#storeMayCrash && this.#news.isFresh(id)) return this.#news.readsOf(id).length === 0;
    const op = wheel.rowOf(id);
    if (wheel.kindOf(id) !== Event.clientTimeout || patience.left(op) > 0) return false;
    return !patience
      .attemptsAt(w.operations.at[op * OP + OP_ID]!)
      .some((attempt) => this.isAnswered(attempt));
  }
}
