/**
 * The anomalies that no run of a design can show, since no document says what causes them: a mistake in a policy's table,
 * or versions at one tier only. Every order of a few operations is explored instead, with the mistake and without it.
 */
import type { Variant } from '../policies/variants.ts';
import type { Differences } from './anomaly.ts';

/** A design as it differs from the seed's, and what the explorer puts on top of it. */
export interface ExploredDesign {
  readonly differences: Differences;
  readonly variant?: Variant;
  readonly fenceAt?: 'store';
}

export interface ExploredAnomaly {
  /** Short, unique among all anomalies. */
  readonly key: string;
  readonly title: string;
  /** The interleaving, in one sentence. */
  readonly sentence: string;
  /** What removes it, and why, in one sentence. */
  readonly remedy: string;
  readonly operations: readonly ('put' | 'get')[];
  /** What some orders show by the one design, and none by the other. */
  readonly kind: 'staleAtRest';
  readonly shownBy: ExploredDesign;
  readonly removedBy: ExploredDesign;
}

/** One replica, so that whatever stays stale is the cache's doing. */
const LONE: Differences = { 'store.rf': '1', 'store.w': '1' };
const ASIDE: Differences = { ...LONE, policy: 'look-aside', 'cache.timeout': 'off' };
const LEASED: Differences = { ...ASIDE, 'cache.fencing': 'lease' };
const VERSIONED: Differences = { ...LONE, 'cache.fencing': 'version' };

export const EXPLORED_ANOMALIES: readonly ExploredAnomaly[] = [
  {
    key: 'delete-first',
    title: 'Delete before store',
    sentence:
      'A writer deletes; a reader misses, loads the old value and fills it, in good time; the writer stores the new one.',
    remedy: 'The other order, store then delete: the lease of a miss before the delete is revoked by it.',
    operations: ['put', 'get'],
    kind: 'staleAtRest',
    shownBy: { differences: LEASED, variant: 'delete-first' },
    removedBy: { differences: LEASED },
  },
  {
    key: 'double-delete',
    title: 'Double delete',
    sentence:
      'A writer deletes, stores and deletes again; a reader that loaded the old value before fills it after both deletes.',
    remedy: 'Leases: the second delete revokes that of every miss before it, however late its fill is.',
    operations: ['put', 'get'],
    kind: 'staleAtRest',
    shownBy: { differences: ASIDE, variant: 'double-delete' },
    removedBy: { differences: LEASED, variant: 'double-delete' },
  },
  {
    key: 'store-only-versions',
    title: 'Versions at the store alone',
    sentence:
      'The store refuses the older of two writes, and the cache keeps it, applied after the newer one.',
    remedy: 'Versions at both, and invalidations that carry one: the cache refuses the older write, too.',
    operations: ['put', 'put'],
    kind: 'staleAtRest',
    shownBy: { differences: VERSIONED, fenceAt: 'store' },
    removedBy: { differences: VERSIONED },
  },
];
