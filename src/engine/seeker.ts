/**
 * Puts one run before any instant: on from where it stands, or in the same memory from a checkpoint. Whoever looks at
 * windows of a run shares it, so that a run is held once however many look. It records nothing and reads nothing.
 */
import { err, ok, type Result } from '../base/result.ts';
import type { Design } from '../design/design.ts';
import type { Checkpoint } from './kernel/archive.ts';
import { restore, resume } from './resume.ts';
import { Run } from './run.ts';

export class Seeker {
  readonly design: Design;
  readonly #spare: () => Run | undefined;
  #run: Run | undefined;
  #reached = Number.POSITIVE_INFINITY;

  /** `spare`: gives up a run of the design that nobody needs any more, if there is one: it is used from then on. */
  constructor(design: Design, spare: () => Run | undefined = () => undefined) {
    this.design = design;
    this.#spare = spare;
  }

  /** Everything before this instant has been rendered, microseconds; Infinity while no run stands anywhere. */
  get reached(): number {
    return this.#reached;
  }

  /**
   * A run that stands at or before an instant: the one at hand, unless `checkpoint` is nearer (the nearest one at or
   * before the instant; none: from the beginning). `advance` takes it on.
   */
  place(checkpoint: Checkpoint | undefined, time: number): Result<Run> {
    const run = this.#run;
    const reached = this.#reached;
    if (run !== undefined && reached <= time && reached >= (checkpoint?.time ?? 0)) return ok(run);
    this.#reached = Number.POSITIVE_INFINITY;
    if (checkpoint !== undefined && checkpoint.time > time)
      return err(`the checkpoint stands at ${checkpoint.time}, after the window's start ${time}`);
    const placed = this.#runFrom(checkpoint);
    if (placed.ok) {
      this.#run = placed.value;
      this.#reached = checkpoint?.time ?? 0;
    }
    return placed;
  }

  /** Renders everything before an instant. */
  advance(time: number): void {
    if (this.#run === undefined) return;
    if (time > 0) this.#run.advance(time - 1);
    this.#reached = time;
  }

  #runFrom(checkpoint: Checkpoint | undefined): Result<Run> {
    if (checkpoint === undefined) return ok(Run.start(this.design));
    const spare = this.#spare();
    spare?.endRecords();
    // The spare one has already touched the memory that a run needs at its end.
    const run = spare ?? this.#run;
    return run === undefined ? resume(this.design, checkpoint) : restore(run, checkpoint);
  }
}
