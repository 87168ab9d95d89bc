/** Begins the flushes of a write-behind cache, each the routine that the policy's table has for it. */
import { CALL, SLOT, WRITE } from '../calls.ts';
import { B_CALL, BUFFERED } from '../flushBuffer.ts';
import type { World } from '../world.ts';
import { takeDue } from './buffer.ts';
import { runSteps } from './policy.ts';
import { PUT } from './transport.ts';

/** A key's value has waited long enough. */
export function onFlushDue(w: World, slot: number): void {
  const write = takeDue(w, slot);
  if (write === 0) return;
  const node = w.cacheNodeOf(slot);
  const row = w.calls.open(0, w.oracle.operationOf(write), PUT, node, node);
  w.calls.at[row * CALL + SLOT] = slot;
  w.calls.at[row * CALL + WRITE] = write;
  w.buffered.at[slot * BUFFERED + B_CALL] = row;
  runSteps(w, row, w.program.flush);
}
