/**
 * Who answers: hosts that return to service, and for how long each shard could not be written to. It decides nothing
 * about who leads.
 */
import { NODE_STATE } from '../../design/readings.ts';
import { HORIZON } from '../kernel/wheel.ts';
import { REPLICATION } from '../network.ts';
import { H_TRUSTED_FROM, HOST, Tier } from '../nodes.ts';
import { S_UNANSWERED_SINCE, SHARD } from '../store.ts';
import type { World } from '../world.ts';
import { leads } from './reader.ts';

/** A host is up and serves. Those who took a replica for dead hear of it one link delay later. */
export function returnToService(w: World, node: number): void {
  const { nodes, wheel } = w;
  const replica = nodes.tierOf(node) === Tier.store;
  if (nodes.silentSince(node) >= 0 && wheel.now >= nodes.silentSince(node) + w.design.store.failover)
    nodes.at[node * HOST + H_TRUSTED_FROM] = Math.min(
      HORIZON,
      wheel.now + (replica ? w.replicationDelay(node, node) : 0),
    );
  nodes.setSilentSince(node, -1);
  nodes.setState(node, NODE_STATE.up);
  if (replica) noteAvailability(w, w.shardOfNode(node));
}

/** Keeps account of the time without a leader that a majority answers; without leaders, without enough replicas. */
export function noteAvailability(w: World, shard: number): void {
  const { store, nodes, wheel } = w;
  const s = shard * SHARD + S_UNANSWERED_SINCE;
  let up = 0;
  for (let r = 0; r < store.rf; r++) if (nodes.isUp(w.replicaNode(shard, r))) up++;
  const leader = w.leaderNode(shard);
  const answered = w.leaderless
    ? up >= Math.max(store.w, w.design.store.r)
    : nodes.isUp(leader) &&
      leads(w, leader) &&
      up >= store.majority &&
      (store.rf === 1 || w.network.linkCut[REPLICATION] === 0);
  const since = store.shard[s]!;
  if (answered && since >= 0) {
    // What a fault does while the run drains counts for nothing.
    store.unavailable[shard]! += Math.max(0, Math.min(wheel.now, w.design.duration) - since);
    store.shard[s] = -1;
  } else if (!answered && since < 0) store.shard[s] = wheel.now;
}
