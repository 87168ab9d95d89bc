/** What becomes of writes when replicas go and come, as the row of a table tells it: by instant, and by what is lost. */
import { expect } from 'vitest';
import { summarise } from '../../src/engine/summarise.ts';
import { taleOf, TOLD, type Act, type Differences } from './tales.ts';

export interface Election {
  readonly that: string;
  readonly differences: Differences;
  readonly acts: readonly Act[];
  readonly lines: readonly string[];
  /** Versions. */
  readonly lost: readonly number[];
  /** In the order in which they count as committed. */
  readonly committed: readonly number[];
  /** Before the fault that cost it, the oldest of those that are lost was acknowledged, ms. */
  readonly rpo: number;
  /** How many acknowledged writes were lost along the way, if not those that are lost in the end. */
  readonly counted?: number;
}

export const NOTHING_LOST = { lost: [], rpo: 0 };
export const [FIRST, SECOND, THIRD] = ['shard-2.replica-1', 'shard-2.replica-2', 'shard-2.replica-3'];
export const EVERYWHERE = [
  '6 ms: replica-1 has 1, replica-1 commits 1, replica-1 shows 1',
  '7 ms: client 1 ok',
  '8 ms: replica-2 has 1, replica-3 has 1, replica-2 shows 1, replica-3 shows 1',
];
/** It is alone with what it has logged and acknowledged. */
export const ALONE = ['6 ms: replica-1 has 1, replica-1 commits 1, replica-1 shows 1', '7 ms: client 1 ok'];
export const FAR_AWAY = 'replication:delay:200ms@0s-10ms';

export function comesOfIt({ differences, acts, lines, lost, committed, rpo, counted }: Election): void {
  const tale = taleOf(differences, acts);
  const { oracle } = tale.run.world;
  expect(tale.lines).toEqual(lines);
  expect(tale.lost).toEqual(lost);
  expect(tale.committed).toEqual(committed);
  expect(oracle.rpo).toBe(rpo * 1000);
  expect(oracle.counts.lostAckedWrite).toBe(counted ?? lost.length);
  expect(summarise(tale.run).store.byShard[TOLD]?.leaderChanges).toBe(changesIn(lines));
}

/** How often somebody else leads than before. */
function changesIn(lines: readonly string[]): number {
  const leaders = lines.flatMap((line) => /replica-\d(?= leads)/.exec(line) ?? []);
  return leaders.filter((leader, i) => leader !== (leaders[i - 1] ?? 'replica-1')).length;
}
