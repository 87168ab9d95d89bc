/**
 * Gathers: calls to the store that ask every replica of a shard. The row of the call stays with the node that makes it, the
 * coordinator, and has a part for each replica; it outlives its own answer until the last part has ended, so that no late
 * part finds a stranger in its place. Here is what such rows look like; `actors/quorum.ts` acts on them.
 */
import { CALL, CALLER, FLAGS, Flag, LINK, MARK, STEP, TIMER, type Calls } from './calls.ts';

// Columns that mean something else on other rows.
export const PARTS = STEP; // that are alive
export const ANSWERED = MARK; // bit r: replica r has answered
export const CURRENT = LINK; // reads, bit r: its answer was the newest version so far
export const HINTED = LINK; // writes, bit r: its copy is kept as a hint

/** True when a row is a call that asks every replica. */
export function isGather({ at }: Calls, row: number): boolean {
  return (at[row * CALL + FLAGS]! & Flag.gathers) !== 0;
}

/** True when a row is a part of a gather. */
export function isPart({ at }: Calls, row: number): boolean {
  return (at[row * CALL + FLAGS]! & Flag.part) !== 0;
}

/** A part has ended. True when the gather can no longer be answered and somebody waits for it: it is lost. */
export function endPart(calls: Calls, gather: number): boolean {
  const { at } = calls;
  const g = gather * CALL;
  if (--at[g + PARTS]! > 0 || at[g + TIMER] !== 0) return false;
  if (at[g + CALLER] !== 0) return true;
  calls.close(gather);
  return false;
}

/** A part answers: if its gather was given up on meanwhile, so is the answer. */
export function inheritFate({ at }: Calls, part: number): void {
  at[part * CALL + FLAGS]! |= at[at[part * CALL + CALLER]! * CALL + FLAGS]! & Flag.givenUp;
}

/** Nobody waits for a call any more. It goes, unless it gathers and parts are still under way. */
export function letGo(calls: Calls, row: number): void {
  const { at } = calls;
  const o = row * CALL;
  if (isGather(calls, row) && (at[o + PARTS]! > 0 || at[o + TIMER] !== 0)) at[o + CALLER] = 0;
  else calls.close(row);
}
