/** What a replica answers reads with. */
import {
  E_DURABLE,
  E_NEXT,
  E_PREVIOUS,
  E_SHARD,
  E_SHOWN,
  E_SLOT,
  E_STATE,
  E_WRITE,
  ENTRY,
  EntryState,
} from '../store.ts';
import type { World } from '../world.ts';

/**
 * From now on the replica answers reads with this entry. Earlier entries of the key that reach it later have been
 * overtaken: they count as shown with it.
 */
export const show = (w: World, entry: number, replica: number): void => {
  const { store } = w;
  const at = store.at;
  const e = entry * ENTRY;
  const bit = 1 << replica;
  if ((at[e + E_SHOWN]! & bit) !== 0) return;
  at[e + E_SHOWN]! |= bit;
  if (store.unsynced.periodic) noteShown(w, entry, replica);
  store.setShown(at[e + E_SLOT]!, replica, at[e + E_WRITE]!);
  w.recorder?.entryEvent('expose', w.replicaNode(at[e + E_SHARD]!, replica), entry);
  for (let earlier = at[e + E_PREVIOUS]!; earlier !== 0;) {
    const o = earlier * ENTRY;
    const before = at[o + E_PREVIOUS]!;
    if (at[o + E_STATE] === EntryState.committed) {
      at[o + E_SHOWN]! |= bit;
      if (at[o + E_SHOWN] === store.all) store.remove(earlier);
    }
    earlier = before;
  }
  if (at[e + E_SHOWN] === store.all) store.remove(entry);
};

/** The replica shows another version of a key (0: none) that no message brought: copied, taken back, or lost with its disk. */
export const become = (w: World, slot: number, replica: number, write: number): void => {
  if (w.store.shown(slot, replica) !== write)
    w.recorder?.becomes(w.replicaNode(w.shardOf(slot), replica), slot, write);
  w.store.setShown(slot, replica, write);
};

/**
 * Says what a crash before the next sync would take back: this version, and those on the replica's disk that it has
 * overtaken, as if they had been shown one after the other. `show` has marked this entry alone.
 */
const noteShown = (w: World, entry: number, replica: number): void => {
  const { store } = w;
  const at = store.at;
  const slot = at[entry * ENTRY + E_SLOT]!;
  const of = at[entry * ENTRY + E_SHARD]! * store.rf + replica;
  const bit = 1 << replica;
  let before = store.shown(slot, replica);
  for (let next = store.firstOpen(slot); ; next = at[next * ENTRY + E_NEXT]!) {
    const e = next * ENTRY;
    const overtaken =
      at[e + E_STATE] === EntryState.committed &&
      (at[e + E_DURABLE]! & bit) !== 0 &&
      (at[e + E_SHOWN]! & bit) === 0;
    if (next !== entry && !overtaken) continue;
    store.unsynced.shown(of, slot, at[e + E_WRITE]!, before, w.wheel.now);
    before = at[e + E_WRITE]!;
    if (next === entry) return;
  }
};
