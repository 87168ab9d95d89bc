/**
 * Places of the diagram by name: what a remark can be on, and what can be moved. A design keeps what is said of places that
 * it has not, for when there are more nodes again; a name that no design has is none.
 */
import type { Design } from './design.ts';
import { LIMITS } from './limits.ts';
import { CLIENTS, leaderName, LINKS, replicaName, shardName, targetClassOf, zoneName } from './nodes.ts';

/** Whether this design has the place that a remark is on, or that was moved: also a tier's card that no fault can be aimed at. */
export function hasPlace(design: Design, name: string): boolean {
  const shard = /^shard-([1-9]\d?)$/.exec(name)?.[1];
  if (shard !== undefined) return Number(shard) <= design.store.shards;
  return name === CLIENTS || targetClassOf(design, name) !== undefined;
}

let names: readonly string[] | undefined;

/** The names of all places that some design has, made once somebody asks. */
export function placeNames(): readonly string[] {
  names ??= allNames();
  return names;
}

function allNames(): string[] {
  const { nodesPerTier, zones, shards, replicationFactor } = LIMITS;
  return [
    CLIENTS,
    'workload',
    ...LINKS,
    ...upTo(nodesPerTier).flatMap((index) => [`app-${index}`, `cache-${index}`]),
    ...upTo(zones).map(zoneName),
    ...upTo(shards).flatMap((shard) => [
      shardName(shard),
      leaderName(shard),
      ...upTo(replicationFactor).map((replica) => replicaName(shard, replica)),
    ]),
  ];
}

/** Whether any design has a place of this name. */
export function isPlaceName(text: string): boolean {
  return placeNames().includes(text);
}

function upTo(most: number): number[] {
  return Array.from({ length: most }, (_, i) => i + 1);
}
