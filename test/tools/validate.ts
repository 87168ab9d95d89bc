/**
 * `npm run validate`: one table of what theory and publications say, and what the engine shows. Exits with 1 when a row
 * is further from its reference than three standard errors, or too imprecise to tell. It measures with fixed seeds, so
 * that it prints the same everywhere; it takes some minutes.
 *
 * Arguments name areas (all, if none does); `--markdown` prints the table for the README.
 */
import { behindRows } from '../reference/behind.ts';
import { cacheRows } from '../reference/caches.ts';
import { durabilityRows } from '../reference/durability.ts';
import { pbsRows } from '../reference/pbs.ts';
import { queueingRows } from '../reference/queueing.ts';
import { retryRows } from '../reference/retries.ts';
import type { ReferenceRow } from '../reference/row.ts';
import { cellsOf, HEADINGS, verdictOf } from '../reference/verdict.ts';
import { chosenOf } from './chosen.ts';

const AREAS: Readonly<Record<string, () => readonly ReferenceRow[]>> = {
  queueing: queueingRows,
  quorums: pbsRows,
  caches: cacheRows,
  durability: durabilityRows,
  behind: behindRows,
  retries: retryRows,
};
/** Widths of the columns: rows are printed as they come. */
const WIDTHS = [12, 52, 14, 14, 20];

export function main(args: readonly string[]): number {
  const areas = chosenOf(
    'area',
    AREAS,
    args.filter((arg) => arg !== '--markdown'),
  );
  if (!areas.ok) {
    console.error(areas.error);
    return 2;
  }
  const line = args.includes('--markdown') ? asMarkdown : asColumns;
  console.log(line(HEADINGS));
  if (line === asMarkdown) console.log(line(HEADINGS.map(() => '---')));
  let broken = 0;
  for (const [, rowsOf] of areas.value)
    for (const row of rowsOf()) {
      console.log(line(cellsOf(row)));
      if (verdictOf(row) !== 'holds') broken++;
    }
  if (broken > 0) console.error(`${broken} rows do not hold`);
  return broken === 0 ? 0 : 1;
}

function asColumns(cells: readonly string[]): string {
  return cells.map((cell, i) => cell.padEnd(WIDTHS[i] ?? 0)).join(' ');
}

function asMarkdown(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
