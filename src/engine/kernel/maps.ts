/**
 * Two exact maps from ints to dense rows, sized by what is in them. Buckets are chains; their heads follow
 * from the rows and are built again on restoring instead of being stored. They never store an
 * object and never lose an entry to a collision.
 */
import { fmix32 } from '../../design/placement.ts';
import type { Archive, Persistent } from './archive.ts';

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
export class KeyIndex implements Persistent {
  /** Rows of 1 << KEY_SHIFT ints by slot. It grows: never keep it across a call of `slotOf`. */
  at: Int32Array<ArrayBuffer>;
  #size = 0;
  #heads: Int32Array<ArrayBuffer>;

  constructor() {
    this.at = new Int32Array(FIRST_CAPACITY << KEY_SHIFT);
    this.#heads = new Int32Array(FIRST_CAPACITY).fill(NONE);
  }

  get size(): number {
    return this.#size;
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
    const heads = this.#heads;
    let slot = heads[key & (heads.length - 1)]!;
    while (slot !== NONE && at[(slot << KEY_SHIFT) + KEY] !== key) slot = at[(slot << KEY_SHIFT) + NEXT_KEY]!;
    return slot;
  }

  keyOf(slot: number): number {
    return this.at[(slot << KEY_SHIFT) + KEY]!;
  }

  persist(archive: Archive): void {
    this.#size = archive.number('size', this.#size);
    const buckets = archive.number('buckets', this.#heads.length);
    this.at = archive.ints('rows', this.at, this.#size << KEY_SHIFT);
    if (!archive.restoring) return;
    if (this.#heads.length !== buckets) this.#heads = new Int32Array(buckets);
    this.#chain();
  }

  #add(key: number): number {
    const slot = this.#size++;
    if (slot << KEY_SHIFT >= this.at.length) this.at = doubled(this.at);
    this.at[(slot << KEY_SHIFT) + KEY] = key;
    if (slot * 2 < this.#heads.length) this.#link(slot);
    else {
      this.#heads = doubled(this.#heads);
      this.#chain();
    }
    return slot;
  }

  /** Builds the chains from the rows, in their order: equal rows have equal chains, however they came about. */
  #chain(): void {
    this.#heads.fill(NONE);
    for (let slot = 0; slot < this.#size; slot++) this.#link(slot);
  }

  #link(slot: number): void {
    const heads = this.#heads;
    const row = slot << KEY_SHIFT;
    const bucket = this.at[row + KEY]! & (heads.length - 1);
    this.at[row + NEXT_KEY] = heads[bucket]!;
    heads[bucket] = slot;
  }
}

// Fields of a pair's row.
const A = 0;
const B = 1;
const VALUE = 2;
const LINK = 3; // the next row of the same bucket
const SHIFT = 2; // 4 ints a row

/** Maps pairs of ints to an int. Rows are dense and keep their number until the next sweep. */
export class PairMap implements Persistent {
  #size = 0;
  #rows: Int32Array<ArrayBuffer>;
  #heads: Int32Array<ArrayBuffer>;

  constructor() {
    this.#rows = new Int32Array(FIRST_CAPACITY << SHIFT);
    this.#heads = new Int32Array(FIRST_CAPACITY).fill(NONE);
  }

  get size(): number {
    return this.#size;
  }

  /** The pair's row, or -1. */
  find(a: number, b: number): number {
    const rows = this.#rows;
    const heads = this.#heads;
    let row = heads[hashOf(a, b) & (heads.length - 1)]!;
    while (row !== NONE) {
      const at = row << SHIFT;
      if (rows[at + A] === a && rows[at + B] === b) break;
      row = rows[at + LINK]!;
    }
    return row;
  }

  /** The pair's row, a new one of value 0 when the pair is absent. */
  put(a: number, b: number): number {
    const row = this.find(a, b);
    return row === NONE ? this.#add(a, b) : row;
  }

  value(row: number): number {
    return this.#rows[(row << SHIFT) + VALUE]!;
  }

  setValue(row: number, value: number): void {
    this.#rows[(row << SHIFT) + VALUE] = value;
  }

  a(row: number): number {
    return this.#rows[(row << SHIFT) + A]!;
  }

  b(row: number): number {
    return this.#rows[(row << SHIFT) + B]!;
  }

  /** Drops every row for which `keep` says false. The rest close ranks in their order: rows are renumbered. */
  sweep(keep: (a: number, b: number, value: number) => boolean): void {
    const rows = this.#rows;
    let kept = 0;
    for (let row = 0; row < this.#size; row++) {
      const from = row << SHIFT;
      if (!keep(rows[from + A]!, rows[from + B]!, rows[from + VALUE]!)) continue;
      rows.copyWithin(kept << SHIFT, from, from + LINK);
      kept++;
    }
    this.#size = kept;
    this.#chain();
  }

  persist(archive: Archive): void {
    this.#size = archive.number('size', this.#size);
    const buckets = archive.number('buckets', this.#heads.length);
    this.#rows = archive.ints('rows', this.#rows, this.#size << SHIFT);
    if (!archive.restoring) return;
    if (this.#heads.length !== buckets) this.#heads = new Int32Array(buckets);
    this.#chain();
  }

  #add(a: number, b: number): number {
    const row = this.#size++;
    const at = row << SHIFT;
    if (at >= this.#rows.length) this.#rows = doubled(this.#rows);
    this.#rows[at + A] = a;
    this.#rows[at + B] = b;
    this.#rows[at + VALUE] = 0;
    if (row * 2 < this.#heads.length) this.#link(row);
    else {
      this.#heads = doubled(this.#heads);
      this.#chain();
    }
    return row;
  }

  /** Builds the chains from the rows, in their order: equal rows have equal chains, however they came about. */
  #chain(): void {
    this.#heads.fill(NONE);
    for (let row = 0; row < this.#size; row++) this.#link(row);
  }

  #link(row: number): void {
    const rows = this.#rows;
    const heads = this.#heads;
    const at = row << SHIFT;
    const bucket = hashOf(rows[at + A]!, rows[at + B]!) & (heads.length - 1);
    rows[at + LINK] = heads[bucket]!;
    heads[bucket] = row;
  }
}

const hashOf = (a: number, b: number) => fmix32(fmix32(a) ^ b);

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
