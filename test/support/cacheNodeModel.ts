/**
 * One cache node, written down as plainly as possible: maps of entries, tombstones and leases, and a list of the loads
 * that are under way. It is told what is served, and says what must come of it.
 */
import type { Design } from '../../src/design/design.ts';
import { MODELS, type EvictionModel } from './evictionModels.ts';

/** What the node does: to which key, and with which version where that is to be looked at. */
export interface Deed {
  readonly what: string;
  readonly key: number;
  readonly version?: number;
}

interface Entry {
  version: number;
  /** Microseconds; when it ends, and from when on a hit reloads it. NaN until its life is known. */
  until: number;
  due: number;
}

interface Load {
  readonly key: number;
  operation: number;
  since: number;
  lease: number;
}

/** A minute: what a tombstone lives where entries do so for ever. */
const TOMBSTONE_US = 60_000_000;

export class CacheNodeModel {
  readonly counts = { led: 0, joined: 0, takenOver: 0, reloads: 0, spared: 0 };
  private readonly design: Design;
  private readonly capacity: number;
  private readonly order: EvictionModel;
  private readonly entries = new Map<number, Entry>();
  private readonly tombstones = new Map<number, { version: number; until: number }>();
  private readonly leases = new Map<number, number>();
  private loads: Load[] = [];
  /** Flushes raise the lease of every key. */
  private cleared = 0;
  /** Whether a version is older by its PUT's arrival at the app. */
  private readonly isOlder: (key: number, version: number, than: number) => boolean;

  constructor(design: Design, isOlder: CacheNodeModel['isOlder']) {
    const { memory } = design.cache;
    if (memory === undefined) throw new Error('the memory is given');
    this.design = design;
    // A quarter is reserved, and each entry costs 64 bytes beside its value.
    this.capacity = Math.max(1, Math.floor((memory * 0.75) / (design.workload.value + 64)));
    this.order = new MODELS[design.cache.eviction](this.capacity);
    this.isOlder = isOlder;
  }

  /** The lease that a miss, or a reload, is given. */
  lease(key: number): number {
    return (this.leases.get(key) ?? 0) + this.cleared;
  }

  /** A GET is served: what is found, and whether the node asks the store for the key. */
  lookUp(key: number, operation: number, now: number): { readonly deed: Deed; readonly loads: boolean } {
    const entry = this.entries.get(key);
    const { policy, cache } = this.design;
    const readsThrough = policy !== 'look-aside' && policy !== 'write-through-aside';
    if (entry === undefined) {
      const leads = readsThrough && (!cache.singleFlight || this.leads(key, operation, now, 'joined'));
      if (leads) this.counts.led++;
      return { deed: { what: 'miss', key }, loads: leads };
    }
    this.order.touch(key);
    const isDue = policy === 'refresh-ahead' && now >= entry.due;
    const loads = isDue && this.leads(key, operation, now, 'spared');
    if (loads) this.counts.reloads++;
    return { deed: { what: 'hit', key, version: entry.version }, loads };
  }

  /** A PUT is served: whatever was loaded before must not be filled any more. */
  put(key: number, version: number, now: number): Deed[] {
    this.revoke(key);
    return this.apply(key, version, now);
  }

  /** A fill is served; its lease is the one that its miss was given, and nobody asks for it where leases are no fence. */
  fill(key: number, version: number, operation: number, lease: number, now: number): Deed[] {
    this.loads = this.loads.filter((load) => load.key !== key || load.operation !== operation);
    const isRevoked = this.design.cache.fencing === 'lease' && lease !== this.lease(key);
    return isRevoked ? [{ what: 'refuse', key }] : this.apply(key, version, now);
  }

  invalidate(key: number, version: number, now: number): Deed[] {
    this.revoke(key);
    const deeds: Deed[] = [];
    const entry = this.entries.get(key);
    let stays = entry === undefined;
    if (this.design.cache.fencing === 'version') {
      const standing = this.tombstoneOf(key, now);
      if (standing === undefined || !this.isOlder(key, version, standing)) {
        const { ttl } = this.design.cache;
        this.tombstones.set(key, { version, until: now + (ttl === 'off' ? TOMBSTONE_US : ttl) });
        deeds.push({ what: 'bury', key, version });
      }
      stays ||= entry !== undefined && !this.isOlder(key, entry.version, version);
    }
    if (stays) return deeds;
    this.drop(key);
    return [...deeds, { what: 'remove', key }];
  }

  /** How long the entry lives that was applied now, microseconds; 0: for ever. */
  lives(key: number, life: number, now: number): void {
    const entry = this.entries.get(key);
    if (entry === undefined) return;
    entry.until = life === 0 ? Infinity : now + life;
    entry.due = life === 0 ? Infinity : now + Math.round(life * this.design.cache.refreshAt);
  }

  /** True where the entry's end is now. */
  ends(key: number, now: number): boolean {
    const isDue = this.entries.get(key)?.until === now;
    this.drop(key);
    return isDue;
  }

  /** Nothing has outlived its time. */
  isPunctual(key: number, now: number): boolean {
    return !((this.entries.get(key)?.until ?? Infinity) < now);
  }

  flush(): void {
    this.entries.clear();
    this.order.clear();
    this.tombstones.clear();
    this.cleared++;
  }

  private apply(key: number, version: number, now: number): Deed[] {
    const entry = this.entries.get(key);
    if (this.design.cache.fencing === 'version') {
      const fences = [entry?.version, this.tombstoneOf(key, now)];
      if (fences.some((newer) => newer !== undefined && this.isOlder(key, version, newer)))
        return [{ what: 'refuse', key }];
    }
    const deeds: Deed[] = [];
    if (entry === undefined) {
      if (this.entries.size >= this.capacity) {
        const victim = this.order.evict();
        this.entries.delete(victim);
        deeds.push({ what: 'evict', key: victim });
      }
      this.order.insert(key);
    } else this.order.touch(key);
    this.entries.set(key, { version, until: NaN, due: NaN });
    return [...deeds, { what: 'apply', key, version }];
  }

  /** Whether it leads a load: unless there is one of its lease that is younger than the client's timeout. */
  private leads(key: number, operation: number, now: number, otherwise: 'joined' | 'spared'): boolean {
    const lease = this.lease(key);
    const ofKey = this.loads.filter((load) => load.key === key);
    const isOld = ({ since }: Load): boolean => now - since >= this.design.client.timeout;
    if (ofKey.some((load) => load.lease === lease && !isOld(load))) {
      this.counts[otherwise]++;
      return false;
    }
    const old = ofKey.filter(isOld);
    const taken = old.find((load) => load.lease === lease) ?? old[0];
    if (taken !== undefined) {
      this.counts.takenOver++;
      Object.assign(taken, { operation, since: now, lease });
    } else this.loads.push({ key, operation, since: now, lease });
    return true;
  }

  private tombstoneOf(key: number, now: number): number | undefined {
    const tombstone = this.tombstones.get(key);
    return tombstone !== undefined && now < tombstone.until ? tombstone.version : undefined;
  }

  private revoke(key: number): void {
    this.leases.set(key, (this.leases.get(key) ?? 0) + 1);
  }

  private drop(key: number): void {
    if (this.entries.delete(key)) this.order.remove(key);
  }
}
