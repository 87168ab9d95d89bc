/**
 * Cache: what every cache node holds. A key lives on exactly one node, so one column by key serves all of them;
 * each node has its own capacity, and an eviction says who gives way at it. TTL expiry is an event, so that the
 * entries counted are live ones at every instant.
 */
import type { Design } from '../design/design.ts';
import { cacheMemory, ENTRY_OVERHEAD, RESERVED_MEMORY } from '../design/memory.ts';
import { HORIZON } from './kernel/wheel.ts';
import { TOMBSTONE_TTL_US } from './limits.ts';
import { EVICTIONS } from './evictions/registry.ts';
import type { Eviction } from './evictions/eviction.ts';
import { K_DUE, K_EXPIRY, K_HELD, K_LEASE, K_TOMBSTONE, K_TOMBSTONE_UNTIL } from './columns.ts';
import type { Archive, Persistent } from './kernel/archive.ts';
import { KEY_SHIFT, type KeyIndex } from './kernel/maps.ts';

export class Cache implements Persistent {
  readonly ttl: number; // microseconds; 0: entries do not expire
  readonly ttlJitter: number; // share of the TTL
  readonly capacity: number; // entries a node
  /** A hit reloads an entry that is past this share of its own life; -1: never. */
  readonly refreshAt: number;
  readonly entryBytes: number;
  /** Live entries per cache node (from 0), and over all nodes: now, and at most. */
  entries: Int32Array<ArrayBuffer>;
  total = 0;
  peak = 0;
  evictions = 0;
  expirations = 0;
  /** Undefined where there is room for every key: nobody needs to know the order then. */
  private readonly eviction: Eviction | undefined;
  private readonly keys: KeyIndex;
  private readonly nodes: number;
  private readonly tombstoneTtl: number;

  constructor(design: Design, keys: KeyIndex, nodes: number) {
    this.keys = keys;
    this.nodes = nodes;
    this.ttl = design.cache.ttl === 'off' ? 0 : design.cache.ttl;
    this.ttlJitter = design.cache.ttlJitter;
    this.tombstoneTtl = design.cache.ttl === 'off' ? TOMBSTONE_TTL_US : design.cache.ttl;
    this.refreshAt = design.policy === 'refresh-ahead' && this.ttl > 0 ? design.cache.refreshAt : -1;
    this.entryBytes = design.workload.value + ENTRY_OVERHEAD;
    this.capacity = Math.floor((cacheMemory(design) * (1 - RESERVED_MEMORY)) / this.entryBytes);
    this.entries = new Int32Array(nodes);
    this.eviction =
      this.capacity >= design.workload.keys
        ? undefined
        : new EVICTIONS[design.cache.eviction](nodes, this.capacity);
  }

  /** The version held, or -1. */
  held(slot: number): number {
    return this.keys.at[(slot << KEY_SHIFT) + K_HELD]! - 1;
  }

  /** The version whose tombstone still refuses older ones, or -1. */
  tombstone(slot: number, now: number): number {
    const o = slot << KEY_SHIFT;
    return now < this.keys.at[o + K_TOMBSTONE_UNTIL]! ? this.keys.at[o + K_TOMBSTONE]! : -1;
  }

  /** When the last tombstone left for the key ends, microseconds. */
  tombstoneUntil(slot: number): number {
    return this.keys.at[(slot << KEY_SHIFT) + K_TOMBSTONE_UNTIL]!;
  }

  leaveTombstone(slot: number, write: number, now: number): void {
    const o = slot << KEY_SHIFT;
    this.keys.set(o + K_TOMBSTONE, write);
    this.keys.set(o + K_TOMBSTONE_UNTIL, Math.min(HORIZON, now + this.tombstoneTtl));
  }

  /** The key's lease: a number that changes whenever what was loaded before must not be filled any more. */
  lease(slot: number): number {
    return this.keys.at[(slot << KEY_SHIFT) + K_LEASE]!;
  }

  revoke(slot: number): void {
    this.keys.set((slot << KEY_SHIFT) + K_LEASE, this.lease(slot) + 1);
  }

  /** The pending expiry event of a live entry, or 0. */
  expiryOf(slot: number): number {
    return this.keys.at[(slot << KEY_SHIFT) + K_EXPIRY]!;
  }

  /** Says from when on a hit reloads the entry that is held: where time ends, if that is later. */
  setDue(slot: number, due: number): void {
    this.keys.set((slot << KEY_SHIFT) + K_DUE, Math.min(HORIZON, due));
  }

  /** True where a hit reloads the entry. */
  isDue(slot: number, now: number): boolean {
    return this.refreshAt >= 0 && now >= this.keys.at[(slot << KEY_SHIFT) + K_DUE]!;
  }

  /** Holds a version; the caller has cancelled the old expiry and brings the new one. */
  set(node: number, slot: number, write: number, expiry: number): void {
    const o = slot << KEY_SHIFT;
    if (this.keys.at[o + K_HELD] === 0) {
      this.entries[node]!++;
      this.total++;
      if (this.total > this.peak) this.peak = this.total;
      this.eviction?.insert(node, slot);
    } else this.eviction?.touch(node, slot);
    this.keys.set(o + K_HELD, write + 1);
    this.keys.set(o + K_EXPIRY, expiry);
  }

  drop(node: number, slot: number): void {
    this.eviction?.remove(node, slot);
    this.keys.set((slot << KEY_SHIFT) + K_HELD, 0);
    this.keys.set((slot << KEY_SHIFT) + K_EXPIRY, 0);
    this.entries[node]!--;
    this.total--;
  }

  /** A live entry was asked for. */
  use(node: number, slot: number): void {
    this.eviction?.touch(node, slot);
  }

  /** The entry that gives way next, or -1; it has to be dropped before anything else happens to the node. */
  victim(node: number): number {
    return this.eviction?.victim(node) ?? -1;
  }

  /** The node has lost its memory, and all of its entries were dropped. */
  forget(node: number): void {
    this.eviction?.forget?.(node);
  }

  persist(archive: Archive): void {
    this.total = archive.number('total', this.total);
    this.peak = archive.number('peak', this.peak);
    this.evictions = archive.number('evictions', this.evictions);
    this.expirations = archive.number('expirations', this.expirations);
    this.entries = archive.ints('entries', this.entries, this.nodes);
    this.eviction?.persist(archive);
  }
}
