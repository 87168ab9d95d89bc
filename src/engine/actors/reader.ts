/** Reads of the store: which replica is asked, and what it answers. */
import { CALL, NODE, SLOT, WRITE } from '../calls.ts';
import { inheritFate } from '../gathers.ts';
import { H_TRUSTED_FROM, HOST } from '../nodes.ts';
import { R_LEADS } from '../store.ts';
import { Event, Stream, type World } from '../world.ts';
import { SYSTEM } from '../../design/readings.ts';
import { sendAnswer } from './transport.ts';

/** Whom a GET asks: the leader, or any replica that is not taken as dead. Where all are, any. */
export const chooseReplica = (w: World, shard: number): number => {
  if (w.design.store.readFrom === 'leader') return w.leaderNode(shard);
  const rf = w.store.rf;
  const first = w.replicaNode(shard, 0);
  const choice = w.streams.below(Stream.replicaChoice, rf);
  if (!takenAsDead(w, first + choice)) return first + choice;
  let alive = 0;
  for (let r = 0; r < rf; r++) if (!takenAsDead(w, first + r)) alive++;
  if (alive === 0) return first + choice;
  let skip = w.streams.below(Stream.replicaChoice, alive);
  for (let r = 0; r < rf; r++) if (!takenAsDead(w, first + r) && skip-- === 0) return first + r;
  return first + choice;
};

/** After `failover` of silence everybody takes a host as dead, until one link delay after it answers again. */
export const takenAsDead = (w: World, node: number): boolean => {
  const since = w.nodes.silentSince(node);
  if (since >= 0) return w.wheel.now >= since + w.design.store.failover;
  return w.wheel.now < w.nodes.at[node * HOST + H_TRUSTED_FROM]!;
};

/** A replica answers a GET with the committed version that it shows. */
export const onReadServed = (w: World, row: number): void => {
  const at = w.calls.at;
  const o = row * CALL;
  const replica = w.replicaOf(at[o + NODE]!);
  at[o + WRITE] = w.store.shown(at[o + SLOT]!, replica);
  w.store.reads++;
  w.series.system[SYSTEM.storeReads]!++;
  if (w.gathers) inheritFate(w.calls, row);
  sendAnswer(w, row, Event.answer);
};

/** True when the replica takes itself for its shard's leader. */
export const leads = (w: World, node: number): boolean => {
  return w.store.replica[w.replicaRow(node) + R_LEADS] === 1;
};
