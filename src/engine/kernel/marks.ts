/** A small mark an item, for one look at all of them, in memory that is used again each time: no look leaves any to be cleared up. */
import { powerOfTwoFrom } from './grown.ts';

export class Marks {
  #marks = new Int8Array(0);

  /** `count` marks or more, all of them 0. Whoever had the last ones has them no more. */
  wiped(count: number): Int8Array<ArrayBuffer> {
    if (count > this.#marks.length) this.#marks = new Int8Array(powerOfTwoFrom(count));
    else this.#marks.fill(0);
    return this.#marks;
  }
}
