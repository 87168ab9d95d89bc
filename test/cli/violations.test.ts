/** The list of violations against what the same run counts, and against the moments that its links open. */
import { describe, expect, it, test } from 'vitest';
import * as z from 'zod/mini';
import { violationsJson, violationsTable } from '../../src/cli/violations.ts';
import { readLink } from '../../src/design/links.ts';
import { VIOLATION_KINDS, type ViolationKind } from '../../src/design/readings.ts';
import { VIOLATION_LIMIT } from '../../src/engine/limits.ts';
import { Run } from '../../src/engine/run.ts';
import { answeredIn } from '../support/commandLine.ts';
import { aDesign } from '../support/designs.ts';
import { aSummary } from '../support/summaries.ts';
import { violationsOf } from '../support/violations.ts';

const row = z.strictObject({
  atSeconds: z.number(),
  kind: z.enum(VIOLATION_KINDS),
  key: z.number(),
  session: z.nullable(z.number()),
  operation: z.number(),
  version: z.number(),
  expected: z.nullable(z.number()),
  staleMs: z.optional(z.number()),
  ageMs: z.optional(z.number()),
  link: z.string(),
});
const listed = z.strictObject({
  design: z.string(),
  digest: z.string(),
  counts: z.record(z.enum(VIOLATION_KINDS), z.number()),
  counted: z.number(),
  kept: z.number(),
  violations: z.array(row),
});
const summed = z.object({
  digest: z.string(),
  consistency: z.object({
    readYourWrites: z.object({ violations: z.number() }),
    monotonicReads: z.object({ violations: z.number() }),
    stale: z.object({ reads: z.number(), maxMs: z.number() }),
    dirtyReads: z.number(),
    phantomReads: z.number(),
    lostAckedWrites: z.number(),
    rpoMs: z.number(),
    storeRegressions: z.number(),
  }),
});

function answer(command: string, words: readonly string[]): string {
  const { code, out, errors } = answeredIn(process.cwd(), [command, ...words]);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  return out;
}
const list = (...words: string[]) => listed.parse(JSON.parse(answer('violations', [...words, '--json'])));
const summary = (words: readonly string[]) => summed.parse(JSON.parse(answer('run', [...words, '--json'])));
/** As many as there can be. */
const ALL = ['--limit', String(VIOLATION_LIMIT)];

const RUNS: readonly (readonly [string, readonly ViolationKind[], readonly string[]])[] = [
  [
    'a cache that shows what its store loses',
    ['phantomRead', 'dirtyRead', 'lostAckedWrite', 'readYourWrites', 'staleRead'],
    [
      'write-through?store.w=1&fault=replication:delay:200ms@500ms&fault=shard-1.leader:crash@1s',
      ...['--duration', '4s'],
    ],
  ],
  [
    'late forwards from a slow cache',
    ['storeRegression', 'readYourWrites', 'staleRead'],
    ['write-through', '--duration', '4s', '--set', 'fault=cache-1:slow:20@500ms-3s', '--seed', '3'],
  ],
  [
    'a buffer that goes with its node',
    ['lostAckedWrite'],
    ['write-behind?fault=cache-1:crash@1s', '--duration', '2s'],
  ],
  [
    'replicas of which one is behind',
    ['monotonicReads', 'staleRead'],
    ['db-only?workload.sessions=20&fault=shard-1.replica-2:slow:20@0s', '--duration', '2s'],
  ],
  ['nothing that could lie', [], ['db-only', '--set', 'store.readFrom=leader', '--duration', '1s']],
];

