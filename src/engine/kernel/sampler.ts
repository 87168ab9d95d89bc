/**
 * Draws from a distribution in a few nanoseconds: its quantile function is tabulated and a draw interpolates. Cells are
 * log-linear in the distance to the nearer end of (0, 1): 64 to each halving of it, so that a line inside one errs by less
 * than 1e-4 of the value far into the tails, and the cells that most draws fall in stay within the processor's first
 * cache. Where a line would err by more, and past the last halving, the quantile is evaluated exactly from fresh bits, so
 * that tails are true however heavy. A mixture draws its part first. It holds no state: the randomness is the stream's.
 */
import type { Dist } from '../../design/dist.ts';
import { exp, normalQuantile } from './mathematics.ts';
import { meanOf, quantileAt, sigmaOf, type Simple } from './quantile.ts';
import type { Streams } from './streams.ts';

/** Cells to a halving. */
const CELL_BITS = 6;
const CELLS = 1 << CELL_BITS;
/** Halvings that are tabulated: draws nearer to an end, 2 in 32768, are exact, and share cells that say so. */
const HALVINGS = 14;
/** Room for one end's cells, from there to the middle: each begins where the one before ends, and the last one ends too. */
const SIDE_BITS = 10;
const SIDE = 1 << SIDE_BITS;
const MIDDLE = (HALVINGS + 1) * CELLS;
/** A draw's upper bit says which end is nearer, the others how near: distance = (near + 1/2) / 2^32. */
const NEAR_BITS = 31;
/** What is nearer than this is past the last halving. */
const LEAST = 1 << (NEAR_BITS - 1 - HALVINGS);
const TWO_32 = 4294967296;
const TOLERANCE = 1e-4;

interface Leaf {
  readonly weight: number;
  readonly dist: Simple;
}

export class Sampler {
  /** The distribution's exact mean, microseconds. */
  readonly mean: number;
  readonly #leaves: readonly Leaf[];
  readonly #single: boolean;
  /** Which leaf: the first whose entry is above a draw from (0, 1). */
  readonly #cumulative: Float64Array<ArrayBuffer>;
  /**
   * Quantiles at the edges: leaf by leaf, lower end then upper end. One with a minus sign begins a cell that is evaluated
   * exactly, so that a draw asks no second table.
   */
  readonly #edges: Float64Array<ArrayBuffer>;

  constructor(dist: Dist) {
    this.mean = meanOf(dist);
    this.#leaves = leavesOf(dist, 1);
    this.#single = this.#leaves.length === 1;
    const size = 2 * SIDE;
    this.#cumulative = new Float64Array(this.#leaves.length);
    this.#edges = new Float64Array(this.#leaves.length * size);
    const total = this.#leaves.reduce((sum, { weight }) => sum + weight, 0);
    let sum = 0;
    this.#leaves.forEach(({ weight, dist: leaf }, i) => {
      sum += weight;
      this.#cumulative[i] = sum / total;
      tabulate(leaf, this.#edges.subarray(i * size, (i + 1) * size));
    });
  }

  /** One draw, real microseconds, >= 0. */
  sample(streams: Streams, stream: number): number {
    const leaf = this.#single ? 0 : this.#pick(streams.unit(stream));
    const bits = streams.i32(stream);
    const at = (leaf << (SIDE_BITS + 1)) + cellOf(bits);
    const low = this.#edges[at]!;
    if (low < 0) return this.#evaluate(leaf, bits, streams.u32(stream));
    return low + (Math.abs(this.#edges[at + 1]!) - low) * placeInCell(bits);
  }

  /** Adds a draw to each of the first `count` numbers of `to`; `bits` has room for twice as many. */
  add(streams: Streams, stream: number, bits: Int32Array, to: Float64Array, count: number): void {
    // Of a mixture each draw picks its part by itself.
    if (!this.#single) {
      for (let i = 0; i < count; i++) to[i]! += this.sample(streams, stream);
      return;
    }
    streams.fill(stream, bits, 0, count);
    const edges = this.#edges;
    // Those that are to be evaluated are put off: a loop that calls nobody keeps what it knows of its arrays.
    let rare = 0;
    for (let i = 0; i < count; i++) {
      const drawn = bits[i]!;
      const at = cellOf(drawn);
      const low = edges[at]!;
      if (low < 0) bits[count + rare++] = i;
      else to[i]! += low + (Math.abs(edges[at + 1]!) - low) * placeInCell(drawn);
    }
    for (let j = count; j < count + rare; j++) {
      const i = bits[j]!;
      to[i]! += this.#evaluate(0, bits[i]!, streams.u32(stream));
    }
  }

  #pick(drawn: number): number {
    const cumulative = this.#cumulative;
    const last = cumulative.length - 1;
    let leaf = 0;
    while (leaf < last && cumulative[leaf]! <= drawn) leaf++;
    return leaf;
  }

  /** The quantile at the distance that `bits` and 32 fresh ones behind them say. */
  #evaluate(leaf: number, bits: number, fresh: number): number {
    const { dist } = this.#leaves[leaf]!;
    const near = bits ^ (bits >> NEAR_BITS);
    const beyond = bits < 0 ? ~fresh >>> 0 : fresh;
    const distance = (near + (beyond + 0.5) / TWO_32) / TWO_32;
    return bits < 0 ? quantileAt(dist, 1 - distance, distance) : quantileAt(dist, distance, 1 - distance);
  }
}

