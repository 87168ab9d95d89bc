/**
 * Cache: what every cache node holds. A key lives on exactly one node, so one table by key serves all of them;
 * each node has its own LRU order and its own capacity. TTL expiry is an event, so that the entries counted are
 * live ones at every instant.
 */
import type { Design } from '../design/design.ts';
import { cacheMemory, ENTRY_OVERHEAD, RESERVED_MEMORY } from '../design/prices.ts';
import { TOMBSTONE_TTL_US } from './limits.ts';
import type { Archive, Persistent } from './kernel/archive.ts';

/** Ints a key. */
const ENTRY = 6;
const HELD = 0; // version held + 1; 0: nothing
const EXPIRY = 1; // wheel event that ends it; 0: none
const NEWER = 2; // towards the most recently used; slot + 1
const OLDER = 3;
const TOMBSTONE = 4; // version of the last fenced invalidation
const TOMBSTONE_UNTIL = 5; // it refuses older versions before this instant

export class Cache implements Persistent {
  readonly ttl: number; // microseconds; 0: entries do not expire
  readonly capacity: number; // entries a node
  readonly entryBytes: number;
  /** Live entries per cache node (from 0), and over all nodes: now, and at most. */
  entries: Int32Array<ArrayBuffer>;
  total = 0;
  peak = 0;
  evictions = 0;
  expirations = 0;
  private at: Int32Array<ArrayBuffer> = new Int32Array(1024 * ENTRY);
  private used = 0;
  private newest: Int32Array<ArrayBuffer>;
  private oldest: Int32Array<ArrayBuffer>;
  private readonly nodes: number;
  private readonly tombstoneTtl: number;

  constructor(design: Design, nodes: number) {
    this.nodes = nodes;
    this.ttl = design.cache.ttl === 'off' ? 0 : design.cache.ttl;
    this.tombstoneTtl = design.cache.ttl === 'off' ? TOMBSTONE_TTL_US : design.cache.ttl;
    this.entryBytes = design.workload.value + ENTRY_OVERHEAD;
    this.capacity = Math.max(1, Math.floor((cacheMemory(design) * (1 - RESERVED_MEMORY)) / this.entryBytes));
    this.entries = new Int32Array(nodes);
    this.newest = new Int32Array(nodes);
    this.oldest = new Int32Array(nodes);
  }

  /** Makes room for a key's row. */
  touch(slot: number): void {
    if (slot < this.used) return;
    this.used = slot + 1;
    if (this.used * ENTRY > this.at.length) {
      const larger = new Int32Array(this.at.length * 2);
      larger.set(this.at);
      this.at = larger;
    }
  }

  /** The version held, or -1. */
  held(slot: number): number {
    return this.at[slot * ENTRY + HELD]! - 1;
  }

  /** The version whose tombstone still refuses older ones, or -1. */
  tombstone(slot: number, now: number): number {
    const o = slot * ENTRY;
    return now < this.at[o + TOMBSTONE_UNTIL]! ? this.at[o + TOMBSTONE]! : -1;
  }

  leaveTombstone(slot: number, write: number, now: number): void {
    this.at[slot * ENTRY + TOMBSTONE] = write;
    this.at[slot * ENTRY + TOMBSTONE_UNTIL] = now + this.tombstoneTtl;
  }

  /** The pending expiry event of a live entry, or 0. */
  expiryOf(slot: number): number {
    return this.at[slot * ENTRY + EXPIRY]!;
  }

  /** Holds a version; the caller has cancelled the old expiry and brings the new one. */
  set(node: number, slot: number, write: number, expiry: number): void {
    const o = slot * ENTRY;
    if (this.at[o + HELD] === 0) {
      this.entries[node]!++;
      this.total++;
      if (this.total > this.peak) this.peak = this.total;
    } else this.unlink(node, slot);
    this.at[o + HELD] = write + 1;
    this.at[o + EXPIRY] = expiry;
    this.link(node, slot);
  }

  drop(node: number, slot: number): void {
    this.unlink(node, slot);
    this.at[slot * ENTRY + HELD] = 0;
    this.at[slot * ENTRY + EXPIRY] = 0;
    this.entries[node]!--;
    this.total--;
  }

  /** Moves a live entry to the young end of its node's order. */
  use(node: number, slot: number): void {
    if (this.newest[node] === slot + 1) return;
    this.unlink(node, slot);
    this.link(node, slot);
  }

  /** The entry that LRU gives up next, or -1. */
  victim(node: number): number {
    return this.oldest[node]! - 1;
  }

  persist(archive: Archive): void {
    this.total = archive.number('total', this.total);
    this.peak = archive.number('peak', this.peak);
    this.evictions = archive.number('evictions', this.evictions);
    this.expirations = archive.number('expirations', this.expirations);
    this.used = archive.number('used', this.used);
    this.at = archive.ints('at', this.at, this.used * ENTRY);
    this.entries = archive.ints('entries', this.entries, this.nodes);
    this.newest = archive.ints('newest', this.newest, this.nodes);
    this.oldest = archive.ints('oldest', this.oldest, this.nodes);
  }

  private link(node: number, slot: number): void {
    const at = this.at;
    const young = this.newest[node]!;
    at[slot * ENTRY + OLDER] = young;
    at[slot * ENTRY + NEWER] = 0;
    if (young !== 0) at[(young - 1) * ENTRY + NEWER] = slot + 1;
    else this.oldest[node] = slot + 1;
    this.newest[node] = slot + 1;
  }

  private unlink(node: number, slot: number): void {
    const at = this.at;
    const newer = at[slot * ENTRY + NEWER]!;
    const older = at[slot * ENTRY + OLDER]!;
    if (newer !== 0) at[(newer - 1) * ENTRY + OLDER] = older;
    else this.newest[node] = older;
    if (older !== 0) at[(older - 1) * ENTRY + NEWER] = newer;
    else this.oldest[node] = newer;
  }
}
