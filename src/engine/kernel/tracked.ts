/**
 * Ints that know which of their pages were written to since they were saved, so that saving them looks at no others: a
 * second of traffic writes to one in twelve of the pages that it has ever touched. They are read like any array, and written
 * by `set` alone; the types see to that.
 */
import type { Archive } from './archive.ts';
import { PAGE_BITS, type Written } from './changes.ts';
import { grown } from './grown.ts';

/** An array of ints that its reader cannot write to. */
export interface ReadonlyInts {
  readonly length: number;
  readonly [place: number]: number;
}

export class TrackedInts {
  #ints: Int32Array<ArrayBuffer>;
  readonly #written: Written;

  /**
   * `room`: ints that will be needed, as far as that is known. What is never written to costs address space and no memory,
   * and what grows by doubling costs its memory twice.
   */
  constructor(room: number) {
    this.#ints = new Int32Array(room);
    this.#written = { pages: pagesFor(this.#ints), seenBy: undefined, extent: 0 };
  }

  /** For reading. It grows: never keep it across a call that adds to it. */
  get at(): ReadonlyInts {
    return this.#ints;
  }

  set(place: number, value: number): void {
    this.#ints[place] = value;
    this.#written.pages[place >>> PAGE_BITS] = 1;
  }

  /** There are `length` ints from now on, and those that are new are zero. */
  extend(length: number): void {
    if (length > this.#written.extent) this.#written.extent = length;
    if (length <= this.#ints.length) return;
    this.#ints = grown(this.#ints, length);
    const { pages } = this.#written;
    this.#written.pages = pagesFor(this.#ints);
    this.#written.pages.set(pages);
  }

  /** Its first `used` ints, under a name. */
  persistInts(archive: Archive, name: string, used: number): void {
    this.#ints = archive.ints(name, this.#ints, used, this.#written);
    if (!archive.restoring) return;
    // Whoever saves them next looks at all of them.
    this.#written.seenBy = undefined;
    if (this.#written.pages.length <= this.#ints.length >>> PAGE_BITS)
      this.#written.pages = pagesFor(this.#ints);
    this.#written.extent = used;
  }
}

const pagesFor = ({ length }: Int32Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array((length >>> PAGE_BITS) + 1);
