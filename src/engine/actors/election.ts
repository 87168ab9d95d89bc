/**
 * Elections: after `failover` of a leader's silence the reachable majority elects the replica with the longest log, in
 * a new term. A leader that was replaced steps down when it hears of that term.
 */
import { NODE_STATE } from '../../design/readings.ts';
import { CALL, KIND, NODE, PHASE, Phase, STATUS, Status } from '../calls.ts';
import { REPLICATION } from '../network.ts';
import {
  E_DURABLE,
  E_LEADER,
  E_SERIAL,
  E_TERM,
  ENTRY,
  R_BEHIND,
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
import { noteAvailability } from './availability.ts';
import { catchUpThoseBehind, startCatchUp } from './catchUp.ts';
import { discard, takeOver } from './takeOver.ts';
import { lose, PUT, sendAnswer } from './transport.ts';

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

/** A leader that was cut off or paused hears of a higher term: it steps down and drops what it did not commit. */
export function onHigherTerm(w: World, node: number): void {
  const { store, calls } = w;
  const shard = w.shardOfNode(node);
  const replica = w.replicaOf(node);
  const r = w.replicaRow(node);
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
