/** Summarises a run that is done: counts, latencies, the oracle's verdicts, the contract, cost. Reads the world, changes nothing. */
import { MS } from '../base/scale.ts';
import { printDuration } from '../base/units.ts';
import { CONTRACT_LINES, type ContractLine } from '../design/contract.ts';
import type { Design, Fault } from '../design/design.ts';
import { BUCKET_US, SYSTEM, SYSTEM_WIDTH } from '../design/readings.ts';
import { costOf } from './cost.ts';
import type { Histogram } from './kernel/histogram.ts';
import { LAST_INSTANT } from './kernel/wheel.ts';
import { EVENT_LIMIT, MESSAGE_LIMIT } from './limits.ts';
import { ENDINGS } from './series.ts';
import { SHARD, S_CHANGES, S_UNANSWERED_SINCE } from './store.ts';
import type { ContractVerdict, FaultSummary, OperationSummary, Summary } from './summary.ts';
import { Over, type World } from './world.ts';

/** The summary of a run that is done; durations in milliseconds, shares from 0 to 1. */
export function summarise({ world: w }: { readonly world: World }): Summary {
  const stopped = limitReached(w);
  const { series, oracle, store, cache, design } = w;
  const end = stopped === undefined ? design.duration : Math.min(w.wheel.now, design.duration);
  const { totals, endings } = series;
  const total = (column: number): number => totals[column]!;
  const put = summariseOperations(series.put, endings, ENDINGS.put);
  const get = summariseOperations(series.get, endings, ENDINGS.get);
  const readBack = summariseOperations(series.readBack, endings, ENDINGS.readBack);
  const attempted = put.attempted + get.attempted;
  const availability = ratio(put.ok + get.ok, attempted, 1);
  const readYourWrites = { checked: oracle.readYourWritesChecked, violations: oracle.counts.readYourWrites };
  const perPut = (count: number): number => ratio(count, put.attempted, 0);
  const amplification = { cache: perPut(series.cacheWrites), store: perPut(total(SYSTEM.storeWrites)) };
  return {
    digest: w.digest.hex(),
    seed: design.seed,
    simulatedSeconds: end / 1e6,
    events: w.events,
    put,
    get,
    readBack,
    retries: w.retries.sent,
    cache: {
      hits: total(SYSTEM.hits),
      misses: total(SYSTEM.misses),
      hitRatio: ratio(total(SYSTEM.hits), total(SYSTEM.hits) + total(SYSTEM.misses), 0),
      readBackHitRatio: ratio(series.readBackHits, series.readBackHits + series.readBackMisses, 0),
      evictions: cache.evictions,
      expirations: cache.expirations,
      peakEntries: cache.peak,
      peakBytes: cache.peak * cache.entryBytes,
      timeouts: total(SYSTEM.cacheTimeouts),
      fallbacks: total(SYSTEM.fallbacks),
      invalidations: series.invalidations,
    },
    consistency: {
      readYourWrites,
      monotonicReads: { checked: oracle.monotonicReadsChecked, violations: oracle.counts.monotonicReads },
      stale: {
        reads: oracle.counts.staleRead,
        maxMs: oracle.maxStaleness / MS,
        p99Ms: msOf(oracle.staleness.quantile(0.99)),
      },
      dirtyReads: oracle.counts.dirtyRead,
      phantomReads: oracle.counts.phantomRead,
      lostAckedWrites: oracle.counts.lostAckedWrite,
      rpoMs: oracle.rpo / MS,
      storeRegressions: oracle.counts.storeRegression,
    },
    store: {
      writes: store.writes,
      reads: store.reads,
      byShard: Array.from({ length: store.shards }, (_, shard) => {
        const since = store.shard[shard * SHARD + S_UNANSWERED_SINCE]!;
        const open = since < 0 ? 0 : Math.max(0, end - since);
        return {
          leaderChanges: store.shard[shard * SHARD + S_CHANGES]!,
          unavailableMs: (store.unavailable[shard]! + open) / MS,
        };
      }),
    },
    writeAmplification: { ...amplification, total: amplification.cache + amplification.store },
    availability,
    faults: design.faults.map((fault) => faultSummary(w, fault)),
    contract: verdicts(design, {
      getP99: get.p99Ms,
      putP99: put.p99Ms,
      staleness: oracle.maxStaleness / MS,
      rpo: oracle.rpo / MS,
      availability,
      readYourWrites: shareKept(readYourWrites.violations, readYourWrites.checked),
    }),
    cost: costOf(w, end),
    ...(stopped === undefined ? {} : { stopped }),
  };
}

/** The named limit that ended a run before its time, if one did, and when, in words. */
export function limitReached({ over, wheel: { now } }: World): string | undefined {
  const at = `at ${now / 1e6}s`;
  if (over === Over.tooManyMessages) return `${MESSAGE_LIMIT / 1e6} million messages alive at once, ${at}`;
  if (over === Over.tooManyEvents) return `${EVENT_LIMIT / 1e9} billion events, ${at}`;
  return now === LAST_INSTANT ? `the last instant there is, ${now / 1e6}s` : undefined;
}

/** `ofNothing` where there is nothing to share. */
export function ratio(part: number, whole: number, ofNothing: number): number {
  return whole === 0 ? ofNothing : part / whole;
}

/** Rounded once, as the share that a contract requires is: 93 of 100 are 93 %, and 1 - 0.07 is a hair less. */
function shareKept(violations: number, checked: number): number {
  return ratio(checked - violations, checked, 1);
}

/** From microseconds; 0 where there is nothing to measure. */
function msOf(us: number): number {
  return (us || 0) / MS;
}

