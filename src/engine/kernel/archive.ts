/**
 * Saves the state of a run and restores it, through one code path: a part names its arrays and numbers once, in
 * `persist`, and the same lines record them or bring them back. Exists so that a run can be resumed from any
 * checkpoint, and so that what is saved can never drift from what is restored. It knows nothing of what the state
 * means, and it never hands out an array that a checkpoint still holds.
 *
 * Arrays are cut in small pages, since a run changes a few keys in every corner. A checkpoint holds in one chunk an
 * array the pages that changed since the checkpoint before, and refers to the older chunks for the others. The hashes
 * are a fast multiply-xor mix: they refuse what was damaged or edited by mistake; they are not cryptographic and stop
 * nobody who sets out to forge one.
 */
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import { hashOfInts, Mix } from './mix.ts';

/** Ints in a page: 128 bytes, two rows of the key index. The last one of an array is filled up with zeros. */
const PAGE = 32;
/** Where a page lies: the chunk's number in the upper bits, the page's place in it in the lower ones. */
const PLACE_BITS = 23;
const PLACE = (1 << PLACE_BITS) - 1;
const CHUNKS = 1 << (32 - PLACE_BITS);

export interface Archive {
  /** True while state is being brought back: what is derived from it must then be derived again. */
  readonly restoring: boolean;
  /**
   * Saving: records the first `used` elements. Restoring: returns an array (the given one when it is large enough,
   * else a new one of power-of-two length) that holds the recorded elements, zero beyond them.
   */
  ints(name: string, array: Int32Array<ArrayBuffer>, used: number): Int32Array<ArrayBuffer>;
  floats(name: string, array: Float64Array<ArrayBuffer>, used: number): Float64Array<ArrayBuffer>;
  /** Any double, bit for bit. */
  number(name: string, value: number): number;
}

export interface Persistent {
  persist(archive: Archive): void;
}

type SectionKind = 'ints' | 'floats' | 'number';

/** Pages that changed together. Checkpoints share it; nobody writes to it. */
export interface Chunk {
  readonly ints: Int32Array<ArrayBuffer>;
  /** Two lanes a page. */
  readonly hashes: Int32Array<ArrayBuffer>;
}

/** One recorded array or number. `length` counts elements. */
export interface Section {
  /** The part's name, a slash, and the name that the part gave. */
  readonly name: string;
  readonly kind: SectionKind;
  readonly length: number;
  /** Those that hold a page of this section, oldest first. */
  readonly chunks: readonly Chunk[];
  /** Page by page. */
  readonly where: Int32Array<ArrayBuffer>;
  /** Of all pages: the same whichever chunks they lie in. */
  readonly hash: string;
}

export interface Checkpoint {
  /** Microseconds. */
  readonly time: number;
  readonly sections: readonly Section[];
  readonly hash: string;
  /** Bytes that are not shared with the checkpoint before. */
  readonly ownBytes: number;
}

/** Records every part. With `previous`, pages that did not change are shared with it. */
export function saveCheckpoint(
  time: number,
  parts: Record<string, Persistent>,
  previous: Checkpoint | undefined,
): Checkpoint {
  const saver = new Saver(previous);
  visit(parts, saver);
  const { sections, ownBytes } = saver;
  return { time, sections, ownBytes, hash: rootHash(time, ownBytes, sections) };
}

/**
 * Brings every part back to what it was when the checkpoint was saved. An altered checkpoint, or one of other
 * parts, is refused with a sentence that names the section which differs, before any part is touched.
 */
export function restoreCheckpoint(checkpoint: Checkpoint, parts: Record<string, Persistent>): Result<void> {
  const flaw = findFlaw(checkpoint) ?? findMismatch(checkpoint.sections, parts);
  if (flaw !== undefined) return err(flaw);
  visit(parts, new Restorer(checkpoint.sections));
  return ok(undefined);
}

function visit(parts: Record<string, Persistent>, archive: Archive & { part: string }): void {
  for (const [name, part] of Object.entries(parts)) {
    archive.part = name;
    part.persist(archive);
  }
}

const intsIn = (kind: SectionKind, length: number) => (kind === 'ints' ? length : length * 2);
const asInts = (array: Float64Array<ArrayBuffer>) =>
  new Int32Array(array.buffer, array.byteOffset, array.length * 2);

class Saver implements Archive {
  readonly restoring = false;
  part = '';
  ownBytes = 0;
  readonly sections: Section[] = [];
  readonly #previous: Map<string, Section>;
  readonly #scratch = new Float64Array(1);

  constructor(previous: Checkpoint | undefined) {
    this.#previous = new Map(previous?.sections.map((section) => [section.name, section]));
  }

  ints(name: string, array: Int32Array<ArrayBuffer>, used: number): Int32Array<ArrayBuffer> {
    this.#record(name, 'ints', array, used);
    return array;
  }

  floats(name: string, array: Float64Array<ArrayBuffer>, used: number): Float64Array<ArrayBuffer> {
    this.#record(name, 'floats', asInts(array), used);
    return array;
  }

