/**
 * Saves a small world and brings it back, thousands of times a second, through the same `persist` as checkpoints. It
 * keeps everything in two arrays, hashes nothing and shares nothing: what it holds never leaves the process.
 */
import type { Archive, Persistent, Written } from '../kernel/archive.ts';
import { powerOfTwoFrom } from '../kernel/grown.ts';

/** Parts of a world, always in the same order. */
export class Snapshot implements Archive {
  restoring = false;
  #ints: Int32Array<ArrayBuffer> = new Int32Array(2048);
  #numbers: Float64Array<ArrayBuffer> = new Float64Array(128);
  #intsAt = 0;
  #numbersAt = 0;
  #fresh = false;

  save(parts: readonly Persistent[]): void {
    this.#visit(parts, false);
  }

  restore(parts: readonly Persistent[]): void {
    this.#visit(parts, true);
  }

  /** Restores into new arrays that are no larger than they must be: from then on little has to be copied. */
  restoreFresh(parts: readonly Persistent[]): void {
    this.#fresh = true;
    this.#visit(parts, true);
    this.#fresh = false;
  }

  ints(
    _name: string,
    array: Int32Array<ArrayBuffer>,
    used: number,
    written?: Written,
  ): Int32Array<ArrayBuffer> {
    if (!this.restoring) {
      if (this.#intsAt + used + 1 > this.#ints.length) {
        const larger = new Int32Array((this.#ints.length + used) * 2);
        larger.set(this.#ints);
        this.#ints = larger;
      }
      this.#ints[this.#intsAt++] = used;
      for (let i = 0; i < used; i++) this.#ints[this.#intsAt++] = array[i]!;
      return array;
    }
    const length = this.#ints[this.#intsAt++]!;
    if (written !== undefined) written.extent = length;
    const fits = array.length >= length && !this.#fresh;
    const into = fits ? array : new Int32Array(powerOfTwoFrom(length));
    for (let i = 0; i < length; i++) into[i] = this.#ints[this.#intsAt++]!;
    into.fill(0, length);
    return into;
  }

  floats(_name: string, array: Float64Array<ArrayBuffer>, used: number): Float64Array<ArrayBuffer> {
    if (!this.restoring) {
      this.#note(used);
      for (let i = 0; i < used; i++) this.#note(array[i]!);
      return array;
    }
    const length = this.#numbers[this.#numbersAt++]!;
    const fits = array.length >= length && !this.#fresh;
    const into = fits ? array : new Float64Array(powerOfTwoFrom(length));
    for (let i = 0; i < length; i++) into[i] = this.#numbers[this.#numbersAt++]!;
    into.fill(0, length);
    return into;
  }

  number(_name: string, value: number): number {
    if (this.restoring) return this.#numbers[this.#numbersAt++]!;
    this.#note(value);
    return value;
  }

  #visit(parts: readonly Persistent[], restoring: boolean): void {
    this.restoring = restoring;
    this.#intsAt = 0;
    this.#numbersAt = 0;
    for (const part of parts) part.persist(this);
  }

  #note(value: number): void {
    if (this.#numbersAt === this.#numbers.length) {
      const larger = new Float64Array(this.#numbers.length * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#numbersAt++] = value;
  }
}
