/**
 * What a remedy comes to beside the run as it is: the quantities of two summaries that matter to a kind of harm, and what
 * the remedy costs elsewhere. Reads summaries, and judges nothing but whether the harm is gone.
 */
import type { ContractLine } from '../../design/contract.ts';
import type { ViolationKind } from '../../design/readings.ts';
import type { Summary } from '../../engine/summary.ts';
import { countOfKind } from '../violationKinds.ts';
import type { Point } from './account.ts';

/** What a story is told against. */
export type Harm = ViolationKind | Point['kind'];

export interface Quantity {
  readonly label: string;
  readonly unit: 'count' | 'ms' | 'share' | 'perSecond' | 'dollars';
  /** The line of the contract that promises it: it is written as that line is. */
  readonly line?: ContractLine;
  readonly read: (summary: Summary) => number;
}

const count = (label: string, read: Quantity['read']): Quantity => ({ label, unit: 'count', read });
const violations = (label: string, kind: ViolationKind): Quantity =>
  count(label, (summary) => countOfKind(summary, kind));
const ms = (label: string, line: ContractLine, read: Quantity['read']): Quantity => ({
  label,
  unit: 'ms',
  line,
  read,
});

const OWN_WRITES = violations('Own writes not seen', 'readYourWrites');
const STALE = violations('Stale reads', 'staleRead');
const GET_P99 = ms('GET p99', 'getP99', ({ get }) => get.p99Ms);
const PUT_P99 = ms('PUT p99', 'putP99', ({ put }) => put.p99Ms);
const UNKNOWN = count('PUTs given up on', ({ put }) => put.unknown);
const UNANSWERED = count(
  'Operations without an answer of use',
  ({ put, get }) => put.failed + put.unknown + get.failed,
);
const STORE_READS: Quantity = {
  label: 'Store reads',
  unit: 'perSecond',
  read: ({ store, simulatedSeconds }) => store.reads / simulatedSeconds,
};

/** The quantity that counts each kind of harm. */
const OF_HARM: Readonly<Record<Harm, Quantity>> = {
  readYourWrites: OWN_WRITES,
  monotonicReads: violations('Reads back in time', 'monotonicReads'),
  staleRead: STALE,
  dirtyRead: violations('Dirty reads', 'dirtyRead'),
  phantomRead: violations('Phantom reads', 'phantomRead'),
  lostAckedWrite: violations('Acknowledged writes lost', 'lostAckedWrite'),
  storeRegression: violations('Store went back', 'storeRegression'),
  surfaced: UNKNOWN,
  lost: UNANSWERED,
  toldNo: UNANSWERED,
  unanswered: UNANSWERED,
  stampede: STORE_READS,
  queued: GET_P99,
  fallback: count('Calls to the cache given up on', ({ cache }) => cache.timeouts),
  plain: GET_P99,
};

/** What is shown beside it, where it is not that itself. */
const BESIDE: readonly Quantity[] = [
  OWN_WRITES,
  STALE,
  ms('Oldest stale read', 'staleness', ({ consistency }) => consistency.stale.maxMs),
  PUT_P99,
  GET_P99,
  { label: 'Availability', unit: 'share', read: ({ availability }) => availability },
  STORE_READS,
  { label: 'Cost a month', unit: 'dollars', read: ({ cost }) => cost.monthly },
];

export interface Outcome {
  readonly quantity: Quantity;
  readonly now: number;
  readonly then: number;
}

/** The harm first, then what it is had at. */
export function outcomesOf(harm: Harm, now: Summary, then: Summary): readonly Outcome[] {
  const first = OF_HARM[harm];
  return [first, ...BESIDE.filter((quantity) => quantity !== first)].map((quantity) => ({
    quantity,
    now: quantity.read(now),
    then: quantity.read(then),
  }));
}

/** What of the harm a remedy leaves, and what there is of it now. */
export function leftOf(harm: Harm, now: Summary, then: Summary): Outcome {
  const quantity = OF_HARM[harm];
  return { quantity, now: quantity.read(now), then: quantity.read(then) };
}

/** Whether nothing of a harm that is counted is left. Of one that is only slower or faster nobody can say so. */
export function isEnough({ quantity, then }: Outcome): boolean {
  return quantity.unit === 'count' && then === 0;
}
