/**
 * Remedies: the small changes of a design that take away a kind of harm, as data. Each says what it would change and
 * what it costs, in words for whoever weighs it; nothing here knows a run.
 */
import { printDuration } from '../base/units.ts';
import type { Design } from './design.ts';
import type { FieldKey } from './fieldWords.ts';
import { LIMITS } from './limits.ts';
import { fieldByKey, mattersFor, valueOf } from './fields.ts';
import type { ViolationKind } from './readings.ts';

export interface Remedy {
  /** `Fence by version`: what a button says. */
  readonly label: string;
  /** What it does and what it costs, in one sentence. */
  readonly changes: string;
  readonly key: FieldKey;
  readonly text: (design: Design) => string;
}

/** As many copies as make a majority, and no fewer than are asked for now. */
const majorityOf = ({ store }: Design): string => String(Math.max(store.w, (store.rf >> 1) + 1));
/** What an entry may live that is to end by itself, and what a tombstone must live to outlast every message. */
const SHORT_TTL_US = 1_000_000;
const LONG_TTL_US = 60_000_000;

export const REMEDIES = {
  fenceByVersion: {
    label: 'Fence by version',
    changes:
      'Cache and store refuse versions older than the one they hold, and an invalidation leaves a tombstone. Costs a version beside every value.',
    key: 'cache.fencing',
    text: () => 'version',
  },
  fillByLease: {
    label: 'Fill by lease',
    changes: 'A fill needs the lease that its miss was given; any write or invalidation takes it away.',
    key: 'cache.fencing',
    text: () => 'lease',
  },
  storeFirst: {
    label: 'Store first',
    changes: 'The cache shows a write once the store has it. PUTs take as long; nothing uncommitted is read.',
    key: 'cache.order',
    text: () => 'store-first',
  },
  readFromLeader: {
    label: 'Read from the leader',
    changes:
      'Every read of the store asks the leader, which shows a write when it commits. It serves all of them alone.',
    key: 'store.readFrom',
    text: () => 'leader',
  },
  readFromQuorum: {
    label: 'Read from a majority',
    changes:
      'Every read of the store asks all replicas and waits for a majority. Reads cost as many services as there are replicas.',
    key: 'store.readFrom',
    text: () => 'quorum',
  },
  noTimeout: {
    label: 'Wait for the cache',
    changes:
      'Nobody gives up on a cache node, so nothing comes late. A slow node then slows everything that it holds.',
    key: 'cache.timeout',
    text: () => 'off',
  },
  boundByTtl: {
    label: 'Let entries end',
    changes:
      'An entry that nobody deletes ends by itself, after a second at the most. Shorter lives mean more reads of the store.',
    key: 'cache.ttl',
    text: ({ cache }) =>
      cache.ttl === 'off' || cache.ttl > SHORT_TTL_US ? '1s' : printDuration(Math.ceil(cache.ttl / 4)),
  },
  outliveMessages: {
    label: 'Keep tombstones longer',
    changes: 'A tombstone lives for the TTL: a minute outlasts every message. Entries live as long.',
    key: 'cache.ttl',
    text: ({ cache }) => (cache.ttl === 'off' ? 'off' : printDuration(Math.max(cache.ttl, LONG_TTL_US))),
  },
  invalidateToo: {
    label: 'Invalidate after a timeout',
    changes:
      'Whoever writes the store past a cache node sends it an invalidation, which waits in the same queue.',
    key: 'cache.onTimeout',
    text: () => 'db+invalidate',
  },
  flushSooner: {
    label: 'Flush ten times sooner',
    changes: 'Less waits in memory, and less is lost with it. Fewer writes of a key become one.',
    key: 'cache.flushDelay',
    text: ({ cache }) => printDuration(Math.ceil(cache.flushDelay / 10)),
  },
  overlapQuorums: {
    label: 'Ask until quorums overlap',
    changes:
      'A read waits for so many replicas that one of them has every acknowledged write (r + w > rf). Reads take longer.',
    key: 'store.r',
    text: ({ store }) => String(Math.max(store.r, store.rf - store.w + 1)),
  },
  haveLeader: {
    label: 'Have a leader',
    changes:
      'One replica of each shard leads, and all show what is committed and nothing else. Until a silent leader is replaced, its shard takes no writes.',
    key: 'store.mode',
    text: () => 'leader',
  },
  writeThrough: {
    label: 'Write through the cache',
    changes: 'The cache node takes every PUT and forwards it, so that it learns of each new version.',
    key: 'policy',
    text: () => 'write-through',
  },
  deleteOnWrite: {
    label: 'Delete on write',
    changes: 'The app deletes the entry after it has written the store (look-aside). The next read misses.',
    key: 'policy',
    text: () => 'look-aside',
  },
  singleFlight: {
    label: 'Load a key once',
    changes: 'One load of a key at a time, and the others wait for it (single flight).',
    key: 'cache.singleFlight',
    text: () => 'true',
  },
  patientClient: {
    label: 'Let clients wait longer',
    changes:
      'A client that waits five times as long learns the fate of more of its writes, and waits for it.',
    key: 'client.timeout',
    text: ({ client }) => printDuration(Math.min(client.timeout * 5, LIMITS.timeout)),
  },
  shorterFailover: {
    label: 'Fail over sooner',
    changes: 'A silent leader is replaced after a tenth of the time. Shorter silences are taken for deaths.',
    key: 'store.failover',
    text: ({ store }) => printDuration(Math.ceil(store.failover / 10)),
  },
  majorityWrites: {
    label: 'Acknowledge after a majority',
    changes: 'A PUT waits for durable copies on most replicas, so that one host can go. PUTs take longer.',
    key: 'store.w',
    text: majorityOf,
  },
  syncAlways: {
    label: 'Sync every write',
    changes: 'A replica acknowledges once the write is on its disk.',
    key: 'store.fsync',
    text: () => 'always',
  },
} as const satisfies Record<string, Remedy>;

export type RemedyName = keyof typeof REMEDIES;

const AGAINST_OLD_READS: readonly RemedyName[] = [
  'fenceByVersion',
  'readFromLeader',
  'storeFirst',
  'fillByLease',
  'boundByTtl',
];

/** What is tried against each kind of harm beside the remedies of its cause: some of it will not be enough, which is worth knowing. */
export const TRIED: Readonly<Record<ViolationKind, readonly RemedyName[]>> = {
  readYourWrites: AGAINST_OLD_READS,
  monotonicReads: AGAINST_OLD_READS,
  staleRead: AGAINST_OLD_READS,
  dirtyRead: ['storeFirst', 'fenceByVersion', 'deleteOnWrite'],
  phantomRead: ['storeFirst', 'fenceByVersion', 'majorityWrites'],
  lostAckedWrite: ['majorityWrites', 'syncAlways', 'writeThrough', 'fenceByVersion'],
  storeRegression: ['fenceByVersion', 'noTimeout', 'storeFirst', 'readFromLeader'],
};

/** Those of them that would change the run of this design, in the given order. */
export function applicable(design: Design, names: readonly RemedyName[]): readonly Remedy[] {
  return names
    .map((name): Remedy => REMEDIES[name])
    .filter(({ key, text }) => {
      const field = fieldByKey(key);
      if (field === undefined || !mattersFor(field, design.policy) || isOfOtherMode(design, key))
        return false;
      return field.print(valueOf(design, key)) !== text(design);
    });
}

/** Whom a read asks is chosen where there are leaders, how many answers it waits for where there are none. */
function isOfOtherMode({ store }: Design, key: FieldKey): boolean {
  return key === (store.mode === 'leader' ? 'store.r' : 'store.readFrom');
}
