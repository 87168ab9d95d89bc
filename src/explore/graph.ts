/**
 * The states that a search has visited, with the moves that lead from one to the next: dense rows in typed arrays, found
 * by a hash of 64 bits. It remembers, and finds the shortest way; it knows nothing of what a state is.
 */

/** One move of a path: its signature, and the state that it leads to. */
export interface Turn {
  readonly signature: number;
  readonly high: number;
  readonly low: number;
}

// Ints a state.
const HIGH = 0;
const LOW = 1;
const FIRST = 2; // its first edge; 0: none
const VERDICT = 3; // at rest: the bits of what it shows; NOT_AT_REST
const SHOWN = 4; // bits of what the orders that lead here have shown on the way
const STATE = 5;
const NOT_AT_REST = -1;

// Ints an edge.
const TO = 0;
const NEXT = 1; // of the same state
const SIGNATURE = 2;
const STEPS = 3;
const EDGE = 4;

/** By state, the least number of steps to it, and the edge and the state that it comes by. */
export interface Distances {
  readonly at: Int32Array;
  readonly by: Int32Array;
  readonly from: Int32Array;
}

export class Graph {
  states = 0;
  #at: Int32Array<ArrayBuffer> = new Int32Array(1024 * STATE);
  #edges = 1;
  #edge: Int32Array<ArrayBuffer> = new Int32Array(1024 * EDGE);
  /** By bucket, state + 1; 0: free. */
  #heads: Int32Array<ArrayBuffer> = new Int32Array(4096);

  /** The state of this hash, or -1. */
  find(high: number, low: number): number {
    const mask = this.#heads.length - 1;
    for (let i = low & mask; ; i = (i + 1) & mask) {
      const state = this.#heads[i]! - 1;
      if (state < 0) return -1;
      if (this.#at[state * STATE + HIGH] === high && this.#at[state * STATE + LOW] === low) return state;
    }
  }

  add(high: number, low: number, shown: number): number {
    const state = this.states++;
    this.#at = roomFor(this.#at, this.states * STATE);
    this.#at.set([high, low, 0, NOT_AT_REST, shown], state * STATE);
    if (this.states * 2 > this.#heads.length) {
      this.#heads = new Int32Array(this.#heads.length * 2);
      for (let known = 0; known < this.states; known++) this.#link(known);
    } else this.#link(state);
    return state;
  }

  /** Nothing is left to happen in this state. */
  rest(state: number, verdict: number): void {
    this.#at[state * STATE + VERDICT] = verdict;
  }

  /** A move leads from one state to another, by way of `steps` events. */
  join(from: number, to: number, signature: number, steps: number): void {
    const edge = this.#edges++;
    this.#edge = roomFor(this.#edge, this.#edges * EDGE);
    const first = this.#at[from * STATE + FIRST]!;
    this.#edge.set([to, first, signature, steps], edge * EDGE);
    this.#at[from * STATE + FIRST] = edge;
  }

  /** States in which nothing is left to happen. */
  atRest(): number[] {
    const found: number[] = [];
    for (let state = 0; state < this.states; state++)
      if (this.verdictOf(state) !== NOT_AT_REST) found.push(state);
    return found;
  }

  verdictOf(state: number): number {
    return this.#at[state * STATE + VERDICT]!;
  }

  /** The state, nearest by these distances, whose orders show what the bit stands for; at rest, or on the way. */
  nearest(bit: number, { at }: Distances): number {
    let nearest = -1;
    for (let state = 0; state < this.states; state++) {
      const o = state * STATE;
      const verdict = this.#at[o + VERDICT]!;
      if (((this.#at[o + SHOWN]! | (verdict === NOT_AT_REST ? 0 : verdict)) & bit) === 0) continue;
      if (nearest < 0 || at[state]! < at[nearest]!) nearest = state;
    }
    return nearest;
  }

  /** The least number of steps from one state to every other (Dijkstra's algorithm, with a bucket a distance). */
  distancesFrom(root: number): Distances {
    const at = new Int32Array(this.states).fill(0x7fffffff);
    const by = new Int32Array(this.states);
    const from = new Int32Array(this.states);
    const buckets: number[][] = [[root]];
    at[root] = 0;
    for (let distance = 0; distance < buckets.length; distance++)
      for (const state of buckets[distance] ?? []) {
        if (at[state] !== distance) continue;
        for (
          let edge = this.#at[state * STATE + FIRST]!;
          edge !== 0;
          edge = this.#edge[edge * EDGE + NEXT]!
        ) {
          const to = this.#edge[edge * EDGE + TO]!;
          const further = distance + this.#edge[edge * EDGE + STEPS]!;
          if (further >= at[to]!) continue;
          at[to] = further;
          by[to] = edge;
          from[to] = state;
          (buckets[further] ??= []).push(to);
        }
      }
    return { at, by, from };
  }

  /** The moves of the shortest way to a state. */
  pathTo(state: number, { at, by, from }: Distances): Turn[] {
    const path: Turn[] = [];
    for (let here = state; at[here]! > 0; here = from[here]!) {
      const o = here * STATE;
      const signature = this.#edge[by[here]! * EDGE + SIGNATURE]!;
      path.push({ signature, high: this.#at[o + HIGH]!, low: this.#at[o + LOW]! });
    }
    return path.reverse();
  }

  #link(state: number): void {
    const mask = this.#heads.length - 1;
    let i = this.#at[state * STATE + LOW]! & mask;
    while (this.#heads[i] !== 0) i = (i + 1) & mask;
    this.#heads[i] = state + 1;
  }
}

function roomFor(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= array.length) return array;
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
