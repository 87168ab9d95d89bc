/**
 * Remedies: the small changes of a design that take away a kind of harm, as data. Each says what it would change and
 * what it costs, in words for whoever weighs it; nothing here knows a run.
 */
import type { Design } from './design.ts';
import type { FieldKey } from './fields.ts';
import { fieldByKey, valueOf } from './fields.ts';

export interface Remedy {
  /** `Fence by version`: what a button says. */
  readonly label: string;
  /** What it does and what it costs, in one sentence. */
  readonly changes: string;
  readonly key: FieldKey;
  readonly text: (design: Design) => string;
}

const majorityOf = ({ store }: Design): string => String((store.rf >> 1) + 1);

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

/** Those of them that would change this design, in the given order. */
export function applicable(design: Design, names: readonly RemedyName[]): readonly Remedy[] {
  return names
    .map((name): Remedy => REMEDIES[name])
    .filter(({ key, text }) => {
      const field = fieldByKey(key);
      return field !== undefined && field.print(valueOf(design, key)) !== text(design);
    });
}
