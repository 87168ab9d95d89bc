/**
 * `npm run bench`: the budgets of speed, memory and size, each as a ratio to what is measured on this machine now. It
 * judges nothing: a slow machine breaks a budget without a fault in the code, so no test depends on it.
 *
 * An argument names one part: `engine`, `spread`, `browser`, `sizes`. The last two want `npm run build` before.
 */
import { cpus } from 'node:os';
import { row, type Measurement } from './budget.ts';
import { benchBrowser } from './browser.ts';
import { benchEngine } from './engine.ts';
import { benchSizes } from './sizes.ts';
import { benchSpread } from './spread.ts';

const PARTS: Readonly<Record<string, () => AsyncIterable<Measurement> | Iterable<Measurement>>> = {
  engine: benchEngine,
  spread: benchSpread,
  browser: benchBrowser,
  sizes: benchSizes,
};
/** Widths of the columns: rows are printed as they come. */
const WIDTHS = [56, 20, 22];

/** The exit code says whether it could measure, not whether the budgets hold. */
export async function main(args: readonly string[]): Promise<number> {
  const unknown = args.find((name) => !(name in PARTS));
  if (unknown !== undefined) {
    console.error(`part: "${unknown}" is not known: allowed are ${Object.keys(PARTS).join(', ')}`);
    return 2;
  }
  console.log(
    `Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}\n`,
  );
  print(['what', 'measured', 'budget', 'ratio: 1 or more holds']);
  for (const [name, part] of Object.entries(PARTS)) {
    if (args.length > 0 && !args.includes(name)) continue;
    for await (const measurement of part()) print(row(measurement));
  }
  return 0;
}

function print(cells: readonly string[]): void {
  console.log(cells.map((cell, i) => cell.padEnd(WIDTHS[i] ?? 0)).join(''));
}
