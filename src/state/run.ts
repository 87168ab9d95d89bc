/**
 * What is rendered of the open design. Readings of a new run take the place of the old ones with its first progress,
 * all at once, so that nobody ever sees a half of each; the old ones stay as the ghost. The store never runs anything:
 * the session tells it what the worker said.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Design } from '../design/design.ts';
import { BUCKET_US, VIOLATION_WIDTH } from '../design/readings.ts';
import type { SeriesReading, TailReading } from '../engine/readings.ts';
import type { Summary } from '../engine/summary.ts';
import type { FilmRows } from '../replay/film.ts';
import type { Progress } from '../worker/protocol.ts';
import { GrowingFilm, GrowingRows, seriesWith } from './growing.ts';

/** A run that the engine was asked for, by its number, and the design that says what lies where in it. */
export interface RenderedDesign {
  readonly run: number;
  readonly design: Design;
}

/** A run that is over, for comparison. */
export interface Ghost {
  readonly series: SeriesReading;
  readonly summary: Summary | undefined;
  readonly design: Design;
}

export interface RunState {
  /** Of the newest run that was asked for. */
  readonly phase: 'rendering' | 'done' | 'failed';
  /** The design that the readings below belong to; the one before, until the first progress of a new run. */
  readonly design: Design | undefined;
  /** The run that the readings below belong to. */
  readonly runId: number;
  /** Microseconds. */
  readonly renderedTo: number;
  /** Its arrays cover all buckets of the run, `buckets` says how many are filled. */
  readonly series: SeriesReading | undefined;
  /** Of what is rendered. */
  readonly tails: TailReading | undefined;
  /** Rows of VIOLATION_WIDTH, so far. */
  readonly violations: Int32Array;
  /** What a sample of its operations did, so far. */
  readonly film: FilmRows | undefined;
  readonly summary: Summary | undefined;
  /** The run before the last change. */
  readonly previous: Ghost | undefined;
  readonly wallMs: number;
  readonly operations: number;
  readonly resumedFrom: number;
  /** Why the newest run failed, until that was dismissed. */
  readonly error: string | undefined;
  /** What the person should know although everything goes on. */
  readonly notice: string | undefined;
}

/** The end of a run, as the worker tells it. */
export interface Finished {
  readonly summary: Summary;
  readonly violations: Int32Array;
  readonly wallMs: number;
  readonly operations: number;
  readonly resumedFrom: number;
}

export interface RunStore extends StoreApi<RunState> {
  /** A new run was asked for. One that `keepsGhost` belongs to the same change as the last one: the ghost stays. */
  began(runId: number, design: Design, options?: { readonly keepsGhost: boolean }): void;
  /** The newest run's design has other annotations (title, notes, layout), and still the same run. */
  annotated(design: Design): void;
  progressed(runId: number, progress: Progress): void;
  finished(runId: number, end: Finished): void;
  failed(runId: number, error: string): void;
  notify(notice: string): void;
  dismissNotice(): void;
  /** The run has failed all the same. */
  dismissError(): void;
}

const NO_VIOLATIONS = new Int32Array(0);

/** With nothing rendered yet. */
export function createRunStore(): RunStore {
  const store = createStore<RunState>()(() => ({
    phase: 'rendering',
    design: undefined,
    runId: 0,
    renderedTo: 0,
    series: undefined,
    tails: undefined,
    violations: NO_VIOLATIONS,
    film: undefined,
    summary: undefined,
    previous: undefined,
    wallMs: 0,
    operations: 0,
    resumedFrom: 0,
    error: undefined,
    notice: undefined,
  }));
  /** The run that was asked for last; its readings are in the store once it has sent some. */
  let asked: { runId: number; design: Design; ghost: Ghost | undefined } | undefined;
  let violations = new GrowingRows();
  let film = new GrowingFilm();

  return Object.assign(store, {
    began(runId: number, design: Design, { keepsGhost } = { keepsGhost: false }) {
      const { previous, design: shown, series, summary } = store.getState();
      const replaced =
        series === undefined || shown === undefined ? previous : { series, summary, design: shown };
      // A run that was given up on before its first progress has left its ghost with the request alone.
      asked = { runId, design, ghost: keepsGhost ? (asked?.ghost ?? previous) : replaced };
      store.setState({ phase: 'rendering', error: undefined });
    },

    annotated(design: Design) {
      if (asked === undefined) return;
      asked = { ...asked, design };
      if (store.getState().runId === asked.runId) store.setState({ design });
    },

    progressed(runId: number, progress: Progress) {
      const { renderedTo, fromBucket, series } = progress;
      if (asked?.runId !== runId) return;
      const state = store.getState();
      const first = state.runId !== runId;
      // Rendered once more, since its engine stopped, the same run has nothing new until it is past what is known of it.
      if (!first && (state.phase === 'done' || renderedTo < state.renderedTo)) return;
      if (first) {
        violations = new GrowingRows();
        film = new GrowingFilm();
      }
      violations.write(progress.fromViolation * VIOLATION_WIDTH, progress.violations);
      film.write(progress.film);
      store.setState({
        ...(first ? fresh(runId, asked.design, asked.ghost) : {}),
        phase: 'rendering',
        renderedTo,
        tails: progress.tails,
        series: seriesWith(first ? undefined : state.series, asked.design, fromBucket, series),
        violations: violations.view(),
        film: film.view(),
      });
    },

    finished(runId: number, end: Finished) {
      if (asked?.runId !== runId) return;
      const { renderedTo, series } = store.getState();
      // Of a run that a limit ended there is no more than what it told.
      const told = end.summary.stopped === undefined ? Infinity : (series?.buckets ?? 0) * BUCKET_US;
      store.setState({
        ...end,
        phase: 'done',
        renderedTo: Math.min(Math.max(renderedTo, asked.design.duration), told),
      });
    },

    failed(runId: number, error: string) {
      // Of an engine that was started again in vain there is no more to say.
      if (asked?.runId === runId) store.setState({ phase: 'failed', error, notice: undefined });
    },

    notify(notice: string) {
      store.setState({ notice });
    },

    dismissNotice() {
      store.setState({ notice: undefined });
    },

    dismissError() {
      store.setState({ error: undefined });
    },
  });
}

function fresh(runId: number, design: Design, previous: Ghost | undefined): Partial<RunState> {
  return { runId, design, previous, summary: undefined, wallMs: 0, operations: 0, resumedFrom: 0 };
}
