/**
 * What is known of a key, side by side in one row of the key index, so that an operation on it touches one cache line.
 * Each column has one owner; nobody else writes it.
 */
import { FREE_COLUMN } from './kernel/maps.ts';

// Placement, of `world.ts`.
export const K_CACHE_NODE = FREE_COLUMN; // node id
export const K_SHARD = FREE_COLUMN + 1; // from 0
// The cache's entry, of `cache.ts`.
export const K_HELD = FREE_COLUMN + 2; // version held + 1; 0: nothing
export const K_EXPIRY = FREE_COLUMN + 3; // wheel event that ends it; 0: none
// The truth, of `oracle.ts`.
export const K_LATEST = FREE_COLUMN + 4; // newest committed version
export const K_FIRST = FREE_COLUMN + 5; // first committed version
export const K_NUMBER = FREE_COLUMN + 6; // versions so far
export const K_ORDINAL = FREE_COLUMN + 7; // highest ordinal given
// What no GET asks for comes last: memory is handed out 16 bytes past the start of a cache line, and these are on the next.
// The log, of `store.ts`.
export const K_FIRST_OPEN = FREE_COLUMN + 8; // open entries of the key, in log order
export const K_LAST_OPEN = FREE_COLUMN + 9;
// The cache's fence, of `cache.ts`.
export const K_TOMBSTONE = FREE_COLUMN + 10; // version of the last fenced invalidation
export const K_TOMBSTONE_UNTIL = FREE_COLUMN + 11; // it refuses older versions before this instant
export const K_LEASE = FREE_COLUMN + 12; // counts what revokes the leases given out before
export const K_DUE = FREE_COLUMN + 13; // from this instant on a hit reloads the entry, where entries are reloaded