describe.each(RUNS)('of %s', (_, kinds, words) => {
  const all = list(...words, ...ALL);
  const { digest, consistency: sums } = summary(words);
  const counted: Readonly<Record<ViolationKind, number>> = {
    readYourWrites: sums.readYourWrites.violations,
    monotonicReads: sums.monotonicReads.violations,
    staleRead: sums.stale.reads,
    dirtyRead: sums.dirtyReads,
    phantomRead: sums.phantomReads,
    lostAckedWrite: sums.lostAckedWrites,
    storeRegression: sums.storeRegressions,
  };

  it('lists as many of each kind as the run counts', () => {
    for (const kind of kinds) expect({ kind, none: counted[kind] === 0 }).toEqual({ kind, none: false });
    for (const kind of VIOLATION_KINDS) {
      const rows = all.violations.filter((each) => each.kind === kind);
      expect({ kind, rows: rows.length }).toEqual({ kind, rows: counted[kind] });
    }
    expect(all).toMatchObject({ digest, counts: counted, counted: all.violations.length });
    expect(all.kept).toBe(all.counted);
  });

  it('has the stalest read and the oldest lost write among them, and no later ones before earlier ones of a kind', () => {
    const most = (ages: readonly (number | undefined)[]) => Math.max(0, ...ages.map((age) => age ?? 0));
    expect(most(all.violations.map(({ staleMs }) => staleMs))).toBe(sums.stale.maxMs);
    expect(most(all.violations.map(({ ageMs }) => ageMs))).toBe(sums.rpoMs);
    for (const kind of VIOLATION_KINDS.filter((each) => each !== 'phantomRead')) {
      const times = all.violations.flatMap((each) => (each.kind === kind ? [each.atSeconds] : []));
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
  });

  it('says of a read what it should have returned at least, and of no other what there was not', () => {
    for (const { kind, version, expected, session } of all.violations) {
      const measured = !['dirtyRead', 'phantomRead', 'lostAckedWrite'].includes(kind);
      expect(expected !== null).toBe(measured);
      expect(session === null).toBe(kind === 'storeRegression');
      expect(version).not.toBe(expected);
    }
  });

  it('links each to its moment, with its key followed', () => {
    for (const { link, atSeconds, key } of all.violations.slice(0, 50)) {
      const { design, problems, view } = readLink(link);
      expect(problems).toEqual([]);
      expect(view).toEqual({
        at: Math.min(Math.round(atSeconds * 1e6), design.duration),
        ...(key === 0 ? {} : { key }),
      });
      expect(readLink(all.design).design).toEqual(design);
    }
  });

  it('lists the first of one kind where they are asked for', () => {
    for (const kind of kinds) {
      const some = list(...words, '--kind', kind, '--limit', '3');
      const those = all.violations.filter((each) => each.kind === kind);
      expect(some.violations).toEqual(those.slice(0, 3));
      expect(some).toMatchObject({ counted: those.length, kept: those.length });
    }
  });
});

test('a person is told how many of them are shown, and how to see the others', () => {
  const words = ['write-through', '--duration', '2s'];
  const { counted, violations } = list(...words);
  expect(violations).toHaveLength(100);
  const lines = answer('violations', words).split('\n');
  const of = counted.toLocaleString('en');
  expect(lines).toContain(`100 of ${of} shown; --limit N shows up to ${of}`);
  expect(lines.filter((line) => line.includes('#/write-through?duration=2s&at='))).toHaveLength(100);
  expect(answer('violations', [...words, ...ALL])).not.toContain('--limit');
  expect(answer('violations', [...words, '--kind', 'lostAckedWrite'])).toMatch(
    /\nno lostAckedWrite in this run\n$/,
  );
});

test('what is found in the drain is linked to the end of the run, where the page shows it', () => {
  const violations = Int32Array.of(60_500_000, VIOLATION_KINDS.indexOf('dirtyRead'), 41, 5, 12, 3, 0, 0);
  const found = {
    design: aDesign(),
    summary: aSummary(),
    counts: { ...zeros(), dirtyRead: 1 },
    violations,
  };
  const cells = violationsTable(found, { kind: undefined, limit: 1 }).split('\n').at(-2)?.split(/ {2,}/);
  expect(cells).toEqual(['60.5s', 'dirtyRead', '12', '5', 'v3', '-', '-', '#/write-through?at=60s&key=12']);
});

test('where the run counted more than it keeps, that is said, and how many are missing', () => {
  const counts = { ...zeros(), staleRead: VIOLATION_LIMIT, lostAckedWrite: 7 };
  const stale = VIOLATION_KINDS.indexOf('staleRead');
  const violations = Int32Array.of(2_000, stale, 41, 5, 0, 3, 4, 1_500);
  const found = { design: aDesign(), summary: aSummary(), counts, violations };
  const limit = 10;
  expect(violationsTable(found, { kind: 'lostAckedWrite', limit })).toContain(
    'a run keeps 500,000 violations of all kinds: 7 of these came later',
  );
  expect(violationsJson(found, { kind: 'lostAckedWrite', limit })).toMatchObject({ counted: 7, kept: 0 });
  const cells = violationsTable(found, { kind: undefined, limit }).split('\n').at(-2)?.split(/ {2,}/);
  expect(cells).toEqual([
    '2ms',
    'staleRead',
    '0',
    '5',
    'v3',
    'v4',
    '1.50 ms',
    expect.stringContaining('at=2ms'),
  ]);
});

test('where a version has a higher number than the newer one that was expected, that is explained, and nowhere else', () => {
  const tableWith = (version: number, expected: number) =>
    violationsTable(
      {
        design: aDesign(),
        summary: aSummary(),
        counts: { ...zeros(), readYourWrites: 1 },
        violations: violationsOf({ kind: 'readYourWrites', version, expected }),
      },
      { kind: undefined, limit: 1 },
    );
  expect(tableWith(400, 399)).toContain('was committed first');
  expect(tableWith(398, 399)).not.toContain('was committed first');
});

/** What the oracle of a run that has not begun has counted. */
function zeros(): Record<ViolationKind, number> {
  return { ...Run.start(aDesign()).world.oracle.counts };
}
