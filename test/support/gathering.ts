/** What a store without leaders makes of operations, as the row of a table tells it: by instant, message and replica. */
import { expect } from 'vitest';
import { E_SHOWN, E_WRITE, ENTRY } from '../../src/engine/store.ts';
import { taleOf, TOLD, type Act, type Differences, type Tale } from './tales.ts';

export interface Gathering {
  readonly that: string;
  readonly differences: Differences;
  readonly acts: readonly Act[];
  readonly lines: readonly string[];
  readonly messages: Readonly<Record<string, number>>;
  /** Versions that replicas 1, 2 and 3 show in the end. */
  readonly shown: readonly number[];
  readonly lost?: readonly number[];
  /** Versions in the order in which they count as committed, if not in that of their PUTs. */
  readonly committed?: readonly number[];
  readonly dirtyReads?: number;
}

const LEADERLESS: Differences = { 'store.mode': 'leaderless', 'store.r': '2' };
export const [FIRST, SECOND, THIRD] = ['shard-2.replica-1', 'shard-2.replica-2', 'shard-2.replica-3'];
export const TWO_OF_THREE = [
  '16 ms: replica-1 has 1, replica-1 shows 1, replica-2 commits 1, replica-2 has 1, replica-2 shows 1',
  '17 ms: client 1 ok',
];

/** The first of them is away. */
export const OTHER_TWO = [
  '16 ms: replica-2 has 1, replica-2 shows 1, replica-3 commits 1, replica-3 has 1, replica-3 shows 1',
  '17 ms: client 1 ok',
];
/** A PUT that begins at 0 ms and meets nothing. */
export const ALL_THREE = [
  '6 ms: replica-1 has 1, replica-1 shows 1, replica-2 commits 1, replica-2 has 1, replica-2 shows 1, replica-3 has 1, replica-3 shows 1',
  '7 ms: client 1 ok',
];

export function isGathered(told: Gathering): void {
  const { differences, acts, lines, messages, shown, lost = [], dirtyReads = 0 } = told;
  const tale = taleOf({ ...LEADERLESS, ...differences }, acts);
  const { calls, oracle } = tale.run.world;
  expect(tale.lines).toEqual(lines);
  expect(tale.messages).toEqual(messages);
  expect(tale.served.writes).toBe(lines.join().match(/ has | refuses /g)?.length ?? 0);
  expect(tale.shown).toEqual(shown);
  expect(tale.lost).toEqual(lost);
  expect(tale.committed).toEqual(told.committed ?? tale.committed.toSorted());
  expect(oracle.counts.dirtyRead).toBe(dirtyReads);
  expect(calls.alive).toBe(0);
  // One entry stays open for as long as a replica lacks the newest committed version, and says which have it.
  const newest = tale.committed.findLast((version) => !tale.lost.includes(version)) ?? 0;
  const open = shown.every((version) => version === newest) ? [] : [[newest, shown.map((v) => v === newest)]];
  expect(openIn(tale)).toEqual(open);
}

/** Entries that are still open: their version, and by replica whether it shows that. */
function openIn({ run }: Tale): unknown[] {
  const { store } = run.world;
  return store.openEntries(TOLD).map((entry) => {
    const has = (r: number): boolean => (((store.at[entry * ENTRY + E_SHOWN] ?? NaN) >> r) & 1) === 1;
    return [store.at[entry * ENTRY + E_WRITE], [0, 1, 2].map(has)];
  });
}
