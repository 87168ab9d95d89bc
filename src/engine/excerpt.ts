/**
 * An excerpt of a run: what a window of it comes to, exactly as the whole run's figures are. Counts and histograms only
 * ever grow, so that a window's are the difference of two tallies, one right before each of its edges. Instants are
 * reached from the nearest checkpoint, step by step, so that whoever drives it can let others in between.
 */
import { assert } from '../base/assert.ts';
import { ok, type Result } from '../base/result.ts';
import type { Design } from '../design/design.ts';
import { SYSTEM, type ViolationKind } from '../design/readings.ts';
import type { Window } from '../design/window.ts';
import type { Checkpoint } from './kernel/archive.ts';
import { Histogram } from './kernel/histogram.ts';
import { Seeker } from './seeker.ts';
import { ENDINGS } from './series.ts';
import { limitReached, ratio, summariseOperations } from './summarise.ts';
import type { Excerpt, ExcerptReading } from './summary.ts';
import type { World } from './world.ts';

/** All that was counted before one instant. */
interface Tally {
  readonly latencies: Readonly<Record<'put' | 'get' | 'readBack' | 'staleness', Histogram>>;
  /** Columns of SYSTEM. */
  readonly counts: Float64Array;
  readonly endings: Float64Array;
  readonly violations: Readonly<Record<ViolationKind, number>>;
  readonly readYourWritesChecked: number;
  readonly monotonicReadsChecked: number;
  readonly storeWrites: number;
  readonly storeReads: number;
  /** The limit that had ended the run by then, if one had. */
  readonly stopped: string | undefined;
}

/** Tallies that are kept: while one edge is moved, the other one's is needed again and again. */
const TALLIES_LIMIT = 8;

export class ExcerptSource {
  readonly #seeker: Seeker;
  /** By instant, oldest first. */
  readonly #tallies = new Map<number, Tally>();

  constructor(seeker: Seeker) {
    this.#seeker = seeker;
  }

  /**
   * Goes on with a window by `stepUs` of simulated time at most; the reading once both edges are known. `nearest` gives
   * the nearest checkpoint before an instant. Nothing is kept of a step but where the run stands: if somebody else has
   * moved it meanwhile, it is placed anew.
   */
  step(
    { from, to }: Window,
    nearest: (time: number) => Checkpoint | undefined,
    stepUs: number,
  ): Result<ExcerptReading | undefined> {
    for (const edge of [from, to]) {
      if (this.#tallies.has(edge)) continue;
      const placed = this.#seeker.place(nearest(edge), edge);
      if (!placed.ok) return placed;
      this.#seeker.advance(Math.min(edge, this.#seeker.reached + stepUs));
      if (this.#seeker.reached < edge) return ok(undefined);
      this.#keep(edge, tallyOf(placed.value.world));
    }
    const [before, after] = [this.#tallies.get(from), this.#tallies.get(to)];
    if (before === undefined || after === undefined) return ok(undefined);
    const { stopped } = after;
    return ok({ from, to, ...difference(before, after), ...(stopped === undefined ? {} : { stopped }) });
  }

  /** Simulated time that is still to be rendered for a window, microseconds. */
  left({ from, to }: Window, nearest: (time: number) => Checkpoint | undefined): number {
    let left = 0;
    for (const edge of [from, to]) {
      if (this.#tallies.has(edge)) continue;
      const { reached } = this.#seeker;
      left += edge - Math.max(nearest(edge)?.time ?? 0, reached <= edge ? reached : 0);
    }
    return left;
  }

  #keep(edge: number, tally: Tally): void {
    this.#tallies.set(edge, tally);
    const [oldest] = this.#tallies.keys();
    if (oldest !== undefined && this.#tallies.size > TALLIES_LIMIT) this.#tallies.delete(oldest);
  }
}

function tallyOf(w: World): Tally {
  const { series, oracle, store } = w;
  return {
    latencies: {
      put: merged(series.put, series.bucketPut),
      get: merged(series.get, series.bucketGet),
      readBack: merged(series.readBack),
      staleness: merged(oracle.staleness),
    },
    // Of the columns that are no counts, this is nothing.
    counts: series.totals.map((total, column) => total + series.system[column]!),
    endings: series.endings.slice(),
    readYourWritesChecked: oracle.readYourWritesChecked,
    monotonicReadsChecked: oracle.monotonicReadsChecked,
    violations: { ...oracle.counts },
    storeWrites: store.writes,
    storeReads: store.reads,
    stopped: limitReached(w),
  };
}

function merged(...parts: readonly Histogram[]): Histogram {
  const all = new Histogram();
  for (const part of parts) all.merge(part);
  return all;
}

function difference(before: Tally, after: Tally): Excerpt {
  const endings = after.endings.map((count, i) => count - before.endings[i]!);
  const count = (column: number): number => after.counts[column]! - before.counts[column]!;
  const found = (kind: ViolationKind): number => after.violations[kind] - before.violations[kind];
  const since = (kind: keyof Tally['latencies']): Histogram => {
    const rest = merged(after.latencies[kind]);
    rest.merge(before.latencies[kind], -1);
    return rest;
  };
  const put = summariseOperations(since('put'), endings, ENDINGS.put);
  const get = summariseOperations(since('get'), endings, ENDINGS.get);
  const [hits, misses] = [count(SYSTEM.hits), count(SYSTEM.misses)];
  const staleness = since('staleness');
  return {
    put,
    get,
    readBack: summariseOperations(since('readBack'), endings, ENDINGS.readBack),
    availability: ratio(put.ok + get.ok, put.attempted + get.attempted, 1),
    cache: {
      hits,
      misses,
      hitRatio: ratio(hits, hits + misses, 0),
      timeouts: count(SYSTEM.cacheTimeouts),
      fallbacks: count(SYSTEM.fallbacks),
    },
    consistency: {
      readYourWrites: {
        checked: after.readYourWritesChecked - before.readYourWritesChecked,
        violations: found('readYourWrites'),
      },
      monotonicReads: {
        checked: after.monotonicReadsChecked - before.monotonicReadsChecked,
        violations: found('monotonicReads'),
      },
      stale: {
        reads: found('staleRead'),
        p99Ms: staleness.count === 0 ? 0 : staleness.quantile(0.99) / 1000,
      },
      dirtyReads: found('dirtyRead'),
      lostAckedWrites: found('lostAckedWrite'),
      storeRegressions: found('storeRegression'),
    },
    store: { writes: after.storeWrites - before.storeWrites, reads: after.storeReads - before.storeReads },
  };
}

/** The excerpt of one window, by itself, rendered from the beginning. */
export function excerptOf(design: Design, span: Window): Result<ExcerptReading> {
  const excerpt = new ExcerptSource(new Seeker(design)).step(span, () => undefined, Infinity);
  if (!excerpt.ok) return excerpt;
  assert(excerpt.value !== undefined, 'a step without end reaches both edges');
  return ok(excerpt.value);
}
