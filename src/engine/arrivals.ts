/**
 * Arrivals: when the next PUT and the next GET of the workload come, as real numbers, so that rounding never accumulates;
 * and what faults make of the workload.
 */
import type { Archive, Persistent } from './kernel/archive.ts';

/** Arrivals that are drawn at a time. */
export const BATCH = 32;
// Where its columns begin.
export const A_SLOT = 0;
export const A_SESSION = BATCH;
export const A_APP = 2 * BATCH; // the app node that its first attempt goes to
const COLUMNS = 3;

/**
 * Arrivals of one kind that are drawn already: who asks for what does not depend on what happens. Some dozens are drawn
 * together, so that the keys' rows are fetched from memory side by side, and not one by one as each is asked for.
 */
export class Ahead implements Persistent {
  at: Int32Array<ArrayBuffer> = new Int32Array(COLUMNS * BATCH);
  /** Place of the next one; BATCH: none is left. */
  next = BATCH;
  /** What prefetching read: see KeyIndex. */
  read = 0;
  /** Room to draw in. */
  readonly bits = new Int32Array(BATCH);

  persist(archive: Archive): void {
    this.next = archive.number('next', this.next);
    this.at = archive.ints('ahead', this.at, this.at.length);
  }
}

export class Arrivals implements Persistent {
  /** Microseconds, real: the instant of the arrival that is scheduled next. */
  nextPut = 0;
  nextGet = 0;
  /** What surges make of a gap between arrivals: one over the product of their factors. */
  pace = 1;
  /** Chance that an arrival goes to the hot key. */
  hot = 0;
  /** PUTs acknowledged whose read-back is still to come. */
  readBacksDue = 0;
  readonly puts = new Ahead();
  readonly gets = new Ahead();

  persist(archive: Archive): void {
    this.nextPut = archive.number('nextPut', this.nextPut);
    this.nextGet = archive.number('nextGet', this.nextGet);
    this.pace = archive.number('pace', this.pace);
    this.hot = archive.number('hot', this.hot);
    this.readBacksDue = archive.number('readBacksDue', this.readBacksDue);
    this.puts.persist(archive);
    this.gets.persist(archive);
  }
}
