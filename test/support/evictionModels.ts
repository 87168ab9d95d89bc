/** Evictions written down as slowly and plainly as possible: one node, arrays from the oldest to the newest, no links. */
import type { Design } from '../../src/design/design.ts';

export interface EvictionModel {
  insert(key: number): void;
  touch(key: number): void;
  remove(key: number): void;
  /** Removes who gives way and says who it was; -1 when there is nobody. */
  evict(): number;
  /** Everything is gone. */
  clear(): void;
}

const without = (keys: readonly number[], key: number): number[] => keys.filter((other) => other !== key);

class FifoModel implements EvictionModel {
  protected keys: number[] = [];
  insert(key: number): void {
    this.keys.push(key);
  }
  touch(_key: number): void {
    // Nothing changes.
  }
  remove(key: number): void {
    this.keys = without(this.keys, key);
  }
  evict(): number {
    return this.keys.shift() ?? -1;
  }
  clear(): void {
    this.keys = [];
  }
}

class LruModel extends FifoModel {
  override touch(key: number): void {
    this.remove(key);
    this.insert(key);
  }
}

/** The paper's figure: a hand from the oldest to the newest, then again from the oldest. */
class SieveModel extends FifoModel {
  private readonly visited = new Set<number>();
  private hand: number | undefined;
  override insert(key: number): void {
    super.insert(key);
    this.visited.delete(key);
  }
  override touch(key: number): void {
    this.visited.add(key);
  }
  override remove(key: number): void {
    if (this.hand === key) this.hand = this.keys[this.keys.indexOf(key) + 1];
    super.remove(key);
  }
  override evict(): number {
    for (;;) {
      const key = this.hand ?? this.keys[0];
      if (key === undefined) return -1;
      this.hand = key;
      if (!this.visited.has(key)) {
        this.remove(key);
        return key;
      }
      this.visited.delete(key);
      this.hand = this.keys[this.keys.indexOf(key) + 1];
    }
  }
  override clear(): void {
    super.clear();
    this.hand = undefined;
  }
}

class LfuModel implements EvictionModel {
  private tick = 0;
  private readonly entries = new Map<number, { uses: number; last: number }>();
  insert(key: number): void {
    this.entries.set(key, { uses: 1, last: this.tick++ });
  }
  touch(key: number): void {
    this.entries.set(key, { uses: (this.entries.get(key)?.uses ?? NaN) + 1, last: this.tick++ });
  }
  remove(key: number): void {
    this.entries.delete(key);
  }
  evict(): number {
    const [least] = [...this.entries].sort(([, a], [, b]) => a.uses - b.uses || a.last - b.last);
    if (least === undefined) return -1;
    this.entries.delete(least[0]);
    return least[0];
  }
  clear(): void {
    this.entries.clear();
  }
}

/** Algorithm 1 of the paper, with its parameters: 10 %, 90 %, as many ghosts as the main queue has entries. */
class S3FifoModel implements EvictionModel {
  private small: number[] = [];
  private main: number[] = [];
  private ghosts: number[] = [];
  private readonly uses = new Map<number, number>();
  private readonly smallShare: number;
  private readonly mainShare: number;
  constructor(capacity: number) {
    this.smallShare = Math.floor(0.1 * capacity + 1e-9);
    this.mainShare = capacity - this.smallShare;
  }
  insert(key: number): void {
    this.uses.set(key, 0);
    if (this.ghosts.includes(key)) {
      this.ghosts = without(this.ghosts, key);
      this.main.push(key);
    } else this.small.push(key);
  }
  touch(key: number): void {
    this.uses.set(key, Math.min(3, this.usesOf(key) + 1));
  }
  remove(key: number): void {
    this.small = without(this.small, key);
    this.main = without(this.main, key);
  }
  evict(): number {
    const fromSmall = this.small.length >= this.smallShare || this.main.length === 0;
    return (fromSmall ? this.evictSmall() : undefined) ?? this.evictMain() ?? -1;
  }
  clear(): void {
    this.small = [];
    this.main = [];
    this.ghosts = [];
  }
  private usesOf(key: number): number {
    return this.uses.get(key) ?? NaN;
  }
  private evictSmall(): number | undefined {
    for (let key = this.small.shift(); key !== undefined; key = this.small.shift()) {
      if (this.usesOf(key) <= 1) {
        this.ghosts.push(key);
        if (this.ghosts.length > this.mainShare) this.ghosts.shift();
        return key;
      }
      this.main.push(key);
      this.uses.set(key, 0);
    }
    return undefined;
  }
  private evictMain(): number | undefined {
    for (let key = this.main.shift(); key !== undefined; key = this.main.shift()) {
      if (this.usesOf(key) === 0) return key;
      this.uses.set(key, this.usesOf(key) - 1);
      this.main.push(key);
    }
    return undefined;
  }
}

export type EvictionName = Design['cache']['eviction'];

export const MODELS: Readonly<Record<EvictionName, new (capacity: number) => EvictionModel>> = {
  lru: LruModel,
  fifo: FifoModel,
  sieve: SieveModel,
  's3-fifo': S3FifoModel,
  lfu: LfuModel,
};

export const EVICTION_NAMES: readonly EvictionName[] = ['lru', 'fifo', 'sieve', 's3-fifo', 'lfu'];
