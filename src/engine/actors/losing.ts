/**
 * What is lost for good: versions of which no copy can come back. It finds them and tells the oracle; it decides
 * nothing about who leads.
 */
import { SYSTEM } from '../../design/readings.ts';
import {
  E_ACKED,
  E_DURABLE,
  E_NEXT,
  E_PASSED,
  E_SHOWN,
  E_SLOT,
  E_WRITE,
  ENTRY,
  R_EMPTY,
  R_TERM,
} from '../store.ts';
import type { World } from '../world.ts';
import { become } from './showing.ts';

/** The disk is gone: versions whose last copy it held are lost for good. */
export function destroyDisk(w: World, node: number): void {
  const { store } = w;
  const shard = w.shardOfNode(node);
  const replica = w.replicaOf(node);
  const bit = 1 << replica;
  const stood = standingOf(w, w.slotsOf(shard));
  store.replica[w.replicaRow(node) + R_EMPTY] = 1;
  store.replica[w.replicaRow(node) + R_TERM] = 0;
  store.unsynced.settle(node - w.nodes.firstStore, w.wheel.now);
  for (const entry of store.openEntries(shard)) {
    const e = entry * ENTRY;
    store.at[e + E_DURABLE]! &= ~bit;
    store.at[e + E_ACKED]! &= ~bit;
    store.at[e + E_SHOWN]! &= ~bit;
    store.at[e + E_PASSED]! &= ~bit;
  }
  for (const [slot, before] of stood) {
    become(w, slot, replica, 0);
    loseBetween(w, slot, standing(w, slot, store.all), before, w.wheel.now);
  }
}

/** What a crash takes back: versions that were written, keys of which an older version is shown again, and all keys. */
export interface TakenBack {
  readonly gone: ReadonlySet<number>;
  readonly reverted: ReadonlySet<number>;
  readonly slots: ReadonlySet<number>;
}

/** A crashed replica goes back to what it had synced. What that means for others is not looked at. */
export function takeBack(w: World, node: number): TakenBack {
  const { store, wheel } = w;
  const replica = w.replicaOf(node);
  const undone = store.unsynced.takeBack(node - w.nodes.firstStore, wheel.now);
  const gone = new Set(undone.filter(({ before }) => before < 0).map(({ write }) => write));
  const reverted = new Set<number>();
  for (const { slot, write, before } of undone) {
    // Shown since the last sync, but written before it: that is on the disk.
    if (before < 0 || !gone.has(write) || store.shown(slot, replica) !== write) continue;
    become(w, slot, replica, before);
    reverted.add(slot);
  }
  return { gone, reverted, slots: new Set(undone.map(({ slot }) => slot)) };
}

/**
 * A crash: what the replica had acknowledged and not synced is gone from it. Its leader goes on to count what it was
 * told. Versions of which that was the last copy are lost for good.
 */
export function loseUnsynced(w: World, node: number): void {
  const { store, wheel } = w;
  const shard = w.shardOfNode(node);
  const bit = 1 << w.replicaOf(node);
  const stood = standingOf(w, w.slotsOf(shard));
  const { gone, reverted, slots } = takeBack(w, node);
  for (const entry of store.openEntries(shard)) {
    const e = entry * ENTRY;
    store.at[e + E_PASSED]! &= ~bit;
    if (gone.has(store.at[e + E_WRITE]!)) store.at[e + E_DURABLE]! &= ~bit;
    else if (!reverted.has(store.at[e + E_SLOT]!) || (store.at[e + E_DURABLE]! & bit) !== 0) continue;
    store.at[e + E_SHOWN]! &= ~bit;
  }
  for (const slot of slots)
    loseBetween(w, slot, standing(w, slot, store.all), stood.get(slot) ?? 0, wheel.now);
}

/** The newest version of each of these keys of which any disk of their shard has a copy. One that was destroyed has none. */
export function standingOf(w: World, slots: Iterable<number>): Map<number, number> {
  return new Map(Array.from(slots, (slot) => [slot, standing(w, slot, w.store.all)]));
}

/** The newest committed version of a key that these replicas (bits) have, and that is not lost. */
export function standing(w: World, slot: number, holders: number): number {
  const { store, oracle } = w;
  let newest = 0;
  const stands = (write: number): void => {
    if (!oracle.isLost(write) && oracle.committedBefore(newest, write)) newest = write;
  };
  for (let r = 0; r < store.rf; r++) if ((holders & (1 << r)) !== 0) stands(store.shown(slot, r));
  for (let entry = store.firstOpen(slot); entry !== 0; entry = store.at[entry * ENTRY + E_NEXT]!)
    if ((store.at[entry * ENTRY + E_DURABLE]! & holders) !== 0) stands(store.at[entry * ENTRY + E_WRITE]!);
  return newest;
}

/** Of a key `survivor` is left where `before` was: what is newer is lost, by the fault that began at `faultAt`. */
export function loseBetween(w: World, slot: number, survivor: number, before: number, faultAt: number): void {
  const lost = w.oracle.counts.lostAckedWrite;
  w.oracle.lose(slot, survivor, before, w.wheel.now, faultAt);
  w.series.system[SYSTEM.lostAckedWrites]! += w.oracle.counts.lostAckedWrite - lost;
}
