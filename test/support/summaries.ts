/** Summaries of runs that nobody ran: a test names what it is about, everything else is zero. */
import { CONTRACT_LINES, type ContractLine } from '../../src/design/contract.ts';
import type { OperationSummary, Summary } from '../../src/engine/summary.ts';

const none: OperationSummary = {
  attempted: 0,
  ok: 0,
  failed: 0,
  unknown: 0,
  meanMs: 0,
  p50Ms: 0,
  p90Ms: 0,
  p99Ms: 0,
  p999Ms: 0,
};

export function aSummary(given: Partial<Summary> = {}): Summary {
  return {
    digest: '',
    seed: 1,
    simulatedSeconds: 0,
    events: 0,
    put: none,
    get: none,
    readBack: none,
    retries: 0,
    cache: {
      hits: 0,
      misses: 0,
      hitRatio: 0,
      readBackHitRatio: 0,
      evictions: 0,
      expirations: 0,
      peakEntries: 0,
      peakBytes: 0,
      timeouts: 0,
      fallbacks: 0,
      invalidations: 0,
    },
    consistency: {
      readYourWrites: { checked: 0, violations: 0 },
      monotonicReads: { checked: 0, violations: 0 },
      stale: { reads: 0, maxMs: 0, p99Ms: 0 },
      dirtyReads: 0,
      phantomReads: 0,
      lostAckedWrites: 0,
      rpoMs: 0,
      storeRegressions: 0,
    },
    store: { writes: 0, reads: 0, byShard: [] },
    writeAmplification: { cache: 0, store: 0, total: 0 },
    availability: 1,
    faults: [],
    contract: [],
    cost: { hourly: 0, monthly: 0, items: [] },
    ...given,
  };
}

/** With so many operations and reads of own writes checked, and every line of the contract but the broken ones holding. */
export function summaryOfTraffic(
  { gets, puts, checked }: { gets: number; puts: number; checked: number },
  broken: readonly ContractLine[] = [],
): Summary {
  const summary = aSummary();
  return {
    ...summary,
    get: { ...none, attempted: gets },
    put: { ...none, attempted: puts },
    consistency: { ...summary.consistency, readYourWrites: { checked, violations: 0 } },
    contract: CONTRACT_LINES.map(({ line }) => ({
      line,
      required: 1,
      measured: 1,
      unit: 'ms',
      holds: !broken.includes(line),
    })),
  };
}
