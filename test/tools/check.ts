/**
 * `npm test`: every check of the project, cheapest first, up to the first that fails. It exists so that one command says
 * whether the project stands; it judges nothing itself, and never repairs what it finds.
 *
 * The last line counts what the unit and browser tests counted.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { findBrowser } from '../support/browser.ts';
import { browserCounts, unitCounts, type Counts } from '../support/reports.ts';

const REPORTS = 'test-results/reports';
const UNIT_REPORT = `${REPORTS}/unit.json`;
const BROWSER_REPORT = `${REPORTS}/browser.json`;

interface Stage {
  readonly heading: string;
  /** A script of an installed package, below node_modules, or of this project; and its arguments. */
  readonly command: readonly [string, ...string[]];
  readonly counts?: () => Counts;
  /** Said before it starts: what it runs on. */
  readonly says?: () => string;
}

/** What runs nothing of the project is done side by side, a lane a core: one stage takes as long as all the others. */
const READERS: readonly (readonly Stage[])[] = [
  [
    { heading: 'Format', command: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'] },
    { heading: 'Types', command: ['node_modules/typescript/bin/tsc', '--noEmit'] },
    { heading: 'Import rules', command: ['test/tools/run.mjs', 'test/tools/rooms.ts'] },
    { heading: 'Build', command: ['node_modules/vite/bin/vite.js', 'build'] },
    { heading: 'Size', command: ['node_modules/size-limit/bin.js'] },
  ],
  [{ heading: 'Lint', command: ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'] }],
];

/** What runs the project has the machine for itself. */
const RUNNERS: readonly Stage[] = [
  {
    heading: 'Unit, property and reference tests',
    command: [
      ...(['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json'] as const),
      `--outputFile.json=${UNIT_REPORT}`,
    ],
    counts: () => unitCounts(UNIT_REPORT),
  },
  {
    heading: 'Browser tests',
    command: ['node_modules/@playwright/test/cli.js', 'test'],
    counts: () => browserCounts(BROWSER_REPORT),
    says: browserInWords,
  },
];

function browserInWords(): string {
  const { version, origin } = findBrowser();
  return `${version}, from ${origin}`;
}

/** The exit code is 0 when every check passed. */
export async function main(): Promise<number> {
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  const total = { passed: 0, failed: 0 };
  const lanes = await Promise.all(READERS.map(runLane));
  let broken = lanes.find((heading) => heading !== undefined);
  for (const { heading, command, counts, says } of broken === undefined ? RUNNERS : []) {
    announce(heading);
    if (says !== undefined) console.log(says());
    const { status } = spawnSync(process.execPath, command, { stdio: ['ignore', 'inherit', 'inherit'] });
    if (counts !== undefined) {
      const { passed, failed } = counts();
      total.passed += passed;
      total.failed += failed;
    }
    if (status !== 0) {
      broken = heading;
      break;
    }
  }
  console.log(broken === undefined ? '\nEvery check passed.' : `\nStopped: "${broken}" did not pass.`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return broken === undefined && total.failed === 0 && total.passed > 0 ? 0 : 1;
}

/** One stage after the other, up to the first that fails: its heading. What each prints comes out in one piece. */
async function runLane(lane: readonly Stage[]): Promise<string | undefined> {
  for (const { heading, command } of lane) {
    const { status, output } = await runQuietly(command);
    announce(heading);
    process.stdout.write(output);
    if (status !== 0) return heading;
  }
  return undefined;
}

function announce(heading: string): void {
  console.log(`\n== ${heading}\n`);
}

function runQuietly(command: readonly string[]): Promise<{ status: number | null; output: string }> {
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece: Buffer) => {
      output.push(piece);
    });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      resolve({ status, output: Buffer.concat(output).toString() });
    });
  });
}
