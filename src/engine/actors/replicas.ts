/**
 * Replicas that come and go: what it means for a shard that one of them falls silent, crashes, answers again or
 * returns. What a fault does to hosts as such stands in `health.ts`.
 */
import { NODE_STATE } from '../../design/readings.ts';
import { H_TRUSTED_FROM, HOST } from '../nodes.ts';
import {
  E_LEADER,
  E_NOTICED,
  E_STATE,
  E_WAITERS,
  ENTRY,
  EntryState,
  R_BEHIND,
  R_CATCHING,
  R_EMPTY,
  R_LEADS,
  R_TERM,
  S_LAST_FAULT,
  S_TERM,
  S_VACANT_SINCE,
  SHARD,
} from '../store.ts';
import { Event, type World } from '../world.ts';
import { noteAvailability } from './availability.ts';
import { catchUpThoseBehind, copyFrom, startCatchUp } from './catchUp.ts';
import { electIfDue } from './election.ts';
import { destroyDisk } from './losing.ts';
import { leads } from './reader.ts';

/** A host of the store has fallen silent. */
export function onReplicaSilent(w: World, node: number): void {
  const shard = w.shardOfNode(node);
  const s = shard * SHARD;
  const store = w.store;
  if (w.leaderNode(shard) === node && store.shard[s + S_VACANT_SINCE]! < 0) {
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
  const bit = 1 << replica;
  store.replica[r + R_LEADS] = 0;
  store.replica[r + R_BEHIND] = 1;
  // A catch-up under way is overtaken.
  if ((store.replica[r + R_CATCHING]! & 1) === 1) store.replica[r + R_CATCHING]!++;
  for (const entry of store.openEntries(shard)) {
    const e = entry * ENTRY;
    // Those who waited for this leader died with it; a notice that a follower had was memory only.
    if (store.at[e + E_LEADER] === replica) store.at[e + E_WAITERS] = 0;
    if (store.at[e + E_STATE] === EntryState.pending) store.at[e + E_NOTICED]! &= ~bit;
  }
  if (diskLost) destroyDisk(w, node, shard, replica);
}

/** A replica answers again after it was paused or cut off. A leader that was replaced meanwhile will hear of it. */
export function onReplicaAnswers(w: World, node: number): void {
  const { store, wheel } = w;
  const shard = w.shardOfNode(node);
  const s = shard * SHARD;
  if (w.leaderNode(shard) === node) {
    // Nobody replaced it, so it leads on.
    if (leads(w, node)) {
      store.shard[s + S_VACANT_SINCE] = -1;
      catchUpThoseBehind(w, shard);
    }
  } else if (leads(w, node)) {
    wheel.schedule(wheel.now + w.replicationDelay(w.leaderNode(shard), node), Event.hearTerm, node);
  }
  noteAvailability(w, shard);
  electIfDue(w, shard);
}

/** A crashed replica is back. It neither serves nor votes until it has caught up with a leader. */
export function onReplicaReturns(w: World, node: number): void {
  const { store } = w;
  const shard = w.shardOfNode(node);
  const s = shard * SHARD;
  const empty = store.replica[w.replicaRow(node) + R_EMPTY] === 1;
  w.nodes.setState(node, NODE_STATE.catchingUp);
  if (store.shard[s + S_VACANT_SINCE]! < 0) {
    startCatchUp(w, node);
    return;
  }
  // Nobody leads: what is on its disk is as good as anybody's. An empty disk must wait, unless there is no other.
  if (empty && store.rf > 1) return;
  becomeUp(w, node);
}

/** A replica has what its leader has: from now on it serves and votes. */
export function onCaughtUp(w: World, node: number): void {
  const { store } = w;
  const shard = w.shardOfNode(node);
  const r = w.replicaRow(node);
  if (w.nodes.stateOf(node) !== NODE_STATE.catchingUp || (store.replica[r + R_CATCHING]! & 1) === 0) return;
  store.replica[r + R_CATCHING]!++;
  const leader = w.leaderNode(shard);
  if (!w.nodes.isUp(leader)) {
    // Its source fell silent meanwhile. It waits for the next one, or stands for election with what its disk has.
    if (store.replica[r + R_EMPTY] === 0) becomeUp(w, node);
    return;
  }
  copyFrom(w, shard, w.replicaOf(leader), w.replicaOf(node));
  store.replica[r + R_EMPTY] = 0;
  store.replica[r + R_BEHIND] = 0;
  store.replica[r + R_TERM] = store.shard[shard * SHARD + S_TERM]!;
  becomeUp(w, node);
}

function becomeUp(w: World, node: number): void {
  const { nodes } = w;
  nodes.setState(node, NODE_STATE.up);
  const since = nodes.silentSince(node);
  if (since >= 0 && w.wheel.now >= since + w.design.store.failover)
    nodes.at[node * HOST + H_TRUSTED_FROM] = w.wheel.now + w.replicationDelay(node, node);
  nodes.setSilentSince(node, -1);
  const shard = w.shardOfNode(node);
  noteAvailability(w, shard);
  electIfDue(w, shard);
}
