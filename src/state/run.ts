/**
 * What is rendered of the open design. Readings of a new run take the place of the old ones with its first progress,
 * all at once, so that nobody ever sees a half of each; the old ones stay as the ghost. The store never runs anything:
 * the session tells it what the worker said.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Design } from '../design/design.ts';
import {
  BUCKET_US,
  EVENT_WIDTH,
  HOP_WIDTH,
  NODE_WIDTH,
  SYSTEM_WIDTH,
  VIOLATION_WIDTH,
} from '../design/readings.ts';
import type { FilmReading, SeriesReading } from '../engine/readings.ts';
import type { Summary } from '../engine/summary.ts';
import type { FilmRows } from '../replay/film.ts';
import type { Progress } from '../worker/protocol.ts';

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
        series: merged(first ? undefined : state.series, asked.design, fromBucket, series),
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

/** `into` with the rows of `part` from bucket `fromBucket` on; made for the whole of `design`'s run, and larger where needed. */
function merged(
  into: SeriesReading | undefined,
  design: Design,
  fromBucket: number,
  part: SeriesReading,
): SeriesReading {
  const { nodeCount } = part;
  const buckets = fromBucket + part.buckets;
  const capacity = Math.max(buckets, Math.ceil(design.duration / BUCKET_US));
  const system = withRoom(into?.system, capacity * SYSTEM_WIDTH);
  const nodes = withRoom(into?.nodes, capacity * nodeCount * NODE_WIDTH);
  system.set(part.system.subarray(0, part.buckets * SYSTEM_WIDTH), fromBucket * SYSTEM_WIDTH);
  nodes.set(
    part.nodes.subarray(0, part.buckets * nodeCount * NODE_WIDTH),
    fromBucket * nodeCount * NODE_WIDTH,
  );
  return { buckets, nodeCount, system, nodes };
}

function withRoom(array: Float32Array | undefined, length: number): Float32Array {
  if (array !== undefined && array.length >= length) return array;
  const larger = new Float32Array(length).fill(Number.NaN);
  if (array !== undefined) larger.set(array);
  return larger;
}

/** Numbers that arrive in parts: doubled when full, so that a run of many violations is not copied with each of its parts. */
class GrowingRows {
  #array = new Int32Array(1024);
  #length = 0;

  write(at: number, rows: Int32Array): void {
    const end = at + rows.length;
    if (end > this.#array.length) {
      const larger = new Int32Array(Math.max(end, this.#array.length * 2));
      larger.set(this.#array.subarray(0, this.#length));
      this.#array = larger;
    }
    this.#array.set(rows, at);
    this.#length = end;
  }

  view(): Int32Array {
    return this.#array.subarray(0, this.#length);
  }
}

/** A film that arrives in parts. */
class GrowingFilm {
  readonly #hops = new GrowingRows();
  readonly #events = new GrowingRows();
  #oneIn = 1;

  write({ oneIn, from, hops, events }: FilmReading): void {
    this.#oneIn = oneIn;
    this.#hops.write(from.hops * HOP_WIDTH, hops);
    this.#events.write(from.events * EVENT_WIDTH, events);
  }

  view(): FilmRows {
    return { oneIn: this.#oneIn, hops: this.#hops.view(), events: this.#events.view() };
  }
}
