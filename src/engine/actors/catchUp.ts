/** Catching up: how a replica that crashed or was replaced gets what its leader has. Who may lead is not decided here. */
import { NODE_STATE } from '../../design/readings.ts';
import { H_SERVERS, HOST } from '../nodes.ts';
import {
  E_ACKED,
  E_DURABLE,
  E_LEADER,
  E_NOTICED,
  E_SHOWN,
  E_STATE,
  E_WRITE,
  ENTRY,
  EntryState,
  R_BEHIND,
  R_CATCHING,
  R_EMPTY,
} from '../store.ts';
import { Event, type World } from '../world.ts';
import { replicateTo } from './leader.ts';
import { show } from './showing.ts';

/** True for a replica that crashed or was replaced, and has not caught up with a leader since. */
export function isBehind(w: World, node: number): boolean {
  return w.store.replica[w.replicaRow(node) + R_BEHIND] === 1;
}

/** Replicas that returned while nobody led stood by with what they had; there is somebody to learn from again. */
export function catchUpThoseBehind(w: World, shard: number): void {
  for (let r = 0; r < w.store.rf; r++) {
    const node = w.replicaNode(shard, r);
    if (w.nodes.isUp(node) && isBehind(w, node)) {
      w.nodes.setState(node, NODE_STATE.catchingUp);
      w.nodes.setSilentSince(node, w.wheel.now);
    }
    if (w.nodes.stateOf(node) === NODE_STATE.catchingUp) startCatchUp(w, node);
  }
}

export function startCatchUp(w: World, node: number): void {
  const { store, wheel } = w;
  const shard = w.shardOfNode(node);
  const replica = w.replicaOf(node);
  const leader = w.leaderNode(shard);
  const r = w.replicaRow(node);
  let missing = 0;
  if (store.replica[r + R_EMPTY] === 1) {
    for (let slot = 0; slot < w.keys.size; slot++)
      if (w.shardOf(slot) === shard && store.shown(slot, w.replicaOf(leader)) !== 0) missing++;
  } else {
    for (const entry of store.openEntries(shard))
      if ((store.at[entry * ENTRY + E_SHOWN]! & (1 << replica)) === 0) missing++;
  }
  // A round trip to ask and be sent what is missing, and the time to write it with all servers.
  const writing =
    (missing * w.nodes.writeTime[node]!.mean * w.nodes.slow[node]!) / w.nodes.at[node * HOST + H_SERVERS]!;
  const time = w.replicationDelay(node, leader) + w.replicationDelay(leader, node) + Math.round(writing);
  if ((store.replica[r + R_CATCHING]! & 1) === 0) store.replica[r + R_CATCHING]!++;
  wheel.schedule(wheel.now + time, Event.caughtUp, node);
}

/** Everything committed is copied; what is still pending is sent like any other entry. */
export function copyFrom(w: World, shard: number, from: number, to: number): void {
  const { store } = w;
  const bit = 1 << to;
  const pending: number[] = [];
  for (const entry of store.openEntries(shard)) {
    const e = entry * ENTRY;
    // A leader that was replaced and has not heard of it tells nobody.
    if (store.at[e + E_LEADER] !== from) continue;
    if (store.at[e + E_STATE] === EntryState.pending) {
      pending.push(entry);
      continue;
    }
    store.at[e + E_DURABLE]! |= bit;
    store.at[e + E_NOTICED]! |= bit;
    show(w, entry, to);
  }
  for (let slot = 0; slot < w.keys.size; slot++)
    if (w.shardOf(slot) === shard) store.setShown(slot, to, store.shown(slot, from));
  for (const entry of pending)
    // Where it is durable already, the acknowledgement may have died with the host: it answers again.
    if ((store.at[entry * ENTRY + E_ACKED]! & bit) === 0)
      replicateTo(w, entry, to, w.oracle.operationOf(store.at[entry * ENTRY + E_WRITE]!));
}
