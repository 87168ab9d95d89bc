/**
 * Elections: what happens to a shard when its leader falls silent, and when replicas return. After `failover` of
 * silence the reachable majority elects the replica with the longest log. Entries become durable in parallel here,
 * so logs may have gaps; the new leader therefore takes over what any member of that majority has on disk. For logs
 * without gaps this is the longest log itself. Entries that nobody in the majority has are discarded everywhere.
 */
import { NODE_STATE, SYSTEM } from '../../design/readings.ts';
import { CALL, KIND, LINK, NODE, PHASE, Phase, STATUS, Status } from '../calls.ts';
import { REPLICATION } from '../network.ts';
import { H_SERVERS, H_TRUSTED_FROM, HOST } from '../nodes.ts';
import {
  E_ACKED,
  E_DURABLE,
  E_LEADER,
  E_NEXT,
  E_NOTICED,
  E_SERIAL,
  E_SHARD,
  E_SHOWN,
  E_SLOT,
  E_STATE,
  E_TERM,
  E_WAITERS,
  E_WRITE,
  ENTRY,
  EntryState,
  R_BEHIND,
  R_CATCHING,
  R_EMPTY,
  R_LEADS,
  R_TERM,
  REPLICA,
  S_CHANGES,
  S_LAST_FAULT,
  S_LEADER,
  S_TERM,
  S_UNANSWERED_SINCE,
  S_VACANT_SINCE,
  SHARD,
} from '../store.ts';
import { Event, type World } from '../world.ts';
import { commit, replicateTo } from './leader.ts';
import { show } from './showing.ts';
import { lose, PUT, sendAnswer } from './transport.ts';

