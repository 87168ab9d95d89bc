/**
 * A render under way: takes its run on in slices short enough that others get in between, saves checkpoints, and tells how
 * far it has got. Which turn is its own is the handler's business.
 */
import { copySeries, countViolations } from '../engine/copy.ts';
import type { Film } from '../engine/film.ts';
import type { Summary } from '../engine/summary.ts';
import type { Checkpoints } from './handle-checkpoints.ts';
import { PROGRESS_MS, SLICE_MS, type EngineRun, type World } from './handle-world.ts';

/** The first slice of a run, simulated microseconds: a bucket, so that there is something to show, and no more. */
const FIRST_SLICE_US = 100_000;
const SHORTEST_SLICE_US = 1_000;
const LONGEST_SLICE_US = 10_000_000;

/** Windows that somebody waits for, as the render sees them that passes them. */
export interface Windows<R> {
  /** Instants up to which a slice may go: right before a window, and its end. */
  edges(): number[];
  /** Everything up to `reached` has been rendered: begins to write down the window that begins there, if there is one. */
  begin(run: R, reached: number): void;
  /** Whether the window that is written down ended, and was told. */
  passed(run: R, reached: number): boolean;
  /** Whether somebody waits for a window that begins right after `reached`, and cannot have it in passing. */
  waitAt(reached: number): boolean;
}

export class RenderWork<R extends EngineRun> {
  readonly id: number;
  readonly run: R;
  /** How far it was rendered: the run's own clock stands at its last event, which may be long before. */
  #reached: number;
  readonly #film: Film;
  readonly #from: number;
  readonly #duration: number;
  readonly #operationsBefore: number;
  #wallMs = 0;
  #sliceUs = FIRST_SLICE_US;
  #toldAt: number | undefined;
  #toldBuckets = 0;
  #toldViolations = 0;
  #toldFilm = { hops: 0, events: 0 };
  readonly #checkpoints: Checkpoints;
  readonly #world: World;

  /** `run` stands at `from`, microseconds, and is filmed; what it passes is saved in `checkpoints`. */
  constructor(
    { id, run, film, from, duration }: { id: number; run: R; film: Film; from: number; duration: number },
    checkpoints: Checkpoints,
    world: World,
  ) {
    this.id = id;
    this.run = run;
    this.#film = film;
    this.#from = from;
    this.#reached = from;
    this.#duration = duration;
    this.#operationsBefore = run.operations;
    this.#checkpoints = checkpoints;
    this.#world = world;
  }

  /** Everything up to here has been rendered, microseconds; Infinity once all is. */
  get reached(): number {
    return this.run.done ? Number.POSITIVE_INFINITY : this.#reached;
  }

  /** Something of it was told. */
  get isTold(): boolean {
    return this.#toldAt !== undefined;
  }

  /** Goes on with it, through the windows that are waited for. */
  slice(windows: Windows<R> | undefined): void {
    const { run } = this;
    const { clock } = this.#world;
    const began = clock();
    windows?.begin(run, this.#reached);
    if (this.#isCheckpointDue(windows)) this.#checkpoints.add(run.checkpoint(this.#checkpoints.last));
    const edges = [this.#checkpoints.nextDue, ...(windows?.edges() ?? [])];
    this.#reached = Math.min(this.#reached + this.#sliceUs, ...edges.filter((time) => time > this.#reached));
    run.advance(this.#reached);
    const told = windows?.passed(run, this.#reached) ?? false;
    const ended = clock();
    this.#wallMs += ended - began;
    this.#sliceUs = nextSlice(this.#sliceUs, ended - began);
    const due = this.#toldAt === undefined ? run.series().buckets > 0 : ended - this.#toldAt >= PROGRESS_MS;
    // Whoever waits at a window goes on only once the run is said to be past it.
    if (told || due || run.done) this.#tellProgress(ended);
  }

  tellEnd(summary: Summary): void {
    const { id, run } = this;
    const violations = run.violations();
    this.#world.post(
      {
        id,
        type: 'done',
        summary,
        violations,
        wallMs: this.#wallMs,
        operations: run.operations - this.#operationsBefore,
        resumedFrom: this.#from,
      },
      [violations.buffer],
    );
  }

  /**
   * One is due from time to time, once something was told: nobody who waits for the first of a run waits for it. And right
   * before a window: with that the window costs itself alone.
   */
  #isCheckpointDue(windows: Windows<R> | undefined): boolean {
    const { last, nextDue } = this.#checkpoints;
    const { now } = this.run;
    if (windows?.waitAt(this.#reached) === true) return now > (last?.time ?? -1);
    return this.isTold && now >= nextDue;
  }

  #tellProgress(now: number): void {
    const { run } = this;
    // The last bucket that was told may have grown since.
    const fromBucket = Math.max(0, this.#toldBuckets - 1);
    const series = copySeries(run.series(), fromBucket);
    const violations = run.violations(this.#toldViolations);
    const film = this.#film.read(this.#toldFilm);
    const progress = {
      renderedTo: Math.min(this.#reached, this.#duration),
      fromBucket,
      series,
      tails: run.tails(),
      fromViolation: this.#toldViolations,
      violations,
      film,
    };
    this.#toldAt = now;
    this.#toldBuckets = fromBucket + series.buckets;
    this.#toldViolations += countViolations(violations);
    this.#toldFilm = this.#film.length;
    this.#world.post({ id: this.id, type: 'progress', progress }, [
      series.system.buffer,
      series.nodes.buffer,
      violations.buffer,
      film.hops.buffer,
      film.events.buffer,
    ]);
  }
}

/** Twice as long at the most, half as long at the least, so that one slow slice does not decide. */
function nextSlice(sliceUs: number, tookMs: number): number {
  const factor = Math.min(2, Math.max(0.5, SLICE_MS / Math.max(tookMs, 0.1)));
  return Math.round(Math.min(LONGEST_SLICE_US, Math.max(SHORTEST_SLICE_US, sliceUs * factor)));
}
