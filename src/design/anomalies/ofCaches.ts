/**
 * What goes wrong between a cache and the store behind it: a value that comes late, in another order, or not at all.
 *
 * Where a read that is older than an acknowledged write is the sign, there is one session, so that whoever reads after an
 * acknowledgement is held to it.
 */
import type { Anomaly } from './anomaly.ts';
import { CONTENDED } from './contended.ts';

const OLDER_THAN_ACKED = 'consistency.readYourWrites.violations';

export const OF_CACHES: readonly Anomaly[] = [
  {
    key: 'stale-set',
    title: 'Stale set',
    sentence:
      'A reader misses and loads the old value; a writer stores and deletes; the reader fills the old value.',
    remedy: 'A fill needs the lease that its miss was given, and the delete has revoked it.',
    shownBy: { ...CONTENDED, policy: 'look-aside', 'network.appStore': 'exp:5ms' },
    removedBy: { 'cache.fencing': 'lease' },
    measure: OLDER_THAN_ACKED,
    atLeast: 10,
    atMost: 0,
  },
  {
    key: 'two-writers',
    title: 'Two writers, two orders',
    sentence:
      "Two writers' values reach the cache in one order and the store in the other, and the cache keeps the loser.",
    remedy: 'Versions at both: each tier refuses what is older than what it has.',
    shownBy: { ...CONTENDED, 'network.cacheStore': 'exp:2ms' },
    removedBy: { 'cache.fencing': 'version' },
    measure: OLDER_THAN_ACKED,
    atLeast: 10,
    atMost: 0,
  },
  {
    key: 'zombie',
    title: 'The write that was given up on',
    sentence:
      'A PUT times out at a slow cache and goes straight to the store; the first one is still in the queue, and its late forward takes the store back.',
    remedy: 'Versions at cache and store: the late forward is older than what is there.',
    shownBy: {
      ...CONTENDED,
      'cache.timeout': '20ms',
      'cache.concurrency': '1',
      fault: 'cache-1:slow:200@1s-1.5s',
    },
    removedBy: { 'cache.fencing': 'version' },
    measure: 'consistency.storeRegressions',
    atLeast: 1,
    atMost: 0,
  },
  {
    key: 'phantom',
    title: 'Phantom read',
    sentence: 'The cache applies a write and a reader sees it; the store never takes it.',
    remedy: 'Store first: the cache applies what the store has acknowledged.',
    shownBy: { ...CONTENDED, fault: 'shard-1.leader:crash@1s' },
    removedBy: { 'cache.order': 'store-first' },
    measure: 'consistency.phantomReads',
    atLeast: 1,
    atMost: 0,
  },
  {
    key: 'lost-invalidation',
    title: 'Lost invalidation',
    sentence: 'The delete that should have followed a write never arrives, and the old entry stays for good.',
    remedy: 'A TTL bounds it: what no delete reaches ends by itself.',
    shownBy: {
      ...CONTENDED,
      policy: 'look-aside',
      'workload.puts': '20/s',
      'workload.keys': '20',
      'cache.timeout': '5ms',
      fault: 'app-cache:partition@1s-1.5s',
    },
    removedBy: { 'cache.ttl': '100ms' },
    measure: 'consistency.stale.maxMs',
    atLeast: 300,
    atMost: 150,
  },
  {
    key: 'lagging-refill',
    title: 'Refill from a lagging replica',
    sentence: 'After the delete a reader misses, asks a replica that is behind, and fills what it says.',
    remedy: 'Reads that ask for the newest, and a lease for the fill, so that no old one is late either.',
    shownBy: {
      ...CONTENDED,
      policy: 'look-aside',
      'store.readFrom': 'replica',
      'network.replication': 'exp:5ms',
    },
    removedBy: { 'store.readFrom': 'leader', 'cache.fencing': 'lease' },
    measure: OLDER_THAN_ACKED,
    atLeast: 10,
    atMost: 0,
  },
  {
    key: 'refresh-overwrites',
    title: 'A reload overwrites a newer write',
    sentence:
      'A reload in the background loads the old value; a write is applied; the reload fills the old value over it.',
    remedy: 'Versions: the fill is older than the entry and is refused.',
    shownBy: {
      ...CONTENDED,
      policy: 'refresh-ahead',
      'workload.puts': '60/s',
      'cache.ttl': '200ms',
      'cache.refreshAt': '5%',
      'network.cacheStore': 'const:10ms',
    },
    removedBy: { 'cache.fencing': 'version' },
    measure: OLDER_THAN_ACKED,
    atLeast: 1,
    atMost: 0,
  },
  {
    key: 'unflushed',
    title: 'A crash before the flush',
    sentence: 'The cache acknowledges a write and crashes before it has brought it to the store.',
    remedy: 'Write through: the acknowledgement waits for the store.',
    shownBy: {
      ...CONTENDED,
      policy: 'write-behind',
      'cache.flushDelay': '200ms',
      fault: 'cache-1:crash@1s-1.5s',
    },
    removedBy: { policy: 'write-through' },
    measure: 'consistency.lostAckedWrites',
    atLeast: 1,
    atMost: 0,
  },
  {
    key: 'tombstone-expires',
    title: 'A tombstone that goes too early',
    sentence: 'A versioned delete leaves a tombstone; it ends before a late fill of the old value arrives.',
    remedy: 'Tombstones outlive every message: they live for the TTL, so the TTL is longer than any delay.',
    shownBy: {
      ...CONTENDED,
      policy: 'look-aside',
      'cache.fencing': 'version',
      'cache.ttl': '2ms',
      'network.appStore': 'exp:10ms',
    },
    removedBy: { 'cache.ttl': '2s' },
    measure: OLDER_THAN_ACKED,
    atLeast: 1,
    atMost: 0,
  },
  {
    key: 'fill-over-set',
    title: "A slow reader's fill over a set",
    sentence:
      'A reader misses and loads the old value; a writer sets the new one; the fill puts the old one over it.',
    remedy: 'Versions: the fill is older than the entry and is refused.',
    shownBy: {
      ...CONTENDED,
      policy: 'write-through-aside',
      'workload.puts': '100/s',
      'cache.ttl': '50ms',
      'network.appStore': 'exp:5ms',
    },
    removedBy: { 'cache.fencing': 'version' },
    measure: OLDER_THAN_ACKED,
    atLeast: 1,
    atMost: 0,
  },
  {
    key: 'rejoining-node',
    title: 'A cache node that comes back',
    sentence:
      'A cache node is cut off, misses the deletes of that time, and serves its old entries when it is back; versions cannot tell it.',
    remedy: 'A TTL shorter than the absence: nothing of before is alive when it returns.',
    shownBy: {
      ...CONTENDED,
      policy: 'look-aside',
      'cache.fencing': 'version',
      'cache.timeout': '5ms',
      fault: 'cache-1:partition@1s-2s',
    },
    removedBy: { 'cache.ttl': '500ms' },
    measure: OLDER_THAN_ACKED,
    atLeast: 10,
    atMost: 0,
  },
];
