/** The lines of the contract, as data: what is promised, in which direction, in which unit. Judging a run is the engine's. */
import type { Design } from './design.ts';

export type ContractLine = keyof Design['contract'];

export interface ContractLineInfo {
  readonly line: ContractLine;
  /** What was measured stands on the left: `measured <= required`. */
  readonly relation: '<=' | '>=';
  /** Of what is measured and required: microseconds, or a share from 0 to 1. */
  readonly unit: 'us' | 'share';
}

export const CONTRACT_LINES: readonly ContractLineInfo[] = [
  { line: 'getP99', relation: '<=', unit: 'us' },
  { line: 'putP99', relation: '<=', unit: 'us' },
  { line: 'staleness', relation: '<=', unit: 'us' },
  { line: 'rpo', relation: '<=', unit: 'us' },
  { line: 'availability', relation: '>=', unit: 'share' },
  { line: 'readYourWrites', relation: '>=', unit: 'share' },
];

/** Apart from the lines themselves, since the engine has no use for words. */
export const CONTRACT_WORDS: Readonly<
  Record<ContractLine, { readonly label: string; readonly help: string }>
> = {
  getP99: { label: 'GET p99', help: '99 of 100 reads end within it.' },
  putP99: { label: 'PUT p99', help: '99 of 100 writes end within it.' },
  staleness: {
    label: 'staleness',
    help: 'No read returns a value that was overwritten longer ago than this.',
  },
  rpo: { label: 'RPO', help: 'Age of the oldest acked write that may be lost.' },
  availability: { label: 'availability', help: 'Share of operations that end well.' },
  readYourWrites: {
    label: 'read your writes',
    help: "Share of reads that see their session's own writes.",
  },
};
