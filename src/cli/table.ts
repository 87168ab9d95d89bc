/**
 * A finished run as text for a person at a terminal. What it prints stands in the summary already; nothing is computed
 * here but the speed of the rendering. Programs read `--json`.
 */
import { parseDuration, printDuration, printShare } from '../base/units.ts';
import { bytes, count, countOf, dollars, milliseconds, share, threeDigits } from '../base/words.ts';
import { FAULT_KINDS, isFaultKind } from '../design/faults.ts';
import { shardName } from '../design/nodes.ts';
import type { VisibilityReading } from '../engine/readings.ts';
import type { FaultSummary, Summary } from '../engine/summary.ts';
import { busyWords, type Busy } from '../replay/busiest.ts';
import { OPERATION_COLUMNS, operationRow } from '../replay/operations.ts';
import { outcomeOf, type Outcome } from '../replay/promises.ts';
import { columns } from './columns.ts';

export interface Finished {
  /** The fragment that opens this run. */
  readonly design: string;
  readonly wallSeconds: number;
  readonly summary: Summary;
  /** What `busiestOf` says of it. */
  readonly busiest: readonly Busy[];
}

/** The whole table, ended by a line feed. */
export function table(run: Finished): string {
  const { summary } = run;
  const sections = [
    head(run),
    operations(summary),
    readings(run),
    faults(summary),
    contract(summary),
    cost(summary),
  ].filter((lines) => lines.length > 0);
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** The curve of freshness, a row a point; ended by a line feed. */
export function curve(design: string, reading: VisibilityReading): string {
  const rows = reading.points.map(({ afterMs, fresh, trials, unanswered }) => [
    printDuration(Math.round(afterMs * 1000)),
    share(fresh ?? Number.NaN),
    count(trials),
    count(unanswered),
  ]);
  const { fewer } = reading;
  return `${[design, ...ending(reading), ...(fewer === undefined ? [] : [fewer]), '', ...columns([['after', 'fresh', 'reads', 'unanswered'], ...rows], 'right')].join('\n')}\n`;
}

function head({ design, wallSeconds, summary }: Finished): string[] {
  const { seed, simulatedSeconds, events, digest } = summary;
  const speed = wallSeconds > 0 ? `, ${threeDigits(simulatedSeconds / wallSeconds)}x real time` : '';
  return [
    design,
    `seed ${seed}, ${threeDigits(simulatedSeconds)} s simulated in ${threeDigits(wallSeconds)} s${speed}, ${count(events)} events`,
    `digest ${digest}`,
    ...ending(summary),
  ];
}

/** Which limit ended the run before its time, if one did. */
export function ending({ stopped }: Pick<Summary, 'stopped'>): string[] {
  return stopped === undefined ? [] : [`The run ended before its time: ${stopped}`];
}

function operations({ put, get, readBack, retries }: Summary): string[] {
  const lines = columns(
    [
      OPERATION_COLUMNS,
      operationRow('PUT', put),
      operationRow('GET', get),
      operationRow('  of them read-backs', readBack),
    ],
    'right',
  );
  return retries === 0 ? lines : [...lines, countOf(retries, 'retry', 'retries')];
}

function readings({ summary, busiest }: Finished): string[] {
  const { cache, consistency, store, writeAmplification, availability } = summary;
  const { readYourWrites, monotonicReads, stale } = consistency;
  const ofChecked = ({ violations, checked }: { violations: number; checked: number }): string =>
    `${count(violations)} broken of ${count(checked)} checked`;
  return columns(
    [
      ['availability', share(availability)],
      ...busiest.map((busy, i) => [i === 0 ? 'busiest' : '', busyWords(busy)]),
      [
        'cache',
        `hit ratio ${share(cache.hitRatio)}, of read-backs ${share(cache.readBackHitRatio)}; ` +
          `${countOf(cache.hits, 'hit')}, ${countOf(cache.misses, 'miss', 'misses')}`,
      ],
      ['', `at most ${countOf(cache.peakEntries, 'entry', 'entries')}, ${bytes(cache.peakBytes)}`],
      ['', `${countOf(cache.evictions, 'eviction')}, ${countOf(cache.expirations, 'expiration')}`],
      [
        '',
        `${countOf(cache.timeouts, 'timeout')}, ${countOf(cache.fallbacks, 'fallback')}, ${countOf(cache.invalidations, 'invalidation')}`,
      ],
      ['store', `${countOf(store.writes, 'write')} committed, ${countOf(store.reads, 'read')} served`],
      ...store.byShard.map(({ leaderChanges, unavailableMs }, shard) => [
        '',
        `${shardName(shard + 1)}: ${countOf(leaderChanges, 'change')} of leader, ${milliseconds(unavailableMs)} unavailable`,
      ]),
      [
        'writes per PUT',
        `${threeDigits(writeAmplification.cache)} at the cache + ${threeDigits(writeAmplification.store)} at the store = ${threeDigits(writeAmplification.total)}`,
      ],
      ['read your writes', ofChecked(readYourWrites)],
      ['monotonic reads', ofChecked(monotonicReads)],
      [
        'stale reads',
        `${count(stale.reads)}, p99 ${milliseconds(stale.p99Ms)}, at most ${milliseconds(stale.maxMs)}`,
      ],
      ['dirty reads', count(consistency.dirtyReads)],
      ['phantom reads', count(consistency.phantomReads)],
      ['lost acked writes', `${count(consistency.lostAckedWrites)}, RPO ${milliseconds(consistency.rpoMs)}`],
      ['store regressions', count(consistency.storeRegressions)],
    ],
    'left',
  );
}

/** `cache-1 slow 20`, `app-cache drop 1%`: a share as a link has it. */
function nameOf({ target, kind, factor, by, share: part }: FaultSummary): string {
  return [target, kind, factor, by, part === undefined ? part : printShare(part)]
    .filter((word) => word !== undefined)
    .join(' ');
}

/** A dash for what the run did not come to. */
function recoveryOf({ at, recoveredAfterMs }: FaultSummary, simulatedSeconds: number): string {
  const begins = parseDuration(at);
  if (begins.ok && begins.value >= simulatedSeconds * 1e6) return '-';
  return recoveredAfterMs === null ? 'never' : milliseconds(recoveredAfterMs);
}

/** A dash for what happens at one instant. */
function lengthOf({ kind, for: length }: FaultSummary): string {
  return length ?? (isFaultKind(kind) && !FAULT_KINDS[kind].lasts ? '-' : 'to the end');
}

function faults({ faults, simulatedSeconds }: Summary): string[] {
  if (faults.length === 0) return [];
  return columns(
    [
      ['Fault', 'at', 'for', 'recovered after', 'last broken'],
      ...faults.map((fault) => [
        nameOf(fault),
        fault.at,
        lengthOf(fault),
        recoveryOf(fault, simulatedSeconds),
        fault.brokenLast.join(', '),
      ]),
    ],
    'left',
  );
}

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  holds: 'holds',
  broken: 'BROKEN',
  notMeasured: 'not measured',
};

function contract(summary: Summary): string[] {
  return columns(
    [
      ['Contract', 'required', 'measured', ''],
      ...summary.contract.map((verdict) => {
        const { line, required, measured, unit } = verdict;
        const print = unit === 'ms' ? milliseconds : share;
        const outcome = outcomeOf(verdict, summary);
        return [line, print(required), outcome === 'notMeasured' ? '' : print(measured), OUTCOMES[outcome]];
      }),
    ],
    'left',
  );
}

function cost({ cost }: Summary): string[] {
  return columns(
    [
      ['Cost', 'count', 'per hour'],
      ...cost.items.map(({ item, count: n, hourly }) => [item, threeDigits(n), dollars(hourly)]),
      ['together', '', dollars(cost.hourly)],
      ['a month', '', dollars(cost.monthly)],
    ],
    'right',
  );
}
