/** How the operations of a run ended and how long they took, as cells: the same ones on a terminal and in a report. */
import { count, milliseconds } from '../base/words.ts';
import type { OperationSummary } from '../engine/summary.ts';

/** What stands above the columns; the first one is that of the names. */
export const OPERATION_COLUMNS: readonly string[] = [
  ...['', 'attempted', 'ok', 'failed', 'unknown'],
  ...['mean', 'p50', 'p90', 'p99', 'p99.9'],
];

/** The cells of one kind of operation under these columns, its name first; a dash for how long none of them took. */
export function operationRow(name: string, of: OperationSummary): string[] {
  return [
    name,
    ...[of.attempted, of.ok, of.failed, of.unknown].map(count),
    ...[of.meanMs, of.p50Ms, of.p90Ms, of.p99Ms, of.p999Ms].map((value) =>
      milliseconds(of.attempted === 0 ? Number.NaN : value),
    ),
  ];
}
