/** Arrivals: when the next PUT and the next GET of the workload come, as real numbers, so that rounding never accumulates. */
import type { Archive, Persistent } from './kernel/archive.ts';

export class Arrivals implements Persistent {
  /** Microseconds, real: the instant of the arrival that is scheduled next. */
  nextPut = 0;
  nextGet = 0;
  /** PUTs acknowledged whose read-back is still to come. */
  readBacksDue = 0;

  persist(archive: Archive): void {
    this.nextPut = archive.number('nextPut', this.nextPut);
    this.nextGet = archive.number('nextGet', this.nextGet);
    this.readBacksDue = archive.number('readBacksDue', this.readBacksDue);
  }
}
