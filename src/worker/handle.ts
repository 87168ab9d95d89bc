/**
 * The worker's side of the protocol: renders one run at a time, in slices short enough that a newer design, a
 * cancellation or a question about a window gets in between; keeps its checkpoints; and resumes from the last one that
 * an edit left valid. It knows no worker and no page: requests come by `receive`, replies go out by `post`, so that all
 * of it runs in Node. Whatever goes wrong is a reply.
 */
import type { Design } from '../design/design.ts';
import type { Result } from '../base/result.ts';
import type { Checkpoint } from '../engine/kernel/archive.ts';
import { copySeries, countViolations } from '../engine/copy.ts';
import type { DetailReading, DetailRequest, SeriesReading } from '../engine/readings.ts';
import type { Summary } from '../engine/summary.ts';
import { Seeker } from '../engine/seeker.ts';
import { violatingOperations } from '../engine/violating.ts';
import { Checkpoints } from './handle-checkpoints.ts';
import type { CurveWork, SliceWorld } from './handle-curve.ts';
import type { ExcerptWork } from './handle-excerpt.ts';
import type { Reply, Request } from './protocol.ts';

/** A run as the handler drives it. */
export interface EngineRun {
  advance(until: number): void;
  readonly now: number;
  readonly done: boolean;
  readonly operations: number;
  checkpoint(previous?: Checkpoint): Checkpoint;
  /** Begins to write down the window that begins right after what has been rendered. */
  watch(request: DetailRequest): EngineWatch;
  /** Live: copied before it is handed over. */
  series(): SeriesReading;
  /** Those from number `from` on, in an array of their own. */
  violations(from?: number): Int32Array<ArrayBuffer>;
  summary(): Summary;
}

/** A window that is written down while its run is rendered through it. */
export interface EngineWatch {
  /** More happened than is written down. */
  readonly truncated: boolean;
  /** `to`: everything before has been rendered. */
  end(to: number): DetailReading;
}

/** What the handler needs of the engine; a test may give it another one that keeps the same promises. */
export interface Engine {
  start(design: Design): EngineRun;
  resume(design: Design, checkpoint: Checkpoint): Result<EngineRun>;
  /** Where two designs' runs may first differ, microseconds; Infinity when nowhere. */
  divergence(from: Design, to: Design): number;
  details(seeker: Seeker): EngineDetails;
  excerpts(seeker: Seeker, nearest: (time: number) => Checkpoint | undefined, world: SliceWorld): ExcerptWork;
  curves(world: SliceWorld): CurveWork;
}

/** Windows of one design's run. */
export interface EngineDetails {
  of(checkpoint: Checkpoint | undefined, request: DetailRequest): Result<DetailReading>;
}

export interface World {
  readonly post: (reply: Reply, transfer: ArrayBuffer[]) => void;
  /** Wall time, milliseconds. */
  readonly clock: () => number;
  /** Calls back once what waits in the event loop had its turn. */
  readonly later: (callback: () => void) => void;
}

/** How long one slice of rendering should take, milliseconds of wall time. */
export const SLICE_MS = 25;
/**
 * Progress is told at most so often, milliseconds of wall time; the first of a run as soon as there is any. The page lays out
 * and paints for each, on the same few cores that render.
 */
export const PROGRESS_MS = 120;
/** The first slice of a run, simulated microseconds: two buckets, so that there is a curve to show at once. */
const FIRST_SLICE_US = 200_000;
const SHORTEST_SLICE_US = 1_000;
const LONGEST_SLICE_US = 10_000_000;

const NONE = new Int32Array(0);
const NO_SUCH_RUN = 'This window is of a run that is not there';

type DetailAsked = Extract<Request, { type: 'detail' }>;

type RenderAsked = Extract<Request, { type: 'render' }>;

/** A run under way, and how far its readings have been told. */
interface Render {
  readonly id: number;
  readonly run: EngineRun;
  readonly duration: number;
  readonly resumedFrom: number;
  readonly operationsBefore: number;
  wallMs: number;
  sliceUs: number;
  /** How far it was rendered: the run's own clock stands at its last event, which may be long before. */
  reached: number;
  toldAt: number | undefined;
  toldBuckets: number;
  toldViolations: number;
  /** The window that it is going through, if somebody waits for that one. */
  watched: { readonly asked: DetailAsked; readonly watch: EngineWatch } | undefined;
}