/** How far a draw is from the nearer end. */
const nearOf = (bits: number): number => bits ^ (bits >> NEAR_BITS);
const halvingOf = (near: number): number => Math.clz32(near | LEAST) - 1;
/** What follows its leading bit, then nothing. */
const insideOf = (near: number): number => near << (halvingOf(near) + 2);

/** The cell that a draw falls in: an end, a halving, and the bits that follow the leading one. */
const cellOf = (bits: number): number => {
  const near = nearOf(bits);
  const halving = (HALVINGS - halvingOf(near)) << CELL_BITS;
  return ((bits >>> NEAR_BITS) << SIDE_BITS) | halving | (insideOf(near) >>> (32 - CELL_BITS));
};

/** How far into its cell, from 0 to 1. */
const placeInCell = (bits: number): number => ((insideOf(nearOf(bits)) << CELL_BITS) >>> 0) / TWO_32;

/** Distributions whose tables are kept, at the most: some megabytes. */
const KNOWN_LIMIT = 256;
const known = new Map<string, Sampler>();

/** The sampler of a distribution. Equal ones share one, from run to run too: nothing ever changes it. */
export const samplerOf = (dist: Dist): Sampler => {
  // Keys in another order would cost a second table, and change no draw.
  const key = JSON.stringify(dist);
  let sampler = known.get(key);
  if (sampler === undefined) {
    if (known.size === KNOWN_LIMIT) known.clear();
    sampler = new Sampler(dist);
    known.set(key, sampler);
  }
  return sampler;
};

function leavesOf(dist: Dist, weight: number): Leaf[] {
  if (dist.kind !== 'mixture') return [{ weight, dist }];
  const parts = dist.parts.filter((part) => part.weight > 0);
  const total = parts.reduce((sum, part) => sum + part.weight, 0);
  return parts.flatMap((part) => leavesOf(part.dist, (weight * part.weight) / total));
}

/** The standard normal's quantiles at the edges of the upper end, once they were needed: every lognormal's are made of them. */
const NORMAL = new Float64Array(MIDDLE + 1);

function tabulate(dist: Simple, edges: Float64Array<ArrayBuffer>): void {
  const sigma = dist.kind === 'lognormal' ? sigmaOf(dist.median, dist.p99) : 0;
  for (let side = 0; side < 2; side++) {
    const quantile = (distance: number, place: number): number => {
      if (dist.kind !== 'lognormal')
        return side === 0
          ? quantileAt(dist, distance, 1 - distance)
          : quantileAt(dist, 1 - distance, distance);
      const size = (NORMAL[place] ||= normalQuantile(1 - distance, distance));
      return dist.median * exp(sigma * (side === 0 ? -size : size));
    };
    const end = side * SIDE;
    edges.fill(-1, end, end + CELLS);
    const exact: number[] = [];
    let from = 0.25; // the first halving's distances are from 1/4 to 1/2
    for (let first = end + MIDDLE - CELLS; first > end; first -= CELLS, from /= 2)
      for (let i = 0; i <= CELLS; i++) edges[first + i] = quantile(from * (1 + i / CELLS), first + i - end);
    for (let first = end + CELLS; first < end + MIDDLE; first += CELLS) {
      from *= 2;
      for (let cell = 0; cell < CELLS; cell++) {
        const span = from / CELLS;
        const near = from + cell * span;
        if (
          bends(edges, first, cell) ||
          (side === 0 ? hasPoint(dist, near, near + span) : hasPoint(dist, 1 - near - span, 1 - near))
        )
          exact.push(first + cell);
      }
    }
    // Only now: what bends is told from edges without signs. For a zero, which has none, stands the smallest number;
    // from zero to zero a line is exact.
    for (const at of exact)
      if (edges[at] !== 0 || edges[at + 1] !== 0) edges[at] = -Math.max(edges[at]!, Number.MIN_VALUE);
  }
}

/**
 * Whether a straight line through a cell misses a smooth quantile function by more than the tolerance: it misses by an
 * eighth of the second difference at most, taken at the end where that is larger.
 */
function bends(edges: Float64Array<ArrayBuffer>, first: number, cell: number): boolean {
  const bend = Math.max(secondDifference(edges, first, cell), secondDifference(edges, first, cell + 1));
  return bend / 8 > TOLERANCE * Math.min(edges[first + cell]!, edges[first + cell + 1]!);
}

/** At the ends of a halving, where the neighbouring cells have another width, that of the next edge inside. */
function secondDifference(edges: Float64Array<ArrayBuffer>, first: number, i: number): number {
  const at = first + Math.min(Math.max(i, 1), CELLS - 1);
  return Math.abs(edges[at + 1]! - 2 * edges[at]! + edges[at - 1]!);
}

/** Whether the quantile function has a corner between two probabilities. */
function hasPoint(dist: Dist, from: number, to: number): boolean {
  return dist.kind === 'quantiles' && dist.points.some(({ p }) => p / 100 >= from && p / 100 <= to);
}
