/**
 * What an array became by a stack of changes: the newest come first, and what they say of an int is all that is looked at
 * of it. Deep in a run most of what a layer holds was overwritten by a later one: that is skipped, page by page.
 */
import { bitsIn } from './bits.ts';
import { lowestBit, PAGE, PAGE_BITS, type Changes } from './changes.ts';
import { grown } from './grown.ts';

export class Unstacker {
  /** By page: a bit for each of its ints that is as it became. */
  #settled: Int32Array<ArrayBuffer> = new Int32Array(1);
  /** Ints that are not. */
  #open = 0;

  /** Makes changes happen to the first `length` ints of an array of zeros. `stack`: the oldest first. */
  apply(stack: readonly Changes[], to: Int32Array, length: number): void {
    this.#begin(length);
    this.#layAll(stack, to, length);
  }

  /**
   * Makes of an array's first `length` ints what `apply` makes of zeros, where they are already what the changes of `below`
   * make of them, but for those whose bits are set in `others`, by page. `above`: the changes over these. For what lies
   * below only the others are looked at.
   */
  move(
    below: readonly Changes[],
    above: readonly Changes[],
    others: Int32Array,
    to: Int32Array,
    length: number,
  ): void {
    this.#begin(length);
    this.#layAll(above, to, length);
    this.#leave(others, length);
    this.#layAll(below, to, length);
    this.#clear(to, length);
  }

  #begin(length: number): void {
    const pages = pagesIn(length);
    this.#settled = grown(this.#settled, pages).fill(0, 0, pages);
    this.#open = length;
  }

  #layAll(stack: readonly Changes[], to: Int32Array, length: number): void {
    for (let top = stack.length - 1; top >= 0 && this.#open > 0; top--) {
      // What stayed as it was is one and the same thing in many layers.
      if (stack[top] !== stack[top + 1]) this.#lay(stack[top]!, to, length);
    }
  }

  /** Of one layer, what no newer one has settled. What it says of ints beyond the length is left out: they are zero again. */
  #lay({ pages, masks, ints }: Changes, to: Int32Array, length: number): void {
    const settled = this.#settled;
    for (let row = 0, next = 0; row < pages.length; row++) {
      const page = pages[row]!;
      const start = page << PAGE_BITS;
      if (start >= length) return;
      const mask = masks[row]!;
      const fresh = mask & ~settled[page]! & firstBits(length - start);
      if (fresh === 0) {
        next += bitsIn(mask);
        continue;
      }
      settled[page]! |= fresh;
      this.#open -= bitsIn(fresh);
      for (let rest = mask; rest !== 0; rest &= rest - 1, next++)
        if ((fresh & (rest & -rest)) !== 0) to[start + lowestBit(rest)] = ints[next]!;
    }
  }

  /** Settles as they are all but the others. */
  #leave(others: Int32Array, length: number): void {
    const settled = this.#settled;
    this.#open = 0;
    for (let page = 0; page < pagesIn(length); page++) {
      settled[page]! |= ~(others[page]! & firstBits(length - (page << PAGE_BITS)));
      this.#open += bitsIn(~settled[page]!);
    }
  }

  /** What no layer settled was zero from the beginning. */
  #clear(to: Int32Array, length: number): void {
    if (this.#open === 0) return;
    const settled = this.#settled;
    for (let page = 0; page < pagesIn(length); page++)
      for (let rest = ~settled[page]!; rest !== 0; rest &= rest - 1)
        to[(page << PAGE_BITS) + lowestBit(rest)] = 0;
  }
}

const pagesIn = (length: number) => Math.ceil(length / PAGE);

/** The lowest bits of a page's mask, as many as there are ints. */
const firstBits = (ints: number) => (ints >= PAGE ? -1 : (1 << ints) - 1);
