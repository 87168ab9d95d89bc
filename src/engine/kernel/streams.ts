/**
 * Independent streams of random numbers, one a concern, so that a change in one (a timeout, a fault) does not change
 * what another draws. Each is an sfc32 generator (Chris Doty-Humphrey's PractRand; 128 bits of state), seeded from the run's seed
 * and the stream's index alone. It never reads a clock and never uses the platform's generator.
 */
import { fmix32 } from '../../design/placement.ts';
import type { Archive, Persistent } from './archive.ts';

const TWO_32 = 4294967296;
/** Below this a product with 32 random bits is exact in a double. */
const EXACT_PRODUCT = 1 << 21;
const WARM_UP = 15;

/** The real number in (0, 1) that 32 random bits stand for. */
export const unitOf = (bits: number): number => ((bits >>> 0) + 0.5) / TWO_32;

export class Streams implements Persistent {
  /** Four ints a stream: a, b, c, counter. */
  #state: Int32Array<ArrayBuffer>;

  constructor(seed: number, count: number) {
    this.#state = new Int32Array(count * 4);
    for (let stream = 0; stream < count; stream++) {
      let x = fmix32(fmix32(seed) ^ Math.imul(stream + 1, 0x9e3779b9));
      for (let i = 0; i < 3; i++) {
        x = (x + 0x9e3779b9) >>> 0;
        // Twice, and with the seed again, so that two streams which meet in one x still part.
        this.#state[stream * 4 + i] = fmix32(fmix32(x ^ stream) + seed);
      }
      this.#state[stream * 4 + 3] = 1;
      for (let i = 0; i < WARM_UP; i++) this.u32(stream);
    }
  }

  /** An integer, 0 <= x < 2^32. */
  u32(stream: number): number {
    return this.i32(stream) >>> 0;
  }

  /** 32 random bits as a signed integer: unlike u32, one that never needs a place on the heap. */
  i32(stream: number): number {
    const state = this.#state;
    const at = stream << 2;
    const b = state[at + 1]!;
    const c = state[at + 2]!;
    const counter = state[at + 3]!;
    const drawn = (state[at]! + b + counter) | 0;
    state[at] = b ^ (b >>> 9);
    state[at + 1] = (c + (c << 3)) | 0;
    state[at + 2] = (((c << 21) | (c >>> 11)) + drawn) | 0;
    state[at + 3] = (counter + 1) | 0;
    return drawn;
  }

  /** The next `count` draws of i32, into `into` from place `first` on. */
  fill(stream: number, into: Int32Array, first: number, count: number): void {
    const state = this.#state;
    const at = stream << 2;
    let a = state[at]!;
    let b = state[at + 1]!;
    let c = state[at + 2]!;
    let counter = state[at + 3]!;
    for (let i = first; i < first + count; i++) {
      const drawn = (a + b + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + drawn) | 0;
      into[i] = drawn;
    }
    state[at] = a;
    state[at + 1] = b;
    state[at + 2] = c;
    state[at + 3] = counter;
  }

  /**
   * A real number in the open interval (0, 1): one of the 2^32 midpoints (x + 1/2) / 2^32, so never 0 and never 1. Where the
   * far tail matters, draw again inside the cell (as the sampler does).
   */
  unit(stream: number): number {
    return unitOf(this.i32(stream));
  }

  /** An integer in [0, n), 1 <= n <= 2^32, each exactly as likely. */
  below(stream: number, n: number): number {
    if (n <= EXACT_PRODUCT) {
      // Lemire, "Fast random integer generation in an interval" (2019): the high word of x n, unless the low word
      // falls in the part that does not divide evenly.
      let product = (this.i32(stream) >>> 0) * n;
      if (product >>> 0 < n) {
        const uneven = TWO_32 % n;
        while (product >>> 0 < uneven) product = this.u32(stream) * n;
      }
      return Math.floor(product / TWO_32);
    }
    const share = Math.floor(TWO_32 / n);
    for (;;) {
      const drawn = Math.floor(this.u32(stream) / share);
      if (drawn < n) return drawn;
    }
  }

  persist(archive: Archive): void {
    this.#state = archive.ints('state', this.#state, this.#state.length);
  }
}
