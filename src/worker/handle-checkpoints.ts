/**
 * The checkpoints of one run, in order of time, as many as two named limits allow. Past a limit the one goes whose
 * neighbours are nearest to each other, the oldest of such first: so every second one is thinned out from the oldest on,
 * their spacing doubles, and every instant of the run stays about as near to a checkpoint as any other.
 */
import type { Checkpoint, Chunk } from '../engine/kernel/archive.ts';

/** Simulated time between checkpoints while none was thinned out, microseconds. */
export const CHECKPOINT_EVERY_US = 2_000_000;
/** Checkpoints that are kept, at the most. */
export const CHECKPOINT_COUNT_LIMIT = 64;
/** Bytes of all that are kept, at the most; what they share counts once. More than half of what a tab may take. */
export const CHECKPOINT_BYTES_LIMIT = 220 * 1024 * 1024;

export interface CheckpointLimits {
  readonly count: number;
  readonly bytes: number;
}

export class Checkpoints {
  #kept: Checkpoint[] = [];
  #bytes = 0;
  readonly #limits: CheckpointLimits;

  constructor(limits = { count: CHECKPOINT_COUNT_LIMIT, bytes: CHECKPOINT_BYTES_LIMIT }) {
    this.#limits = limits;
  }

  /** The newest one; a further checkpoint shares with it what did not change. */
  get last(): Checkpoint | undefined {
    return this.#kept.at(-1);
  }

  get times(): readonly number[] {
    return this.#kept.map(({ time }) => time);
  }

  /** When the next one is due, microseconds. */
  get nextDue(): number {
    return this.last === undefined ? 0 : this.last.time + CHECKPOINT_EVERY_US;
  }

  /** Later than any that is kept, and saved with the last one as its previous. */
  add(checkpoint: Checkpoint): void {
    this.#kept.push(checkpoint);
    this.#bytes += checkpoint.ownBytes;
    while (
      this.#kept.length > 2 &&
      (this.#kept.length > this.#limits.count || this.#bytes > this.#limits.bytes)
    ) {
      this.#drop(this.#leastMissed());
    }
  }

  /** The last one before an instant, microseconds: one at that instant has gone through it already. */
  before(time: number): Checkpoint | undefined {
    return this.#kept.findLast((checkpoint) => checkpoint.time < time);
  }

  /** Forgets those at and after an instant: what they hold is of another run. */
  forgetFrom(time: number): void {
    while ((this.last?.time ?? Number.NEGATIVE_INFINITY) >= time) this.#drop(this.#kept.length - 1);
  }

  #drop(i: number): void {
    const [dropped] = this.#kept.splice(i, 1);
    if (dropped !== undefined) this.#bytes -= bytesOnlyIn(dropped, this.#kept[i - 1], this.#kept[i]);
  }

  /** Never the first one, which every edit can go back to, and never the last. */
  #leastMissed(): number {
    let index = 1;
    for (let i = 2; i < this.#kept.length - 1; i++)
      if (this.#gapWithout(i) < this.#gapWithout(index)) index = i;
    return index;
  }

  #gapWithout(i: number): number {
    return (this.#kept[i + 1]?.time ?? 0) - (this.#kept[i - 1]?.time ?? 0);
  }
}

/** Bytes of the chunks that a checkpoint shares with neither neighbour: one that both lack is held by nobody else. */
function bytesOnlyIn(
  checkpoint: Checkpoint,
  before: Checkpoint | undefined,
  after: Checkpoint | undefined,
): number {
  const elsewhere = new Set([...chunksIn(before), ...chunksIn(after)]);
  let bytes = 0;
  for (const { where } of checkpoint.sections) bytes += where.byteLength;
  for (const chunk of chunksIn(checkpoint))
    if (!elsewhere.has(chunk)) bytes += chunk.ints.byteLength + chunk.hashes.byteLength;
  return bytes;
}

function chunksIn(checkpoint: Checkpoint | undefined): readonly Chunk[] {
  return checkpoint?.sections.flatMap(({ chunks }) => chunks) ?? [];
}
