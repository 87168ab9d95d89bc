/**
 * The checkpoints of one run, in order of time, as many as two named limits allow. Past a limit they are thinned out
 * (`engine/kernel/thin.ts`).
 */
import type { Checkpoint } from '../engine/kernel/archive.ts';
import type * as Thinning from '../engine/kernel/thin.ts';

/** Simulated time between checkpoints while none was thinned out, microseconds. */
export const CHECKPOINT_EVERY_US = 500_000;
/** Checkpoints that are kept, at the most. */
const CHECKPOINT_COUNT_LIMIT = 256;
/** Bytes of all that are kept, at the most. A third of what a tab may take. */
const CHECKPOINT_BYTES_LIMIT = 128 * 1024 * 1024;

interface CheckpointLimits {
  readonly count: number;
  readonly bytes: number;
}

/** There once a run is so long that it is needed, as few are. Until then, and where it cannot be had, all are kept. */
let thinning: typeof Thinning | undefined;

/** Has it there, if it can be had. */
export async function loadThinning(): Promise<void> {
  try {
    thinning ??= await import('../engine/kernel/thin.ts');
  } catch {
    // The next one too many asks for it again.
  }
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
    if (!this.#areTooMany(this.#kept)) return;
    if (thinning === undefined) void loadThinning();
    else this.#kept = thinning.thinned(this.#kept, (kept) => this.#areTooMany(kept));
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
  #areTooMany(kept: readonly Checkpoint[]): boolean {
    const { count, bytes } = this.#limits;
    const held = (kept.at(-1)?.layers ?? []).reduce((sum, layer) => sum + layer.bytes, 0);
    return kept.length > 3 && (kept.length > count || held > bytes);
  }
}
