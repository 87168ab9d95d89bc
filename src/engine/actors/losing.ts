/**
 * What is lost for good: versions of which no copy can come back. It finds them and tells the oracle; it decides
 * nothing about who leads.
 */
import { SYSTEM } from '../../design/readings.ts';
import { E_ACKED, E_DURABLE, E_NEXT, E_SHOWN, E_WRITE, ENTRY, R_EMPTY, REPLICA } from '../store.ts';
import type { World } from '../world.ts';

/** The disk is gone: versions whose last copy it held are lost for good. */
export function destroyDisk(w: World, node: number, shard: number, replica: number): void {
  const { store, oracle, wheel } = w;
  const bit = 1 << replica;
  store.replica[w.replicaRow(node) + R_EMPTY] = 1;
  for (const entry of store.openEntries(shard)) {
    const e = entry * ENTRY;
    store.at[e + E_DURABLE]! &= ~bit;
    store.at[e + E_ACKED]! &= ~bit;
    store.at[e + E_SHOWN]! &= ~bit;
  }
  const filled: number[] = [];
  for (let r = 0; r < store.rf; r++)
    if (store.replica[(shard * store.rf + r) * REPLICA + R_EMPTY] === 0) filled.push(r);
  for (let slot = 0; slot < w.keys.size; slot++) {
    if (w.shardOf(slot) !== shard) continue;
    store.setShown(slot, replica, 0);
    const latest = oracle.latest(slot);
    if (latest === 0) continue;
    let survivor = 0;
    for (const r of filled)
      if (oracle.committedBefore(survivor, store.shown(slot, r))) survivor = store.shown(slot, r);
    for (let entry = store.firstOpen(slot); entry !== 0; entry = store.at[entry * ENTRY + E_NEXT]!) {
      const write = store.at[entry * ENTRY + E_WRITE]!;
      if (store.at[entry * ENTRY + E_DURABLE] !== 0 && oracle.committedBefore(survivor, write))
        survivor = write;
    }
    const faultAt = wheel.now;
    for (let write = oracle.nextOf(slot, survivor), next = 0; write !== 0; write = next) {
      next = oracle.nextOf(slot, write);
      loseVersion(w, write, survivor, faultAt);
    }
  }
}

export function loseVersion(w: World, write: number, survivor: number, faultAt: number): void {
  const before = w.oracle.counts.lostAckedWrite;
  w.oracle.lose(write, survivor, w.wheel.now, faultAt);
  w.series.system[SYSTEM.lostAckedWrites]! += w.oracle.counts.lostAckedWrite - before;
}
