/** Detail of a window: resumes from the checkpoint before it, renders the window under watch, hands over what was written. */
import { ok, type Result } from '../base/result.ts';
import type { Design } from '../design/design.ts';
import type { Checkpoint } from './kernel/archive.ts';
import type { DetailReading, DetailRequest } from './readings.ts';
import type { Run } from './run.ts';
import { Seeker } from './seeker.ts';
import { Watch } from './watch.ts';

/** Simulated time rendered between two looks at the limits, microseconds. */
const STEP_US = 2_000;

/** Details of one design's run, window by window: the next window further on is rendered on in the same world. */
export class DetailSource {
  readonly #seeker: Seeker;
  /** The window that the run stands in, under watch. */
  #open: { readonly run: Run; readonly watch: Watch } | undefined;

  /** `seeker` is of that design, and may be shared with others who look at its run. */
  constructor(design: Design, seeker = new Seeker(design)) {
    this.#seeker = seeker;
  }

  /** The detail of `request`'s window; `checkpoint` is the nearest one at or before it (none: from the beginning). */
  of(checkpoint: Checkpoint | undefined, request: DetailRequest): Result<DetailReading> {
    for (;;) {
      const step = this.step(checkpoint, request);
      if (!step.ok) return step;
      if (step.value !== undefined) return ok(step.value);
    }
  }

  /**
   * Goes on with a window by little: puts the run before it, takes it there, or on through it. The detail once all of it
   * is written down. Nobody else may move the run meanwhile, unless the window is given up: by `leave`, or by a step of
   * another.
   */
  step(checkpoint: Checkpoint | undefined, request: DetailRequest): Result<DetailReading | undefined> {
    const seeker = this.#seeker;
    if (this.#open?.watch.request !== request) {
      this.leave();
      const found = seeker.place(checkpoint, request.from);
      if (!found.ok) return found;
      const run = found.value;
      seeker.advance(Math.min(request.from, seeker.reached + STEP_US));
      if (seeker.reached === request.from) this.#open = { run, watch: new Watch(run.world, request) };
      return ok(undefined);
    }
    const { run, watch } = this.#open;
    const to = Math.min(request.to, seeker.reached + STEP_US);
    seeker.advance(to);
    if (to < request.to && !watch.truncated && !run.done) return ok(undefined);
    this.#open = undefined;
    return ok(watch.end(to));
  }

  /** Gives up the window that is under way, if there is one: what was written down of it is nobody's. */
  leave(): void {
    this.#open?.watch.end(0);
    this.#open = undefined;
  }
}

/** The detail of one window, by itself. */
export function detailOf(
  design: Design,
  checkpoint: Checkpoint | undefined,
  request: DetailRequest,
): Result<DetailReading> {
  return new DetailSource(design).of(checkpoint, request);
}