/** `first` is where the kind's endings begin, of ENDINGS; latencies are in microseconds. */
export function summariseOperations(
  latencies: Histogram,
  endings: Float64Array,
  first: number,
): OperationSummary {
  const at = (p: number): number => msOf(latencies.quantile(p));
  const [ok, failed, unknown] = [endings[first]!, endings[first + 1]!, endings[first + 2]!];
  return {
    attempted: ok + failed + unknown,
    ok,
    failed,
    unknown,
    meanMs: msOf(latencies.mean),
    p50Ms: at(0.5),
    p90Ms: at(0.9),
    p99Ms: at(0.99),
    p999Ms: at(0.999),
  };
}

function verdicts(design: Design, measured: Record<keyof Design['contract'], number>): ContractVerdict[] {
  return CONTRACT_LINES.map(({ line, relation, unit }) => {
    const required = unit === 'us' ? design.contract[line] / MS : design.contract[line];
    const value = measured[line];
    return {
      line,
      required,
      measured: value,
      unit: unit === 'us' ? 'ms' : 'share',
      holds: relation === '<=' ? value <= required : value >= required,
    };
  });
}

function faultSummary(w: World, fault: Fault): FaultSummary {
  const { at, for: length, ...rest } = fault;
  return {
    at: printDuration(at),
    ...(length === undefined ? {} : { for: printDuration(length) }),
    ...('by' in rest ? { ...rest, by: printDuration(rest.by) } : rest),
    ...recovery(w, fault),
  };
}

/**
 * From the fault's start to the end of the last bucket that breaks the contract before the next fault, in ms; 0 when
 * none does, null when the last bucket still does: then it never recovers. Null, too, of what the run never came to. A
 * bucket in which the next fault begins may be broken by that one, and is looked at only where this one has no other.
 * With the lines that this last bucket breaks.
 */
function recovery(w: World, { at }: Fault): Pick<FaultSummary, 'recoveredAfterMs' | 'brokenLast'> {
  const { series, design } = w;
  if (at >= Math.min(design.duration, series.buckets * BUCKET_US))
    return { recoveredAfterMs: null, brokenLast: [] };
  const later = design.faults.filter((f) => f.at > at).map((f) => Math.floor(f.at / BUCKET_US));
  const first = Math.floor(at / BUCKET_US);
  const next = Math.max(first + 1, Math.min(Math.ceil(design.duration / BUCKET_US), ...later));
  const end = Math.min(series.buckets, next);
  for (let bucket = end - 1; bucket >= first; bucket--) {
    const brokenLast = brokenIn(w, bucket);
    if (brokenLast.length > 0)
      return {
        recoveredAfterMs: bucket === end - 1 ? null : ((bucket + 1) * BUCKET_US - at) / MS,
        brokenLast,
      };
  }
  return { recoveredAfterMs: 0, brokenLast: [] };
}

/**
 * The lines of the contract that a bucket breaks. Who never ends is in no bucket's percentiles: they are broken, too, where
 * more than one in a hundred of those that began together has waited for longer than they allow.
 */
function brokenIn(w: World, bucket: number): ContractLine[] {
  const { contract } = w.design;
  const row = rowOf(w, bucket);
  const broken: Readonly<Record<ContractLine, boolean>> = {
    getP99: row[SYSTEM.getP99]! > contract.getP99 || isLate(w, bucket, SYSTEM.getsStarted, contract.getP99),
    putP99: row[SYSTEM.putP99]! > contract.putP99 || isLate(w, bucket, SYSTEM.putsStarted, contract.putP99),
    staleness: row[SYSTEM.maxStaleness]! > contract.staleness,
    // How old they were the series do not say: where the whole run keeps to the RPO, every bucket does.
    rpo: row[SYSTEM.lostAckedWrites]! > 0 && w.oracle.rpo > contract.rpo,
    availability: ratio(row[SYSTEM.putsOk]! + row[SYSTEM.getsOk]!, endedIn(row), 1) < contract.availability,
    readYourWrites:
      shareKept(row[SYSTEM.readYourWrites]!, row[SYSTEM.readYourWritesChecked]!) < contract.readYourWrites,
  };
  return CONTRACT_LINES.flatMap(({ line }) => (broken[line] ? [line] : []));
}

/**
 * Whether more than one in a hundred still waits of the newest operations of a kind that, by the end of a bucket, began
 * longer ago than is allowed. That is known of those that do not end within the run, and where nothing has ended since
 * they began. `column` counts them as they begin.
 */
function isLate(w: World, bucket: number, column: number, allowed: number): boolean {
  const { series, design } = w;
  const end = Math.min((bucket + 1) * BUCKET_US, design.duration);
  let began = Math.floor((end - allowed) / BUCKET_US) - 1;
  while (began >= 0 && rowOf(w, began)[column] === 0) began--;
  if (began < 0) return false;
  const started = rowOf(w, began)[column]!;
  const late = ENDINGS.late + 3 * began;
  const [puts, gets, readBacks] = series.endings.subarray(late, late + 3);
  const unended = column === SYSTEM.putsStarted ? puts! : gets! + readBacks!;
  return unended > started / 100 || nothingEnds(w, began, bucket);
}

function nothingEnds(w: World, from: number, to: number): boolean {
  for (let bucket = to; bucket >= from; bucket--) if (endedIn(rowOf(w, bucket)) > 0) return false;
  return true;
}

function rowOf({ series: { systemRows } }: World, bucket: number): Float32Array {
  return systemRows.subarray(bucket * SYSTEM_WIDTH, (bucket + 1) * SYSTEM_WIDTH);
}

function endedIn(row: Float32Array): number {
  return row[SYSTEM.putsOk]! + row[SYSTEM.getsOk]! + row[SYSTEM.putsUnknown]! + row[SYSTEM.failed]!;
}