  number(name: string, value: number): number {
    this.#scratch[0] = value;
    this.#record(name, 'number', asInts(this.#scratch), 1);
    return value;
  }

  #record(name: string, kind: SectionKind, ints: Int32Array<ArrayBuffer>, length: number): void {
    const total = intsIn(kind, length);
    const fullName = `${this.part}/${name}`;
    if (total > ints.length) throw new RangeError(`${fullName}: ${length} elements of a shorter array`);
    const { chunks, where, own } = chunksOf(ints, total, this.#previous.get(fullName));
    this.ownBytes += where.byteLength + own;
    this.sections.push({
      name: fullName,
      kind,
      length,
      chunks,
      where,
      hash: sectionHash(fullName, kind, length, pageHashes(chunks, where)),
    });
  }
}

/** Finds the pages that changed, copies them into a chunk of their own, and refers to the old chunks for the others. */
function chunksOf(
  ints: Int32Array<ArrayBuffer>,
  total: number,
  previous: Section | undefined,
): { chunks: Chunk[]; where: Int32Array<ArrayBuffer>; own: number } {
  const before = previous !== undefined && previous.chunks.length < CHUNKS ? previous : undefined;
  const where = new Int32Array(Math.ceil(total / PAGE));
  const used = new Uint8Array(CHUNKS);
  let changed = 0;
  for (let i = 0; i < where.length; i++) {
    const old = before !== undefined && i < before.where.length ? before.where[i]! : -1;
    const chunk = old >>> PLACE_BITS;
    if (before === undefined || old === -1 || !samePage(before.chunks[chunk]!, old & PLACE, ints, i, total)) {
      where[i] = -1;
      changed++;
    } else {
      where[i] = old;
      used[chunk] = 1;
    }
  }
  const chunks = before === undefined ? [] : before.chunks.filter((_, i) => used[i] === 1);
  // Chunks that nobody refers to any more are left behind, and the others close ranks.
  const rank = new Int32Array(CHUNKS);
  for (let i = 0, next = 0; i < CHUNKS; i++) if (used[i] === 1) rank[i] = next++;
  const own = changed === 0 ? undefined : newChunk(changed);
  if (own !== undefined) chunks.push(own);
  for (let i = 0, place = 0; i < where.length; i++) {
    const old = where[i]!;
    if (old !== -1) where[i] = (rank[old >>> PLACE_BITS]! << PLACE_BITS) | (old & PLACE);
    else if (own !== undefined) {
      copyPage(ints, i * PAGE, Math.min(total, (i + 1) * PAGE), own.ints, place * PAGE);
      hashOfInts(own.ints, place * PAGE, PAGE, own.hashes, place * 2);
      where[i] = ((chunks.length - 1) << PLACE_BITS) | place++;
    }
  }
  return { chunks, where, own: own === undefined ? 0 : own.ints.byteLength + own.hashes.byteLength };
}

const newChunk = (pages: number): Chunk => ({
  ints: new Int32Array(pages * PAGE),
  hashes: new Int32Array(pages * 2),
});

class Restorer implements Archive {
  readonly restoring = true;
  part = '';
  #next = 0;
  readonly #sections: readonly Section[];
  readonly #scratch = new Float64Array(1);

  constructor(sections: readonly Section[]) {
    this.#sections = sections;
  }

  ints(_name: string, array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
    const section = this.#take();
    const { length } = section;
    const target = array.length >= length ? array : new Int32Array(powerOfTwoFrom(length));
    fillFrom(section, target);
    return target;
  }

  floats(_name: string, array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
    const section = this.#take();
    const { length } = section;
    const target = array.length >= length ? array : new Float64Array(powerOfTwoFrom(length));
    fillFrom(section, asInts(target));
    return target;
  }

  number(): number {
    fillFrom(this.#take(), asInts(this.#scratch));
    const value = this.#scratch[0]!;
    // A field that once held a real number is taken for one from then on, and every use of it asks: ints stay ints.
    return Object.is(value, value | 0) ? value | 0 : value;
  }

  /** Sections come in the order in which they were recorded; `findMismatch` has made sure of it. */
  #take(): Section {
    const section = this.#sections[this.#next++];
    if (section === undefined) throw new Error('a part asks for more than was recorded');
    return section;
  }
}

/** Records nothing but what the parts would ask for, in order. */
class Lister implements Archive {
  readonly restoring = false;
  part = '';
  readonly asked: string[] = [];

  ints(name: string, array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
    this.asked.push(`ints ${this.part}/${name}`);
    return array;
  }

  floats(name: string, array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
    this.asked.push(`floats ${this.part}/${name}`);
    return array;
  }

  number(name: string, value: number): number {
    this.asked.push(`number ${this.part}/${name}`);
    return value;
  }
}

/** What is wrong with a checkpoint's content, or undefined when every hash is what it should be. */
function findFlaw(checkpoint: Checkpoint): string | undefined {
  for (const section of checkpoint.sections) {
    if (!isIntact(section))
      return `the checkpoint was altered: its section "${section.name}" differs from what was saved`;
  }
  if (checkpoint.hash !== rootHash(checkpoint.time, checkpoint.ownBytes, checkpoint.sections)) {
    return 'the checkpoint was altered: its time, its size, or its list of sections differs from what was saved';
  }
  return undefined;
}

