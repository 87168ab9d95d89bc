/**
 * Answers questions about windows of a run: from a checkpoint before the window, or in passing, while the render goes through
 * it. The worker loads it with the first question.
 */
import type { Result } from '../base/result.ts';
import type { Design } from '../design/design.ts';
import type { Checkpoint } from '../engine/kernel/archive.ts';
import { lookAhead } from '../engine/kernel/restore.ts';
import { DetailSource } from '../engine/detail.ts';
import type { DetailReading, DetailRequest } from '../engine/readings.ts';
import type { Run } from '../engine/run.ts';
import { violatingOperations } from '../engine/violating.ts';
import { Watch } from '../engine/watch.ts';
import { seekerOf, type Looked } from './handle-looked.ts';
import type { Windows } from './handle-render.ts';
import { SLICE_MS, type EngineRun, type World } from './handle-world.ts';
import type { Request } from './protocol.ts';

type DetailAsked = Extract<Request, { type: 'detail' }>;

/** A window that is written down while its run, an `R`, is rendered through it. */
export interface EngineWatch {
  /** More happened than is written down. */
  readonly truncated: boolean;
  /** `to`: everything before has been rendered. */
  end(to: number): DetailReading;
}

/** Where windows come from: rendered again, and in passing. */
export interface Details<R> {
  /** Goes on with a window by little, from a checkpoint before it; its detail once all of it is there. */
  step(checkpoint: Checkpoint | undefined, request: DetailRequest): Result<DetailReading | undefined>;
  /** Gives up the window that is under way. */
  leave(): void;
  /** Puts the run at a checkpoint, or at its beginning. */
  place(checkpoint: Checkpoint | undefined): void;
  /** Begins to write down the window that begins right after what has been rendered. */
  watch(run: R, request: DetailRequest): EngineWatch;
  /** Windows to go through while nobody asks for any: those that a worker has not gone through before. */
  rehearsals(): readonly DetailRequest[];
}

interface Answered {
  readonly asked: DetailAsked;
  readonly request: DetailRequest;
}

export class DetailWork<R extends EngineRun> implements Windows<R> {
  readonly #asked: DetailAsked[] = [];
  /** The question that is being answered, with the operations that belong into its window. */
  #answered: Answered | undefined;
  /** The window that the render is going through, if somebody waits for that one. */
  #watched: { readonly asked: DetailAsked; readonly watch: EngineWatch } | undefined;
  #wasPlaced = false;
  /** Windows that are still to be gone through though nobody asked for them. */
  #rehearsals: readonly DetailRequest[] = [];
  readonly #looked: Looked<R>;
  readonly #world: World;
  readonly #details: Details<R>;

  constructor(looked: Looked<R>, world: World, details: Details<R>) {
    this.#looked = looked;
    this.#world = world;
    this.#details = details;
  }

  ask(request: DetailAsked): void {
    this.#asked.push(request);
  }

  /** Gives up the question of this id, or all. What was written down of its window is nobody's. */
  cancel(id?: number): void {
    for (const asked of this.#asked.filter((each) => id === undefined || each.id === id)) {
      if (this.#watched?.asked === asked) this.#unwatch(0);
      this.#drop(asked);
      this.#world.post({ id: asked.id, type: 'cancelled' }, []);
    }
  }

  /** Says to all who asked that there is no answer, and why. */
  fail(message: string): void {
    for (const { id } of this.#asked.splice(0)) this.#world.post({ id, type: 'error', message }, []);
  }

  get isEmpty(): boolean {
    return this.#asked.length === 0;
  }

  /** The first question whose window has been rendered, up to `reached`. */
  next(reached: number): DetailAsked | undefined {
    return this.#asked.find(({ request }) => reached >= request.to);
  }

  /**
   * Goes on with its answer, from the nearest checkpoint; violations of the window belong into it, sampled or not. In
   * slices: where somebody seeks on, nobody waits for a window that was left.
   */
  slice(asked: DetailAsked): void {
    const { id } = asked;
    const { request } = (this.#answered = this.#answerTo(asked));
    try {
      const step = this.#goOn(request);
      if (step.ok && step.value === undefined) return;
      this.#drop(asked);
      if (!step.ok) this.#world.post({ id, type: 'error', message: step.error }, []);
      else if (step.value !== undefined) this.#tell(id, step.value);
    } catch (error) {
      this.#drop(asked);
      throw error;
    }
  }

  /** Goes on with a window for the time of a slice; its detail once all of it is there. */
  #goOn(request: DetailRequest): Result<DetailReading | undefined> {
    const { clock } = this.#world;
    const until = clock() + SLICE_MS;
    for (;;) {
      const step = this.#details.step(this.#looked.nearest(request.from), request);
      if (!step.ok || step.value !== undefined || clock() >= until) return step;
    }
  }

  /**
   * While there is nothing else to do, what the first seek would wait for is done: the last checkpoint is looked at layer by
   * layer, the run is put there once, and a few windows are gone through. Who seeks first finds hashes checked, the memory
   * that a run needs at its end, and the code compiled.
   */
  aheadPiece(): (() => void) | undefined {
    if (!this.#wasPlaced) {
      return () => {
        this.#placeAhead();
      };
    }
    const [request] = this.#rehearsals;
    return (
      request &&
      (() => {
        this.#rehearse(request);
      })
    );
  }

  #placeAhead(): void {
    const last = this.#looked.nearest(Number.POSITIVE_INFINITY);
    if (last !== undefined && lookAhead(last)) return;
    this.#wasPlaced = true;
    try {
      this.#details.place(last);
      this.#rehearsals = this.#details.rehearsals();
    } catch {
      // Nobody has asked yet: whoever does is told.
    }
  }

  #rehearse(request: DetailRequest): void {
    try {
      const step = this.#goOn(request);
      if (step.ok && step.value === undefined) return;
      this.#rehearsals = this.#rehearsals.slice(1);
    } catch {
      this.#rehearsals = [];
    }
  }

