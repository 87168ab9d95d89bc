/**
 * The lines of the contract as the board shows them: what each is called, how its numbers are written, and where in the
 * run it first did not hold. It judges nothing: whether a line holds is the engine's verdict.
 */
import type { ContractLine } from '../../design/contract.ts';
import type { Design } from '../../design/design.ts';
import { BUCKET_US, SYSTEM, SYSTEM_WIDTH, VIOLATION, VIOLATION_WIDTH } from '../../design/readings.ts';
import type { ViolationKind } from '../../design/readings.ts';
import type { SeriesReading, TailReading } from '../../engine/readings.ts';
import type { Summary } from '../../engine/summary.ts';
import { countOfKind } from '../../replay/violationKinds.ts';
import { formatMs, formatSeconds, formatShare } from '../format.ts';
import { indexViolations, kindOf, timeOf } from '../timeline/violationMarks.ts';

export interface LineWords {
  readonly line: ContractLine;
  readonly label: string;
  readonly sign: '≤' | '≥';
  /** The kind of violation that breaks it, where single reads or writes do. */
  readonly kind?: ViolationKind;
}

export const CONTRACT_LINES: readonly LineWords[] = [
  { line: 'getP99', label: 'GET p99', sign: '≤' },
  { line: 'putP99', label: 'PUT p99', sign: '≤' },
  { line: 'staleness', label: 'Staleness', sign: '≤', kind: 'staleRead' },
  { line: 'rpo', label: 'Data loss (RPO)', sign: '≤', kind: 'lostAckedWrite' },
  { line: 'availability', label: 'Availability', sign: '≥' },
  { line: 'readYourWrites', label: 'Read your writes', sign: '≥', kind: 'readYourWrites' },
];

/** From here on a promised time is read in seconds, microseconds; so is a promise of none at all. */
const SECONDS_FROM = 1_000_000;

/** A number of this line in the unit of its promise: `value` in ms for times, a share for ratios. */
export function formatOfLine(line: ContractLine, value: number, contract: Design['contract']): string {
  if (line === 'availability' || line === 'readYourWrites') return formatShare(value);
  const promised = contract[line];
  return promised === 0 || promised >= SECONDS_FROM ? formatSeconds(value / 1000) : formatMs(value);
}

/**
 * What a line comes to in the readings so far, in the unit of its verdict. Undefined where nothing was checked yet, and where
 * only the whole run tells: a loss's age is not made of the number of losses.
 */
export function soFarOf(
  line: ContractLine,
  { buckets, system }: SeriesReading,
  tails: TailReading | undefined,
): number | undefined {
  const all = Array.from({ length: buckets }, (_, bucket) => bucket * SYSTEM_WIDTH);
  const sum = (column: number): number => all.reduce((total, at) => total + (system[at + column] ?? 0), 0);
  switch (line) {
    case 'availability': {
      const ok = sum(SYSTEM.putsOk) + sum(SYSTEM.getsOk);
      return shareOf(ok, ok + sum(SYSTEM.putsUnknown) + sum(SYSTEM.failed));
    }
    case 'readYourWrites': {
      const checked = sum(SYSTEM.readYourWritesChecked);
      return shareOf(checked - sum(SYSTEM.readYourWrites), checked);
    }
    case 'staleness':
      return all.reduce((most, at) => Math.max(most, system[at + SYSTEM.maxStaleness] ?? 0), 0) / 1000;
    case 'rpo':
      return sum(SYSTEM.lostAckedWrites) === 0 ? 0 : undefined;
    case 'getP99':
      return inMs(tails?.get);
    case 'putP99':
      return inMs(tails?.put);
  }
}

function inMs(us = Number.NaN): number | undefined {
  return Number.isNaN(us) ? undefined : us / 1000;
}

function shareOf(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

/** How many violations of a kind a finished run counted and has no row of: it keeps so many one by one, of all kinds together. */
export function unkeptOf(
  kind: ViolationKind,
  summary: Pick<Summary, 'consistency'>,
  violations: Int32Array,
): number {
  return countOfKind(summary, kind) - (indexViolations(violations).counts.get(kind) ?? 0);
}

/** Where a line was first broken: a violation that can be visited, or the instant of the first bucket that broke it. */
export type Breach = { readonly row: number } | { readonly at: number };

/** The first breach in the readings so far; undefined where none is found. */
export function firstBreach(
  words: LineWords,
  contract: Design['contract'],
  series: SeriesReading | undefined,
  violations: Int32Array,
): Breach | undefined {
  if (words.kind !== undefined) {
    const [row] = breachesOf(words.kind, contract.staleness, violations);
    return row === undefined ? undefined : { row };
  }
  if (series === undefined) return undefined;
  for (let bucket = 0; bucket < series.buckets; bucket++) {
    const of = (column: number): number => series.system[bucket * SYSTEM_WIDTH + column] ?? Number.NaN;
    if (isBroken(words.line, contract, of)) return { at: bucket * BUCKET_US };
  }
  return undefined;
}

/** Rows of the violations of a kind that break what was promised of it, in order of time. */
export function breachesOf(kind: ViolationKind, staleness: number, violations: Int32Array): number[] {
  const rows = rowsOfKind(kind, violations);
  if (kind !== 'staleRead') return rows;
  // A stale read breaks the promise only once it is staler than promised.
  return rows.filter((row) => (violations[row * VIOLATION_WIDTH + VIOLATION.extra] ?? 0) > staleness);
}

/** Rows of all violations of a kind, in order of time. */
export function rowsOfKind(kind: ViolationKind, violations: Int32Array): number[] {
  const rows: number[] = [];
  for (let row = 0; row * VIOLATION_WIDTH < violations.length; row++)
    if (kindOf(violations, row) === kind) rows.push(row);
  return rows.sort((a, b) => timeOf(violations, a) - timeOf(violations, b) || a - b);
}

function isBroken(line: ContractLine, contract: Design['contract'], of: (column: number) => number): boolean {
  switch (line) {
    case 'getP99':
      return of(SYSTEM.getP99) > contract.getP99;
    case 'putP99':
      return of(SYSTEM.putP99) > contract.putP99;
    case 'availability': {
      const lost = of(SYSTEM.failed) + of(SYSTEM.putsUnknown);
      return lost > 0;
    }
    case 'staleness':
    case 'rpo':
    case 'readYourWrites':
      return false;
  }
}
