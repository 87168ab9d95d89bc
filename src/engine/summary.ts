/**
 * The shape of a finished run's summary: counts, latencies, the oracle's verdicts, cost.
 * Types alone, so that every room may read them and nobody pulls the engine in by doing so.
 */
import type { BillItem } from '../design/bill.ts';
import type { ContractLine } from '../design/contract.ts';

/** How the operations of one kind ended, and how long all of them took (first attempt to end). */
export interface OperationSummary {
  attempted: number;
  ok: number;
  failed: number;
  /** Given up on by the client: whether it took effect is not known to it. */
  unknown: number;
  meanMs: number;
  p50Ms: number;
  p90Ms: number;
  p99Ms: number;
  p999Ms: number;
}

export interface CacheSummary {
  hits: number;
  misses: number;
  hitRatio: number;
  readBackHitRatio: number;
  evictions: number;
  expirations: number;
  /** The largest number of live entries at one instant, over all nodes together. */
  peakEntries: number;
  peakBytes: number;
  timeouts: number;
  fallbacks: number;
  invalidations: number;
}

export interface ConsistencySummary {
  readYourWrites: { checked: number; violations: number };
  monotonicReads: { checked: number; violations: number };
  stale: { reads: number; maxMs: number; p99Ms: number };
  dirtyReads: number;
  phantomReads: number;
  lostAckedWrites: number;
  rpoMs: number;
  storeRegressions: number;
}

export interface StoreSummary {
  /** Commits: a version that was written twice counts twice, its copies do not. */
  writes: number;
  /** Reads that replicas served. */
  reads: number;
  byShard: { leaderChanges: number; unavailableMs: number }[];
}

export interface FaultSummary {
  at: string;
  for?: string;
  target: string;
  kind: string;
  factor?: number;
  by?: string;
  share?: number;
  /** From the fault's start to the end of the last 100 ms that break the contract; null if it never recovers, or never began. */
  recoveredAfterMs: number | null;
  /** The lines that those 100 ms break; none where none did. */
  brokenLast: readonly ContractLine[];
}

export interface ContractVerdict {
  line: ContractLine;
  /** Both in `unit`: milliseconds, or a share from 0 to 1. */
  required: number;
  measured: number;
  unit: 'ms' | 'share';
  holds: boolean;
}

export interface CostSummary {
  hourly: number;
  monthly: number;
  items: BillItem[];
}

export interface Summary {
  digest: string;
  seed: number;
  /** Of the duration, as much as was reached before a limit ended the run. */
  simulatedSeconds: number;
  events: number;
  put: OperationSummary;
  get: OperationSummary;
  readBack: OperationSummary;
  /** Attempts beyond the first of their operation. */
  retries: number;
  cache: CacheSummary;
  consistency: ConsistencySummary;
  store: StoreSummary;
  /** Per client PUT: sets and deletes at the cache, durable replica writes at the store. Fills apart. */
  writeAmplification: { cache: number; store: number; total: number };
  availability: number;
  faults: FaultSummary[];
  contract: ContractVerdict[];
  cost: CostSummary;
  /** Why the run ended before its time, if it did: the named limit it ran into. */
  stopped?: string;
}

/**
 * What a window of a run comes to: the operations that end in it, and what happens in it. A whole summary is of this
 * shape too; what a window has no part in (what the end of the run decides, levels, cost) is not in it.
 */
export interface Excerpt {
  readonly put: OperationSummary;
  readonly get: OperationSummary;
  /** Of the GETs. */
  readonly readBack: OperationSummary;
  readonly availability: number;
  readonly cache: Pick<CacheSummary, 'hits' | 'misses' | 'hitRatio' | 'timeouts' | 'fallbacks'>;
  readonly consistency: Pick<
    ConsistencySummary,
    'readYourWrites' | 'monotonicReads' | 'dirtyReads' | 'lostAckedWrites' | 'storeRegressions'
  > & { readonly stale: Pick<ConsistencySummary['stale'], 'reads' | 'p99Ms'> };
  readonly store: Pick<StoreSummary, 'writes' | 'reads'>;
}

export interface ExcerptReading extends Excerpt {
  /** Microseconds, [from, to). */
  readonly from: number;
  readonly to: number;
  /** Which limit ended the run before the window's end, if one did, as in a summary; nothing happens after it. */
  readonly stopped?: string;
}
