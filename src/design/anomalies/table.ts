/**
 * The anomalies that caches and replicated stores are known for, each with a design of a few seconds that shows it. What
 * no policy of the document can say is not here: deleting from the cache before the store is written, and deleting twice.
 *
 * Where a read that is older than an acknowledged write is the sign, there is one session, so that whoever reads after an
 * acknowledgement is held to it.
 */
import type { Anomaly, Differences } from './anomaly.ts';

/** Few keys, much read and written, on one cache node and one shard whose leader answers every read. */
const CONTENDED: Differences = {
  duration: '3s',
  'workload.puts': '300/s',
  'workload.gets': '1500/s',
  'workload.keys': '10',
  'workload.sessions': '1',
  'cache.nodes': '1',
  'cache.timeout': 'off',
  'cache.ttl': 'off',
  'store.shards': '1',
  'store.readFrom': 'leader',
};

const OLDER_THAN_ACKED = 'consistency.readYourWrites.violations';

export const ANOMALIES: readonly Anomaly[] = [
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
      'cache.timeout': '5ms',
      fault: 'app-cache:partition@1s-1.2s',
    },
    removedBy: { 'cache.ttl': '100ms' },
    measure: 'consistency.stale.maxMs',
    atLeast: 400,
    atMost: 250,
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
  {
    key: 'stampede',
    title: 'Stampede',
    sentence:
      'A key that everybody reads expires, and all who miss it before the first fill ask the store at once.',
    remedy: 'Single flight: one load of a key at a time, and the others wait for it.',
    shownBy: {
      ...CONTENDED,
      'workload.puts': '0/s',
      'workload.gets': '3000/s',
      'workload.keys': '1',
      'cache.ttl': '300ms',
      'store.read': 'const:20ms',
      fault: 'cache-1:flush@1.5s',
    },
    removedBy: { 'cache.singleFlight': 'true' },
    measure: 'store.reads',
    atLeast: 200,
    // One load as each of at most ten lives of 300 ms begins, and one after the flush.
    atMost: 11,
  },
  {
    key: 'hot-key',
    title: 'A hot key',
    sentence:
      'Most of the traffic asks for one key, so one shard queues without end while the others stand idle.',
    remedy: 'A cache in front: the hotter a key, the better it is held.',
    shownBy: {
      duration: '3s',
      policy: 'db-only',
      'workload.puts': '0/s',
      'workload.gets': '4000/s',
      'workload.skew': '3',
      'store.readFrom': 'leader',
      'store.read': 'const:1ms',
      'store.concurrency': '3',
    },
    removedBy: { policy: 'look-aside' },
    measure: 'get.p99Ms',
    atLeast: 200,
    atMost: 20,
  },
  {
    key: 'acked-loss',
    title: 'An acknowledged write is lost',
    sentence:
      'One durable copy is enough for the acknowledgement, and it dies with its leader before it was copied.',
    remedy: 'Two copies before the acknowledgement: whoever is elected has one of them.',
    shownBy: {
      ...CONTENDED,
      'store.w': '1',
      'store.failover': '300ms',
      fault: ['replication:delay:100ms@0s', 'shard-1.leader:crash@1s'],
    },
    removedBy: { 'store.w': '2' },
    measure: 'consistency.lostAckedWrites',
    atLeast: 1,
    atMost: 0,
  },
  {
    key: 'surfacing-write',
    title: 'A partial write surfaces',
    sentence:
      'A write reaches the leader and no quorum, its client gives up, and when the network heals it commits after all.',
    remedy: 'None removes it: a client that waits longer than the cut learns the fate of its write.',
    shownBy: {
      ...CONTENDED,
      policy: 'db-only',
      'client.timeout': '100ms',
      fault: 'replication:partition@1s-1.5s',
    },
    removedBy: { 'client.timeout': '5s' },
    measure: 'put.unknown',
    atLeast: 50,
    atMost: 0,
  },
  {
    key: 'failover-window',
    title: 'The failover window',
    sentence: 'A leader crashes, and until it is taken as dead its shard has no other and takes no writes.',
    remedy: 'A shorter failover narrows the window; nothing closes it.',
    shownBy: { ...CONTENDED, 'store.failover': '1s', fault: 'shard-1.leader:crash@1s' },
    removedBy: { 'store.failover': '100ms' },
    measure: 'store.byShard.0.unavailableMs',
    atLeast: 1000,
    atMost: 110,
  },
];
