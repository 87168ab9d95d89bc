/**
 * What becomes of a few writes when replicas were away: tales in which it matters what each of them shows in the end, what
 * is committed and what is lost, and how they begin.
 */
import { expect } from 'vitest';
import { taleOf, TOLD, type Act, type Differences } from './tales.ts';

export interface Aftermath {
  readonly that: string;
  readonly differences: Differences;
  readonly acts: readonly Act[];
  /** Up to when it is told, ms; absent: to the end. */
  readonly until?: number;
  readonly lines: readonly string[];
  /** By replica: the version that it shows then. */
  readonly shown: readonly number[];
  /** Versions. */
  readonly lost?: readonly number[];
  /** In the order in which they count as committed. */
  readonly committed: readonly number[];
  /** Before the fault that cost it, the oldest of those that are lost was acknowledged, ms. */
  readonly rpo?: number;
  /** Copies and their acknowledgements that left a replica. */
  readonly copies?: number;
}

export const [FIRST, SECOND, THIRD] = ['shard-2.replica-1', 'shard-2.replica-2', 'shard-2.replica-3'];
export const ONE_PUT: readonly Act[] = [[0, 'put']];
export const COPIED = ['6 ms: replica-1 has 1', '8 ms: replica-2 has 1, replica-3 has 1'];
/** Every replica shows the first version. */
export const EVERYWHERE = [
  ...COPIED,
  '10 ms: replica-1 commits 1, replica-1 shows 1',
  '11 ms: client 1 ok',
  '12 ms: replica-2 shows 1, replica-3 shows 1',
];

/** The leader crashes when a majority has what nobody was told of, and is back at 300 ms. */
export const CRASHED = `${FIRST}:crash@9ms-300ms`;
export const SURFACED = [
  ...COPIED,
  '109 ms: replica-2 commits 1, replica-2 shows 1, replica-2 leads term 2',
  '111 ms: replica-3 shows 1',
];
export const UNKNOWN = '1000 ms: client 1 unknown';
export const caughtUpAt = (ms: number): string[] => [...SURFACED, `${ms} ms: replica-1 shows 1`, UNKNOWN];

/** All comes to pass as it is told. */
export function comesToPass(aftermath: Aftermath): void {
  const { differences, acts, until, lines, shown, lost = [], committed, rpo = 0, copies } = aftermath;
  const tale = taleOf(differences, acts, until);
  const { oracle, store, calls } = tale.run.world;
  expect(tale.lines).toEqual(lines);
  expect(tale.shown).toEqual(shown);
  expect(tale.committed).toEqual(committed);
  expect(tale.lost).toEqual(lost);
  expect(oracle.rpo).toBe(rpo * 1000);
  if (copies !== undefined) expect(tale.messages.replicate).toBe(copies);
  if (until !== undefined) return;
  expect(calls.alive).toBe(0);
  expect(store.openEntries(TOLD)).toEqual([]);
}
