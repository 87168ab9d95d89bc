/** What the handler, and the works that it gives turns, see of a run and of the worker around them. */
import type { Film } from '../engine/film.ts';
import type { Checkpoint } from '../engine/kernel/archive.ts';
import type { SeriesReading, TailReading } from '../engine/readings.ts';
import type { Reply } from './protocol.ts';

/** A run as it is driven here. */
export interface EngineRun {
  advance(until: number): void;
  readonly now: number;
  readonly done: boolean;
  readonly operations: number;
  checkpoint(previous?: Checkpoint): Checkpoint;
  /** Live: copied before it is handed over. */
  series(): SeriesReading;
  tails(): TailReading;
  /** Those found so far, whose keys mean nothing: a live view, to be read at once. */
  readonly violationRows: Int32Array;
  /** Those from number `from` on, in an array of their own. */
  violations(from?: number): Int32Array<ArrayBuffer>;
  /** Has what a sample of its operations does from now on written into a film. */
  film(film: Film): void;
}

export interface World {
  readonly post: (reply: Reply, transfer: ArrayBuffer[]) => void;
  /** Wall time, milliseconds. */
  readonly clock: () => number;
  /** Calls back once what waits in the event loop had its turn. */
  readonly later: (callback: () => void) => void;
}

/** The clock and the way out, and how long a slice may take and how often progress is told, milliseconds. */
export interface SliceWorld {
  readonly post: (reply: Reply) => void;
  readonly clock: () => number;
  readonly sliceMs: number;
  readonly progressMs: number;
}

/** How long one slice of rendering should take, milliseconds of wall time. */
export const SLICE_MS = 25;
/**
 * Progress is told at most so often, milliseconds of wall time; the first of a run as soon as there is any. The page lays out
 * and paints for each, on the same few cores that render.
 */
export const PROGRESS_MS = 120;
