/**
 * The worker's side of a comparison: drives it in slices, tells what was found so far, and stops when it is asked to.
 * A comparison that was stopped, or that had all its seeds, goes on where it was when more are asked for. It knows no
 * worker and no page, so that all of it runs in Node; whatever goes wrong is a reply.
 */
import { messageOf } from '../base/thrown.ts';
import type { Design } from '../design/design.ts';
import { copySeries, type OwnSeries } from '../engine/copy.ts';
import { Comparison, type RunThis, type Side } from '../explore/comparison.ts';
import { PROGRESS_MS, SLICE_MS } from './handle-world.ts';
import type { ComparisonReply, ComparisonRequest } from './protocol.ts';

export interface ComparisonWorld {
  readonly post: (reply: ComparisonReply, transfer: ArrayBuffer[]) => void;
  /** Wall time, milliseconds. */
  readonly clock: () => number;
  /** Calls back once what waits in the event loop had its turn. */
  readonly later: (callback: () => void) => void;
}

/** A step of simulated time, microseconds; a slice is as many of them as it has time for. */
const STEP_US = 50_000;

export class ComparisonHandler {
  #comparison: Comparison | undefined;
  #running = false;
  #scheduled = false;
  #toldAt = -Infinity;
  /** Buckets that were told of each side's first run. */
  readonly #told = { a: 0, b: 0 };
  readonly #runThis: RunThis;
  readonly #world: ComparisonWorld;

  constructor(runThis: RunThis, world: ComparisonWorld) {
    this.#runThis = runThis;
    this.#world = world;
  }

  receive(request: ComparisonRequest): void {
    switch (request.type) {
      case 'compare':
        this.#begin(request.a, request.b, request.seeds);
        break;
      case 'more':
        this.#comparison?.ask(request.seeds);
        this.#running = this.#comparison !== undefined;
        break;
      case 'stop':
        this.#running = false;
        break;
    }
    this.#schedule();
  }

  #begin(a: Design, b: Design, seeds: number): void {
    this.#comparison = new Comparison(a, b, this.#runThis);
    this.#comparison.ask(seeds);
    this.#running = true;
    this.#told.a = this.#told.b = 0;
  }

  #schedule(): void {
    if (this.#scheduled || !this.#running) return;
    this.#scheduled = true;
    this.#world.later(() => {
      this.#scheduled = false;
      try {
        this.#slice();
      } catch (error) {
        this.#running = false;
        this.#world.post({ type: 'error', message: messageOf(error) }, []);
      }
      this.#schedule();
    });
  }

  #slice(): void {
    const world = this.#world;
    const comparison = this.#comparison;
    if (comparison === undefined || !this.#running) return;
    const until = world.clock() + SLICE_MS;
    while (!comparison.done && world.clock() < until) comparison.advance(STEP_US);
    if (!comparison.done && world.clock() - this.#toldAt < PROGRESS_MS) return;
    this.#toldAt = world.clock();
    this.#running = !comparison.done;
    const a = this.#grownSeries(comparison, 'a');
    const b = this.#grownSeries(comparison, 'b');
    const series = { ...(a === undefined ? {} : { a }), ...(b === undefined ? {} : { b }) };
    const transfer = [a, b].flatMap((one) =>
      one === undefined ? [] : [one.system.buffer, one.nodes.buffer],
    );
    const { share, done } = comparison;
    world.post({ type: 'comparison', reading: comparison.reading(), series, share, done }, transfer);
  }

  /** All of a side's series, if there is more of it than was told. */
  #grownSeries(comparison: Comparison, side: Side): OwnSeries | undefined {
    const series = comparison.series(side);
    if (series === undefined || series.buckets === this.#told[side]) return undefined;
    this.#told[side] = series.buckets;
    return copySeries(series, 0);
  }
}
