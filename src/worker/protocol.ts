/**
 * The words between the page and its engine worker. Types alone: both sides import them, nothing runs here.
 * Every request carries an id; every reply names the request it answers. Errors are replies, never silence.
 */
import type { Design } from '../design/design.ts';
import type { VisibilityQuestion } from '../design/visibility.ts';
import type { Window } from '../design/window.ts';
import type { OwnSeries } from '../engine/copy.ts';
import type {
  DetailReading,
  DetailRequest,
  FilmReading,
  SeriesReading,
  TailReading,
  VisibilityReading,
} from '../engine/readings.ts';
import type { ExcerptReading, Summary } from '../engine/summary.ts';
import type { ComparisonReading } from '../explore/comparison.ts';

export type Request =
  /**
   * Render this design; a newer `render` cancels an older one. What the last run shares with it is not run again. One that
   * gives way tells its first progress, and goes on once it is told to `proceed`; questions are answered meanwhile.
   */
  | { readonly id: number; readonly type: 'render'; readonly design: Design; readonly givesWay: boolean }
  | { readonly id: number; readonly type: 'proceed' }
  /** The detail of a window of the run that `render` started (waits for its checkpoints where needed). */
  | { readonly id: number; readonly type: 'detail'; readonly run: number; readonly request: DetailRequest }
  /** What a window of that run comes to; a newer question cancels an older one. */
  | { readonly id: number; readonly type: 'excerpt'; readonly run: number; readonly span: Window }
  /** The curve of freshness of a design, whatever is rendered; a newer question cancels an older one. */
  | {
      readonly id: number;
      readonly type: 'visibility';
      readonly design: Design;
      readonly question: VisibilityQuestion;
    }
  | { readonly id: number; readonly type: 'cancel'; readonly of: number };

/** What has been rendered since the last progress; the first one after a change brings all from 0. */
export interface Progress {
  /** Rendered up to here, microseconds. */
  readonly renderedTo: number;
  /** First bucket that these rows describe. */
  readonly fromBucket: number;
  readonly series: SeriesReading;
  /** Of everything up to `renderedTo`. */
  readonly tails: TailReading;
  /** Rows of VIOLATION_WIDTH; the first one is number `fromViolation`. */
  readonly fromViolation: number;
  readonly violations: Int32Array<ArrayBuffer>;
  readonly film: FilmReading;
}

export type Reply =
  | { readonly id: number; readonly type: 'progress'; readonly progress: Progress }
  | {
      readonly id: number;
      readonly type: 'done';
      readonly summary: Summary;
      readonly violations: Int32Array<ArrayBuffer>;
      readonly wallMs: number;
      /** Operations rendered (not shared with the run before). */
      readonly operations: number;
      /** Where the rendering began: 0, or the checkpoint that it resumed from. */
      readonly resumedFrom: number;
    }
  | { readonly id: number; readonly type: 'detail'; readonly detail: DetailReading }
  /** `share` of the work is done; the reading comes when all of it is. */
  | {
      readonly id: number;
      readonly type: 'excerpt';
      readonly share: number;
      readonly reading?: ExcerptReading;
    }
  /** What was found so far; `share` of the work is done, all of it once it is `done`. */
  | {
      readonly id: number;
      readonly type: 'visibility';
      readonly reading: VisibilityReading;
      readonly share: number;
      readonly done: boolean;
    }
  | { readonly id: number; readonly type: 'cancelled' }
  | { readonly id: number; readonly type: 'error'; readonly message: string };

/** What is asked of a worker of comparisons. It compares one pair of designs at a time and answers as it goes. */
export type ComparisonRequest =
  | { readonly type: 'compare'; readonly a: Design; readonly b: Design; readonly seeds: number }
  /** Goes on, to so many seeds in all. */
  | { readonly type: 'more'; readonly seeds: number }
  | { readonly type: 'stop' };

export type ComparisonReply =
  | {
      readonly type: 'comparison';
      readonly reading: ComparisonReading;
      /** Of the first pair: a side's whole series so far, where there is more of it than was told before. */
      readonly series: { readonly a?: OwnSeries; readonly b?: OwnSeries };
      /** Of the work. */
      readonly share: number;
      readonly done: boolean;
    }
  | { readonly type: 'error'; readonly message: string };
