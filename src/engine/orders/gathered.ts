/** Calls that ask several replicas, as the explored world sees them: which answers somebody still waits for. */
import { CALL, CALLER, KIND, STATUS, Status, TIMER } from '../calls.ts';
import { GET } from '../actors/transport.ts';
import type { World } from '../world.ts';

/**
 * Whether a gather needs none of its parts any more: it was answered or given up on, and what the others bring mends
 * nothing, nor spares a replica its hint.
 */
export function isSpent({ calls: { at }, leaderless, design }: World, gather: number): boolean {
  const g = gather * CALL;
  if (at[g + CALLER] !== 0 || at[g + TIMER] !== 0) return false;
  const repairs = at[g + KIND] === GET && leaderless && design.store.readRepair;
  return !repairs || at[g + STATUS] === Status.gaveUp;
}
