/**
 * A run: renders a design from its beginning, or from a checkpoint, to its end. The one place that moves time. It is
 * a pure function of the design: rendered in one go, in slices of any size or resumed, it gives the same digest.
 */
import type { Design } from '../design/design.ts';
import { BUCKET_US, NODE_STATE, VIOLATION_WIDTH } from '../design/readings.ts';
import { noteAvailability } from './actors/availability.ts';
import { settleRisks, unflushed } from './actors/buffer.ts';
import { dispatch } from './actors/dispatch.ts';
import { passFaultInstant } from './actors/health.ts';
import { leads } from './actors/reader.ts';
import { beginArrivals } from './actors/workload.ts';
import type { Film } from './film.ts';
import { LastSaved, saveCheckpoint, type Checkpoint } from './kernel/archive.ts';
import { HORIZON } from './kernel/wheel.ts';
import { EVENT_LIMIT, MESSAGE_LIMIT } from './limits.ts';
import { Tier } from './nodes.ts';
import type { Probes } from './probes.ts';
import type { SeriesReading, TailReading } from './readings.ts';
import { E_COMMITTED_AT, E_SHARD, E_SHOWN, E_SLOT, E_STATE, ENTRY, EntryState } from './store.ts';
import { V_KEY } from './oracle.ts';
import { Over, World } from './world.ts';

export class Run {
  readonly design: Design;
  readonly world: World;
  readonly #lag: Float64Array;
  #lastSaved = new LastSaved();

  private constructor(design: Design, probes?: Probes) {
    this.design = design;
    this.world = new World(design);
    this.world.probes = probes;
    this.#lag = new Float64Array(this.world.nodes.count);
  }

  /** With `probes`, a run that is asked about freshness: the same arrivals, and those reads beside them. */
  static start(design: Design, probes?: Probes): Run {
    const run = new Run(design, probes);
    beginArrivals(run.world);
    return run;
  }

  /** Simulated time reached, microseconds. */
  get now(): number {
    return this.world.wheel.now;
  }

  get done(): boolean {
    return this.world.over !== Over.no;
  }

  /** Operations started so far. */
  get operations(): number {
    return this.world.operations.started;
  }

  /** Renders up to `until`, microseconds of simulated time; past the duration it drains and finishes. */
  advance(until: number): void {
    const w = this.world;
    while (!this.done) {
      const boundary = this.#nextBoundary();
      const limit = Math.min(until, boundary - 1);
      if (this.#takeEvents(limit) || until < boundary) return;
      if (boundary === HORIZON) {
        this.#finish(Over.drained);
        return;
      }
      w.wheel.moveTo(boundary);
      this.#cross(boundary);
    }
  }

  checkpoint(previous?: Checkpoint): Checkpoint {
    return saveCheckpoint(this.now, this.world.parts(), previous, this.#lastSaved);
  }

  /** Live views: copy them before handing them over. */
  series(): SeriesReading {
    const { series } = this.world;
    return {
      buckets: series.buckets,
      nodeCount: series.nodeCount,
      system: series.systemRows,
      nodes: series.nodeRows,
    };
  }

  /** As a summary would have it now: no series of percentiles tells the whole's. */
  tails(): TailReading {
    const { get, put } = this.world.series;
    return { get: get.quantile(0.99), put: put.quantile(0.99) };
  }

  /** Rows of VIOLATION_WIDTH in the order in which they were found, keys by slot: a live view, to be read at once. */
  get violationRows(): Int32Array {
    const { at, used } = this.world.oracle.violations;
    return at.subarray(0, used);
  }

  /** The same from row `from` on, in an array of their own, keys by rank. */
  violations(from = 0): Int32Array<ArrayBuffer> {
    const { keys } = this.world;
    const rows = this.violationRows.slice(from * VIOLATION_WIDTH);
    for (let o = V_KEY; o < rows.length; o += VIOLATION_WIDTH) rows[o] = keys.keyOf(rows[o]!);
    return rows;
  }

  /** From now on what a sample of its operations does is written into a film. It changes nothing. */
  film(film: Film): void {
    this.world.camera = film.camera(this.world);
  }

  /** From now on it is there to be looked at: it is in no film any more, and does not remember what it saved last. */
  endRecords(): void {
    this.world.camera = undefined;
    this.#lastSaved = new LastSaved();
  }

  digest(): string {
    return this.world.digest.hex();
  }

  /** Where events give way: the next fault, the next bucket's end, or the end of everything. */
  #nextBoundary(): number {
    const { faults, series } = this.world;
    const fault = faults.instants[faults.passed]?.time ?? HORIZON;
    const bucket = series.buckets < series.length ? this.#bucketEnd() : HORIZON;
    return Math.min(fault, bucket);
  }

  #bucketEnd(): number {
    return Math.min((this.world.series.buckets + 1) * BUCKET_US, this.design.duration);
  }

