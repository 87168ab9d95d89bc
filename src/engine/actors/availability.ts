/** Keeps account of how long each shard could not be written to. It watches and never acts. */
import { REPLICATION } from '../network.ts';
import { S_UNANSWERED_SINCE, SHARD } from '../store.ts';
import type { World } from '../world.ts';
import { leads } from './reader.ts';

/** Keeps account of the time without a leader that a majority answers. */
export function noteAvailability(w: World, shard: number): void {
  const { store, nodes, wheel } = w;
  const s = shard * SHARD + S_UNANSWERED_SINCE;
  let up = 0;
  for (let r = 0; r < store.rf; r++) if (nodes.isUp(w.replicaNode(shard, r))) up++;
  const leader = w.leaderNode(shard);
  const answered =
    nodes.isUp(leader) &&
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
