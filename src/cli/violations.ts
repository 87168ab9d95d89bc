/**
 * The command `violations`: which operations were let down, or let somebody down, one by one in the order in which the
 * oracle found them. They are the rows that the page marks; counts are the oracle's, and nothing is judged here.
 */
import { nearestWord } from '../base/nearest.ts';
import { err, ok, type Result } from '../base/result.ts';
import { printDuration } from '../base/units.ts';
import { count, milliseconds } from '../base/words.ts';
import type { Design } from '../design/design.ts';
import { linksOf, writeLink } from '../design/links.ts';
import { printProblem, problem } from '../design/problem.ts';
import { VIOLATION_KINDS, type ViolationKind } from '../design/readings.ts';
import { VIOLATION_LIMIT } from '../engine/limits.ts';
import type { Summary } from '../engine/summary.ts';
import { violationAt, type Violation } from '../replay/story/history.ts';
import type { Command } from './args.ts';
import { columns } from './columns.ts';
import { readCount } from './count.ts';
import { ending } from './table.ts';

/** Shown where nobody says how many. */
export const DEFAULT_SHOWN = 100;

/** Which of them are asked for. */
export interface Sought {
  /** All kinds where none is named. */
  readonly kind: ViolationKind | undefined;
  /** So many at the most. */
  readonly limit: number;
}

/** What was asked for, or the line that says what is wrong with it. */
export function readSought({
  kind: word,
  limit: most,
}: Pick<Extract<Command, { name: 'violations' }>, 'kind' | 'limit'>): Result<Sought> {
  const limit = most === undefined ? ok(DEFAULT_SHOWN) : readCount('--limit', most, VIOLATION_LIMIT);
  if (!limit.ok) return limit;
  const kind = VIOLATION_KINDS.find((known) => known === word);
  if (word !== undefined && kind === undefined) {
    const allowed = `one of ${VIOLATION_KINDS.join(', ')}`;
    const nearest = nearestWord(word, VIOLATION_KINDS);
    return err(printProblem(problem('--kind', word, 'is no kind of violation', allowed, nearest)));
  }
  return ok({ kind, limit: limit.value });
}

/** What a finished run has of them. */
export interface Found {
  readonly design: Design;
  readonly summary: Summary;
  /** How many the oracle counted, kept or not. */
  readonly counts: Readonly<Record<ViolationKind, number>>;
  /** Rows of VIOLATION_WIDTH. */
  readonly violations: Int32Array;
}

/** The table for a person at a terminal, ended by a line feed. */
export function violationsTable(found: Found, sought: Sought): string {
  const { design, summary, counts } = found;
  const { shown, kept, counted } = choose(found, sought);
  const link = linksTo(design);
  const rows = shown.map((violation) => {
    const { version, expected, age } = saidOf(violation);
    return [
      printDuration(violation.time),
      violation.kind,
      String(violation.key),
      violation.session < 0 ? '-' : String(violation.session),
      `v${version}`,
      expected === null ? '-' : `v${expected}`,
      age === undefined ? '-' : milliseconds(age.value),
      link(violation),
    ];
  });
  const happened = VIOLATION_KINDS.filter((kind) => counts[kind] > 0);
  const head = ['at', 'kind', 'key', 'session', 'version', 'expected', 'age', 'link'];
  const lines = [
    `#${writeLink(design)}`,
    ...ending(summary),
    ...(happened.length === 0
      ? []
      : [`counted: ${happened.map((kind) => `${count(counts[kind])} ${kind}`).join(', ')}`]),
    ...(counted === 0 ? [`no ${sought.kind ?? 'violation'} in this run`] : []),
    ...(kept < counted
      ? [
          `a run keeps ${count(VIOLATION_LIMIT)} violations of all kinds: ${count(counted - kept)} of these came later`,
        ]
      : []),
    ...(shown.length < kept
      ? [`${count(shown.length)} of ${count(counted)} shown; --limit N shows up to ${count(kept)}`]
      : []),
    ...(shown.some(isOddlyNumbered)
      ? ['a version with a higher number than the one expected was committed first: numbers follow the PUTs']
      : []),
    ...(shown.length === 0 ? [] : ['', ...columns([head, ...rows], 'left')]),
  ];
  return `${lines.join('\n')}\n`;
}

/** What `--json` prints. */
export function violationsJson(found: Found, sought: Sought): object {
  const { design, summary, counts } = found;
  const { shown, kept, counted } = choose(found, sought);
  const link = linksTo(design);
  return {
    design: `#${writeLink(design)}`,
    digest: summary.digest,
    counts,
    counted,
    kept,
    violations: shown.map((violation) => {
      const { version, expected, age } = saidOf(violation);
      const { time, kind, key, session, operation } = violation;
      return {
        atSeconds: time / 1e6,
        kind,
        key,
        session: session < 0 ? null : session,
        operation,
        version,
        expected,
        ...(age === undefined ? {} : { [age.name]: age.value }),
        link: link(violation),
      };
    }),
    ...(summary.stopped === undefined ? {} : { stopped: summary.stopped }),
  };
}

/** `kept` are those of the kind that the run has rows of, `counted` all of the kind that there were. */
function choose(
  { counts, violations }: Found,
  { kind, limit }: Sought,
): { readonly shown: readonly Violation[]; readonly kept: number; readonly counted: number } {
  const shown: Violation[] = [];
  let kept = 0;
  for (let row = 0; ; row++) {
    const violation = violationAt(violations, row);
    if (violation === undefined) break;
    if (kind !== undefined && violation.kind !== kind) continue;
    if (kept++ < limit) shown.push(violation);
  }
  const kinds: readonly ViolationKind[] = kind === undefined ? VIOLATION_KINDS : [kind];
  return { shown, kept, counted: kinds.reduce((sum, each) => sum + counts[each], 0) };
}

interface Said {
  readonly version: number;
  readonly expected: number | null;
  readonly age: { readonly name: 'staleMs' | 'ageMs'; readonly value: number } | undefined;
}

/** The columns that not every kind has. */
function saidOf({ kind, version, expected, extra }: Violation): Said {
  switch (kind) {
    case 'readYourWrites':
    case 'monotonicReads':
    case 'storeRegression':
      return { version, expected, age: undefined };
    case 'staleRead':
      return { version, expected, age: { name: 'staleMs', value: extra / 1000 } };
    case 'lostAckedWrite':
      return { version, expected: null, age: { name: 'ageMs', value: extra / 1000 } };
    case 'dirtyRead':
    case 'phantomRead':
      return { version, expected: null, age: undefined };
  }
}

/** True where the older of two versions has the higher number. */
function isOddlyNumbered(violation: Violation): boolean {
  const { version, expected } = saidOf(violation);
  return expected !== null && version > expected;
}

/**
 * That moment as the page has it in its address once the key is followed. What is found after the run's end is shown there.
 */
function linksTo(design: Design): (violation: Violation) => string {
  const link = linksOf(design);
  return ({ time, key }) =>
    `#${link({ at: Math.min(time, design.duration), ...(key === 0 ? {} : { key }) })}`;
}