  /** Deals with everything up to `limit`; true when the run has ended with it. */
  #takeEvents(limit: number): boolean {
    const w = this.world;
    const { wheel } = w;
    const draining = w.series.buckets === w.series.length;
    let left = EVENT_LIMIT - w.events;
    // Asked before each event, since of a quiet run nothing may be left when its duration is over.
    while (!(draining && this.#isDrained())) {
      if (!wheel.take(limit)) return false;
      dispatch(w);
      if (w.calls.alive > MESSAGE_LIMIT) {
        this.#finish(Over.tooManyMessages);
        return true;
      }
      if (--left === 0) {
        this.#finish(Over.tooManyEvents);
        return true;
      }
    }
    this.#finish(Over.drained);
    return true;
  }

  /**
   * True when nothing is left that counts: the duration is over, every client has its end, and what a cache had yet to
   * flush is in the store, if it could be within a flush delay and a client's timeout.
   */
  #isDrained(): boolean {
    const { series, operations, buffered, wheel } = this.world;
    const { duration, cache, client } = this.design;
    return (
      series.buckets === series.length &&
      operations.alive === 0 &&
      (buffered.held === 0 || wheel.now > duration + cache.flushDelay + client.timeout)
    );
  }

  #cross(boundary: number): void {
    const w = this.world;
    const { faults, series } = w;
    // The bucket is closed first: what a fault does at this instant belongs to the next one.
    if (series.buckets < series.length && this.#bucketEnd() === boundary) this.#closeBucket(boundary);
    while (faults.instants[faults.passed]?.time === boundary) passFaultInstant(w);
  }

  #closeBucket(end: number): void {
    const w = this.world;
    const { series, nodes, cache, operations, arrivals } = w;
    nodes.endBucket(end);
    settleRisks(w);
    this.#measureLag(end);
    series.closeBucket(
      end - series.buckets * BUCKET_US,
      operations.alive - arrivals.readBacksDue,
      cache.total,
      (node) => (nodes.tierOf(node) === Tier.cache ? cache.entries[node - nodes.firstCache]! : 0),
      nodes,
      (node) =>
        nodes.tierOf(node) === Tier.store && leads(w, node) && w.nodes.stateOf(node) === NODE_STATE.up,
      (node) => this.#lag[node]!,
    );
    nodes.beginBucket(end);
  }

  /** Age of the oldest committed write that each replica does not show yet. */
  #measureLag(now: number): void {
    const { store, nodes, oracle, leaderless } = this.world;
    this.#lag.fill(0);
    for (let entry = 1; entry < store.end; entry++) {
      const e = entry * ENTRY;
      if (store.at[e + E_STATE] !== EntryState.committed) continue;
      const first = nodes.firstStore + store.at[e + E_SHARD]! * store.rf;
      const slot = store.at[e + E_SLOT]!;
      for (let r = 0; r < store.rf; r++) {
        if ((store.at[e + E_SHOWN]! & (1 << r)) !== 0) continue;
        // Without leaders only the newest committed version has an entry, and the replica may lack older ones too.
        const since = leaderless
          ? oracle.committedAt(oracle.nextOf(slot, store.shown(slot, r)))
          : store.at[e + E_COMMITTED_AT]!;
        this.#lag[first + r] = Math.max(this.#lag[first + r]!, now - since);
      }
    }
  }

  #finish(how: number): void {
    const w = this.world;
    // A shard that is still without a leader has been so up to the end of the duration.
    for (let shard = 0; shard < w.store.shards; shard++) {
      noteAvailability(w, shard);
    }
    settleRisks(w);
    w.series.fold();
    w.oracle.finish(unflushed(w));
    w.over = how;
  }
}
