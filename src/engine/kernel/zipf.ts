/**
 * Draws keys whose popularity falls with their rank: rank k of n, counted from 1, has weight k^-skew. Exact for any skew,
 * 0 and 1 included, in memory that does not grow with n: Walker's alias method chooses among 4096 runs of
 * neighbouring ranks, all of one rank at the head; inside a longer run a rank is drawn evenly and kept by rejection. It
 * holds no state: the randomness is the stream's.
 */
import { exp, ln } from './mathematics.ts';
import { unitOf, type Streams } from './streams.ts';

const CELLS = 4096; // the upper 12 bits of a draw
/** So many ranks at the head are runs of their own. */
const HEAD = 1900;
/** A run past the head is this share of its first rank long: 1e7 keys then need no more than CELLS runs. */
const RUN = 1 / 220;

export class Zipf {
  readonly #skew: number;
  /** The first rank of each run, from 0, and one past the last run's end. */
  readonly #first: Int32Array<ArrayBuffer>;
  /** A cell keeps its own run with this probability, else it gives its alias. */
  readonly #keep: Float64Array<ArrayBuffer>;
  readonly #alias: Int32Array<ArrayBuffer>;

  /** `keys` 1 to 1e7, `skew` 0 to 3. */
  constructor(keys: number, skew: number) {
    this.#skew = skew;
    this.#first = runsOf(keys);
    const masses = new Float64Array(CELLS);
    for (let run = 0; run + 1 < this.#first.length; run++) {
      masses[run] = massOf(this.#first[run]! + 1, this.#first[run + 1]! + 1, skew);
    }
    this.#keep = new Float64Array(CELLS);
    this.#alias = new Int32Array(CELLS);
    fillAliases(masses, this.#keep, this.#alias);
  }

  /** Draws `count` ranks, 0 the most popular, into `ranks` from place `first` on. `bits` has room for as many. */
  fill(
    streams: Streams,
    stream: number,
    ranks: Int32Array,
    first: number,
    bits: Int32Array,
    count: number,
  ): void {
    streams.fill(stream, ranks, first, count);
    streams.fill(stream, bits, 0, count);
    const runs = this.#first;
    for (let i = 0; i < count; i++) {
      const cell = ranks[first + i]! >>> 20;
      const run = unitOf(bits[i]!) < this.#keep[cell]! ? cell : this.#alias[cell]!;
      const start = runs[run]!;
      // A longer run is only noted.
      ranks[first + i] = runs[run + 1]! - start === 1 ? start : ~run;
    }
    for (let i = first; i < first + count; i++) {
      const run = ~ranks[i]!;
      if (run >= 0) ranks[i] = this.#inside(runs[run]!, runs[run + 1]! - runs[run]!, streams, stream);
    }
  }

  /** Weights in a run lie within a percent or two of its first: nearly every draw is kept without computing its own. */
  #inside(first: number, width: number, streams: Streams, stream: number): number {
    const skew = this.#skew;
    // (1 + x)^-skew is convex, so never below its tangent 1 - skew x.
    const surely = 1 - skew * (width / (first + 1));
    for (;;) {
      const rank = first + streams.below(stream, width);
      const drawn = streams.unit(stream);
      if (drawn < surely || drawn < exp(-skew * ln((rank + 1) / (first + 1)))) return rank;
    }
  }
}

/** The first ranks of all runs, then `keys`. */
function runsOf(keys: number): Int32Array<ArrayBuffer> {
  const first: number[] = [];
  for (let rank = 0; rank < keys;) {
    first.push(rank);
    rank += rank < HEAD ? 1 : Math.floor(rank * RUN);
  }
  return Int32Array.from([...first, keys]);
}

/**
 * The sum of k^-skew over from <= k < to: the one term, or Euler and Maclaurin's sum to its first derivative, whose error past
 * the head is below 1e-13 of the sum.
 */
function massOf(from: number, to: number, skew: number): number {
  const at = (x: number) => exp(-skew * ln(x));
  if (to - from === 1) return at(from);
  // from^(1-skew) ((to/from)^(1-skew) - 1) / (1-skew), in a form that holds for skew 1 and near it.
  const stretch = ln(to / from);
  const z = (1 - skew) * stretch;
  const integral = from * at(from) * stretch * relativeGrowth(z);
  const slopes = skew * (at(from) / from - at(to) / to);
  return integral + (at(from) - at(to)) / 2 + slopes / 12;
}

/** (e^z - 1) / z: near 0, where the difference would lose its digits, by its series. */
function relativeGrowth(z: number): number {
  if (z > -0.01 && z < 0.01) return 1 + (z / 2) * (1 + (z / 3) * (1 + (z / 4) * (1 + (z / 5) * (1 + z / 6))));
  return (exp(z) - 1) / z;
}

/** Vose's construction: every cell is one 1/CELLS of probability, filled by its own run and at most one other. */
function fillAliases(masses: Float64Array, keep: Float64Array, alias: Int32Array): void {
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const scaled = masses.map((mass) => (mass / total) * CELLS);
  const small: number[] = [];
  const large: number[] = [];
  scaled.forEach((share, cell) => (share < 1 ? small : large).push(cell));
  while (small.length > 0 && large.length > 0) {
    const cell = small.pop()!;
    const giver = large.at(-1)!;
    keep[cell] = scaled[cell]!;
    alias[cell] = giver;
    scaled[giver]! -= 1 - scaled[cell]!;
    if (scaled[giver]! < 1) small.push(large.pop()!);
  }
  // What is left is full, but for rounding.
  for (const cell of [...small, ...large]) {
    keep[cell] = 1;
    alias[cell] = cell;
  }
}
