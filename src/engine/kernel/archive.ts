/**
 * Saves the state of a run and restores it, through one code path: a part names its arrays and numbers once, in
 * `persist`, and the same lines record them or bring them back. Exists so that a run can be resumed from any
 * checkpoint, and so that what is saved can never drift from what is restored. It knows nothing of what the state
 * means, and it never hands out an array that a checkpoint still holds.
 *
 * Arrays are cut in pages. A page that equals the same page of the checkpoint before is shared with it, hash and
 * all. The hashes are a fast multiply-xor mix: they refuse what was damaged or edited by mistake; they are not
 * cryptographic and stop nobody who sets out to forge one.
 */
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import { hashOfPage, Mix } from './mix.ts';

/** Ints in a page: 4 KiB. */
const PAGE = 1024;
/** Neighbouring pages that changed share one buffer, up to so many: to make a buffer costs more than to fill a page. */
const COPIED_TOGETHER = 8;

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

/** One recorded array or number. `length` counts elements; `hashes` has two lanes a page. */
export interface Section {
  /** The part's name, a slash, and the name that the part gave. */
  readonly name: string;
  readonly kind: SectionKind;
  readonly length: number;
  readonly pages: readonly Int32Array<ArrayBuffer>[];
  readonly hashes: Int32Array<ArrayBuffer>;
  readonly hash: string;
}

export interface Checkpoint {
  /** Microseconds. */
  readonly time: number;
  readonly sections: readonly Section[];
  readonly hash: string;
  /** Bytes of pages that are not shared with the checkpoint before. */
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
    const before = this.#previous.get(fullName);
    const count = Math.ceil(total / PAGE);
    const pages = new Array<Int32Array<ArrayBuffer>>(count);
    const hashes = new Int32Array(count * 2);
    for (let i = 0; i < count;) {
      const old = before?.pages[i];
      if (before !== undefined && old !== undefined && samePage(old, ints, i, total)) {
        pages[i] = old;
        hashes[2 * i] = before.hashes[2 * i]!;
        hashes[2 * i + 1] = before.hashes[2 * i + 1]!;
        i++;
        continue;
      }
      let end = i + 1;
      const most = Math.min(count, i + COPIED_TOGETHER);
      while (end < most && !samePage(before?.pages[end], ints, end, total)) end++;
      const copy = ints.slice(i * PAGE, Math.min(total, end * PAGE));
      this.ownBytes += copy.byteLength;
      for (let start = 0; i < end; i++, start += PAGE) {
        const page = copy.subarray(start, start + PAGE);
        pages[i] = page;
        hashOfPage(page, hashes, 2 * i);
      }
    }
    const hash = sectionHash(fullName, kind, length, hashes);
    this.sections.push({ name: fullName, kind, length, pages, hashes, hash });
  }
}

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
    const { length, pages } = this.#take();
    const target = array.length >= length ? array : new Int32Array(powerOfTwoFrom(length));
    fillFrom(pages, target);
    return target;
  }

  floats(_name: string, array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
    const { length, pages } = this.#take();
    const target = array.length >= length ? array : new Float64Array(powerOfTwoFrom(length));
    fillFrom(pages, asInts(target));
    return target;
  }

  number(): number {
    fillFrom(this.#take().pages, asInts(this.#scratch));
    return this.#scratch[0]!;
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
  const lanes = new Int32Array(2);
  for (const { name, kind, length, pages, hashes, hash } of checkpoint.sections) {
    let ints = 0;
    let intact = pages.length * 2 === hashes.length;
    for (let i = 0; i < pages.length && intact; i++) {
      const page = pages[i]!;
      ints += page.length;
      hashOfPage(page, lanes, 0);
      intact = lanes[0] === hashes[2 * i] && lanes[1] === hashes[2 * i + 1];
      intact &&= page.length === PAGE || i === pages.length - 1;
    }
    intact &&= ints === intsIn(kind, length) && hash === sectionHash(name, kind, length, hashes);
    if (!intact) return `the checkpoint was altered: its section "${name}" differs from what was saved`;
  }
  if (checkpoint.hash !== rootHash(checkpoint.time, checkpoint.ownBytes, checkpoint.sections)) {
    return 'the checkpoint was altered: its time, its size, or its list of sections differs from what was saved';
  }
  return undefined;
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
  return new Mix().text(name).text(kind).double(length).ints(hashes).hex();
}

function rootHash(time: number, ownBytes: number, sections: readonly Section[]): string {
  const mix = new Mix().double(time).double(ownBytes).double(sections.length);
  for (const section of sections) mix.text(section.hash);
  return mix.hex();
}

function fillFrom(pages: readonly Int32Array<ArrayBuffer>[], target: Int32Array<ArrayBuffer>): void {
  let at = 0;
  for (const page of pages) {
    target.set(page, at);
    at += page.length;
  }
  target.fill(0, at);
}

/**
 * Whether page `which` of the first `total` ints is the old one. Eight ints a turn: a page that did change mostly differs
 * early, one that did not is read at full speed.
 */
function samePage(page: Int32Array | undefined, ints: Int32Array, which: number, total: number): boolean {
  const start = which * PAGE;
  const length = Math.min(PAGE, total - start);
  if (page?.length !== length) return false;
  let i = 0;
  for (const whole = length & ~7; i < whole; i += 8) {
    const at = start + i;
    const difference =
      (page[i]! ^ ints[at]!) |
      (page[i + 1]! ^ ints[at + 1]!) |
      (page[i + 2]! ^ ints[at + 2]!) |
      (page[i + 3]! ^ ints[at + 3]!) |
      (page[i + 4]! ^ ints[at + 4]!) |
      (page[i + 5]! ^ ints[at + 5]!) |
      (page[i + 6]! ^ ints[at + 6]!) |
      (page[i + 7]! ^ ints[at + 7]!);
    if (difference !== 0) return false;
  }
  for (; i < length; i++) if (page[i] !== ints[start + i]) return false;
  return true;
}

function powerOfTwoFrom(length: number): number {
  let size = 16;
  while (size < length) size *= 2;
  return size;
}
