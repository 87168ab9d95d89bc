/**
 * Two designs, measured against each other over several seeds. With each seed both are run, so that both meet the same
 * arrivals and what is compared is the difference of a pair: what chance does to both of them falls out of it. It says
 * how far the mean of these differences can be trusted (Student's t), and says so when the seeds do not tell.
 *
 * It runs nothing by itself: it is handed a way to start a run, drives it in steps, and keeps a summary of each.
 */
import type { Design } from '../design/design.ts';
import { LIMITS } from '../design/limits.ts';
import type { SeriesReading } from '../engine/readings.ts';
import type { DrivenRun } from '../engine/render.ts';
import type { Summary } from '../engine/summary.ts';
import { MEASURES, type Measure } from './measures.ts';
import { studentT } from './student.ts';

export type RunThis = (design: Design) => DrivenRun;

/** The share of intervals, made in this way, that hold the true difference. */
const CONFIDENCE = 0.95;

export type Side = 'a' | 'b';

/**
 * `a` and `b`: this one is better, and the interval has no room for the opposite. `equal`: none that the measure could
 * show. `open`: the seeds do not tell.
 */
export type Verdict = Side | 'equal' | 'open';

export interface Difference extends Measure {
  /** Means over the seeds. */
  readonly a: number;
  readonly b: number;
  /** The mean of b − a over the pairs. */
  readonly difference: number;
  /** Where the true mean lies, with `CONFIDENCE`; undefined with a single pair. */
  readonly interval: { readonly from: number; readonly to: number } | undefined;
  readonly verdict: Verdict;
}

export interface ComparisonReading {
  /** Of the pairs that are measured. */
  readonly seeds: readonly number[];
  /** Empty until there is a pair. */
  readonly differences: readonly Difference[];
  /** Runs that a named limit ended before their time: what was measured of them is of less than the whole. */
  readonly stopped: readonly { readonly side: Side; readonly seed: number; readonly why: string }[];
}

interface Pair {
  readonly seed: number;
  readonly a: Summary;
  readonly b: Summary;
}

export class Comparison {
  readonly #pairs: Pair[] = [];
  /** The run under way, how far it is, and the summary of `a` while `b` is run. */
  #run: DrivenRun | undefined;
  #reached = 0;
  #half: Summary | undefined;
  #asked = 0;
  readonly #first: { a?: SeriesReading; b?: SeriesReading } = {};
  readonly #designs: Readonly<Record<Side, Design>>;
  readonly #runThis: RunThis;

  constructor(a: Design, b: Design, runThis: RunThis) {
    this.#designs = { a, b };
    this.#runThis = runThis;
  }

  /** Asks for so many pairs in all; those that are measured already stay, and none is taken back. */
  ask(seeds: number): void {
    this.#asked = seeds;
  }

  get done(): boolean {
    return this.#pairs.length >= this.#asked;
  }

  /** 0 to 1. */
  get share(): number {
    if (this.done) return 1;
    const { duration } = this.#designs[this.#side];
    const current = this.#run === undefined ? 0 : Math.min(this.#reached / duration, 1);
    const runs = 2 * this.#pairs.length + (this.#half === undefined ? 0 : 1);
    return (runs + current) / (2 * this.#asked);
  }

  /** Goes on by `us` microseconds of simulated time, to the end of the run under way at the most. */
  advance(us: number): void {
    if (this.done) return;
    const side = this.#side;
    const seed = this.#seedOf(this.#pairs.length);
    this.#run ??= this.#runThis({ ...this.#designs[side], seed });
    const run = this.#run;
    this.#reached += us;
    run.advance(this.#reached);
    if (this.#pairs.length === 0) this.#first[side] = run.series();
    if (!run.done) return;
    const summary = run.summary();
    this.#run = undefined;
    this.#reached = 0;
    if (this.#half === undefined) {
      this.#half = summary;
      return;
    }
    this.#pairs.push({ seed, a: this.#half, b: summary });
    this.#half = undefined;
  }

  /** Of the first pair, as far as it is rendered; live while its run is under way. */
  series(side: Side): SeriesReading | undefined {
    return this.#first[side];
  }

  reading(): ComparisonReading {
    const pairs = this.#pairs;
    return {
      seeds: pairs.map(({ seed }) => seed),
      differences:
        pairs.length === 0
          ? []
          : MEASURES.map(({ read, ...measure }) =>
              differenceOf(
                measure,
                pairs.map(({ a, b }) => ({ a: read(a), b: read(b) })),
              ),
            ),
      stopped: pairs.flatMap(({ seed, ...runs }) =>
        (['a', 'b'] as const).flatMap((side) => {
          const why = runs[side].stopped;
          return why === undefined ? [] : [{ side, seed, why }];
        }),
      ),
    };
  }

  get #side(): Side {
    return this.#half === undefined ? 'a' : 'b';
  }

  /** The seed of `a` and those after it, from 0 again past the last one. */
  #seedOf(pair: number): number {
    return (this.#designs.a.seed + pair) % (LIMITS.seed + 1);
  }
}

/** One line of the comparison, from what each pair came to. */
export function differenceOf(
  measure: Measure,
  pairs: readonly { readonly a: number; readonly b: number }[],
): Difference {
  const differences = pairs.map(({ a, b }) => b - a);
  const difference = meanOf(differences);
  const interval = intervalOf(differences, difference);
  const [a, b] = [meanOf(pairs.map((pair) => pair.a)), meanOf(pairs.map((pair) => pair.b))];
  const least = measure.precision * Math.max(Math.abs(a), Math.abs(b));
  return { ...measure, a, b, difference, interval, verdict: verdictOf(measure, interval, least) };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function intervalOf(differences: readonly number[], mean: number): Difference['interval'] {
  const { length } = differences;
  if (length < 2) return undefined;
  const squares = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardError = Math.sqrt(squares / (length - 1) / length);
  const reach = studentT(CONFIDENCE, length - 1) * standardError;
  return { from: mean - reach, to: mean + reach };
}

/** `least` is the smallest difference that the measure can show. */
function verdictOf({ better }: Measure, interval: Difference['interval'], least: number): Verdict {
  if (interval === undefined) return 'open';
  const { from, to } = interval;
  if (from >= -least && to <= least) return 'equal';
  const [one, other]: [Side, Side] = better === 'lower' ? ['a', 'b'] : ['b', 'a'];
  return from > 0 ? one : to < 0 ? other : 'open';
}
