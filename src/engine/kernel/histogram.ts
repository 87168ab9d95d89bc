/**
 * A histogram of microseconds: exact below 256, then 128 buckets an octave, so that no reading is off by more than
 * 1 % (a bucket's midpoint is within 0.4 % of all it holds). Mergeable, and data only: it can be saved and compared.
 * It never forgets the exact count, sum and maximum.
 */
import type { Archive, Persistent } from './archive.ts';

/** Up to 2^31 - 1: 24 octaves of 128 above the first 128. */
const BUCKETS = 128 * 25;

export class Histogram implements Persistent {
  #count = 0;
  #sum = 0;
  #max = 0;
  #buckets: Int32Array<ArrayBuffer>;

  constructor() {
    this.#buckets = new Int32Array(BUCKETS);
  }

  get count(): number {
    return this.#count;
  }

  /** Exact, microseconds. */
  get sum(): number {
    return this.#sum;
  }

  /** Exact, microseconds; 0 when empty. */
  get max(): number {
    return this.#max;
  }

  /** Exact, microseconds; NaN when empty. */
  get mean(): number {
    return this.#sum / this.#count;
  }

  /** Counts a whole number of microseconds, 0 <= value < 2^31. */
  add(value: number): void {
    this.#buckets[bucketOf(value)]!++;
    this.#count++;
    this.#sum += value;
    if (value > this.#max) this.#max = value;
  }

  /** Adds what another one holds. With `times` -1 it takes it away again; the maximum stays that of all there was. */
  merge(other: Histogram, times: 1 | -1 = 1): void {
    const mine = this.#buckets;
    const theirs = other.#buckets;
    const last = bucketOf(other.#max);
    for (let i = 0; i <= last; i++) mine[i]! += times * theirs[i]!;
    this.#count += times * other.#count;
    this.#sum += times * other.#sum;
    this.#max = Math.max(this.#max, other.#max);
  }

  /** Touches only what was used. */
  clear(): void {
    this.#buckets.fill(0, 0, bucketOf(this.#max) + 1);
    this.#count = 0;
    this.#sum = 0;
    this.#max = 0;
  }

  /**
   * The nearest-rank quantile, microseconds: the midpoint of the bucket that holds the ceil(p count)-th smallest
   * value, never above the maximum. NaN when empty.
   */
  quantile(p: number): number {
    if (this.#count === 0) return NaN;
    const buckets = this.#buckets;
    // A product such as 0.07 * 100 lands a hair above the whole number it stands for; the rank is that number.
    let left = Math.max(1, Math.ceil(p * this.#count * (1 - 2e-15)));
    const last = bucketOf(this.#max);
    let i = 0;
    for (; i < last; i++) {
      left -= buckets[i]!;
      if (left <= 0) break;
    }
    return Math.min(midpointOf(i), this.#max);
  }

  persist(archive: Archive): void {
    this.#count = archive.number('count', this.#count);
    this.#sum = archive.number('sum', this.#sum);
    this.#max = archive.number('max', this.#max);
    this.#buckets = archive.ints('buckets', this.#buckets, bucketOf(this.#max) + 1);
  }
}

/** Octaves are told by the leading zeros; inside one, the seven bits after the first choose the bucket. */
const bucketOf = (value: number): number => {
  const shift = Math.max(0, 24 - Math.clz32(value));
  return (shift << 7) + (value >>> shift);
};

const midpointOf = (bucket: number): number => {
  if (bucket < 256) return bucket;
  const shift = (bucket >> 7) - 1;
  const lowest = (bucket - (shift << 7)) * (1 << shift);
  return lowest + (((1 << shift) - 1) >> 1);
};