/** A run that has ended: nothing but its checkpoints is needed to look at it. */
interface Ended {
  readonly id: number;
  readonly violations: Int32Array;
}

export class Handler {
  /** Of the run before too, as far as the next one shares its beginning. */
  readonly #checkpoints = new Checkpoints();
  #checkpointsOf: Design | undefined;
  /** Asked for and not begun yet: while a block is dragged, most of them never are. */
  #asked: RenderAsked | undefined;
  #render: Render | undefined;
  #ended: Ended | undefined;
  readonly #details: DetailAsked[] = [];
  /** Of the newest design that was asked for, like its excerpts. */
  #seeker: Seeker | undefined;
  /** Of the design that is rendered. */
  #source: EngineDetails | undefined;
  #excerpt: ExcerptWork | undefined;
  /** The last turn was a slice of the render: the next is an excerpt's, if one is to be had. */
  #rendered = false;
  #curve: CurveWork | undefined;
  #scheduled = false;
  readonly #engine: Engine;
  readonly #world: World;

  constructor(engine: Engine, world: World) {
    this.#engine = engine;
    this.#world = world;
  }

  receive(request: Request): void {
    switch (request.type) {
      case 'render':
        this.#cancelRender();
        this.#asked = request;
        this.#seeker = new Seeker(request.design);
        this.#excerpt = undefined;
        break;
      case 'detail':
        if (request.run === this.#current) this.#details.push(request);
        else this.#fail(request.id, NO_SUCH_RUN);
        break;
      case 'excerpt':
        if (request.run === this.#current && this.#seeker !== undefined)
          (this.#excerpt ??= this.#excerpts(this.#seeker)).ask(request);
        else this.#fail(request.id, NO_SUCH_RUN);
        break;
      case 'visibility':
        (this.#curve ??= this.#engine.curves(this.#sliced())).ask(request);
        break;
      case 'cancel':
        this.#cancel(request.of);
        this.#excerpt?.cancel(request.of);
        this.#curve?.cancel(request.of);
        this.#world.post({ id: request.id, type: 'cancelled' }, []);
        break;
    }
    this.#schedule();
  }

  /** The id of the newest render. */
  get #current(): number | undefined {
    return this.#asked?.id ?? this.#render?.id ?? this.#ended?.id;
  }

  #begin({ id, design }: RenderAsked): void {
    const before = this.#checkpointsOf;
    this.#checkpoints.forgetFrom(before === undefined ? 0 : this.#engine.divergence(before, design));
    this.#checkpointsOf = design;
    this.#source = this.#engine.details(this.#seeker ?? new Seeker(design));
    const { run, from } = this.#resumeOrStart(design, this.#checkpoints.last);
    this.#render = {
      id,
      run,
      duration: design.duration,
      resumedFrom: from,
      operationsBefore: run.operations,
      wallMs: 0,
      sliceUs: FIRST_SLICE_US,
      reached: from,
      toldAt: undefined,
      toldBuckets: 0,
      toldViolations: 0,
      watched: undefined,
    };
  }

  /** A checkpoint that is refused costs its run, never the person's: everything is rendered anew. */
  #resumeOrStart(design: Design, checkpoint: Checkpoint | undefined): { run: EngineRun; from: number } {
    if (checkpoint !== undefined) {
      const resumed = this.#engine.resume(design, checkpoint);
      if (resumed.ok) return { run: resumed.value, from: checkpoint.time };
      this.#checkpoints.forgetFrom(0);
    }
    return { run: this.#engine.start(design), from: 0 };
  }

  #cancelRender(): void {
    const underWay = this.#asked ?? this.#render;
    if (underWay !== undefined) this.#world.post({ id: underWay.id, type: 'cancelled' }, []);
    this.#asked = undefined;
    this.#render = undefined;
    this.#ended = undefined;
    for (const { id } of this.#details.splice(0)) this.#world.post({ id, type: 'cancelled' }, []);
    this.#excerpt?.cancel();
  }

  #cancel(id: number): void {
    if (id === this.#current) this.#cancelRender();
    const i = this.#details.findIndex((detail) => detail.id === id);
    if (i < 0) return;
    if (this.#render?.watched?.asked.id === id) this.#unwatch(this.#render);
    this.#details.splice(i, 1);
    this.#world.post({ id, type: 'cancelled' }, []);
  }

  #schedule(): void {
    if (this.#scheduled || this.#nextPiece() === undefined) return;
    this.#scheduled = true;
    this.#world.later(() => {
      this.#scheduled = false;
      this.#nextPiece()?.();
      this.#schedule();
    });
  }

