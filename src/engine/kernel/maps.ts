/**
 * Two exact maps from ints to dense rows, sized by what is in them. They never store an object and never lose an entry to a
 * collision.
 */
import { fmix32 } from '../../design/placement.ts';
import type { Archive, Persistent } from './archive.ts';
import { grown, powerOfTwoFrom } from './grown.ts';
import { TrackedInts, type ReadonlyInts } from './tracked.ts';

const NONE = -1;
const FIRST_CAPACITY = 1024;

/** Ints a key's row, as a shift: one row is one cache line. */
export const KEY_SHIFT = 4;
const KEY = 0;
const NEXT_KEY = 1; // slot of the next key of the same bucket
/** The first column that belongs to whoever describes the key. */
export const FREE_COLUMN = 2;

/**
 * Gives every key that it is shown a dense slot, in order of first touch, and a row of ints in which the parts that
 * know something of the key keep it side by side. Keys are ints, 0 <= key < 2^31.
 */
export class KeyIndex extends TrackedInts implements Persistent {
  #size = 0;
  /** A power of two. */
  #buckets: number;
  /** By bucket: the slot of its first key + 1; 0: it has none. */
  readonly #heads: TrackedInts;

  /** Rows of 1 << KEY_SHIFT ints by slot, which grow with `slotOf`; `keys`: how many to make room for, at least one. */
  constructor(keys = 1) {
    super(keys << KEY_SHIFT);
    this.#buckets = powerOfTwoFrom(2 * keys);
    this.#heads = new TrackedInts(this.#buckets);
    this.#heads.extend(this.#buckets);
  }

  get size(): number {
    return this.#size;
  }

  /** Keys that there is room for already. */
  get room(): number {
    return this.at.length >> KEY_SHIFT;
  }

  /** The key's slot, a new one with a row of zeros when the key is new. */
  slotOf(key: number): number {
    const slot = this.find(key);
    return slot === NONE ? this.#add(key) : slot;
  }

  /**
   * The key's slot, or -1. A key's bucket is its own low bits: the most asked-for keys are the smallest numbers, and
   * so have neighbouring buckets, which stay in the processor's cache.
   */
  find(key: number): number {
    const at = this.at;
    let slot = this.#heads.at[key & (this.#buckets - 1)]! - 1;
    while (slot !== NONE && at[(slot << KEY_SHIFT) + KEY] !== key) slot = at[(slot << KEY_SHIFT) + NEXT_KEY]!;
    return slot;
  }

  /**
   * Asks for the memory that `slotOf` will look at, for several keys: it comes side by side, where each lookup would wait
   * for its own. What is returned means nothing; it is there so that no compiler leaves the reading out.
   */
  prefetch(keys: ReadonlyInts, first: number, count: number): number {
    const { at } = this;
    const heads = this.#heads.at;
    const mask = this.#buckets - 1;
    let read = 0;
    for (let i = first; i < first + count; i++) read ^= heads[keys[i]! & mask]!;
    for (let i = first; i < first + count; i++) {
      const slot = Math.max(0, heads[keys[i]! & mask]! - 1);
      read ^= at[(slot << KEY_SHIFT) + KEY]!;
    }
    return read;
  }

  keyOf(slot: number): number {
    return this.at[(slot << KEY_SHIFT) + KEY]!;
  }

  persist(archive: Archive): void {
    this.#size = archive.number('size', this.#size);
    this.#buckets = archive.number('buckets', this.#buckets);
    this.persistInts(archive, 'rows');
    this.#heads.persistInts(archive, 'heads');
  }

  #add(key: number): number {
    if (this.#size * 2 >= this.#buckets) this.#double();
    const slot = this.#size++;
    this.extend((slot + 1) << KEY_SHIFT);
    this.set((slot << KEY_SHIFT) + KEY, key);
    this.#link(slot);
    return slot;
  }

