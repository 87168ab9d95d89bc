/** How full a wheel is: the engine itself never asks. */
import type { Wheel } from '../../src/engine/kernel/wheel.ts';

/** How many events are pending. */
export function pendingIn(wheel: Wheel): number {
  let pending = 0;
  wheel.forEachPending(() => pending++);
  return pending;
}
