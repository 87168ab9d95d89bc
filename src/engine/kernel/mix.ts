/**
 * Two lanes of 32 bits into which ints are multiplied and xored: the hashes of checkpoints. Every step is a
 * bijection of the lane for a given int and of the int for a given lane, so a change of any single int always
 * shows. Fast, and not cryptographic.
 */
import { fmix32 } from '../../design/placement.ts';

const scratch = new Float64Array(1);
const scratchInts = new Int32Array(scratch.buffer);

/** A running hash of names and numbers, for the few values that are not pages. */
export class Mix {
  #high = 0x243f6a88;
  #low = 0x85a308d3 | 0;

  int(value: number): this {
    this.#high = fmix32(Math.imul(this.#high, 0x9e3779b1) ^ value);
    this.#low = fmix32(Math.imul(this.#low, 0x85ebca77) + value);
    return this;
  }

  double(value: number): this {
    scratch[0] = value;
    return this.int(scratchInts[0]!).int(scratchInts[1]!);
  }

  ints(values: Int32Array): this {
    this.int(values.length);
    for (const value of values) this.int(value);
    return this;
  }

  text(value: string): this {
    this.int(value.length);
    for (let i = 0; i < value.length; i++) this.int(value.charCodeAt(i));
    return this;
  }

  hex(): string {
    return hex32(this.#high) + hex32(this.#low);
  }
}

/** Eight hexadecimal digits. */
export function hex32(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}

/**
 * The hash of `length` ints from `start` on, written to `out[at]` and `out[at + 1]`. Four chains take every fourth int
 * each, so that the processor works on them side by side; both results take in all four, in opposite order.
 */
export function hashOfInts(
  ints: Int32Array,
  start: number,
  length: number,
  out: Int32Array,
  at: number,
): void {
  let a = 0x13198a2e ^ length;
  let b = 0x03707344;
  let c = 0xa4093822 | 0;
  let d = 0x299f31d0;
  const end = start + length;
  const whole = start + (length & ~3);
  for (let i = start; i < whole; i += 4) {
    a = Math.imul(a ^ ints[i]!, 0x9e3779b1);
    b = Math.imul(b ^ ints[i + 1]!, 0x85ebca77);
    c = Math.imul(c ^ ints[i + 2]!, 0xc2b2ae3d);
    d = Math.imul(d ^ ints[i + 3]!, 0x27d4eb2f);
    a ^= a >>> 15;
    b ^= b >>> 15;
    c ^= c >>> 15;
    d ^= d >>> 15;
  }
  for (let i = whole; i < end; i++) {
    a = Math.imul(a ^ ints[i]!, 0x9e3779b1);
    a ^= a >>> 15;
  }
  out[at] = fold(fold(fold(a, b), c), d);
  out[at + 1] = fold(fold(fold(d, c), b), a);
}

const fold = (hash: number, value: number) => fmix32(Math.imul(hash, 5) ^ value) | 0;
