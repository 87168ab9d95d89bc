/**
 * Catching up: how a replica that crashed or was replaced gets what its leader has. What cannot get through is asked
 * for again until it does. Who may lead is not decided here.
 */
import { NODE_STATE } from '../../design/readings.ts';
import { H_SERVERS, HOST } from '../nodes.ts';
import {
  Behind,
  E_ACKED,
  E_DURABLE,
  E_LEADER,
  E_NOTICED,
  E_STATE,
  E_WRITE,
  ENTRY,
  EntryState,
  R_BEHIND,
  R_CATCHING,
  R_EMPTY,
  R_TERM,
  S_TERM,
  SHARD,
} from '../store.ts';
import { Event, serviceTap, type World } from '../world.ts';
import { returnToService } from './availability.ts';
import { replicateTo } from './leader.ts';
import { Cost } from './service.ts';
import { become, show } from './showing.ts';
import { RESEND_US } from './transport.ts';

/** True for a replica that must catch up before it serves. */
export function isBehind(w: World, node: number): boolean {
  return w.store.replica[w.replicaRow(node) + R_BEHIND] === Behind.yes;
}

/** Replicas that returned while nobody led stood by; there is somebody to learn from again. */
export function catchUpThoseBehind(w: World, shard: number): void {
  for (let r = 0; r < w.store.rf; r++) {
    const node = w.replicaNode(shard, r);
    if (w.nodes.stateOf(node) === NODE_STATE.catchingUp) startCatchUp(w, node);
  }
}

/** Asks the leader for what is missing. While nobody leads the replica stands by. */
export function startCatchUp(w: World, node: number): void {
  const { store, wheel, nodes } = w;
  const shard = w.shardOfNode(node);
  const leader = w.leaderNode(shard);
  const r = w.replicaRow(node) + R_CATCHING;
  stopCatchUp(w, node);
  if (!nodes.isUp(leader)) return;
  if (w.isCut(leader, node)) {
    store.replica[r] = wheel.schedule(wheel.now + RESEND_US, Event.caughtUp, -node);
    return;
  }
  let missing = 0;
  for (const slot of w.slotsOf(shard))
    if (store.shown(slot, w.replicaOf(node)) !== store.shown(slot, w.replicaOf(leader))) missing++;
  store.replica[r] = wheel.schedule(wheel.now + copyingTime(w, node, leader, missing), Event.caughtUp, node);
}

/**
 * What it takes a replica to copy so many keys from another one, microseconds: a round trip to ask and be sent what is
 * missing, and the time to write it with all servers.
 */
export function copyingTime(w: World, node: number, from: number, missing: number): number {
  const { nodes } = w;
  const { mean } = nodes.services[2 * node + 1]![0]!;
  let writing = missing * mean;
  // The heaviest tails have no mean: each write then takes what is drawn for it.
  if (mean === Infinity)
    for (writing = 0; missing > 0; missing--) writing += w.draws.takeReal(serviceTap(node, Cost.write));
  return (
    w.replicationDelay(node, from) +
    w.replicationDelay(from, node) +
    Math.round((writing * nodes.slowness(node)) / nodes.at[node * HOST + H_SERVERS]!)
  );
}

/** A catch-up under way is overtaken: by silence of the replica, or by another one. */
export function stopCatchUp(w: World, node: number): void {
  const { store, wheel } = w;
  const r = w.replicaRow(node) + R_CATCHING;
  if (store.replica[r] !== 0) wheel.cancel(store.replica[r]!);
  store.replica[r] = 0;
}

/** A replica (below 0: one that must ask again) has what its leader has: from now on it serves and votes. */
export function onCaughtUp(w: World, row: number): void {
  const { store } = w;
  const node = Math.abs(row);
  const r = w.replicaRow(node);
  const shard = w.shardOfNode(node);
  const leader = w.leaderNode(shard);
  store.replica[r + R_CATCHING] = 0;
  if (row < 0 || !w.nodes.isUp(leader) || w.isCut(leader, node)) {
    startCatchUp(w, node);
    return;
  }
  copyFrom(w, shard, w.replicaOf(leader), w.replicaOf(node));
  store.replica[r + R_EMPTY] = 0;
  store.replica[r + R_BEHIND] = Behind.no;
  store.replica[r + R_TERM] = store.shard[shard * SHARD + S_TERM]!;
  returnToService(w, node);
}

/** Everything committed is copied, to the disk; what is still pending is sent like any other entry. */
function copyFrom(w: World, shard: number, from: number, to: number): void {
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
  for (const slot of w.slotsOf(shard)) become(w, slot, to, store.shown(slot, from));
  for (const entry of pending)
    // Where it is durable already, the acknowledgement may have died with the host: it answers again.
    if ((store.at[entry * ENTRY + E_ACKED]! & store.at[entry * ENTRY + E_DURABLE]! & bit) === 0)
      replicateTo(w, entry, to, w.oracle.operationOf(store.at[entry * ENTRY + E_WRITE]!));
}
