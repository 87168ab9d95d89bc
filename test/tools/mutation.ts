/**
 * `npm run mutation`: changes the sources in small ways, one at a time, and counts how many of these mutants the tests
 * notice. It says what the tests are worth, file by file; it judges no source, and changes none: the mutants live in a
 * copy. Exits with 1 when a group falls short of what is asked of it.
 *
 * Arguments name groups (all, if none does). What was tested before and has not changed since is not tested again.
 */
import { relative, resolve } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { GROUP_VARIABLE, GROUPS, RUNNER, type Group } from '../mutation/groups.ts';
import { chosenOf } from './chosen.ts';

/** Of a mutant: it was noticed, the tests never ended with it, no test noticed, or none came by. */
const COUNTED = ['Killed', 'Timeout', 'Survived', 'NoCoverage'] as const;
type Outcome = (typeof COUNTED)[number];
type Tally = Record<Outcome, number>;

const HEADINGS = ['file', 'mutants', 'killed', 'timed out', 'survived', 'not covered', 'score'];
const WIDTHS = [36, 8, 8, 10, 10, 12, 8];
/** A test that is slow for once is no mutant noticed: the machine may have other work to do. */
const PATIENCE_MS = 5_000;

export async function main(args: readonly string[]): Promise<number> {
  const groups = chosenOf('group', GROUPS, args);
  if (!groups.ok) {
    console.error(groups.error);
    return 2;
  }
  let isShort = false;
  for (const [name, group] of groups.value) {
    const score = await scoreOf(name, group);
    if (score < (group.least ?? 0)) {
      isShort = true;
      console.error(`${name}: ${score.toFixed(1)} % is less than ${group.least} %`);
    }
  }
  return isShort ? 1 : 0;
}

/** Tests the mutants of a group, prints those that nobody noticed and how many there are by file; returns the score. */
async function scoreOf(name: string, { mutates, tests }: Group): Promise<number> {
  process.env[GROUP_VARIABLE] = name;
  const mutants = await new Stryker({
    packageManager: 'npm',
    testRunner: RUNNER,
    plugins: [resolve('test/mutation/plugin.mjs')],
    mutate: [...mutates],
    coverageAnalysis: 'perTest',
    concurrency: 1,
    timeoutMS: PATIENCE_MS,
    ignorePatterns: ['dist', 'public', 'test-results'],
    incremental: true,
    incrementalFile: `node_modules/.cache/mutation/${name}.json`,
    reporters: ['progress-append-only'],
    allowConsoleColors: false,
  }).runMutationTest();
  const tallies = new Map<string, Tally>();
  const total = nothing();
  for (const { fileName, status, location, mutatorName, replacement } of mutants) {
    const outcome = COUNTED.find((one) => one === status);
    // What does not compile, or changes nothing that is ever run, tells nothing of the tests.
    if (outcome === undefined) continue;
    const file = relative(process.cwd(), fileName);
    const tally = tallies.get(file) ?? nothing();
    tallies.set(file, tally);
    tally[outcome]++;
    total[outcome]++;
    if (outcome !== 'Survived' && outcome !== 'NoCoverage') continue;
    const { line, column } = location.start;
    console.log(`${outcome} ${file}:${line}:${column} ${mutatorName} -> ${inOneLine(replacement)}`);
  }
  console.log(`\n${name}, which ${tests.join(', ')} must notice`);
  console.log(inColumns(HEADINGS));
  for (const [file, tally] of [...tallies].sort(([a], [b]) => (a < b ? -1 : 1)))
    console.log(inColumns(cellsOf(file, tally)));
  console.log(inColumns(cellsOf('total', total)));
  return shareNoticed(total);
}

function nothing(): Tally {
  return { Killed: 0, Timeout: 0, Survived: 0, NoCoverage: 0 };
}

function shareNoticed({ Killed, Timeout, Survived, NoCoverage }: Tally): number {
  const all = Killed + Timeout + Survived + NoCoverage;
  return all === 0 ? 0 : ((Killed + Timeout) / all) * 100;
}

function cellsOf(what: string, tally: Tally): string[] {
  const counts = COUNTED.map((outcome) => tally[outcome]);
  const all = counts.reduce((sum, count) => sum + count, 0);
  return [what, String(all), ...counts.map(String), `${shareNoticed(tally).toFixed(1)} %`];
}

function inColumns(cells: readonly string[]): string {
  return cells.map((cell, i) => cell.padEnd(WIDTHS[i] ?? 0)).join(' ');
}

function inOneLine(code = ''): string {
  return code.replaceAll(/\s+/g, ' ');
}
