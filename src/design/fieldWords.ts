/**
 * The words for every key of the document that holds one value: what it is called, what it means, and under which policies
 * it makes a difference. Words alone: what a key may hold comes from the schema.
 */
import { CONTRACT_WORDS } from './contract.ts';
import type { Design, Policy } from './design.ts';

export type GroupName = 'workload' | 'client' | 'app' | 'cache' | 'store' | 'network' | 'contract';
type SingleName = 'title' | 'notes' | 'seed' | 'duration' | 'policy' | 'zones';
type LegName = keyof NonNullable<Design['store']['legs']>;
export type FieldKey =
  | SingleName
  | { [G in GroupName]: `${G}.${Exclude<keyof Design[G] & string, 'legs'>}` }[GroupName]
  | `store.legs.${LegName}`;

export interface Words {
  readonly label: string;
  readonly help: string;
  /** The policies under which it matters, or all that have a cache; all of them where it is left out. */
  readonly policies?: readonly Policy[] | 'cached';
  /** The text that stands for having no value of its own. */
  readonly unset?: string;
}

const cached = (label: string, help: string): Words => ({ label, help, policies: 'cached' });

export const FIELD_WORDS: Readonly<Record<FieldKey, Words>> = {
  title: { label: 'title', help: 'What this design is called.' },
  notes: { label: 'notes', help: 'What there is to say about it, in Markdown.' },
  seed: {
    label: 'seed',
    help: 'Start of every random stream: the same seed gives the same run, bit for bit.',
  },
  duration: { label: 'duration', help: 'Simulated time; operations that start within it count.' },
  'workload.puts': { label: 'PUT rate', help: 'Writes that clients start each second.' },
  'workload.gets': {
    label: 'GET rate',
    help: 'Reads that clients start each second, read-backs not included.',
  },
  'workload.keys': { label: 'keys', help: 'Number of keys in the key space.' },
  'workload.skew': { label: 'skew', help: 'Exponent of the Zipf distribution of keys; 0 is uniform.' },
  'workload.value': { label: 'value size', help: 'Size of one value.' },
  'workload.sessions': {
    label: 'sessions',
    help: 'Client sessions; each operation belongs to one drawn at random.',
  },
  'workload.readBack': { label: 'read-back', help: 'Share of acked PUTs whose session then GETs that key.' },
  'workload.readBackAfter': { label: 'read-back after', help: 'Time from the ack to that GET.' },
  'workload.arrivals': {
    label: 'arrivals',
    help: 'Poisson: independent of each other; even: equally spaced, PUTs and GETs each.',
  },
  'client.timeout': {
    label: 'timeout',
    help: 'How long a client waits for one attempt; what it set off lives on.',
  },
  'client.retries': { label: 'retries', help: 'Further attempts after a timeout; never after a refusal.' },
  'client.retryBudget': {
    label: 'retry budget',
    help: 'Retries that all clients may make together, as a share of first attempts.',
  },
  'client.backoff': { label: 'backoff', help: 'Wait before a retry, doubled for each further one.' },
  'app.nodes': { label: 'nodes', help: 'App nodes; each attempt goes to one drawn at random.' },
  'app.concurrency': { label: 'concurrency', help: 'Servers of one app node; the rest waits in its queue.' },
  'app.service': {
    label: 'service',
    help: 'Service time of one request; waiting for other nodes holds no server.',
  },
  policy: { label: 'policy', help: 'Who writes what, and in which order, on a PUT and on a miss.' },
  'cache.node': cached('node type', 'Type of a cache node: its memory and its price.'),
  'cache.nodes': cached('nodes', 'Cache nodes; a key lives on one of them, by rendezvous hashing.'),
  'cache.memory': {
    ...cached('memory', "Memory of one cache node; the node type's own where it is not set."),
    unset: 'node',
  },
  'cache.ttl': cached('TTL', 'How long an entry lives after it was last applied.'),
  'cache.ttlJitter': cached(
    'TTL jitter',
    'Entries live for the TTL give or take up to so much, drawn evenly, so that they do not expire together.',
  ),
  'cache.eviction': cached('eviction', 'Which entry goes when the memory is full.'),
  'cache.concurrency': cached('concurrency', 'Servers of one cache node.'),
  'cache.read': cached('read', 'Service time of a GET at a cache node.'),
  'cache.write': cached('write', 'Service time of a PUT, an invalidation or a fill at a cache node.'),
  'cache.order': {
    label: 'order',
    help: 'Whether the cache applies a PUT before the store has answered, or after.',
    policies: ['write-through', 'refresh-ahead'],
  },
  'cache.timeout': cached('timeout', 'How long the app waits for a cache node before it goes another way.'),
  'cache.onTimeout': cached(
    'on timeout',
    'What the app does then: the store and an invalidation, the store, or give up.',
  ),
  'cache.singleFlight': cached('single flight', 'One refill for a key at a time; the others wait for it.'),
  'cache.fencing': {
    label: 'fencing',
    help: 'What turns away a late arrival: nothing; versions, at cache and store; or a lease, for a fill.',
  },
  'cache.flushDelay': {
    label: 'flush delay',
    help: 'How long a written entry waits before it goes to the store.',
    policies: ['write-behind'],
  },
  'cache.refreshAt': {
    label: 'refresh at',
    help: 'Age, as a share of the TTL, from which a hit reloads the entry.',
    policies: ['refresh-ahead'],
  },
  'store.shards': { label: 'shards', help: 'Shards of the key space, each a group of replicas.' },
  'store.rf': { label: 'replication factor', help: 'Replicas of a shard.' },
  'store.w': {
    label: 'write quorum',
    help: "Durable copies before a write is acked, the leader's included where there is one.",
  },
  'store.mode': {
    label: 'mode',
    help: 'One leader a shard orders its writes, or every replica takes them and the newest wins.',
  },
  'store.r': { label: 'read quorum', help: 'Answers that a leaderless read waits for; leaders ignore it.' },
  'store.readFrom': {
    label: 'read from',
    help: 'Who answers a read: any replica, the leader, or a majority. Leaderless reads ask all, and wait for r.',
  },
  'store.concurrency': { label: 'concurrency', help: 'Servers of one replica.' },
  'store.read': { label: 'read', help: 'Service time of a read at a replica.' },
  'store.write': { label: 'write', help: 'Service time of a write, until it is durable on that replica.' },
  'store.failover': { label: 'failover', help: 'Silence of a leader after which another one is elected.' },
  'store.fsync': {
    label: 'fsync',
    help: 'Whether a write is acked on disk, or before the next periodic flush.',
  },
  'store.readRepair': {
    label: 'read repair',
    help: 'A leaderless read that finds an old copy brings it up to date.',
  },
  'store.hintedHandoff': {
    label: 'hinted handoff',
    help: 'A leaderless write that a replica did not acknowledge is kept for its return.',
  },
  'store.node': { label: 'node type', help: 'Type of a replica: its price.' },
  'store.disk': { label: 'disk', help: 'Disk of one replica.' },
  'store.legs.write': {
    label: 'write leg',
    help: 'Leaderless: coordinator to replica on a write, service included.',
    unset: 'off',
  },
  'store.legs.ack': {
    label: 'ack leg',
    help: 'Leaderless: replica to coordinator on a write.',
    unset: 'off',
  },
  'store.legs.read': {
    label: 'read leg',
    help: 'Leaderless: coordinator to replica on a read, service included.',
    unset: 'off',
  },
  'store.legs.response': {
    label: 'response leg',
    help: 'Leaderless: replica to coordinator on a read.',
    unset: 'off',
  },
  'network.clientApp': { label: 'client to app', help: 'One-way delay between clients and app.' },
  'network.appCache': cached('app to cache', 'One-way delay between app and cache.'),
  'network.cacheStore': {
    label: 'cache to store',
    help: 'One-way delay between cache and store.',
    policies: ['write-through', 'write-around', 'write-behind', 'refresh-ahead'],
  },
  'network.appStore': { label: 'app to store', help: 'One-way delay between app and store.' },
  'network.replication': { label: 'replication', help: 'One-way delay between the replicas of a shard.' },
  'network.crossZone': { label: 'cross-zone', help: 'One-way delay added to a message between two zones.' },
  zones: { label: 'zones', help: 'Availability zones that the nodes are spread over.' },
  'contract.getP99': CONTRACT_WORDS.getP99,
  'contract.putP99': CONTRACT_WORDS.putP99,
  'contract.staleness': CONTRACT_WORDS.staleness,
  'contract.rpo': CONTRACT_WORDS.rpo,
  'contract.availability': CONTRACT_WORDS.availability,
  'contract.readYourWrites': CONTRACT_WORDS.readYourWrites,
};
