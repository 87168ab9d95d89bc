/**
 * Draws from a distribution in a few nanoseconds: its quantile function is tabulated at 2048 equal cells of
 * probability, and a draw interpolates inside one. Where that would err by more than 1e-4 of the value, and always in the
 * last 1/128 of an unbounded tail, the quantile is evaluated exactly from fresh bits instead, so that tails are true
 * however heavy. A mixture draws its part first. It holds no state: the randomness is the stream's.
 */
import type { Dist } from '../../design/dist.ts';
import { meanOf, quantileAt } from './quantile.ts';
import type { Streams } from './streams.ts';

export { quantileOf } from './quantile.ts';

const CELLS = 2048; // the upper 11 bits of a draw
const INSIDE = 1 << 21; // the lower 21 bits
const TWO_32 = 4294967296;
const TOLERANCE = 1e-4;
const TAIL_CELLS = CELLS / 128;
/** In place of a value: this cell is evaluated exactly. */
const EXACT = -1;

interface Leaf {
  readonly weight: number;
  readonly dist: Dist;
}

export class Sampler {
  /** The distribution's exact mean, microseconds. */
  readonly mean: number;
  readonly #leaves: readonly Leaf[];
  readonly #mixed: boolean;
  /** Which leaf: the first whose entry is above a draw from (0, 1). */
  readonly #cumulative: Float64Array<ArrayBuffer>;
  /** A cell's lowest value and its rise per step of the lower bits; cell by cell, leaf by leaf. */
  readonly #table: Float64Array<ArrayBuffer>;

  constructor(dist: Dist) {
    this.mean = meanOf(dist);
    this.#leaves = leavesOf(dist, 1);
    this.#mixed = this.#leaves.length > 1;
    this.#cumulative = new Float64Array(this.#leaves.length);
    this.#table = new Float64Array(this.#leaves.length * CELLS * 2);
    const total = this.#leaves.reduce((sum, { weight }) => sum + weight, 0);
    let sum = 0;
    this.#leaves.forEach(({ weight, dist: leaf }, i) => {
      sum += weight;
      this.#cumulative[i] = sum / total;
      tabulate(leaf, this.#table.subarray(i * CELLS * 2, (i + 1) * CELLS * 2));
    });
  }

  /** One draw, real microseconds, >= 0. */
  sample(streams: Streams, stream: number): number {
    const leaf = this.#mixed ? this.#pick(streams.unit(stream)) : 0;
    const bits = streams.u32(stream);
    const table = this.#table;
    const at = (leaf << 12) | ((bits >>> 21) << 1);
    const value = table[at]!;
    if (value < 0) return this.#exact(leaf, bits, streams, stream);
    return value + table[at + 1]! * (bits & (INSIDE - 1));
  }

  #pick(drawn: number): number {
    const cumulative = this.#cumulative;
    const last = cumulative.length - 1;
    let leaf = 0;
    while (leaf < last && cumulative[leaf]! <= drawn) leaf++;
    return leaf;
  }

  /**
   * The cell is known; its 21 bits and 32 fresh ones say where in it. The distances to both of its ends are worked
   * out, for near an end of (0, 1) only the smaller one has any digits.
   */
  #exact(leaf: number, bits: number, streams: Streams, stream: number): number {
    const cell = bits >>> 21;
    const inside = bits & (INSIDE - 1);
    const fresh = streams.u32(stream);
    const toLow = (inside + (fresh + 0.5) / TWO_32) / INSIDE;
    const toHigh = (INSIDE - 1 - inside + (TWO_32 - 1 - fresh + 0.5) / TWO_32) / INSIDE;
    const { dist } = this.#leaves[leaf]!;
    return quantileAt(dist, (cell + toLow) / CELLS, (CELLS - 1 - cell + toHigh) / CELLS);
  }
}

/** Samplers by content: equal distributions share one table. */
export class Samplers {
  readonly #known = new Map<string, Sampler>();

  of(dist: Dist): Sampler {
    // Keys in another order would cost a second table, and change no draw.
    const key = JSON.stringify(dist);
    let sampler = this.#known.get(key);
    if (sampler === undefined) {
      sampler = new Sampler(dist);
      this.#known.set(key, sampler);
    }
    return sampler;
  }
}

function leavesOf(dist: Dist, weight: number): Leaf[] {
  if (dist.kind !== 'mixture') return [{ weight, dist }];
  const parts = dist.parts.filter((part) => part.weight > 0);
  const total = parts.reduce((sum, part) => sum + part.weight, 0);
  return parts.flatMap((part) => leavesOf(part.dist, (weight * part.weight) / total));
}

function tabulate(dist: Dist, table: Float64Array<ArrayBuffer>): void {
  const ends = Float64Array.from({ length: CELLS + 1 }, (_, i) => endOf(dist, i));
  const unbounded = dist.kind === 'exp' || dist.kind === 'lognormal' || dist.kind === 'pareto';
  for (let cell = 0; cell < CELLS; cell++) {
    const low = ends[cell]!;
    const rise = (ends[cell + 1]! - low) / INSIDE;
    const outermost = unbounded && (cell === 0 || cell >= CELLS - TAIL_CELLS);
    const exact = outermost || bends(ends, cell) || hasPoint(dist, cell);
    // A draw stands for the middle of its step.
    table[2 * cell] = exact ? EXACT : low + rise / 2;
    table[2 * cell + 1] = exact ? 0 : rise;
  }
}

/** The quantile at the lower end of a cell; the outermost ends stand for what is just inside of them. */
function endOf(dist: Dist, cell: number): number {
  const margin = 1e-18;
  return quantileAt(dist, Math.max(margin, cell / CELLS), Math.max(margin, (CELLS - cell) / CELLS));
}

/**
 * Whether a straight line through a cell misses a smooth quantile function by more than the tolerance: it misses by an
 * eighth of the second difference at most, taken at the end where that is larger.
 */
function bends(ends: Float64Array<ArrayBuffer>, cell: number): boolean {
  const bend = Math.max(secondDifference(ends, cell), secondDifference(ends, cell + 1));
  return bend / 8 > TOLERANCE * ends[cell]!;
}

function secondDifference(ends: Float64Array<ArrayBuffer>, i: number): number {
  return i === 0 || i === CELLS ? 0 : Math.abs(ends[i + 1]! - 2 * ends[i]! + ends[i - 1]!);
}

/** Whether the quantile function has a corner inside the cell. */
function hasPoint(dist: Dist, cell: number): boolean {
  if (dist.kind !== 'quantiles') return false;
  return dist.points.some(({ p }) => (p / 100) * CELLS > cell && (p / 100) * CELLS < cell + 1);
}
