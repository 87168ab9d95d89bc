/**
 * Measures the curve of freshness that somebody asked for, in slices, when the handler has nothing more urgent to do. One
 * at a time: a newer question takes the place of an older one. Few ask: the worker loads it with the first question.
 */
import type { Design } from '../design/design.ts';
import type { VisibilityQuestion } from '../design/visibility.ts';
import type { VisibilityReading } from '../engine/readings.ts';
import { VisibilityRun } from '../engine/visibility.ts';
import type { SliceWorld } from './handle-world.ts';
import type { Request } from './protocol.ts';

/** A measurement as it is driven here. */
export interface EngineCurve {
  /** A step of some simulated milliseconds. */
  advance(): void;
  readonly done: boolean;
  /** 0 to 1. */
  readonly progress: number;
  reading(): VisibilityReading;
}

export type Measure = (design: Design, question: VisibilityQuestion) => EngineCurve;

type Asked = Extract<Request, { type: 'visibility' }>;

export class CurveWork {
  #asked: Asked | undefined;
  #curve: EngineCurve | undefined;
  #toldAt = -Infinity;
  readonly #world: SliceWorld;
  readonly #measure: Measure;

  constructor(
    world: SliceWorld,
    measure: Measure = (design, question) => new VisibilityRun(design, question),
  ) {
    this.#world = world;
    this.#measure = measure;
  }

  ask(request: Asked): void {
    if (this.#asked !== undefined) this.cancel(this.#asked.id);
    this.#asked = request;
  }

  cancel(id: number): void {
    if (id !== this.#asked?.id) return;
    this.#forget();
    this.#world.post({ id, type: 'cancelled' });
  }

  /** The id of what is to do, if there is anything. */
  get pending(): number | undefined {
    return this.#asked?.id;
  }

  /** Goes on with it; what it throws ends it. */
  slice(): void {
    const asked = this.#asked;
    const world = this.#world;
    if (asked === undefined) return;
    const { post, clock } = world;
    const until = clock() + world.sliceMs;
    try {
      const curve = (this.#curve ??= this.#measure(asked.design, asked.question));
      while (!curve.done && clock() < until) curve.advance();
      const { done, progress: share } = curve;
      if (!done && clock() - this.#toldAt < world.progressMs) return;
      this.#toldAt = clock();
      post({ id: asked.id, type: 'visibility', reading: curve.reading(), share, done });
      if (done) this.#forget();
    } catch (error) {
      this.#forget();
      throw error;
    }
  }

  #forget(): void {
    this.#asked = undefined;
    this.#curve = undefined;
    this.#toldAt = -Infinity;
  }
}
