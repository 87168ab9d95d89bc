/** The kinds of violation as they are told: in which order, and where a summary counts each. */
import type { ViolationKind } from '../design/readings.ts';
import type { Summary } from '../engine/summary.ts';

/** From the most serious kind to the least. */
export const BY_GRAVITY: readonly ViolationKind[] = [
  'lostAckedWrite',
  'readYourWrites',
  'monotonicReads',
  'phantomRead',
  'storeRegression',
  'staleRead',
  'dirtyRead',
];

const COUNTS: Readonly<Record<ViolationKind, (consistency: Summary['consistency']) => number>> = {
  lostAckedWrite: ({ lostAckedWrites }) => lostAckedWrites,
  readYourWrites: ({ readYourWrites }) => readYourWrites.violations,
  monotonicReads: ({ monotonicReads }) => monotonicReads.violations,
  phantomRead: ({ phantomReads }) => phantomReads,
  storeRegression: ({ storeRegressions }) => storeRegressions,
  staleRead: ({ stale }) => stale.reads,
  dirtyRead: ({ dirtyReads }) => dirtyReads,
};

/** How many violations of a kind a run has come to: all of them, be there a row of each or not. */
export function countOfKind({ consistency }: Pick<Summary, 'consistency'>, kind: ViolationKind): number {
  return COUNTS[kind](consistency);
}
