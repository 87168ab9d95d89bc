/**
 * Tries every order in which a few operations can meet: messages are delivered and timeouts fire in every order there
 * is, depth first. States that are the same are visited once, and of orders that differ in swaps of neighbours that
 * change nothing one is tried, so every state at rest that any order leads to is found. What the world is and what can
 * come next is the engine's business: it is handed in.
 *
 * Two complete orders are of one class when they end in the same state: the same values everywhere, the same answers
 * to every client, the same anomalies on the way.
 */
import { assert } from '../base/assert.ts';
import type { AnomalyKind, Orders } from '../engine/orders/orders.ts';
import type { Snapshot } from '../engine/orders/snapshot.ts';
import { Graph, type Turn } from './graph.ts';
import { linesOf } from './words.ts';

/** States that are visited at the most, unless another limit is given. Reaching it is said: then `complete` is false. */
export const STATE_LIMIT = 600_000;
/** The highest limit that can be given: beyond it the graph would not fit in memory. */
export const HIGHEST_STATE_LIMIT = 10_000_000;

/** What the engine hands over: worlds in which nothing has happened, and a place to keep a world's state. */
export interface Engine {
  readonly begin: () => Orders;
  readonly snapshot: () => Snapshot;
  readonly kinds: readonly AnomalyKind[];
}

export interface Anomaly {
  readonly kind: AnomalyKind;
  /** Classes of complete orders that show it. */
  readonly orders: number;
  /** The shortest order, up to the moment that shows it. */
  readonly shortest: readonly string[];
}

export interface Findings {
  /** Classes of complete orders, and how many of them show an anomaly. */
  readonly orders: number;
  readonly bad: number;
  /** False when the limit was reached first. */
  readonly complete: boolean;
  /** States visited, and moves tried: what it took. */
  readonly states: number;
  readonly moves: number;
  readonly anomalies: readonly Anomaly[];
}

/** Visits every class of orders, up to `limit` states. */
export function exploreOrders(engine: Engine, limit = STATE_LIMIT): Findings {
  return new Search(engine, limit).run();
}

class Search {
  readonly #orders: Orders;
  readonly #engine: Engine;
  readonly #limit: number;
  readonly #graph = new Graph();
  readonly #snapshots: Snapshot[] = [];
  readonly #scratch: Snapshot;
  #complete = true;
  #moves = 0;
  /** Steps of the chain that led to the state under way. */
  #steps = 0;

  constructor(engine: Engine, limit: number) {
    this.#engine = engine;
    this.#orders = engine.begin();
    this.#limit = limit;
    this.#scratch = engine.snapshot();
  }

  run(): Findings {
    const graph = this.#graph;
    const root = this.#visit(0);
    const distances = graph.distancesFrom(root);
    const verdicts = graph.atRest().map((state) => graph.verdictOf(state));
    const anomalies = this.#engine.kinds.flatMap((kind, k): Anomaly[] => {
      const orders = verdicts.filter((verdict) => (verdict & (1 << k)) !== 0).length;
      if (orders === 0) return [];
      const path = graph.pathTo(graph.nearest(1 << k, distances), distances);
      return [{ kind, orders, shortest: this.#tell(path, k) }];
    });
    const complete = this.#complete;
    const moves = this.#moves;
    const bad = verdicts.filter((verdict) => verdict !== 0).length;
    return { orders: verdicts.length, bad, complete, states: graph.states, moves, anomalies };
  }

  /** Follows a path from the beginning once more, and says what happens up to where the anomaly shows. */
  #tell(path: readonly Turn[], kind: number): string[] {
    const orders = this.#engine.begin();
    const scout = new Scout(this.#engine);
    const story = orders.tell();
    follow(orders, this.#scratch);
    for (const turn of path) {
      const { move, answer } = scout.take(turn);
      orders.play(move, answer);
      follow(orders, this.#scratch);
    }
    const shown = story.steps.findIndex((step) => (step.violations & (1 << kind)) !== 0);
    return linesOf(shown < 0 ? story.steps : story.steps.slice(0, shown + 1));
  }

  /** Visits the present state and all that come after it. */
  #visit(depth: number): number {
    const orders = this.#orders;
    const graph = this.#graph;
    const moves = follow(orders, this.#scratch, () => {
      this.#moves++;
      this.#steps++;
    });
    orders.takeForm();
    const steps = this.#steps;
    const known = graph.find(orders.high, orders.low);
    if (known >= 0) return known;
    if (graph.states >= this.#limit) {
      this.#complete = false;
      return -1;
    }
    const state = graph.add(orders.high, orders.low, orders.shown);
    const turns = moves.map((move) => ({ move, signature: orders.signatureOf(move) }));
    const snapshot = (this.#snapshots[depth] ??= this.#engine.snapshot());
    orders.save(snapshot);
    if (orders.isAtRest()) {
      graph.rest(state, orders.verdict());
      if (moves.length > 0) orders.restore(snapshot);
    }
    let fresh = true;
    for (const { move, signature } of turns) {
      for (let answer = 0, answers = 1; answer < answers; answer++) {
        if (!fresh) orders.restore(snapshot);
        fresh = false;
        answers = Math.max(answers, orders.play(move, answer));
        this.#moves++;
        this.#steps = 1;
        const next = this.#visit(depth + 1);
        if (next >= 0) graph.join(state, next, signature, this.#steps);
        if (!this.#complete) return state;
      }
    }
    this.#steps = steps;
    return state;
  }
}

/**
 * Goes ahead on a path that was found, in a world of its own, and says by which move and which answer of chance it goes on.
 * Who is who among replicas that are alike may be another than when the path was found: what leads to the right state is
 * the right move.
 */
class Scout {
  readonly #orders: Orders;
  readonly #here: Snapshot;
  readonly #scratch: Snapshot;

  constructor(engine: Engine) {
    this.#orders = engine.begin();
    this.#here = engine.snapshot();
    this.#scratch = engine.snapshot();
    follow(this.#orders, this.#scratch);
  }

  take({ signature, high, low }: Turn): { readonly move: number; readonly answer: number } {
    const orders = this.#orders;
    const here = this.#here;
    orders.takeForm();
    orders.save(here);
    for (const move of orders.everyMove().filter((one) => orders.signatureOf(one) === signature))
      for (let answer = 0, answers = 1; answer < answers; answer++) {
        answers = Math.max(answers, orders.play(move, answer));
        follow(orders, this.#scratch);
        orders.takeForm();
        if (orders.high === high && orders.low === low) return { move, answer };
        orders.restore(here);
      }
    assert(false, 'what was found once is found again');
  }
}

/**
 * Goes on as long as there is one move only, and gives the moves where there are several or none. Which of them comes
 * first does not matter: they all commute, so all of them are made in the end.
 */
function follow(orders: Orders, scratch: Snapshot, made?: () => void): readonly number[] {
  for (;;) {
    const moves = orders.moves();
    const [only, ...others] = moves;
    if (only === undefined || others.length > 0 || orders.isAtRest()) return moves;
    if (orders.mayAsk) orders.save(scratch);
    if (orders.play(only) > 1) {
      orders.restore(scratch);
      return moves;
    }
    made?.();
  }
}
