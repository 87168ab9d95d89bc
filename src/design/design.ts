/**
 * A design, complete and in numbers, as the engine, the page and the links work with it; and the one that everything
 * starts from: write-through as it was drawn, healthy, a minute of it. What a document leaves out is that design's.
 * Nothing here is ever changed: an edit makes another design.
 */
import type * as z from 'zod/mini';
import { deepFreeze, type Immutable } from '../base/freeze.ts';
import { GIB, MS, SECOND } from '../base/scale.ts';
import type { Dist } from './dist.ts';
import type { designSchema } from './schema.ts';

/** Durations are microseconds, amounts bytes, rates events a second, shares from 0 to 1. */
export type Design = Immutable<z.output<typeof designSchema>>;
export type Policy = Design['policy'];
/** `at` and `for` in microseconds; without `for` it stays to the end. `target` is a name that exists in its design. */
export type Fault = Design['faults'][number];
export type FaultKind = Fault['kind'];

const lognormal = (median: number, p99: number): Dist => ({ kind: 'lognormal', median, p99 });
/** One way, inside a zone. */
const link = lognormal(0.08 * MS, 0.25 * MS);

export const seedDesign: Design = deepFreeze<Design>({
  title: '',
  notes: '',
  remarks: [],
  layout: {},
  prices: {},
  seed: 1,
  duration: 60 * SECOND,
  workload: {
    puts: 2500,
    gets: 25_000,
    keys: 1_000_000,
    skew: 0.99,
    value: 1024,
    sessions: 1000,
    readBack: 0.5,
    readBackAfter: 5 * MS,
    arrivals: 'poisson',
  },
  client: { timeout: SECOND, retries: 0, retryBudget: 0.1, backoff: { kind: 'exp', mean: 50 * MS } },
  app: { nodes: 4, concurrency: 64, service: lognormal(0.1 * MS, 0.4 * MS) },
  policy: 'write-through',
  cache: {
    node: 'cache.large',
    nodes: 2,
    ttl: 5 * SECOND,
    ttlJitter: 0,
    eviction: 'lru',
    concurrency: 4,
    read: lognormal(0.01 * MS, 0.03 * MS),
    write: lognormal(0.015 * MS, 0.045 * MS),
    order: 'cache-first',
    timeout: 20 * MS,
    onTimeout: 'db+invalidate',
    singleFlight: false,
    fencing: 'none',
    flushDelay: SECOND,
    refreshAt: 0.8,
  },
  store: {
    shards: 2,
    rf: 3,
    w: 2,
    mode: 'leader',
    r: 1,
    readFrom: 'replica',
    concurrency: 8,
    read: lognormal(0.5 * MS, 3 * MS),
    write: lognormal(1 * MS, 5 * MS),
    failover: 2 * SECOND,
    fsync: 'always',
    readRepair: false,
    hintedHandoff: false,
    node: 'db.large',
    disk: 100 * GIB,
  },
  network: {
    clientApp: lognormal(0.25 * MS, 1 * MS),
    appCache: link,
    cacheStore: link,
    appStore: link,
    replication: link,
    crossZone: lognormal(0.3 * MS, 0.6 * MS),
  },
  zones: 3,
  faults: [],
  contract: {
    getP99: 50 * MS,
    putP99: 50 * MS,
    staleness: 5 * SECOND,
    rpo: 0,
    availability: 0.9995,
    readYourWrites: 1,
  },
});