  edges(): number[] {
    // Once a window's end is reached, it can be answered: from a checkpoint, if it is not the one that is written down.
    const ends = this.#asked.flatMap(({ request }) => [request.from - 1, request.to]);
    return this.#watched === undefined ? ends : [...ends, this.#watched.asked.request.to - 1];
  }

  /**
   * A window of all operations is written down while the run goes through it: nothing is rendered twice for it. Of a
   * sample nobody knows yet whose violations belong into it.
   */
  begin(run: R, reached: number): void {
    if (this.#watched !== undefined) return;
    const asked = this.#asked.find(
      ({ request }) => request.sample === 'all' && request.from - 1 === reached && request.to > request.from,
    );
    if (asked !== undefined) this.#watched = { asked, watch: this.#details.watch(run, asked.request) };
  }

  /** A window that holds too much is left to be asked for as any other, which says where it ends. */
  passed(run: R, reached: number): boolean {
    if (this.#watched === undefined) return false;
    const { asked, watch } = this.#watched;
    if (!watch.truncated && !run.done && reached < asked.request.to - 1) return false;
    const detail = this.#unwatch(reached + 1);
    if (detail === undefined || detail.truncated) return false;
    this.#drop(asked);
    this.#tell(asked.id, detail);
    return true;
  }

  waitAt(reached: number): boolean {
    return this.#asked.some((asked) => asked !== this.#watched?.asked && asked.request.from - 1 === reached);
  }

  #answerTo(asked: DetailAsked): Answered {
    if (this.#answered?.asked === asked) return this.#answered;
    const { request } = asked;
    const violating = violatingOperations(this.#looked.violations(), request.from, request.to);
    return { asked, request: { ...request, focus: [...request.focus, ...violating] } };
  }

  /** Everything before `to` has been rendered. */
  #unwatch(to: number): DetailReading | undefined {
    const detail = this.#watched?.watch.end(to);
    this.#watched = undefined;
    return detail;
  }

  #drop(asked: DetailAsked): void {
    this.#asked.splice(this.#asked.indexOf(asked), 1);
    if (this.#answered?.asked !== asked) return;
    this.#answered = undefined;
    this.#details.leave();
  }

  #tell(id: number, detail: DetailReading): void {
    const { hops, events, levels, held } = detail;
    this.#world.post({ id, type: 'detail', detail }, [
      hops.buffer,
      events.buffer,
      levels.buffer,
      held.buffer,
    ]);
  }
}

/** Simulated length of a rehearsed window, microseconds. */
const REHEARSED_US = 50_000;
/** Where in a run windows are rehearsed, as shares of its length. */
const REHEARSED_AT = [1, 1 / 2, 3 / 4];

/** A worker rehearses once: what it compiles, it keeps. */
let rehearsed = false;

function rehearsalsOf({ duration }: Design): DetailRequest[] {
  if (rehearsed) return [];
  rehearsed = true;
  return REHEARSED_AT.map((share) => {
    const to = Math.floor(share * duration);
    return { from: Math.max(0, to - REHEARSED_US), to, sample: 'all', focus: [], key: 0 };
  });
}

/** Windows of the engine's own runs. */
export function detailWork(looked: Looked<Run>, world: World): DetailWork<Run> {
  const seeker = seekerOf(looked);
  const source = new DetailSource(looked.design, seeker);
  return new DetailWork<Run>(looked, world, {
    step: (checkpoint, request) => source.step(checkpoint, request),
    leave: () => {
      source.leave();
    },
    place: (checkpoint) => void seeker.place(checkpoint, checkpoint?.time ?? 0),
    watch: (run, request) => new Watch(run.world, request),
    rehearsals: () => rehearsalsOf(looked.design),
  });
}
