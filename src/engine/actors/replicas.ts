/**
 * Replicas that come and go: what it means for a shard that one of them falls silent, crashes, answers again or
 * returns. What a fault does to hosts as such stands in `health.ts`.
 */
import { NODE_STATE } from '../../design/readings.ts';
import {
  Behind,
  E_LEADER,
  E_WAITERS,
  ENTRY,
  R_BEHIND,
  R_LEADS,
  S_LAST_FAULT,
  S_VACANT_SINCE,
  SHARD,
} from '../store.ts';
import { Event, type World } from '../world.ts';
import { noteAvailability, returnToService } from './availability.ts';
import { catchUpThoseBehind, startCatchUp, stopCatchUp } from './catchUp.ts';
import { destroyDisk, loseUnsynced } from './losing.ts';
import { leads } from './reader.ts';
import { tellTerm } from './terms.ts';

/** A host of the store has fallen silent. */
export function onReplicaSilent(w: World, node: number): void {
  const shard = w.shardOfNode(node);
  const s = shard * SHARD;
  const store = w.store;
  stopCatchUp(w, node);
  if (!w.leaderless && w.leaderNode(shard) === node && store.shard[s + S_VACANT_SINCE]! < 0) {
    store.shard[s + S_VACANT_SINCE] = w.wheel.now;
    store.shard[s + S_LAST_FAULT] = w.wheel.now;
    w.wheel.schedule(w.wheel.now + w.design.store.failover, Event.elect, shard);
  }
  noteAvailability(w, shard);
}

/** A crash: the leader's memory is gone, and with it its leadership. Its disk may be gone too. */
export function onReplicaCrashed(w: World, node: number, diskLost: boolean): void {
  const store = w.store;
  const shard = w.shardOfNode(node);
  const replica = w.replicaOf(node);
  const r = w.replicaRow(node);
  store.replica[r + R_LEADS] = 0;
  store.replica[r + R_BEHIND] = Behind.yes;
  for (const entry of store.openEntries(shard)) {
    const e = entry * ENTRY;
    // Those who waited for this leader died with it.
    if (store.at[e + E_LEADER] === replica) store.at[e + E_WAITERS] = 0;
  }
  if (diskLost) destroyDisk(w, node);
  else if (store.unsynced.periodic) loseUnsynced(w, node);
}

/** A replica answers again after it was paused or cut off. What it has missed it will hear. */
export function onReplicaAnswers(w: World, node: number): void {
  const { store } = w;
  const shard = w.shardOfNode(node);
  if (w.leaderNode(shard) === node && leads(w, node)) {
    // Nobody replaced it, so it leads on.
    store.shard[shard * SHARD + S_VACANT_SINCE] = -1;
    catchUpThoseBehind(w, shard);
  }
  tellTerm(w, node);
  noteAvailability(w, shard);
}

/** A crashed replica is back. It does not serve until it has caught up; while nobody leads it can only vote. */
export function onReplicaReturns(w: World, node: number): void {
  w.nodes.setState(node, NODE_STATE.catchingUp);
  // A lone replica has nobody to catch up with.
  if (w.store.rf === 1) returnToService(w, node);
  else startCatchUp(w, node);
}
