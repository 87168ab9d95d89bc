/**
 * What is explored: a design's policy, store and fences with a few operations on one key, and at most one crash. Times
 * and sizes do not matter where every order is tried, so the world is made as small as it can be: no message takes any
 * time, nothing waits for a server, entries and tombstones do not expire.
 */
import type { Design } from '../../design/design.ts';
import type { Dist } from '../../design/dist.ts';
import { targetClassOf } from '../../design/nodes.ts';
import { cacheNodeOf, shardOf } from '../../design/placement.ts';
import type { Variant } from '../../design/policies/variants.ts';

export type OperationKind = 'put' | 'get';

export interface Scope {
  readonly design: Design;
  readonly operations: readonly OperationKind[];
  /** An app or cache node, a replica, or `shard-1.leader`: it may crash once, and comes back later. */
  readonly crash?: string;
  /** Where versions fence, if the design's do. No design can say `store`: it is there to show what that misses. */
  readonly fenceAt?: 'both' | 'store';
  /** A table that no design can name, in the place of its policy's. */
  readonly variant?: Variant;
  /** False: every event by itself, every order of it. Only so few operations can be tried in that way. */
  readonly reduced?: boolean;
}

const AT_ONCE: Dist = { kind: 'const', value: 0 };
/** Every order of a queue is an order of deliveries. */
const SERVERS = 1000;
/** Longer than any order takes by the clock of events, shorter than a tombstone or a client's patience lasts. */
const FAILOVER = 1_000_000;
const FOREVER = 600_000_000;

/** The design that the world of a scope is made of. */
export function smallDesignOf({ design, crash }: Scope): Design {
  const { app, cache, client, workload } = design;
  // Legs take the place of network and service, which take no time here.
  const { legs: _, ...store } = design.store;
  return {
    ...design,
    duration: 100_000,
    workload: { ...workload, keys: rankOf(design, crash) + 1, skew: 0, readBack: 0 },
    app: { ...app, concurrency: SERVERS, service: AT_ONCE },
    client: { ...client, timeout: FOREVER, backoff: AT_ONCE },
    cache: {
      ...cache,
      concurrency: SERVERS,
      read: AT_ONCE,
      write: AT_ONCE,
      // Entries do not expire; where they are reloaded ahead of that, any hit may be on one that is due.
      ttl: design.policy === 'refresh-ahead' ? FOREVER : 'off',
      ttlJitter: 0,
      refreshAt: 0,
    },
    store: {
      ...store,
      concurrency: SERVERS,
      read: AT_ONCE,
      write: AT_ONCE,
      failover: FAILOVER,
      // Syncs come when they are chosen, and never by the clock.
      fsync: store.fsync === 'always' ? 'always' : { periodic: FOREVER },
    },
    network: {
      clientApp: AT_ONCE,
      appCache: AT_ONCE,
      cacheStore: AT_ONCE,
      appStore: AT_ONCE,
      replication: AT_ONCE,
      crossZone: AT_ONCE,
    },
    faults: crash === undefined ? [] : [{ kind: 'crash', target: crash, at: 0, for: 1 }],
  };
}

/** The key: the lowest rank that lives on the node that may crash, else the most popular one. */
export function rankOf({ cache, store, workload }: Design, crash = ''): number {
  const [, kind, number] = /^(cache|shard)-(\d+)/.exec(crash) ?? [];
  for (let rank = 0; rank < workload.keys; rank++) {
    const place = kind === 'cache' ? cacheNodeOf(rank, cache.nodes) : shardOf(rank, store.shards);
    if (kind === undefined || place === Number(number)) return rank;
  }
  return 0;
}

/** Whether a name is one of a host that a scope can crash. */
export function canCrash(design: Design, name: string): boolean {
  const what = targetClassOf(design, name);
  return what === 'app' || what === 'cache' || what === 'replica' || what === 'leader';
}

/**
 * Whose operation each one is. The first PUT's session does all the reading, in the given order, so that it can miss
 * what it wrote or go back behind what it has read; every other PUT is a stranger's.
 */
export function sessionsOf(operations: readonly OperationKind[]): number[] {
  const first = operations.indexOf('put');
  return operations.map((kind, i) => (kind === 'get' || i === first ? 0 : i));
}