  /** As many buckets again, and chains built from the rows in their order: equal rows have equal chains. */
  #double(): void {
    for (let bucket = 0; bucket < this.#buckets; bucket++) this.#heads.set(bucket, 0);
    this.#heads.extend((this.#buckets *= 2));
    for (let slot = 0; slot < this.#size; slot++) this.#link(slot);
  }

  #link(slot: number): void {
    const row = slot << KEY_SHIFT;
    const bucket = this.at[row + KEY]! & (this.#buckets - 1);
    const next = this.#heads.at[bucket]! - 1;
    if (this.at[row + NEXT_KEY] !== next) this.set(row + NEXT_KEY, next);
    this.#heads.set(bucket, slot + 1);
  }
}

// Fields of a pair's row.
const A = 0;
const B = 1;
const VALUE = 2;
const PAIR = 3; // ints a row

// Places of the index: 0, or a row's number + 1 below a few bits of its pair's hash, which nearly always tell a stranger
// without a look at his row.
const ROW_BITS = 24;
const ROW = (1 << ROW_BITS) - 1;

/** Maps pairs of ints to an int. Rows are dense and keep their number until the next sweep. */
export class PairMap implements Persistent {
  #size = 0;
  #rows: Int32Array<ArrayBuffer>;
  /** Open addressing, at most three quarters full: a pair that is absent costs one line of memory. */
  #index: Int32Array<ArrayBuffer>;

  constructor() {
    this.#rows = new Int32Array(FIRST_CAPACITY * PAIR);
    this.#index = new Int32Array(FIRST_CAPACITY);
  }

  get size(): number {
    return this.#size;
  }

  /** The pair's row, or -1. */
  find(a: number, b: number): number {
    return this.#lookUp(a, b, hashOf(a, b));
  }

  /** The pair's row, a new one of value 0 when the pair is absent. */
  put(a: number, b: number): number {
    const hash = hashOf(a, b);
    const row = this.#lookUp(a, b, hash);
    return row === NONE ? this.#add(a, b, hash) : row;
  }

  /** Asks for the memory that `find` will look at first; see KeyIndex. */
  prefetch(a: number, b: number): number {
    return this.#index[hashOf(a, b) & (this.#index.length - 1)]!;
  }

  value(row: number): number {
    return this.#rows[row * PAIR + VALUE]!;
  }

  setValue(row: number, value: number): void {
    this.#rows[row * PAIR + VALUE] = value;
  }

  /** Drops every row for which `keep` says false. The rest close ranks in their order: rows are renumbered. */
  sweep(keep: (a: number, b: number, value: number) => boolean): void {
    const rows = this.#rows;
    let kept = 0;
    for (let row = 0; row < this.#size; row++) {
      const from = row * PAIR;
      if (!keep(rows[from + A]!, rows[from + B]!, rows[from + VALUE]!)) continue;
      rows.copyWithin(kept * PAIR, from, from + PAIR);
      kept++;
    }
    this.#size = kept;
    this.#reindex();
  }

  persist(archive: Archive): void {
    this.#size = archive.number('size', this.#size);
    const places = archive.number('places', this.#index.length);
    this.#rows = archive.ints('rows', this.#rows, this.#size * PAIR);
    if (!archive.restoring) return;
    if (this.#index.length !== places) this.#index = new Int32Array(places);
    this.#reindex();
  }

  #lookUp(a: number, b: number, hash: number): number {
    const rows = this.#rows;
    const index = this.#index;
    const mask = index.length - 1;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const entry = index[place]!;
      if (entry === 0) return NONE;
      if (((entry ^ hash) & ~ROW) !== 0) continue;
      const row = (entry & ROW) - 1;
      if (rows[row * PAIR + A] === a && rows[row * PAIR + B] === b) return row;
    }
  }

  #add(a: number, b: number, hash: number): number {
    const row = this.#size++;
    if (row >= ROW) throw new RangeError(`a map of more than ${ROW} pairs`);
    this.#rows = grown(this.#rows, this.#size * PAIR);
    this.#rows[row * PAIR + A] = a;
    this.#rows[row * PAIR + B] = b;
    this.#rows[row * PAIR + VALUE] = 0;
    if (this.#size * 4 <= this.#index.length * 3) this.#enter(row, hash);
    else {
      this.#index = new Int32Array(this.#index.length * 2);
      this.#reindex();
    }
    return row;
  }

  #reindex(): void {
    this.#index.fill(0);
    for (let row = 0; row < this.#size; row++)
      this.#enter(row, hashOf(this.#rows[row * PAIR + A]!, this.#rows[row * PAIR + B]!));
  }

  #enter(row: number, hash: number): void {
    const index = this.#index;
    const mask = index.length - 1;
    let place = hash & mask;
    while (index[place] !== 0) place = (place + 1) & mask;
    index[place] = (hash & ~ROW) | (row + 1);
  }
}

/** Its lower bits choose the place, its upper ones stand there. */
const hashOf = (a: number, b: number): number => fmix32(Math.imul(a, 0x9e3779b1) ^ b) | 0;
