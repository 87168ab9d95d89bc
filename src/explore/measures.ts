/**
 * What two designs are compared by, in the order in which it is shown. A new measure is one line. Each reads a number
 * that the summary of a run holds already, so that a comparison never says anything that a run does not.
 */
import type { Summary } from '../engine/summary.ts';

/** `share` and `perPut` are plain ratios; `perSecond` is of simulated time; `dollars` are of a month. */
export type Unit = 'count' | 'ms' | 'share' | 'perSecond' | 'perPut' | 'dollars';

export interface Measure {
  readonly key: string;
  readonly label: string;
  /** One line for those who do not know the word. */
  readonly help: string;
  readonly unit: Unit;
  readonly better: 'lower' | 'higher';
  /** Smaller differences than this share of the value are none: it is not measured any finer. */
  readonly precision: number;
}

/** Percentiles are read from a histogram, whose readings are off by up to 1 %. */
const OF_HISTOGRAM = 0.01;
/** A write under way as the run ends counts for a PUT, and not yet for all of its copies. */
const OF_COPIES = 0.001;

interface Read extends Measure {
  readonly read: (summary: Summary) => number;
}

function lower(
  key: string,
  label: string,
  unit: Unit,
  help: string,
  read: Read['read'],
  precision = 0,
): Read {
  return { key, label, help, unit, better: 'lower', precision, read };
}

function higher(key: string, label: string, unit: Unit, help: string, read: Read['read']): Read {
  return { key, label, help, unit, better: 'higher', precision: 0, read };
}

export const MEASURES: readonly Read[] = [
  lower(
    'readYourWrites',
    'Own writes missed',
    'count',
    "Reads that did not return their session's own acknowledged write, or a newer one.",
    ({ consistency }) => consistency.readYourWrites.violations,
  ),
  lower(
    'monotonicReads',
    'Reads back in time',
    'count',
    'Reads that returned an older version than their session had seen before.',
    ({ consistency }) => consistency.monotonicReads.violations,
  ),
  lower(
    'staleReads',
    'Stale reads',
    'count',
    'Reads that returned a value which a committed write had replaced before they began.',
    ({ consistency }) => consistency.stale.reads,
  ),
  lower(
    'maxStaleness',
    'Oldest stale read',
    'ms',
    'For how long the value had been replaced, at the worst.',
    ({ consistency }) => consistency.stale.maxMs,
  ),
  lower(
    'dirtyReads',
    'Dirty reads',
    'count',
    'Reads of a value that was not yet committed.',
    ({ consistency }) => consistency.dirtyReads,
  ),
  lower(
    'phantomReads',
    'Phantom reads',
    'count',
    'Reads of a value that never was committed.',
    ({ consistency }) => consistency.phantomReads,
  ),
  lower(
    'lostAckedWrites',
    'Acked writes lost',
    'count',
    'Writes that a client was told are safe, and that no replica has any more.',
    ({ consistency }) => consistency.lostAckedWrites,
  ),
  lower(
    'storeRegressions',
    'Store regressions',
    'count',
    'Older versions that overwrote a newer committed one in the store.',
    ({ consistency }) => consistency.storeRegressions,
  ),
  lower('getP50', 'GET p50', 'ms', 'Half of the reads end within it.', ({ get }) => get.p50Ms, OF_HISTOGRAM),
  lower('getP99', 'GET p99', 'ms', '99 of 100 reads end within it.', ({ get }) => get.p99Ms, OF_HISTOGRAM),
  lower(
    'getP999',
    'GET p99.9',
    'ms',
    '999 of 1000 reads end within it.',
    ({ get }) => get.p999Ms,
    OF_HISTOGRAM,
  ),
  lower('putP50', 'PUT p50', 'ms', 'Half of the writes end within it.', ({ put }) => put.p50Ms, OF_HISTOGRAM),
  lower('putP99', 'PUT p99', 'ms', '99 of 100 writes end within it.', ({ put }) => put.p99Ms, OF_HISTOGRAM),
  lower(
    'putP999',
    'PUT p99.9',
    'ms',
    '999 of 1000 writes end within it.',
    ({ put }) => put.p999Ms,
    OF_HISTOGRAM,
  ),
  higher(
    'availability',
    'Availability',
    'share',
    'Share of operations that end well.',
    (summary) => summary.availability,
  ),
  higher(
    'hitRatio',
    'Hit ratio',
    'share',
    'Share of reads of the cache that find their key; 0 without a cache.',
    ({ cache }) => cache.hitRatio,
  ),
  lower(
    'storeReads',
    'Store reads',
    'perSecond',
    'Reads that the store has to serve, by the second.',
    ({ store, simulatedSeconds }) => store.reads / simulatedSeconds,
  ),
  lower(
    'writeAmplification',
    'Writes per PUT',
    'perPut',
    'Sets and deletes at the cache and durable writes of replicas, for each PUT of a client.',
    (summary) => summary.writeAmplification.total,
    OF_COPIES,
  ),
  lower(
    'cost',
    'Cost a month',
    'dollars',
    'Nodes, disks and transfer between zones, by the price list.',
    (summary) => summary.cost.monthly,
  ),
];
