/**
 * The checkpoints of one run, in order of time, as many as two named limits allow. Past a limit the one goes whose
 * neighbours are nearest to each other, the oldest of such first: so every second one is thinned out from the oldest on,
 * their spacing doubles, and every instant of the run stays about as near to a checkpoint as any other.
 */
import { without, type Checkpoint } from '../engine/kernel/archive.ts';

/** Simulated time between checkpoints while none was thinned out, microseconds. */
export const CHECKPOINT_EVERY_US = 1_000_000;
/** Checkpoints that are kept, at the most. */
const CHECKPOINT_COUNT_LIMIT = 128;
/** Bytes of all that are kept, at the most. A third of what a tab may take. */
const CHECKPOINT_BYTES_LIMIT = 128 * 1024 * 1024;

export interface CheckpointLimits {
  readonly count: number;
  readonly bytes: number;
}

export class Checkpoints {
  #kept: Checkpoint[] = [];
  readonly #limits: CheckpointLimits;

  constructor(limits = { count: CHECKPOINT_COUNT_LIMIT, bytes: CHECKPOINT_BYTES_LIMIT }) {
    this.#limits = limits;
  }

  /** The newest one; a further checkpoint shares with it what did not change. */
  get last(): Checkpoint | undefined {
    return this.#kept.at(-1);
  }

  /** When the next one is due, microseconds: at the next whole multiple, also after one that was saved for a window. */
  get nextDue(): number {
    return (Math.floor((this.last?.time ?? -1) / CHECKPOINT_EVERY_US) + 1) * CHECKPOINT_EVERY_US;
  }

  /** Later than any that is kept, and saved with the last one as its previous. */
  add(checkpoint: Checkpoint): void {
    this.#kept.push(checkpoint);
    while (
      this.#kept.length > 3 &&
      (this.#kept.length > this.#limits.count || this.#bytes > this.#limits.bytes)
    ) {
      this.#kept = without(this.#kept, this.#leastMissed());
    }
  }

  /** The last one before an instant, microseconds: one at that instant has gone through it already. */
  before(time: number): Checkpoint | undefined {
    return this.#kept.findLast((checkpoint) => checkpoint.time < time);
  }

  /** Forgets those at and after an instant: what they hold is of another run. */
  forgetFrom(time: number): void {
    this.#kept = this.#kept.filter((checkpoint) => checkpoint.time < time);
  }

  /** The newest one has the layers of all. */
  get #bytes(): number {
    return (this.last?.layers ?? []).reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Never the first one, which every edit can go back to, nor the last, nor the one whose room the last would take in. */
  #leastMissed(): number {
    let index = 1;
    for (let i = 2; i < this.#kept.length - 2; i++)
      if (this.#gapWithout(i) < this.#gapWithout(index)) index = i;
    return index;
  }

  #gapWithout(i: number): number {
    return (this.#kept[i + 1]?.time ?? 0) - (this.#kept[i - 1]?.time ?? 0);
  }
}
