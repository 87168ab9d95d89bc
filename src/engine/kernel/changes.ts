/**
 * What changed in an array of ints since it was looked at last. A run changes a few ints in every corner, so an array is
 * compared page by page, and of a page that changed only those ints are kept that did: a fifth of what their pages hold.
 * It knows nothing of what the ints mean.
 */
import { bitsIn } from './bits.ts';
import { grown } from './grown.ts';

/** Ints in a page: as many as a mask has bits. */
export const PAGE_BITS = 5;
export const PAGE = 1 << PAGE_BITS;

/** A mask for each of an array's pages, and for the one that it ends in. */
export const pagesOf = ({ length }: Int32Array): number => (length >>> PAGE_BITS) + 1;

export interface Changes {
  /** The numbers of the pages that changed, ascending. */
  readonly pages: Int32Array<ArrayBuffer>;
  /** By page that changed: a bit for each of its ints that did, the lowest for the first. */
  readonly masks: Int32Array<ArrayBuffer>;
  /** What these ints became, in order. */
  readonly ints: Int32Array<ArrayBuffer>;
}

/** Pages that changed, as they are found: room that is used again and again, since new room has to be cleared each time. */
class Found {
  #pages = new Int32Array(PAGE);
  #masks = new Int32Array(PAGE);
  #count = 0;

  /** There are `pages` at the most. */
  begin(pages: number): void {
    this.#count = 0;
    if (pages <= this.#pages.length) return;
    this.#pages = new Int32Array(2 * pages);
    this.#masks = new Int32Array(2 * pages);
  }

  add(page: number, mask: number): void {
    this.#pages[this.#count] = page;
    this.#masks[this.#count++] = mask;
  }

  /** What was found, with room for so many ints. */
  room(ints: number): Changes {
    return {
      pages: this.#pages.slice(0, this.#count),
      masks: this.#masks.slice(0, this.#count),
      ints: new Int32Array(ints),
    };
  }
}

const changed = new Found();

/** An array as it was when it was looked at last; at first empty, and zero beyond its end. */
export class Image {
  #ints: Int32Array<ArrayBuffer> = new Int32Array(PAGE);
  #length = 0;

  /** What is other than it was in the first `length` ints of `array`. Beyond them, all counts as zero. */
  differences(array: Int32Array, length: number): Changes {
    const pages = Math.ceil(Math.max(length, this.#length) / PAGE);
    this.#length = length;
    // As large as the array at once: it would follow it, size by size.
    if (pages * PAGE > this.#ints.length)
      this.#ints = grown(this.#ints, Math.max(array.length, pages * PAGE));
    const image = this.#ints;
    changed.begin(pages);
    let changedInts = 0;
    for (let page = 0; page < pages; page++) {
      const start = page * PAGE;
      if (start + PAGE <= length && samePage(array, image, start)) continue;
      const mask = maskOf(array, image, start, length);
      if (mask === 0) continue;
      changed.add(page, mask);
      changedInts += bitsIn(mask);
    }
    const changes = changed.room(changedInts);
    for (let row = 0, next = 0; row < changes.pages.length; row++) {
      const start = changes.pages[row]! * PAGE;
      for (let rest = changes.masks[row]!; rest !== 0; rest &= rest - 1) {
        const at = start + lowestBit(rest);
        image[at] = changes.ints[next++] = at < length ? array[at]! : 0;
      }
    }
    return changes;
  }

  /** From now on the array is known as it is after some changes, with `length` ints. */
  take(changes: Changes, length: number): void {
    const last = changes.pages.at(-1);
    if (last !== undefined) this.#ints = grown(this.#ints, (last + 1) * PAGE);
    this.#length = length;
    apply(changes, this.#ints);
  }
}

/**
 * What some of an array's first `length` ints became: those whose bits are set in `masks`, by page. It may be what they were
 * before. Beyond `length`, no bit is set.
 */
export function changesOf(array: Int32Array, length: number, masks: Int32Array): Changes {
  const pageCount = Math.ceil(length / PAGE);
  changed.begin(pageCount);
  let changedInts = 0;
  for (let page = 0; page < pageCount; page++) {
    const mask = masks[page]!;
    if (mask === 0) continue;
    changed.add(page, mask);
    changedInts += bitsIn(mask);
  }
  const changes = changed.room(changedInts);
  const { pages } = changes;
  for (let row = 0, next = 0; row < pages.length; row++) {
    const start = pages[row]! << PAGE_BITS;
    for (let rest = changes.masks[row]!; rest !== 0; rest &= rest - 1)
      changes.ints[next++] = array[start + lowestBit(rest)]!;
  }
  return changes;
}

/** Makes changes happen to an array in which all of their pages have room. */
function apply({ pages, masks, ints }: Changes, to: Int32Array): void {
  for (let row = 0, next = 0; row < pages.length; row++) {
    const start = pages[row]! * PAGE;
    for (let rest = masks[row]!; rest !== 0; rest &= rest - 1) to[start + lowestBit(rest)] = ints[next++]!;
  }
}

/** Changes of so many pages and ints, to be filled in. */
export const room = (pages: number, ints: number): Changes => ({
  pages: new Int32Array(pages),
  masks: new Int32Array(pages),
  ints: new Int32Array(ints),
});

/** Which of a page's ints are other than in the image, as bits: without a branch, since any of them may be. */
function maskOf(array: Int32Array, image: Int32Array, start: number, length: number): number {
  let mask = 0;
  const own = Math.min(PAGE, length - start);
  for (let i = 0; i < own; i++) {
    const difference = array[start + i]! ^ image[start + i]!;
    // Of any int but zero, it or its negative has the highest bit.
    mask |= ((difference | (0 - difference)) >>> 31) << i;
  }
  for (let i = Math.max(0, own); i < PAGE; i++) if (image[start + i] !== 0) mask |= 1 << i;
  // A real number is two ints, and all of it stands in one layer: whoever looks for it looks no further.
  return own === 2 && mask !== 0 ? mask | 3 : mask;
}

/** Whether a whole page is as in the image. Eight ints a turn, without a branch between them. */
function samePage(array: Int32Array, image: Int32Array, start: number): boolean {
  for (let i = start; i < start + PAGE; i += 8) {
    const difference =
      (array[i]! ^ image[i]!) |
      (array[i + 1]! ^ image[i + 1]!) |
      (array[i + 2]! ^ image[i + 2]!) |
      (array[i + 3]! ^ image[i + 3]!) |
      (array[i + 4]! ^ image[i + 4]!) |
      (array[i + 5]! ^ image[i + 5]!) |
      (array[i + 6]! ^ image[i + 6]!) |
      (array[i + 7]! ^ image[i + 7]!);
    if (difference !== 0) return false;
  }
  return true;
}

/** The place of the lowest bit that is set. */
export const lowestBit = (mask: number) => 31 - Math.clz32(mask & -mask);
