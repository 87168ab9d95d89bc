/**
 * Elections: after `failover` of a leader's silence the reachable majority elects, in a new term, the replica
 * with the highest last term, then the longest log. A leader that was replaced steps down when it hears of that.
 */
import { NODE_STATE } from '../../design/readings.ts';
import { CALL, KIND, NODE, PHASE, Phase, STATUS, Status } from '../calls.ts';
import { REPLICATION } from '../network.ts';
import {
  Behind,
  E_DURABLE,
  E_LEADER,
  E_SERIAL,
  E_TERM,
  ENTRY,
  R_BEHIND,
  R_EMPTY,
  R_LEADS,
  R_TERM,
  REPLICA,
  S_CHANGES,
  S_LEADER,
  S_TERM,
  S_VACANT_SINCE,
  SHARD,
} from '../store.ts';
import { Event, type World } from '../world.ts';
import { noteAvailability, returnToService } from './availability.ts';
import { catchUpThoseBehind, isBehind, startCatchUp, stopCatchUp } from './catchUp.ts';
import { standing } from './losing.ts';
import { dropBehind, takeOver } from './takeOver.ts';
import { hasMissedTerm, tellTerm } from './terms.ts';
import { lose, PUT, sendAnswer } from './transport.ts';

/** Holds an election where one is due and a majority can be reached; else it waits for a replica to return. */
export function electIfDue(w: World, shard: number): void {
  const { store, wheel } = w;
  const s = shard * SHARD;
  const since = store.shard[s + S_VACANT_SINCE]!;
  if (since < 0 || wheel.now < since + w.design.store.failover) return;
  if (store.rf > 1 && w.network.linkCut[REPLICATION] !== 0) return;
  const voters = votersOf(w, shard);
  if (voters.length < store.majority) return;
  // Who led before the last leader and has not heard of that hears of it now.
  for (const r of voters) stepDown(w, w.replicaNode(shard, r));
  const open = store.openEntries(shard);
  const leader = longestLog(w, shard, voters, open);
  const node = w.replicaNode(shard, leader);
  const wasBehind = isBehind(w, node);
  const term = ++store.shard[s + S_TERM]!;
  if (leader !== store.shard[s + S_LEADER]!) store.shard[s + S_CHANGES]!++;
  store.shard[s + S_LEADER] = leader;
  store.shard[s + S_VACANT_SINCE] = -1;
  store.replica[w.replicaRow(node) + R_LEADS] = 1;
  store.replica[w.replicaRow(node) + R_BEHIND] = Behind.no;
  takeOver(w, { shard, leader, voters, open, wasBehind });
  for (const r of voters) {
    const row = (shard * store.rf + r) * REPLICA;
    // Those who are not behind are sent what they lack; the others will catch up.
    if (store.replica[row + R_BEHIND] === Behind.no) store.replica[row + R_TERM] = term;
  }
  stopCatchUp(w, node);
  if (!w.nodes.isUp(node)) returnToService(w, node);
  noteAvailability(w, shard);
  w.recorder?.nodeEvent('elected', node, term);
  catchUpThoseBehind(w, shard);
}

/**
 * Whose vote can be had: all that answer, those who wait for a leader to catch up with among them. An empty disk has
 * nothing to say, unless too few others are left ever to be a majority.
 */
function votersOf(w: World, shard: number): number[] {
  const { store, nodes } = w;
  const answering: number[] = [];
  const filled: number[] = [];
  for (let r = 0; r < store.rf; r++) {
    const node = w.replicaNode(shard, r);
    if (store.replica[w.replicaRow(node) + R_EMPTY] === 0) filled.push(r);
    if (nodes.isUp(node) || nodes.stateOf(node) === NODE_STATE.catchingUp) answering.push(r);
  }
  return filled.length < store.majority ? answering : answering.filter((r) => filled.includes(r));
}

/**
 * Of those who vote, the one with the highest last term, then with the longest log; the first of equals. Of logs that end
 * alike in what is open, one is longer that has what another one's disk lost in a crash, before it was synced.
 */
function longestLog(w: World, shard: number, voters: readonly number[], open: readonly number[]): number {
  const { store } = w;
  const losable = store.unsynced.periodic ? w.slotsOf(shard) : [];
  let best = voters[0]!;
  let highest = -1;
  let longest = -1;
  for (const r of voters) {
    const term = store.replica[(shard * store.rf + r) * REPLICA + R_TERM]!;
    let reach = 0;
    for (const entry of open)
      if ((store.at[entry * ENTRY + E_DURABLE]! & (1 << r)) !== 0)
        reach = store.at[entry * ENTRY + E_SERIAL]!;
    const hasMore = (slot: number): boolean =>
      w.oracle.committedBefore(standing(w, slot, 1 << best), standing(w, slot, 1 << r));
    if ((term - highest || reach - longest || +losable.some(hasMore)) <= 0) continue;
    highest = term;
    longest = reach;
    best = r;
  }
  return best;
}

/** The news of a higher term arrives (below 0: could not set out, and tries again). */
export function onHearTerm(w: World, row: number): void {
  if (row < 0) tellTerm(w, -row);
  else stepDown(w, row);
}

/** A replica that has missed a term hears of it: it stops serving, and one that led drops what it did not commit. */
export function stepDown(w: World, node: number): void {
  const { store, calls } = w;
  const shard = w.shardOfNode(node);
  const replica = w.replicaOf(node);
  const r = w.replicaRow(node);
  if (!hasMissedTerm(w, node)) return;
  store.replica[r + R_LEADS] = 0;
  store.replica[r + R_BEHIND] = Behind.yes;
  const term = store.shard[shard * SHARD + S_TERM]!;
  const dropped = store.openEntries(shard).filter((entry) => {
    const e = entry * ENTRY;
    return store.at[e + E_LEADER] === replica && store.at[e + E_TERM]! < term;
  });
  dropBehind(w, node, dropped);
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
