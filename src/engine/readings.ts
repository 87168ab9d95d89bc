/**
 * What a run hands out, as types: series, violations, and the detail of a window. Columns are named in
 * `design/readings.ts`. Types alone: reading a run never pulls the engine in.
 */

/** The series so far. `system` has one row a bucket, `nodes` one row a bucket and node. */
export interface SeriesReading {
  readonly buckets: number;
  readonly nodeCount: number;
  readonly system: Float32Array;
  readonly nodes: Float32Array;
}

/** The p99 of all operations of a kind so far, microseconds; NaN where none has ended. */
export interface TailReading {
  readonly get: number;
  readonly put: number;
}

/** Which operations a detail window shows. Violating and focused operations are always in. */
export interface DetailRequest {
  /** Microseconds, window [from, to). */
  readonly from: number;
  readonly to: number;
  /** 'all', or about so many operations a second, chosen by a hash of their id (so that neighbours in time agree). */
  readonly sample: 'all' | number;
  readonly focus: readonly number[];
  /** A key's rank whose every change is recorded whoever causes it, or -1. */
  readonly key: number;
  /** Of that key not the changes alone are recorded, but every operation with all that it does. */
  readonly keyInFull?: boolean;
  /** A session whose every operation is in, if one is followed. */
  readonly session?: number;
}

/** What a cache node keeps of a key beside its version. Instants are microseconds; -1 where there is none. */
export interface Kept {
  /** When the entry's TTL runs out. */
  readonly until: number;
  /** The version, by number, whose tombstone refuses older ones. */
  readonly tombstone: number;
  readonly tombstoneUntil: number;
}

/** What is committed of a key in a window; versions by number, 0 is the initial value. */
export interface Committed {
  /** The newest at its beginning: the last to be committed, unless a fault took it. */
  readonly newest: number;
  /**
   * Of those that were not committed at its beginning, or did not exist: when each was, or the one that overtook it,
   * microseconds; Infinity: not by its end.
   */
  readonly later: ReadonlyMap<number, number>;
}

/** Hops, events and levels of a window, recomputed from a checkpoint; sorted by their first column. */
export interface DetailReading {
  readonly from: number;
  readonly to: number;
  /** 1 in so many operations is in here; 1 when all are. */
  readonly oneIn: number;
  readonly hops: Int32Array<ArrayBuffer>;
  readonly events: Int32Array<ArrayBuffer>;
  readonly levels: Int32Array<ArrayBuffer>;
  /** What every node holds of `request.key` at `from`: the version number per node id, -1 where nothing. */
  readonly held: Int32Array<ArrayBuffer>;
  /** What its cache node keeps of it at `from`. */
  readonly kept: Kept;
  /** What is committed of it. */
  readonly committed: Committed;
  /** Operations of `request.session` that are in here, by id. */
  readonly ofSession: readonly number[];
  /** True when a named limit cut the window short; `to` is then where it was cut. */
  readonly truncated: boolean;
}

/** Rows of a film. */
export interface FilmLength {
  readonly hops: number;
  readonly events: number;
}

/** What a sample of a run's operations does; rows are in order of time. */
export interface FilmReading {
  /** 1 in so many operations is in here. */
  readonly oneIn: number;
  /** So many rows come before these. */
  readonly from: FilmLength;
  readonly hops: Int32Array<ArrayBuffer>;
  /** Beginnings and timeouts. */
  readonly events: Int32Array<ArrayBuffer>;
}

/** One point of the curve of freshness. */
export interface VisibilityPoint {
  /** From the acknowledgement of the PUT to the beginning of the GET, ms. */
  readonly afterMs: number;
  /** Share of the answered GETs that returned the PUT's version or a newer one; null where none was answered. */
  readonly fresh: number | null;
  /** Answered GETs. */
  readonly trials: number;
  /** GETs that failed or were given up on: they returned nothing that could be fresh or stale. */
  readonly unanswered: number;
}

/** A point for every time that was asked for, in that order. */
export interface VisibilityReading {
  readonly points: readonly VisibilityPoint[];
  /** Why there are fewer trials than were asked for, if there are. */
  readonly fewer?: string;
  /** Which limit ended the run with its probes before its time, if one did, as in a summary. */
  readonly stopped?: string;
}
