/** The lines of the contract, as data: what is promised, in which direction, in which unit. Judging a run is the engine's. */
import type { Design } from './design.ts';

export type ContractLine = keyof Design['contract'];

export interface ContractLineInfo {
  readonly line: ContractLine;
  readonly label: string;
  readonly help: string;
  /** What was measured stands on the left: `measured <= required`. */
  readonly relation: '<=' | '>=';
  /** Of what is measured and required: microseconds, or a share from 0 to 1. */
  readonly unit: 'us' | 'share';
}

export const CONTRACT_LINES: readonly ContractLineInfo[] = [
  { line: 'getP99', label: 'GET p99', relation: '<=', unit: 'us', help: '99 of 100 reads end within it.' },
  { line: 'putP99', label: 'PUT p99', relation: '<=', unit: 'us', help: '99 of 100 writes end within it.' },
  {
    line: 'staleness',
    label: 'staleness',
    relation: '<=',
    unit: 'us',
    help: 'No read returns a value that was overwritten longer ago than this.',
  },
  {
    line: 'rpo',
    label: 'RPO',
    relation: '<=',
    unit: 'us',
    help: 'Age of the oldest acked write that may be lost.',
  },
  {
    line: 'availability',
    label: 'availability',
    relation: '>=',
    unit: 'share',
    help: 'Share of operations that end well.',
  },
  {
    line: 'readYourWrites',
    label: 'read your writes',
    relation: '>=',
    unit: 'share',
    help: "Share of reads that see their session's own writes.",
  },
];
