/**
 * What an array became by a stack of changes: the newest come first, and what they say of an int is all that is looked at
 * of it. Deep in a run most of what a layer holds was overwritten by a later one: that is skipped, page by page.
 */
import { bitsIn } from './bits.ts';
import { lowestBit, PAGE_BITS, pagesOf, type Changes } from './changes.ts';
import { grown } from './grown.ts';

export class Unstacker {
  /** By page: a bit for each of its ints that is as it became. */
  #settled: Int32Array<ArrayBuffer> = new Int32Array(1);

  /**
   * Makes changes happen to an array of zeros. `stack`: the oldest first; what it says of ints beyond the array's end is
   * left out, since those were made zero again.
   */
  apply(stack: readonly Changes[], to: Int32Array): void {
    const pages = pagesOf(to);
    this.#settled = grown(this.#settled, pages).fill(0, 0, pages);
    for (let top = stack.length - 1; top >= 0; top--) this.#lay(stack[top]!, to);
  }

  /** Of one layer, what no newer one has settled. */
  #lay({ pages, masks, ints }: Changes, to: Int32Array): void {
    const settled = this.#settled;
    const end = to.length;
    for (let row = 0, next = 0; row < pages.length; row++) {
      const page = pages[row]!;
      const start = page << PAGE_BITS;
      if (start >= end) return;
      const mask = masks[row]!;
      const before = settled[page]!;
      if ((mask & ~before) === 0) {
        next += bitsIn(mask);
        continue;
      }
      for (let rest = mask; rest !== 0; rest &= rest - 1, next++) {
        const at = start + lowestBit(rest);
        if ((before & (rest & -rest)) === 0 && at < end) to[at] = ints[next]!;
      }
      settled[page] = before | mask;
    }
  }
}
