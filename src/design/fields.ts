/**
 * Every key of the document that holds one value, with the words for it: the inspector shows this table, links and
 * documents are read by it, errors quote it. What a key may hold comes from the schema; here is what it is called,
 * what it means, and under which policies it makes a difference. Reads and prints single values, never a design.
 */
import * as z from 'zod/mini';
import { assert } from '../base/assert.ts';
import { ok, type Result } from '../base/result.ts';
import { CONTRACT_WORDS } from './contract.ts';
import type { Design, Policy } from './design.ts';
import type { Leaf, LeafKind, Trouble } from './leaf.ts';
import { LEAVES } from './leaves.ts';
import { designSchema } from './schema.ts';

export type GroupName = 'workload' | 'client' | 'app' | 'cache' | 'store' | 'network' | 'contract';
type SingleName = 'title' | 'notes' | 'seed' | 'duration' | 'policy' | 'zones';
type LegName = keyof NonNullable<Design['store']['legs']>;
export type FieldKey =
  | SingleName
  | { [G in GroupName]: `${G}.${Exclude<keyof Design[G] & string, 'legs'>}` }[GroupName]
  | `store.legs.${LegName}`;

interface Words {
  readonly label: string;
  readonly help: string;
  /** The policies under which it matters; all of them where it is left out. */
  readonly policies?: readonly Policy[];
  /** The text that stands for having no value of its own. */
  readonly unset?: string;
}

export interface Field extends Omit<Leaf, 'read'>, Words {
  readonly key: FieldKey;
  /** The key's first part, or `design` for the keys without a dot. */
  readonly group: GroupName | 'design';
  readonly kind: LeafKind;
  /** The value of a text; undefined for the text that unsets it. */
  readonly parse: (text: string) => Result<unknown, Trouble>;
  /** The one text of a value of this key. Throws on a value that this key cannot have. */
  readonly print: (value: unknown) => string;
  /** The value as JSON holds it: a number, a flag, or the text. */
  readonly encode: (value: unknown) => unknown;
}

const CACHED: readonly Policy[] = [
  'write-through',
  'write-through-aside',
  'look-aside',
  'write-around',
  'write-behind',
  'refresh-ahead',
];
const cached = (label: string, help: string): Words => ({ label, help, policies: CACHED });

const WORDS: Readonly<Record<FieldKey, Words>> = {
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
  'cache.fencing': cached(
    'fencing',
    'What turns away a late arrival: nothing, versions, or a lease for a fill.',
  ),
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

function fieldOf(key: string, schema: z.core.$ZodType): Field {
  const codec = schema instanceof z.ZodMiniExactOptional ? schema.def.innerType : schema;
  const leaf = LEAVES.get(codec);
  assert(isFieldKey(key) && leaf !== undefined, `${key} has words and a leaf`);
  const words = WORDS[key];
  const { read, ...shown } = leaf;
  const encode = (value: unknown): unknown => (value === undefined ? words.unset : z.encode(codec, value));
  return {
    ...shown,
    ...words,
    key,
    group: groupOf(key),
    allowed: words.unset === undefined ? leaf.allowed : `${leaf.allowed}, or ${words.unset}`,
    parse: (text) => (text === words.unset ? ok(undefined) : read(text)),
    encode,
    print: (value) => String(encode(value)),
  };
}

/** The fields below a part of the schema, in the schema's order. Lists and maps are no fields. */
function fieldsBelow(prefix: string, schema: z.core.$ZodType): Field[] {
  if (schema instanceof z.ZodMiniExactOptional && schema.def.innerType instanceof z.ZodMiniObject)
    return fieldsBelow(prefix, schema.def.innerType);
  if (schema instanceof z.ZodMiniObject)
    return Object.entries(schema.shape).flatMap(([name, part]) =>
      fieldsBelow(prefix === '' ? name : `${prefix}.${name}`, part),
    );
  if (schema instanceof z.ZodMiniArray || schema instanceof z.ZodMiniRecord) return [];
  return [fieldOf(prefix, schema)];
}

export const GROUPS: readonly GroupName[] = [
  'workload',
  'client',
  'app',
  'cache',
  'store',
  'network',
  'contract',
];

/** All fields in the order of the schema. */
export const FIELDS: readonly Field[] = fieldsBelow('', designSchema);

const BY_KEY: ReadonlyMap<string, Field> = new Map(FIELDS.map((field) => [field.key, field]));

/** The field of a key; undefined for `faults`, `remarks`, `layout`, `prices`, and for what is no key at all. */
export function fieldByKey(key: string): Field | undefined {
  return BY_KEY.get(key);
}

export function isFieldKey(key: string): key is FieldKey {
  return Object.hasOwn(WORDS, key);
}

/** Whether the field makes a difference under a policy. */
export function mattersFor(field: Field, policy: Policy): boolean {
  return field.policies?.includes(policy) ?? true;
}

export function isGroup(name: string): name is GroupName {
  return GROUPS.some((group) => group === name);
}

function groupOf(key: FieldKey): GroupName | 'design' {
  const [first = ''] = key.split('.');
  return isGroup(first) ? first : 'design';
}

/** The value of a field in a design; undefined where it has none of its own. */
export function valueOf(design: Design, key: FieldKey): unknown {
  let value: unknown = design;
  for (const name of key.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}

const INSTANT = { kind: 'const', value: 0 } as const;
const NO_LEGS = { write: INSTANT, ack: INSTANT, read: INSTANT, response: INSTANT };

/**
 * The design with another value of a field. The value must come from that field's own `parse`, which is what makes it
 * of the right type: a key that is known only at run time is beyond the compiler.
 */
export function withValue(design: Design, key: FieldKey, value: unknown): Design {
  const [first = '', second, third] = key.split('.');
  if (second === undefined || !isGroup(first)) return { ...design, [first]: value };
  if (third !== undefined) {
    const { legs, ...store } = design.store;
    return value === undefined
      ? { ...design, store }
      : { ...design, store: { ...store, legs: { ...(legs ?? NO_LEGS), [third]: value } } };
  }
  if (value !== undefined) return { ...design, [first]: { ...design[first], [second]: value } };
  const rest = Object.entries(design[first]).filter(([name]) => name !== second);
  return { ...design, [first]: Object.fromEntries(rest) };
}
