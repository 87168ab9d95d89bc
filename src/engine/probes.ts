/**
 * Probes: reads that ask, so long after a PUT's acknowledgement, whether it is seen. Here is what is asked, which PUTs
 * are chosen, and what was answered. Only a run that was asked has them; they are clients' GETs in all that they cost
 * and are in none of the run's counts of GETs.
 */
import type { VisibilityQuestion } from '../design/visibility.ts';
import type { Archive, Persistent } from './kernel/archive.ts';
import { grown } from './kernel/grown.ts';
import type { Oracle } from './oracle.ts';
import type { VisibilityReading } from './readings.ts';

/** Ints an answer whose verdict is open: which instant, the version looked for, the version returned. */
const OPEN = 3;

export class Probes implements Persistent {
  readonly instants: readonly number[];
  readonly trials: number;
  /** Acknowledgements over which the trials are spread. */
  readonly outOf: number;
  /** PUTs chosen so far. */
  taken = 0;
  /** Probes that have not ended. */
  alive = 0;
  #credit: number;
  /** By instant: answered, fresh for certain, unanswered. */
  #counts: Int32Array<ArrayBuffer>;
  #open: Int32Array<ArrayBuffer> = new Int32Array(64 * OPEN);
  #openEnd = 0;

  /** `outOf`: acknowledgements over which the trials are spread evenly; at least as many. */
  constructor({ instants, trials }: VisibilityQuestion, outOf: number) {
    this.instants = instants;
    this.trials = trials;
    this.outOf = Math.max(outOf, trials);
    // Half a step in, so that the trials lie in the middles of equal stretches.
    this.#credit = this.outOf / 2;
    this.#counts = new Int32Array(instants.length * 3);
  }

  /** A PUT was acknowledged: whether it is one of the trials. */
  takes(): boolean {
    if (this.taken === this.trials) return false;
    this.#credit += this.trials;
    if (this.#credit < this.outOf) return false;
    this.#credit -= this.outOf;
    this.taken++;
    return true;
  }

  /** The probe at `instant` that looks for `target` returned `found`. */
  answered(instant: number, target: number, found: number, oracle: Oracle): void {
    this.#counts[instant * 3]!++;
    // Both have their places in the order of commits: what is newer stays newer.
    if (target === found || (oracle.isCommitted(target) && oracle.isCommitted(found))) {
      if (isFresh(oracle, target, found)) this.#counts[instant * 3 + 1]!++;
      return;
    }
    this.#open = grown(this.#open, this.#openEnd + OPEN);
    this.#open[this.#openEnd++] = instant;
    this.#open[this.#openEnd++] = target;
    this.#open[this.#openEnd++] = found;
  }

  unanswered(instant: number): void {
    this.#counts[instant * 3 + 2]!++;
  }

  /** What was found so far; final once every version that was returned has committed, or never will. */
  reading(oracle: Oracle): VisibilityReading {
    const fresh = this.instants.map((_, i) => this.#counts[i * 3 + 1]!);
    for (let o = 0; o < this.#openEnd; o += OPEN)
      if (isFresh(oracle, this.#open[o + 1]!, this.#open[o + 2]!)) fresh[this.#open[o]!]!++;
    return {
      points: this.instants.map((instant, i) => {
        const trials = this.#counts[i * 3]!;
        return {
          afterMs: instant / 1000,
          fresh: trials === 0 ? null : fresh[i]! / trials,
          trials,
          unanswered: this.#counts[i * 3 + 2]!,
        };
      }),
    };
  }

  persist(archive: Archive): void {
    this.taken = archive.number('taken', this.taken);
    this.alive = archive.number('alive', this.alive);
    this.#credit = archive.number('credit', this.#credit);
    this.#openEnd = archive.number('openEnd', this.#openEnd);
    this.#counts = archive.ints('counts', this.#counts, this.instants.length * 3);
    this.#open = archive.ints('open', this.#open, this.#openEnd);
  }
}

/**
 * Whether `found` is `target` or newer: by the order of commits, or, where one of them has no place in it, by the order
 * in which their PUTs were started. A value may be fresh and not durable: dirty reads and losses are counted apart.
 */
function isFresh(oracle: Oracle, target: number, found: number): boolean {
  if (target === found) return true;
  return oracle.isCommitted(target) && oracle.isCommitted(found)
    ? oracle.committedBefore(target, found)
    : oracle.numberOf(found) > oracle.numberOf(target);
}
