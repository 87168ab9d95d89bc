/** What of a design is drawn: its nodes by tier, as far as its policy uses them. */
import type { Design } from '../../design/design.ts';
import { nodesOf, shardName, type NodeInfo } from '../../design/nodes.ts';
import type { Tiers } from './cards.ts';
import { isUsed, type Use } from './wiring.ts';

/** The tiers of a design as its policy uses them: without a cache where nothing calls one. */
export function tiersOf(design: Design, uses: readonly Use[]): Tiers {
  const nodes = nodesOf(design);
  const named = (tier: NodeInfo['tier']) =>
    nodes.filter((node) => node.tier === tier).map((node) => node.name);
  const shards = Array.from({ length: design.store.shards }, (_, i) => ({
    name: shardName(i + 1),
    replicas: replicasOf(design, i + 1).map((node) => node.name),
  }));
  return { app: named('app'), cache: isUsed(uses, 'app-cache') ? named('cache') : [], shards };
}

export function replicasOf(design: Design, shard: number): readonly NodeInfo[] {
  return nodesOf(design).filter((node) => node.shard === shard);
}