function isIntact({ name, kind, length, chunks, where, hash }: Section): boolean {
  if (where.length !== Math.ceil(intsIn(kind, length) / PAGE)) return false;
  const lanes = new Int32Array(2);
  for (const { ints, hashes } of chunks) if (ints.length * 2 !== hashes.length * PAGE) return false;
  for (let i = 0; i < where.length; i++) {
    const place = where[i]! & PLACE;
    const chunk = chunks[where[i]! >>> PLACE_BITS];
    if (chunk === undefined || place * 2 >= chunk.hashes.length) return false;
    hashOfInts(chunk.ints, place * PAGE, PAGE, lanes, 0);
    if (lanes[0] !== chunk.hashes[place * 2] || lanes[1] !== chunk.hashes[place * 2 + 1]) return false;
  }
  return hash === sectionHash(name, kind, length, pageHashes(chunks, where));
}

/** The hashes of all pages of a section, in order. */
function pageHashes(chunks: readonly Chunk[], where: Int32Array): Int32Array {
  const hashes = new Int32Array(where.length * 2);
  for (let i = 0; i < where.length; i++) {
    const from = chunks[where[i]! >>> PLACE_BITS]!.hashes;
    const place = (where[i]! & PLACE) * 2;
    hashes[i * 2] = from[place]!;
    hashes[i * 2 + 1] = from[place + 1]!;
  }
  return hashes;
}

/** The first section that the parts ask for and the checkpoint lacks, or the other way round. */
function findMismatch(sections: readonly Section[], parts: Record<string, Persistent>): string | undefined {
  const lister = new Lister();
  visit(parts, lister);
  for (let i = 0; i < Math.max(sections.length, lister.asked.length); i++) {
    const section = sections[i];
    const asked = lister.asked[i];
    const recorded = section && `${section.kind} ${section.name}`;
    if (asked !== recorded) {
      return `the checkpoint is of another world: it has ${recorded ?? 'nothing'} where ${asked ?? 'nothing'} belongs`;
    }
  }
  return undefined;
}

function sectionHash(name: string, kind: SectionKind, length: number, hashes: Int32Array): string {
  const lanes = new Int32Array(2);
  hashOfInts(hashes, 0, hashes.length, lanes, 0);
  return new Mix().text(name).text(kind).double(length).ints(lanes).hex();
}

function rootHash(time: number, ownBytes: number, sections: readonly Section[]): string {
  const mix = new Mix().double(time).double(ownBytes).double(sections.length);
  for (const section of sections) mix.text(section.hash);
  return mix.hex();
}

/** Zero beyond what was recorded. */
function fillFrom({ kind, length, chunks, where }: Section, target: Int32Array<ArrayBuffer>): void {
  const total = intsIn(kind, length);
  for (let i = 0; i < where.length; i++) {
    const { ints } = chunks[where[i]! >>> PLACE_BITS]!;
    const from = (where[i]! & PLACE) * PAGE;
    copyPage(ints, from, from + Math.min(PAGE, total - i * PAGE), target, i * PAGE);
  }
  target.fill(0, total);
}

/** By hand: a page is too short for a view of it to pay. */
function copyPage(from: Int32Array, start: number, end: number, to: Int32Array, at: number): void {
  for (let i = start, j = at; i < end; i++, j++) to[j] = from[i]!;
}

/** Whether page `which` of the first `total` ints is the one at `place`. Eight ints a turn, without a branch between them. */
function samePage(
  { ints: old }: Chunk,
  place: number,
  ints: Int32Array,
  which: number,
  total: number,
): boolean {
  const base = place * PAGE;
  const start = which * PAGE;
  if (start + PAGE > total) return sameRest(old, base, ints, start, total);
  for (let i = 0; i < PAGE; i += 8) {
    const a = base + i;
    const b = start + i;
    const difference =
      (old[a]! ^ ints[b]!) |
      (old[a + 1]! ^ ints[b + 1]!) |
      (old[a + 2]! ^ ints[b + 2]!) |
      (old[a + 3]! ^ ints[b + 3]!) |
      (old[a + 4]! ^ ints[b + 4]!) |
      (old[a + 5]! ^ ints[b + 5]!) |
      (old[a + 6]! ^ ints[b + 6]!) |
      (old[a + 7]! ^ ints[b + 7]!);
    if (difference !== 0) return false;
  }
  return true;
}

/** The last page: what is beyond the recorded ints counts as zero. */
function sameRest(old: Int32Array, base: number, ints: Int32Array, start: number, total: number): boolean {
  for (let i = 0; i < PAGE; i++)
    if (old[base + i] !== (start + i < total ? ints[start + i] : 0)) return false;
  return true;
}

function powerOfTwoFrom(length: number): number {
  let size = 16;
  while (size < length) size *= 2;
  return size;
}
