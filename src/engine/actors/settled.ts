/**
 * Keeps what the oracle remembers of sessions' reads small. That a session has read a version of a key matters only
 * while an older version can still be returned. Once every copy of the key shows the newest committed version and
 * nothing is under way for it, none can, unless disks are destroyed: what was read of it may be forgotten, and no verdict
 * changes.
 */
import { CALL, PHASE, Phase, SLOT } from '../calls.ts';
import type { World } from '../world.ts';

/** Sweeps when the memory is full; where most of it must stay, the next sweep comes at twice the size. */
export function forgetSettled(w: World): void {
  const { calls, oracle } = w;
  const underWay = new Uint8Array(w.keys.size);
  for (let row = 1; row < calls.end; row++)
    if (calls.at[row * CALL + PHASE] !== Phase.free) underWay[calls.at[row * CALL + SLOT]!] = 1;
  const settled = new Int8Array(w.keys.size); // 0: not known yet, 1: settled, -1: not
  oracle.seen.sweep((slot) => {
    if (settled[slot] === 0) settled[slot] = underWay[slot] === 0 && isSettled(w, slot) ? 1 : -1;
    return settled[slot] === -1;
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
