/**
 * What a finished run says of its contract, for people. The engine's verdict knows that a line holds or does not; a line
 * that holds for want of traffic was never put to the test, and whoever reads that it holds would be told too much.
 */
import type { ContractLine } from '../design/contract.ts';
import type { ContractVerdict, Summary } from '../engine/summary.ts';

export type Outcome = 'holds' | 'broken' | 'notMeasured';

/** What a line of the contract came to: what was not measured is not broken, and does not hold either. */
export function outcomeOf({ line, holds }: ContractVerdict, summary: Summary): Outcome {
  if (!holds) return 'broken';
  return isMeasured(line, summary) ? 'holds' : 'notMeasured';
}

/** How many lines came to what. */
export function countOutcomes(summary: Summary): Readonly<Record<Outcome, number>> {
  const counts = { holds: 0, broken: 0, notMeasured: 0 };
  for (const verdict of summary.contract) counts[outcomeOf(verdict, summary)]++;
  return counts;
}

/** Whether anything happened of which the line could be judged: where nothing did, it has no number either. */
export function isMeasured(line: ContractLine, { get, put, consistency }: Summary): boolean {
  switch (line) {
    case 'getP99':
    case 'staleness':
      return get.attempted > 0;
    case 'putP99':
    case 'rpo':
      return put.attempted > 0;
    case 'availability':
      return get.attempted + put.attempted > 0;
    case 'readYourWrites':
      return consistency.readYourWrites.checked > 0;
  }
}
