/**
 * The places of a design, named and numbered: what a fault can hit, what the diagram draws, what a row of the engine's
 * readings belongs to. The numbering is the same everywhere: clients, app, cache, then the replicas shard by shard.
 * The cache tier is there under every policy, even one that never calls it, so that numbers do not shift.
 */
import type { Design } from './design.ts';

export type Tier = 'clients' | 'app' | 'cache' | 'store';

export interface NodeInfo {
  /** Position in `nodesOf`. */
  readonly id: number;
  readonly name: string;
  readonly tier: Tier;
  /** Counted from 1; 0 for the clients, who are in none. */
  readonly zone: number;
  /** Counted from 1 within the tier. */
  readonly index: number;
  /** Store only, counted from 1. */
  readonly shard?: number;
  readonly replica?: number;
}

export const CLIENTS = 'clients';

/** The links between tiers, by the names that a fault gives them. */
export const LINKS = ['client-app', 'app-cache', 'cache-store', 'app-store', 'replication'] as const;
export type LinkName = (typeof LINKS)[number];

const known = new WeakMap<Design, readonly NodeInfo[]>();

/** All nodes in the order of their ids. The same array for the same design. */
export function nodesOf(design: Design): readonly NodeInfo[] {
  const before = known.get(design);
  if (before !== undefined) return before;
  const nodes: NodeInfo[] = [];
  const add = (node: Omit<NodeInfo, 'id'>) => nodes.push({ id: nodes.length, ...node });
  add({ name: CLIENTS, tier: 'clients', zone: 0, index: 1 });
  for (const tier of ['app', 'cache'] as const)
    for (let index = 1; index <= design[tier].nodes; index++)
      add({ name: `${tier}-${index}`, tier, zone: 1 + ((index - 1) % design.zones), index });
  const { shards, rf } = design.store;
  for (let shard = 1; shard <= shards; shard++)
    for (let replica = 1; replica <= rf; replica++)
      add({
        name: replicaName(shard, replica),
        tier: 'store',
        // A shard's replicas are in different zones, as far as there are any.
        zone: 1 + ((shard + replica - 2) % design.zones),
        index: (shard - 1) * rf + replica,
        shard,
        replica,
      });
  known.set(design, nodes);
  return nodes;
}

export function replicaName(shard: number, replica: number): string {
  return `shard-${shard}.replica-${replica}`;
}

export function shardName(shard: number): string {
  return `shard-${shard}`;
}

export function zoneName(zone: number): string {
  return `zone-${zone}`;
}

/** Whoever leads the shard at that moment. */
export function leaderName(shard: number): string {
  return `shard-${shard}.leader`;
}

/** Whom a fault hits that is meant for a whole shard: its leader, or where there is none its first replica. */
export function headOf(design: Design, shard: number): string {
  return design.store.mode === 'leader' ? leaderName(shard) : replicaName(shard, 1);
}

/** Id of a node by its name; undefined for links, zones, `shard-1.leader` and what does not exist in this design. */
export function nodeIdOf(design: Design, name: string): number | undefined {
  return nodesOf(design).find((node) => node.name === name)?.id;
}

/** What a fault can be aimed at. */
export type TargetClass = 'app' | 'cache' | 'replica' | 'leader' | 'zone' | 'link' | 'workload';

export interface Target {
  readonly name: string;
  readonly what: TargetClass;
}

/** Every name that a fault of this design can give, with what it names. */
export function targetsOf(design: Design): readonly Target[] {
  const count = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
  return [
    ...nodesOf(design).flatMap(({ name, tier }) =>
      tier === 'clients' ? [] : [{ name, what: tier === 'store' ? ('replica' as const) : tier }],
    ),
    ...(design.store.mode === 'leader' ? count(design.store.shards) : []).map((shard) => ({
      name: leaderName(shard),
      what: 'leader' as const,
    })),
    ...LINKS.map((name) => ({ name, what: 'link' as const })),
    ...count(design.zones).map((zone) => ({ name: zoneName(zone), what: 'zone' as const })),
    { name: 'workload', what: 'workload' },
  ];
}

const TARGET = /^(?:(app|cache|zone)-([1-9]\d?)|shard-([1-9]\d?)\.(?:leader|replica-([1-9]\d?)))$/;

/** What a name names in this design; undefined when it names nothing in it that a fault can be aimed at. */
export function targetClassOf(design: Design, name: string): TargetClass | undefined {
  if (name === 'workload') return name;
  if (LINKS.some((link) => link === name)) return 'link';
  const [, tier, index, shard, replica] = TARGET.exec(name) ?? [];
  if (tier === 'app' || tier === 'cache') return Number(index) <= design[tier].nodes ? tier : undefined;
  if (tier === 'zone') return Number(index) <= design.zones ? tier : undefined;
  if (shard === undefined || Number(shard) > design.store.shards) return undefined;
  if (replica === undefined) return design.store.mode === 'leader' ? 'leader' : undefined;
  return Number(replica) <= design.store.rf ? 'replica' : undefined;
}
