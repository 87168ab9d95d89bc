/**
 * `npm test`: every check of the project, and those in a browser where all others passed. It exists so that one command
 * says whether the project stands; it judges nothing itself, and never repairs what it finds.
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
}

/**
 * Side by side, a lane a core. To lint takes as long as all that stands before the tests: these come after it, and share
 * the machine for a while with what is left to lint.
 */
const LANES: readonly (readonly Stage[])[] = [
  [
    { heading: 'Format', command: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'] },
    { heading: 'Types', command: ['node_modules/typescript/bin/tsc', '--noEmit'] },
    { heading: 'Import rules', command: ['test/tools/run.mjs', 'test/tools/rooms.ts'] },
    { heading: 'Build', command: ['node_modules/vite/bin/vite.js', 'build'] },
    { heading: 'Size', command: ['node_modules/size-limit/bin.js'] },
    {
      heading: 'Unit, property and reference tests',
      command: [
        ...(['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json'] as const),
        `--outputFile.json=${UNIT_REPORT}`,
      ],
      counts: () => unitCounts(UNIT_REPORT),
    },
  ],
  [{ heading: 'Lint', command: ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'] }],
];

/** The page has the machine for itself. */
const LAST: Stage = {
  heading: 'Browser tests',
  command: ['node_modules/@playwright/test/cli.js', 'test'],
  counts: () => browserCounts(BROWSER_REPORT),
};

/** The exit code is 0 when every check passed. */
export async function main(): Promise<number> {
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  const ends = await runLanes();
  if (ends.every(({ status }) => status === 0)) ends.push(runAlone());
  const broken = ends.find(({ status }) => status !== 0);
  const counted = ends.flatMap(({ stage }) => (stage.counts === undefined ? [] : [stage.counts()]));
  const passed = sum(counted.map((each) => each.passed));
  const failed = sum(counted.map((each) => each.failed));
  console.log(
    broken === undefined ? '\nEvery check passed.' : `\nStopped: "${broken.stage.heading}" did not pass.`,
  );
  console.log(`${passed} passed, ${failed} failed`);
  return broken === undefined && failed === 0 && passed > 0 ? 0 : 1;
}

interface End {
  readonly stage: Stage;
  readonly status: number | null;
}

/** The last stage: what it prints is seen as it comes, and as the terminal wants it. */
function runAlone(): End {
  announce(LAST);
  const { version, origin } = findBrowser();
  console.log(`${version}, from ${origin}`);
  const { status } = spawnSync(process.execPath, LAST.command, { stdio: ['ignore', 'inherit', 'inherit'] });
  return { stage: LAST, status };
}

/**
 * One stage of a lane after the other, up to the first that fails. What each prints comes out in one piece when it has
 * ended, and as it comes where no other lane is left.
 */
async function runLanes(): Promise<End[]> {
  const speakers = new Set<Speaker>();
  let lanesLeft = LANES.length;
  const runLane = async (lane: readonly Stage[]): Promise<End[]> => {
    const ends: End[] = [];
    for (const stage of lane) {
      const speaker = new Speaker(stage);
      speakers.add(speaker);
      if (lanesLeft === 1) speaker.speak();
      const status = await run(stage, speaker);
      speaker.speak();
      speakers.delete(speaker);
      ends.push({ stage, status });
      if (status !== 0) break;
    }
    lanesLeft--;
    if (lanesLeft === 1) for (const speaker of speakers) speaker.speak();
    return ends;
  };
  return (await Promise.all(LANES.map(runLane))).flat();
}

/** What a stage prints: kept until it is its turn. */
class Speaker {
  readonly #stage: Stage;
  #kept: Buffer[] | undefined = [];

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  hear(piece: Buffer): void {
    if (this.#kept === undefined) process.stdout.write(piece);
    else this.#kept.push(piece);
  }

  /** It is its turn from now on. */
  speak(): void {
    if (this.#kept === undefined) return;
    announce(this.#stage);
    process.stdout.write(Buffer.concat(this.#kept));
    this.#kept = undefined;
  }
}

function announce({ heading }: Stage): void {
  console.log(`\n== ${heading}\n`);
}

function run({ command }: Stage, speaker: Speaker): Promise<number | null> {
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece: Buffer) => {
      speaker.hear(piece);
    });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
