/**
 * Arrivals: when the next PUT and the next GET of the workload come, as real numbers, so that rounding never accumulates;
 * and what faults make of the workload.
 */
import type { Archive, Persistent } from './kernel/archive.ts';

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

  persist(archive: Archive): void {
    this.nextPut = archive.number('nextPut', this.nextPut);
    this.nextGet = archive.number('nextGet', this.nextGet);
    this.pace = archive.number('pace', this.pace);
    this.hot = archive.number('hot', this.hot);
    this.readBacksDue = archive.number('readBacksDue', this.readBacksDue);
  }
}