/** A host of the store has fallen silent. */
export function onReplicaSilent(w: World, node: number): void {
  const shard = shardOfNode(w, node);
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
  const shard = shardOfNode(w, node);
  const replica = replicaOfNode(w, node);
  const r = (node - w.nodes.firstStore) * REPLICA;
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

/** The disk is gone: versions whose last copy it held are lost for good. */
function destroyDisk(w: World, node: number, shard: number, replica: number): void {
  const { store, oracle, wheel } = w;
  const bit = 1 << replica;
  store.replica[(node - w.nodes.firstStore) * REPLICA + R_EMPTY] = 1;
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

function loseVersion(w: World, write: number, survivor: number, faultAt: number): void {
  const before = w.oracle.counts.lostAckedWrite;
  w.oracle.lose(write, survivor, w.wheel.now, faultAt);
  w.series.system[SYSTEM.lostAckedWrites]! += w.oracle.counts.lostAckedWrite - before;
}

/** Holds an election where one is due and a majority can be reached; else it waits for a replica to return. */
export function electIfDue(w: World, shard: number): void {
  const { store, wheel } = w;
  const s = shard * SHARD;
  const since = store.shard[s + S_VACANT_SINCE]!;
  if (since < 0 || wheel.now < since + w.design.store.failover) return;
  const voters: number[] = [];
  for (let r = 0; r < store.rf; r++) if (w.nodes.isUp(w.replicaNode(shard, r))) voters.push(r);
  if (voters.length < store.majority) return;
  if (store.rf > 1 && w.network.linkCut[REPLICATION] !== 0) return;
  const open = store.openEntries(shard);
  const leader = longestLog(w, voters, open);
  const term = ++store.shard[s + S_TERM]!;
  const old = store.shard[s + S_LEADER]!;
  if (leader !== old) store.shard[s + S_CHANGES]!++;
  store.shard[s + S_LEADER] = leader;
  store.shard[s + S_VACANT_SINCE] = -1;
  for (const r of voters) {
    const o = (shard * store.rf + r) * REPLICA;
    store.replica[o + R_TERM] = term;
    store.replica[o + R_LEADS] = r === leader ? 1 : 0;
    // What it lacks is sent to it now.
    store.replica[o + R_BEHIND] = 0;
  }
  takeOver(w, shard, leader, voters, open);
  noteAvailability(w, shard);
  if (w.recording) w.recorder.nodeEvent('elected', w.replicaNode(shard, leader), term);
  catchUpThoseBehind(w, shard);
}

/** Of those who vote, the one whose disk reaches furthest in the log; the first of equals. */
function longestLog(w: World, voters: readonly number[], open: readonly number[]): number {
  let best = voters[0]!;
  let longest = -1;
  for (const r of voters) {
    let reach = 0;
    for (const entry of open)
      if ((w.store.at[entry * ENTRY + E_DURABLE]! & (1 << r)) !== 0)
        reach = w.store.at[entry * ENTRY + E_SERIAL]!;
    if (reach > longest) {
      longest = reach;
      best = r;
    }
  }
  return best;
}

/** The new leader's log is what the majority has: the rest surfaces or is discarded. */
function takeOver(
  w: World,
  shard: number,
  leader: number,
  voters: readonly number[],
  open: readonly number[],
): void {
  const store = w.store;
  const reach = voters.reduce((mask, r) => mask | (1 << r), 0);
  const term = store.shard[shard * SHARD + S_TERM]!;
  const touched = new Set(open.map((entry) => store.at[entry * ENTRY + E_SLOT]!));
  const isKept = (entry: number): boolean =>
    ((store.at[entry * ENTRY + E_DURABLE]! | store.at[entry * ENTRY + E_SHOWN]!) & reach) !== 0;
  const kept = open.filter(isKept);
  discard(
    w,
    open.filter((entry) => !isKept(entry)),
    leader,
  );
  for (const entry of kept) {
    const e = entry * ENTRY;
    // A later entry of its key may have overtaken it meanwhile.
    if (store.at[e + E_STATE] === EntryState.free) continue;
    // Waiters stand at the old leader: if it lives, it will not know how this ended.
    store.at[e + E_WAITERS] = 0;
    store.at[e + E_TERM] = term;
    store.at[e + E_LEADER] = leader;
    store.at[e + E_DURABLE]! |= 1 << leader;
    const serial = store.at[e + E_SERIAL]!;
    if (store.at[e + E_STATE] === EntryState.pending) commit(w, entry);
    else show(w, entry, leader);
    for (let r = 0; r < store.rf && store.isOpen(entry, serial); r++)
      if ((store.at[e + E_DURABLE]! & (1 << r)) === 0 || store.at[e + E_STATE] === EntryState.committed)
        resend(w, entry, r);
  }
  for (const slot of touched) restoreNewest(w, slot, leader);
}

/** Brings an entry to a replica that lacks it: the copy, and the news that it is committed. */
function resend(w: World, entry: number, replica: number): void {
  const { store } = w;
  const e = entry * ENTRY;
  if (replica === store.at[e + E_LEADER] || (store.at[e + E_SHOWN]! & (1 << replica)) !== 0) return;
  if (store.at[e + E_STATE] === EntryState.committed) store.at[e + E_NOTICED]! |= 1 << replica;
  if ((store.at[e + E_DURABLE]! & (1 << replica)) === 0)
    replicateTo(w, entry, replica, w.oracle.operationOf(store.at[e + E_WRITE]!));
  else if (store.at[e + E_STATE] === EntryState.committed) show(w, entry, replica);
}

/** Nobody in the majority has them. What was committed with fewer copies than that is lost. */
function discard(w: World, entries: readonly number[], leader: number): void {
  const { store, oracle } = w;
  const lost: { slot: number; write: number; faultAt: number }[] = [];
  for (const entry of entries) {
    const e = entry * ENTRY;
    const shard = store.at[e + E_SHARD]!;
    for (let row = store.at[e + E_WAITERS]!; row !== 0; row = w.calls.at[row * CALL + LINK]!)
      w.calls.at[row * CALL + STATUS] = Status.refused;
    if (store.at[e + E_STATE] === EntryState.committed) {
      const faultAt = store.shard[shard * SHARD + S_LAST_FAULT]!;
      lost.push({ slot: store.at[e + E_SLOT]!, write: store.at[e + E_WRITE]!, faultAt });
    }
    store.remove(entry);
  }
  for (const { slot, write, faultAt } of lost) {
    let survivor = store.shown(slot, leader);
    for (let other = store.firstOpen(slot); other !== 0; other = store.at[other * ENTRY + E_NEXT]!) {
      const kept = store.at[other * ENTRY + E_WRITE]!;
      if (oracle.committedBefore(survivor, kept)) survivor = kept;
    }
    if (oracle.committedBefore(survivor, write)) loseVersion(w, write, survivor, faultAt);
  }
}

function restoreNewest(w: World, slot: number, leader: number): void {
  const store = w.store;
  let newest = store.shown(slot, leader);
  for (let entry = store.firstOpen(slot); entry !== 0; entry = store.at[entry * ENTRY + E_NEXT]!)
    newest = store.at[entry * ENTRY + E_WRITE]!;
  store.setNewest(slot, newest);
}

/** A replica answers again after it was paused or cut off. A leader that was replaced meanwhile will hear of it. */
export function onReplicaAnswers(w: World, node: number): void {
  const { store, wheel } = w;
  const shard = shardOfNode(w, node);
  const s = shard * SHARD;
  if (w.leaderNode(shard) === node) {
    // Nobody replaced it, so it leads on.
    if (leadsNow(w, node)) {
      store.shard[s + S_VACANT_SINCE] = -1;
      catchUpThoseBehind(w, shard);
    }
  } else if (leadsNow(w, node)) {
    wheel.schedule(wheel.now + w.replicationDelay(w.leaderNode(shard), node), Event.hearTerm, node);
  }
  noteAvailability(w, shard);
  electIfDue(w, shard);
}

/** Replicas that returned while nobody led stood by with what they had; there is somebody to learn from again. */
function catchUpThoseBehind(w: World, shard: number): void {
  for (let r = 0; r < w.store.rf; r++) {
    const node = w.replicaNode(shard, r);
    if (w.nodes.isUp(node) && isBehind(w, node)) {
      w.nodes.setState(node, NODE_STATE.catchingUp);
      w.nodes.setSilentSince(node, w.wheel.now);
    }
    if (w.nodes.stateOf(node) === NODE_STATE.catchingUp) startCatchUp(w, node);
  }
}

/** True for a replica that crashed or was replaced, and has not caught up with a leader since. */
export function isBehind(w: World, node: number): boolean {
  return w.store.replica[(node - w.nodes.firstStore) * REPLICA + R_BEHIND] === 1;
}

/** A crashed replica is back. It neither serves nor votes until it has caught up with a leader. */
export function onReplicaReturns(w: World, node: number): void {
  const { store } = w;
  const shard = shardOfNode(w, node);
  const s = shard * SHARD;
  const empty = store.replica[(node - w.nodes.firstStore) * REPLICA + R_EMPTY] === 1;
  w.nodes.setState(node, NODE_STATE.catchingUp);
  if (store.shard[s + S_VACANT_SINCE]! < 0) {
    startCatchUp(w, node);
    return;
  }
  // Nobody leads: what is on its disk is as good as anybody's. An empty disk must wait, unless there is no other.
  if (empty && store.rf > 1) return;
  becomeUp(w, node);
}

function startCatchUp(w: World, node: number): void {
  const { store, wheel } = w;
  const shard = shardOfNode(w, node);
  const replica = replicaOfNode(w, node);
  const leader = w.leaderNode(shard);
  if (leader === node) {
    becomeUp(w, node);
    return;
  }
  const r = (node - w.nodes.firstStore) * REPLICA;
  let missing = 0;
  if (store.replica[r + R_EMPTY] === 1) {
    for (let slot = 0; slot < w.keys.size; slot++)
      if (w.shardOf(slot) === shard && store.shown(slot, replicaOfNode(w, leader)) !== 0) missing++;
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

/** A replica has what its leader has: from now on it serves and votes. */
export function onCaughtUp(w: World, node: number): void {
  const { store } = w;
  const shard = shardOfNode(w, node);
  const r = (node - w.nodes.firstStore) * REPLICA;
  if (w.nodes.stateOf(node) !== NODE_STATE.catchingUp || (store.replica[r + R_CATCHING]! & 1) === 0) return;
  store.replica[r + R_CATCHING]!++;
  const leader = w.leaderNode(shard);
  if (!w.nodes.isUp(leader)) {
    // Its source fell silent meanwhile. It waits for the next one, or stands for election with what its disk has.
    if (store.replica[r + R_EMPTY] === 0) becomeUp(w, node);
    return;
  }
  copyFrom(w, shard, replicaOfNode(w, leader), replicaOfNode(w, node));
  store.replica[r + R_EMPTY] = 0;
  store.replica[r + R_BEHIND] = 0;
  store.replica[r + R_TERM] = store.shard[shard * SHARD + S_TERM]!;
  becomeUp(w, node);
}

/** Everything committed is copied; what is still pending is sent like any other entry. */
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
  for (let slot = 0; slot < w.keys.size; slot++)
    if (w.shardOf(slot) === shard) store.setShown(slot, to, store.shown(slot, from));
  for (const entry of pending)
    // Where it is durable already, the acknowledgement may have died with the host: it answers again.
    if ((store.at[entry * ENTRY + E_ACKED]! & bit) === 0)
      replicateTo(w, entry, to, w.oracle.operationOf(store.at[entry * ENTRY + E_WRITE]!));
}

function becomeUp(w: World, node: number): void {
  const { nodes } = w;
  nodes.setState(node, NODE_STATE.up);
  const since = nodes.silentSince(node);
  if (since >= 0 && w.wheel.now >= since + w.design.store.failover)
    nodes.at[node * HOST + H_TRUSTED_FROM] = w.wheel.now + w.replicationDelay(node, node);
  nodes.setSilentSince(node, -1);
  const shard = shardOfNode(w, node);
  noteAvailability(w, shard);
  electIfDue(w, shard);
}

/** A leader that was cut off or paused hears of a higher term: it steps down and drops what it did not commit. */
export function onHigherTerm(w: World, node: number): void {
  const { store, calls } = w;
  const shard = shardOfNode(w, node);
  const replica = replicaOfNode(w, node);
  const r = (node - w.nodes.firstStore) * REPLICA;
  if (store.replica[r + R_LEADS] === 0 || w.leaderNode(shard) === node || !w.nodes.isUp(node)) return;
  store.replica[r + R_LEADS] = 0;
  store.replica[r + R_BEHIND] = 1;
  const term = store.shard[shard * SHARD + S_TERM]!;
  const dropped = store.openEntries(shard).filter((entry) => {
    const e = entry * ENTRY;
    return store.at[e + E_LEADER] === replica && store.at[e + E_TERM]! < term;
  });
  discard(w, dropped, store.shard[shard * SHARD + S_LEADER]!);
  // PUTs that waited here: dropped ones are refused for certain; of the others it does not know.
  for (let row = 1; row < calls.end; row++) {
    const o = row * CALL;
    if (calls.at[o + NODE] !== node || calls.at[o + KIND] !== PUT || calls.at[o + PHASE] !== Phase.waiting)
      continue;
    if (calls.at[o + STATUS] === Status.refused) sendAnswer(w, row, Event.answer);
    else lose(w, row, false);
  }
  w.nodes.setState(node, NODE_STATE.catchingUp);
  w.nodes.setSilentSince(node, w.wheel.now);
  noteAvailability(w, shard);
  startCatchUp(w, node);
}

/** Keeps account of the time without a leader that a majority answers. */
export function noteAvailability(w: World, shard: number): void {
  const { store, nodes, wheel } = w;
  const s = shard * SHARD + S_UNANSWERED_SINCE;
  let up = 0;
  for (let r = 0; r < store.rf; r++) if (nodes.isUp(w.replicaNode(shard, r))) up++;
  const leader = w.leaderNode(shard);
  const answered =
    nodes.isUp(leader) &&
    leadsNow(w, leader) &&
    up >= store.majority &&
    (store.rf === 1 || w.network.linkCut[REPLICATION] === 0);
  const since = store.shard[s]!;
  if (answered && since >= 0) {
    // What a fault does while the run drains counts for nothing.
    store.unavailable[shard]! += Math.max(0, Math.min(wheel.now, w.design.duration) - since);
    store.shard[s] = -1;
  } else if (!answered && since < 0) store.shard[s] = wheel.now;
}

function leadsNow(w: World, node: number): boolean {
  return w.store.replica[(node - w.nodes.firstStore) * REPLICA + R_LEADS] === 1;
}

function shardOfNode(w: World, node: number): number {
  return Math.floor((node - w.nodes.firstStore) / w.store.rf);
}

function replicaOfNode(w: World, node: number): number {
  return (node - w.nodes.firstStore) % w.store.rf;
}
