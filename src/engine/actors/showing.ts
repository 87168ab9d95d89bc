/** What a replica answers reads with. */
import {
  E_DURABLE,
  E_NEXT,
  E_PASSED,
  E_PREVIOUS,
  E_SHARD,
  E_SHOWN,
  E_SLOT,
  E_STATE,
  E_TERM,
  E_WRITE,
  ENTRY,
  EntryState,
} from '../store.ts';
import type { World } from '../world.ts';

/**
 * From now on the replica answers reads with this entry. Earlier entries of the key that reach it later have been
 * overtaken: they count as shown with it, unless they are of a newer term, which a replaced leader knows nothing of. What of
 * them a crash before the next sync would take back is said as if they had been shown one after the other.
 */
export const show = (w: World, entry: number, replica: number): void => {
  const { store } = w;
  const at = store.at;
  const e = entry * ENTRY;
  const bit = 1 << replica;
  if ((at[e + E_SHOWN]! & bit) !== 0) return;
  const slot = at[e + E_SLOT]!;
  const of = at[e + E_SHARD]! * store.rf + replica;
  let before = store.shown(slot, replica);
  store.setShown(slot, replica, at[e + E_WRITE]!);
  w.recorder?.entryEvent('expose', w.nodes.firstStore + of, entry);
  // A replica that is down holds up a key's entries for long: those that this one has passed are not looked at again.
  let next = entry;
  for (let o = e; (at[o + E_PASSED]! & bit) === 0 && at[o + E_PREVIOUS] !== 0; o = next * ENTRY)
    next = at[o + E_PREVIOUS]!;
  for (let last = 0; last !== entry;) {
    const o = next * ENTRY;
    last = next;
    next = at[o + E_NEXT]!;
    at[o + E_PASSED]! |= bit;
    if (
      at[o + E_STATE] !== EntryState.committed ||
      at[o + E_TERM]! > at[e + E_TERM]! ||
      (at[o + E_SHOWN]! & bit) !== 0
    )
      continue;
    if (store.unsynced.periodic && (at[o + E_DURABLE]! & bit) !== 0) {
      store.unsynced.shown(of, slot, at[o + E_WRITE]!, before, w.wheel.now);
      before = at[o + E_WRITE]!;
    }
    at[o + E_SHOWN]! |= bit;
    if (at[o + E_SHOWN] === store.all) store.remove(last);
  }
};

/** The replica shows another version of a key (0: none) that no message brought: copied, taken back, or lost with its disk. */
export const become = (w: World, slot: number, replica: number, write: number): void => {
  if (w.store.shown(slot, replica) !== write)
    w.recorder?.becomes(w.replicaNode(w.shardOf(slot), replica), slot, write);
  w.store.setShown(slot, replica, write);
};
