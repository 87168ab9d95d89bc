/** Detail of a window: resumes from the checkpoint before it, renders the window under watch, hands over what was written. */
import { err, ok, type Result } from '../base/result.ts';
import type { Design } from '../design/design.ts';
import type { Checkpoint } from './kernel/archive.ts';
import type { DetailReading, DetailRequest } from './readings.ts';
import { Seeker } from './seeker.ts';
import { Watch } from './watch.ts';

/** Simulated time rendered between two looks at the limits. */
const SLICE_US = 2_000;

/** Details of one design's run, window by window: the next window further on is rendered on in the same world. */
export class DetailSource {
  readonly #seeker: Seeker;

  /** `seeker` is of that design, and may be shared with others who look at its run. */
  constructor(design: Design, seeker = new Seeker(design)) {
    this.#seeker = seeker;
  }

  /** The detail of `request`'s window; `checkpoint` is the nearest one at or before it (none: from the beginning). */
  of(checkpoint: Checkpoint | undefined, request: DetailRequest): Result<DetailReading> {
    const seeker = this.#seeker;
    const found = seeker.place(checkpoint, request.from);
    if (!found.ok) return err(found.error);
    const run = found.value;
    seeker.advance(request.from);
    const watch = new Watch(run.world, request);
    let to = request.from;
    while (to < request.to && !watch.truncated && !run.done) {
      to = Math.min(request.to, to + SLICE_US);
      seeker.advance(to);
    }
    return ok(watch.end(to));
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
