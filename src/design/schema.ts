/**
 * The document: every key it can have, and what each may hold. The type of a design is inferred from here, and so are
 * the fields of the inspector, the keys of a link and every error message: a key's rule is written in this file alone.
 * What a rule cannot say of one key by itself stands in rules.ts, what a key means in fieldWords.ts.
 *
 * In JSON a number and a flag stand without quotes, all else in quotes. Shares alone may be either, "50%" or 0.5.
 */
import * as z from 'zod/mini';
import { MS } from '../base/scale.ts';
import {
  bytes,
  choice,
  dist,
  duration,
  durationOrOff,
  flag,
  fraction,
  fsync,
  integer,
  number,
  rate,
  share,
  shareOrOff,
  text,
} from './leaves.ts';
import { LIMITS } from './limits.ts';

const { timeout, concurrency, nodesPerTier } = LIMITS;

/** The parts of a fault that have a unit or limits, by their keys. */
export const FAULT_PARTS = {
  at: duration(0, LIMITS.duration),
  for: duration(1, LIMITS.duration),
  factor: number(LIMITS.factorFrom, LIMITS.factorTo),
  by: duration(0, timeout),
  share: share(),
};
const { at, factor, by, share: part } = FAULT_PARTS;
/** Without a length it stays to the end. */
const span = { at, for: z.exactOptional(FAULT_PARTS.for), target: z.string() };

export const faultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('slow'), ...span, factor }),
  z.object({ kind: z.literal('delay'), ...span, by }),
  z.object({ kind: z.literal('crash'), ...span }),
  z.object({ kind: z.literal('destroy'), ...span }),
  z.object({ kind: z.literal('pause'), ...span }),
  z.object({ kind: z.literal('partition'), ...span }),
  z.object({ kind: z.literal('drop'), ...span, share: part }),
  z.object({ kind: z.literal('flush'), ...span }),
  z.object({ kind: z.literal('surge'), ...span, factor }),
  z.object({ kind: z.literal('hotkey'), ...span, share: part }),
]);

export const designSchema = z.object({
  title: text(LIMITS.title),
  notes: text(LIMITS.notes),
  remarks: z.array(z.object({ on: z.string(), text: text(LIMITS.remark) })),
  layout: z.record(z.string(), z.tuple([z.number(), z.number()])),
  prices: z.record(z.string(), z.number()),
  seed: integer(0, LIMITS.seed),
  duration: duration(100 * MS, LIMITS.duration),
  workload: z.object({
    puts: rate(LIMITS.rate),
    gets: rate(LIMITS.rate),
    keys: integer(1, LIMITS.keys),
    skew: number(0, LIMITS.skew),
    value: bytes(1, LIMITS.value),
    sessions: integer(1, LIMITS.sessions),
    readBack: fraction(),
    readBackAfter: duration(0, timeout),
    arrivals: choice('poisson', 'even'),
  }),
  client: z.object({
    timeout: duration(1, timeout),
    retries: integer(0, LIMITS.retries),
    retryBudget: shareOrOff(),
    backoff: dist(),
  }),
  app: z.object({
    nodes: integer(1, nodesPerTier),
    concurrency: integer(1, concurrency),
    service: dist(),
  }),
  policy: choice(
    'write-through',
    'write-through-aside',
    'look-aside',
    'write-around',
    'write-behind',
    'refresh-ahead',
    'db-only',
  ),
  cache: z.object({
    node: choice('cache.small', 'cache.medium', 'cache.large', 'cache.xlarge', 'cache.2xlarge'),
    nodes: integer(1, nodesPerTier),
    memory: z.exactOptional(bytes(1, LIMITS.memory)),
    ttl: durationOrOff(1, timeout),
    ttlJitter: share(),
    eviction: choice('lru', 'fifo', 'sieve', 's3-fifo', 'lfu'),
    concurrency: integer(1, concurrency),
    read: dist(),
    write: dist(),
    order: choice('cache-first', 'store-first'),
    timeout: durationOrOff(1, timeout),
    onTimeout: choice('db+invalidate', 'db', 'fail'),
    singleFlight: flag(),
    fencing: choice('none', 'version', 'lease'),
    flushDelay: duration(0, timeout),
    refreshAt: share(),
  }),
  store: z.object({
    shards: integer(1, LIMITS.shards),
    rf: integer(1, LIMITS.replicationFactor),
    w: integer(1, LIMITS.replicationFactor),
    mode: choice('leader', 'leaderless'),
    r: integer(1, LIMITS.replicationFactor),
    readFrom: choice('replica', 'leader', 'quorum'),
    concurrency: integer(1, concurrency),
    read: dist(),
    write: dist(),
    failover: duration(0, timeout),
    fsync: fsync(timeout),
    readRepair: flag(),
    hintedHandoff: flag(),
    node: choice('db.small', 'db.large', 'db.xlarge'),
    disk: bytes(1, LIMITS.disk),
    legs: z.exactOptional(z.object({ write: dist(), ack: dist(), read: dist(), response: dist() })),
  }),
  network: z.object({
    clientApp: dist(),
    appCache: dist(),
    cacheStore: dist(),
    appStore: dist(),
    replication: dist(),
    crossZone: dist(),
  }),
  zones: integer(1, LIMITS.zones),
  faults: z.array(faultSchema),
  contract: z.object({
    getP99: duration(0, timeout),
    putP99: duration(0, timeout),
    staleness: duration(0, timeout),
    rpo: duration(0, timeout),
    availability: share(),
    readYourWrites: share(),
  }),
});
