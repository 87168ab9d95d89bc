/**
 * Reckons what one window of the run comes to, in slices that let a render and everybody else in between. One at a time: a
 * newer question takes the place of an older one. Few ask: the worker loads it with the first question.
 */
import { assert } from '../base/assert.ts';
import { ExcerptSource } from '../engine/excerpt.ts';
import type { Run } from '../engine/run.ts';
import { seekerOf, type Looked } from './handle-looked.ts';
import type { SliceWorld } from './handle-world.ts';
import type { Request } from './protocol.ts';

/** Simulated time between two looks at the clock, microseconds. */
const STEP_US = 5_000;

type Asked = Extract<Request, { type: 'excerpt' }>;
type Nearest = Looked<Run>['nearest'];
type Source = Pick<ExcerptSource, 'step' | 'left'>;

export class ExcerptWork {
  #asked: Asked | undefined;
  /** What was left when the question came, microseconds of simulated time. */
  #distance: number | undefined;
  #toldAt = -Infinity;
  readonly #source: Source;
  readonly #nearest: Nearest;
  readonly #world: SliceWorld;

  constructor(nearest: Nearest, world: SliceWorld, source: Source) {
    this.#source = source;
    this.#nearest = nearest;
    this.#world = world;
  }

  ask(request: Asked): void {
    if (this.#asked !== undefined) this.cancel(this.#asked.id);
    this.#asked = request;
  }

  /** Gives up the question of this id, or whichever there is. */
  cancel(id = this.#asked?.id): void {
    if (id === undefined || id !== this.#asked?.id) return;
    this.#forget();
    this.#world.post({ id, type: 'cancelled' });
  }

  /** The question that is to be answered, if there is one. */
  get pending(): Asked | undefined {
    return this.#asked;
  }

  /** Goes on with it; what it throws ends it. */
  slice(): void {
    const asked = this.#asked;
    assert(asked !== undefined, 'there is a question');
    const { post, clock, sliceMs, progressMs } = this.#world;
    const { id, span } = asked;
    const until = clock() + sliceMs;
    try {
      this.#distance ??= this.#source.left(span, this.#nearest);
      do {
        const step = this.#source.step(span, this.#nearest, STEP_US);
        if (step.ok && step.value === undefined) continue;
        this.#forget();
        if (!step.ok) post({ id, type: 'error', message: step.error });
        else if (step.value !== undefined) post({ id, type: 'excerpt', share: 1, reading: step.value });
        return;
      } while (clock() < until);
    } catch (error) {
      this.#forget();
      throw error;
    }
    if (clock() - this.#toldAt < progressMs) return;
    this.#toldAt = clock();
    const share = Math.max(0, 1 - this.#source.left(span, this.#nearest) / Math.max(1, this.#distance));
    post({ id, type: 'excerpt', share });
  }

  #forget(): void {
    this.#asked = undefined;
    this.#distance = undefined;
    this.#toldAt = -Infinity;
  }
}

/** Windows of the engine's own runs. */
export function excerptWork(looked: Looked<Run>, world: SliceWorld): ExcerptWork {
  return new ExcerptWork(looked.nearest, world, new ExcerptSource(seekerOf(looked)));
}
