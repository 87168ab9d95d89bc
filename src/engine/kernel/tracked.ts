/**
 * Ints that know which of them were written to since they were saved or brought back, so that saving them looks at no others
 * and keeps no second copy to compare with, and going back a little touches no others: a second of traffic writes to one in a
 * hundred of the ints that a run has ever touched. They are read like any array, and written by `set` alone; the types see to
 * that.
 */
import type { Archive, Written } from './archive.ts';
import { PAGE_BITS, pagesOf } from './changes.ts';
import { grown } from './grown.ts';

/** An array of ints that its reader cannot write to. */
export interface ReadonlyInts {
  readonly length: number;
  readonly [place: number]: number;
  subarray(begin: number, end: number): Int32Array<ArrayBuffer>;
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
    this.#written = { masks: new Int32Array(pagesOf(this.#ints)), since: [], extent: 0 };
  }

  /** For reading. It grows: never keep it across a call that adds to it. */
  get at(): ReadonlyInts {
    return this.#ints;
  }

  /** How many there are: beyond, all is zero. */
  get used(): number {
    return this.#written.extent;
  }

  set(place: number, value: number): void {
    this.#ints[place] = value;
    // A shift counts its lowest five bits alone: the place within a page.
    this.#written.masks[place >>> PAGE_BITS]! |= 1 << place;
  }

  /** There are at least `length` ints from now on, and those that are new are zero. */
  extend(length: number): void {
    if (length > this.#written.extent) this.#written.extent = length;
    this.#ints = grown(this.#ints, length);
    this.#written.masks = grown(this.#written.masks, pagesOf(this.#ints));
  }

  /** Adds some at the end. */
  push(...ints: number[]): void {
    let place = this.used;
    this.extend(place + ints.length);
    for (const int of ints) this.set(place++, int);
  }

  /** All of them, under a name. */
  persistInts(archive: Archive, name: string): void {
    this.#ints = archive.ints(name, this.#ints, this.#written.extent, this.#written);
  }
}
