/**
 * Keeps what the oracle remembers of sessions' reads small. That a session has read a version of a key matters only
 * while an older version can still be returned. Once every copy of the key shows the newest committed version and
 * nothing is under way for it, none can, unless disks are destroyed: what was read of it may be forgotten, and no verdict
 * changes.
 */
import { CALL, PHASE, Phase, SLOT } from '../calls.ts';
import type { World } from '../world.ts';

const SETTLED = 1;
const UNSETTLED = -1;

/** Sweeps when the memory is full; where most of it must stay, the next sweep comes at twice the size. */
export function forgetSettled(w: World): void {
  const { calls, oracle } = w;
  const known = w.marks.wiped(w.keys.size); // by slot, as far as it is known
  for (let row = 1; row < calls.end; row++)
    if (calls.at[row * CALL + PHASE] !== Phase.free) known[calls.at[row * CALL + SLOT]!] = UNSETTLED;
  oracle.seen.sweep((slot) => {
    if (known[slot] === 0) known[slot] = isSettled(w, slot) ? SETTLED : UNSETTLED;
    return known[slot] === UNSETTLED;
  });
  w.sweepAt = Math.max(w.sweepAt, oracle.seen.size * 2);
}

function isSettled(w: World, slot: number): boolean {
  const { store, cache, oracle } = w;
  // What is on one disk alone, or on none yet, can be gone, and an older value read again.
  if (store.rf === 1 || store.unsynced.periodic || w.faults.destroys) return false;
  if (store.firstOpen(slot) !== 0 || w.buffered.holds(slot)) return false;
  const latest = oracle.latest(slot);
  for (let r = 0; r < store.rf; r++) if (store.shown(slot, r) !== latest) return false;
  const held = cache.held(slot);
  return held < 0 || held === latest;
}