  /**
   * What to do in the next turn: begin a run, answer a question or render a slice. Answers come before slices, since
   * somebody looks at that very window; a question waits until the run has reached its window. An excerpt takes turns
   * with the render, and a curve has time until there is nothing else to do.
   */
  #nextPiece(): (() => void) | undefined {
    const asked = this.#asked;
    const render = this.#render;
    const details = this.#details;
    if (asked !== undefined) {
      return () => {
        this.#asked = undefined;
        this.#attempt(asked.id, () => {
          this.#begin(asked);
        });
      };
    }
    if (render === undefined && this.#ended === undefined) {
      if (details.length === 0 && this.#excerpt?.pending === undefined) return this.#curvePiece();
      return () => {
        for (const { id } of details.splice(0)) this.#fail(id, NO_SUCH_RUN);
        this.#excerpt?.cancel();
      };
    }
    const i = details.findIndex(({ request }) => render === undefined || render.reached >= request.to);
    const detail = details[i];
    if (detail !== undefined) {
      return () => {
        details.splice(i, 1);
        this.#attempt(detail.id, () => {
          this.#answer(detail);
        });
      };
    }
    const excerpt = this.#excerptPiece(render);
    if (render === undefined) return excerpt ?? this.#curvePiece();
    if (excerpt !== undefined && this.#rendered) return excerpt;
    return () => {
      this.#rendered = true;
      this.#attempt(render.id, () => {
        this.#slice(render);
      });
    };
  }

  #sliced(): SliceWorld {
    const { post, clock } = this.#world;
    return {
      post: (reply) => {
        post(reply, []);
      },
      clock,
      sliceMs: SLICE_MS,
      progressMs: PROGRESS_MS,
    };
  }

  #excerpts(seeker: Seeker): ExcerptWork {
    return this.#engine.excerpts(seeker, (time) => this.#checkpoints.before(time), this.#sliced());
  }

  #excerptPiece(render: Render | undefined): (() => void) | undefined {
    const asked = this.#excerpt?.pending;
    const isThere = asked !== undefined && !(render !== undefined && render.reached < asked.span.to);
    return isThere ? this.#slicePiece(this.#excerpt, asked.id) : undefined;
  }

  #curvePiece(): (() => void) | undefined {
    const id = this.#curve?.pending;
    return id === undefined ? undefined : this.#slicePiece(this.#curve, id);
  }

  #slicePiece(work: { slice(): void } | undefined, id: number): () => void {
    return () => {
      this.#rendered = false;
      this.#attempt(id, () => work?.slice());
    };
  }

  #answer({ id, request }: DetailAsked): void {
    if (this.#source === undefined) return;
    const violations = this.#render?.run.violations() ?? this.#ended?.violations ?? NONE;
    const detail = this.#source.of(this.#checkpoints.before(request.from), {
      ...request,
      focus: [...request.focus, ...violatingOperations(violations, request.from, request.to)],
    });
    if (detail.ok) this.#tellDetail(id, detail.value);
    else this.#fail(id, detail.error);
  }

  #tellDetail(id: number, detail: DetailReading): void {
    const { hops, events, levels, held } = detail;
    this.#world.post({ id, type: 'detail', detail }, [
      hops.buffer,
      events.buffer,
      levels.buffer,
      held.buffer,
    ]);
  }

  #slice(render: Render): void {
    const { run } = render;
    const { clock } = this.#world;
    const began = clock();
    const checkpoints = this.#checkpoints;
    this.#watch(render);
    if (run.now >= checkpoints.nextDue || this.#isBeforeWindow(render))
      checkpoints.add(run.checkpoint(checkpoints.last));
    const stops = [checkpoints.nextDue, ...this.#windowEdges(render)].filter((time) => time > render.reached);
    render.reached = Math.min(render.reached + render.sliceUs, ...stops);
    run.advance(render.reached);
    const told = this.#tellWatched(render);
    const ended = clock();
    render.wallMs += ended - began;
    render.sliceUs = nextSlice(render.sliceUs, ended - began);
    const due = render.toldAt === undefined ? run.series().buckets > 0 : ended - render.toldAt >= PROGRESS_MS;
    // Whoever waits at a window goes on only once the run is said to be past it.
    if (told || due || run.done) this.#tellProgress(render, ended);
    if (run.done) {
      this.#tellEnd(render);
      this.#end(render);
    }
  }

  /** The last instants before the windows that are waited for, and before the end of the one that is watched. */
  #windowEdges({ watched }: Render): number[] {
    const starts = this.#details.map(({ request }) => request.from - 1);
    return watched === undefined ? starts : [...starts, watched.asked.request.to - 1];
  }

  /**
   * A window of all operations is written down while the run goes through it: nothing is rendered twice for it. Of a
   * sample nobody knows yet whose violations belong into it.
   */
  #watch(render: Render): void {
    if (render.watched !== undefined) return;
    const asked = this.#details.find(
      ({ request }) =>
        request.sample === 'all' && request.from - 1 === render.reached && request.to > request.from,
    );
    if (asked !== undefined) render.watched = { asked, watch: render.run.watch(asked.request) };
  }

  /** Whether there was one to tell. A window that holds too much is left to be asked for as any other, which says where it ends. */
  #tellWatched(render: Render): boolean {
    const { watched, run, reached } = render;
    if (watched === undefined) return false;
    const { asked, watch } = watched;
    if (!watch.truncated && !run.done && reached < asked.request.to - 1) return false;
    const detail = this.#unwatch(render);
    if (detail === undefined || detail.truncated) return false;
    this.#details.splice(this.#details.indexOf(asked), 1);
    this.#tellDetail(asked.id, detail);
    return true;
  }

  #unwatch(render: Render): DetailReading | undefined {
    const detail = render.watched?.watch.end(render.reached + 1);
    render.watched = undefined;
    return detail;
  }

  /** From a checkpoint right before it a window costs itself alone. */
  #isBeforeWindow({ run, reached, watched }: Render): boolean {
    return (
      this.#details.some((detail) => detail !== watched?.asked && detail.request.from - 1 === reached) &&
      run.now > (this.#checkpoints.last?.time ?? -1)
    );
  }

  #tellProgress(render: Render, now: number): void {
    const { run } = render;
    // The last bucket that was told may have grown since.
    const fromBucket = Math.max(0, render.toldBuckets - 1);
    const series = copySeries(run.series(), fromBucket);
    const violations = run.violations(render.toldViolations);
    const progress = {
      renderedTo: Math.min(render.reached, render.duration),
      fromBucket,
      series,
      fromViolation: render.toldViolations,
      violations,
    };
    render.toldAt = now;
    render.toldBuckets = fromBucket + series.buckets;
    render.toldViolations += countViolations(violations);
    this.#world.post({ id: render.id, type: 'progress', progress }, [
      series.system.buffer,
      series.nodes.buffer,
      violations.buffer,
    ]);
  }

  #tellEnd({ id, run, wallMs, operationsBefore, resumedFrom }: Render): void {
    const began = this.#world.clock();
    const summary = run.summary();
    const violations = run.violations();
    this.#world.post(
      {
        id,
        type: 'done',
        summary,
        violations,
        wallMs: wallMs + this.#world.clock() - began,
        operations: run.operations - operationsBefore,
        resumedFrom,
      },
      [violations.buffer],
    );
  }

  #end({ id, run }: Render): void {
    this.#ended = { id, violations: run.violations() };
    this.#render = undefined;
  }

  /** An exception is a mistake of the engine's; its message is the reply, and the worker lives on. */
  #attempt(id: number, act: () => void): void {
    try {
      act();
    } catch (error) {
      if (id === this.#render?.id) this.#end(this.#render);
      this.#fail(id, error instanceof Error ? error.message : String(error));
    }
  }

  #fail(id: number, message: string): void {
    this.#world.post({ id, type: 'error', message }, []);
  }
}

/** Twice as long at the most, half as long at the least, so that one slow slice does not decide. */
function nextSlice(sliceUs: number, tookMs: number): number {
  const factor = Math.min(2, Math.max(0.5, SLICE_MS / Math.max(tookMs, 0.1)));
  return Math.round(Math.min(LONGEST_SLICE_US, Math.max(SHORTEST_SLICE_US, sliceUs * factor)));
}
