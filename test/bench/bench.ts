/**
 * `npm run bench`: the budgets of speed, memory and size, each as a ratio to what is measured on this machine now. It
 * judges nothing: a slow machine breaks a budget without a fault in the code, so no test depends on it.
 *
 * Arguments name parts (all, if none does). What the last two look at is built first.
 */
import { cpus } from 'node:os';
import { build } from 'vite';
import { chosenOf } from '../tools/chosen.ts';
import { row, type Measurement } from './budget.ts';
import { benchBrowser } from './browser.ts';
import { benchEngine } from './engine.ts';
import { benchExplore } from './explore.ts';
import { benchSizes } from './sizes.ts';
import { benchSpread } from './spread.ts';

interface Part {
  /** It looks at what `dist/` holds. */
  readonly built?: true;
  readonly measure: () => AsyncIterable<Measurement> | Iterable<Measurement>;
}

/** In this order: the engine has a process that has built nothing. */
const PARTS: Readonly<Record<string, Part>> = {
  engine: { measure: benchEngine },
  explore: { measure: benchExplore },
  spread: { measure: benchSpread },
  browser: { built: true, measure: benchBrowser },
  sizes: { built: true, measure: benchSizes },
};
/** Widths of the columns: rows are printed as they come. */
const WIDTHS = [56, 20, 22];

/** The exit code says whether it could measure, not whether the budgets hold. */
export async function main(args: readonly string[]): Promise<number> {
  const parts = chosenOf('part', PARTS, args);
  if (!parts.ok) {
    console.error(parts.error);
    return 2;
  }
  console.log(
    `Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}\n`,
  );
  print(['what', 'measured', 'budget', 'ratio: 1 or more holds']);
  let isBuilt = false;
  for (const [, { built = false, measure }] of parts.value) {
    if (built && !isBuilt) {
      await build({ logLevel: 'error' });
      isBuilt = true;
    }
    for await (const measurement of measure()) print(row(measurement));
  }
  return 0;
}

function print(cells: readonly string[]): void {
  console.log(cells.map((cell, i) => cell.padEnd(WIDTHS[i] ?? 0)).join(''));
}
