/**
 * Saves the state of a run. A part names its arrays and numbers once, in `persist`, and the same lines record them here or
 * bring them back (`restore.ts`), so that what is saved can never drift from what is restored. It knows nothing of what the
 * state means, and it never hands out an array that a checkpoint still holds.
 *
 * A checkpoint is a stack of layers, each of which holds what changed since the one below it; checkpoints share them. The
 * hashes are a fast multiply-xor mix: they refuse what was damaged or edited by mistake; they are not cryptographic and
 * stop nobody who sets out to forge one.
 */
import { assert } from '../../base/assert.ts';
import { changesOf, Image, type Changes } from './changes.ts';
import { hashOfInts, Mix } from './mix.ts';

export interface Archive {
  /** True while state is being brought back: what is derived from it must then be derived again. */
  readonly restoring: boolean;
  /**
   * Saving: records the first `used` elements. Restoring: returns an array (the given one when it is large enough,
   * else a new one of power-of-two length) that holds the recorded elements, zero beyond them. `written`: what is known of
   * where the array was written to.
   */
  ints(
    name: string,
    array: Int32Array<ArrayBuffer>,
    used: number,
    written?: Written,
  ): Int32Array<ArrayBuffer>;
  floats(name: string, array: Float64Array<ArrayBuffer>, used: number): Float64Array<ArrayBuffer>;
  /** Any double, bit for bit. */
  number(name: string, value: number): number;
}

/** What is known of an array by who writes to it. */
export interface Written {
  /** By page: a bit for each of its ints that was written to since `since` was saved or brought back. */
  masks: Int32Array<ArrayBuffer>;
  /** The layers of that checkpoint. None: none was, and all was zero. */
  since: readonly Layer[];
  /** From here on all is zero. */
  extent: number;
}

export interface Persistent {
  persist(archive: Archive): void;
}

type SectionKind = 'ints' | 'floats' | 'number';

/** What one recorded array or number became. A number is two ints, and so is each element of `floats`. */
export interface Section extends Changes {
  /** The part's name, a slash, and the name that the part gave. */
  readonly name: string;
  readonly kind: SectionKind;
  /** Elements. */
  readonly length: number;
  readonly hash: string;
}

/** What changed from one checkpoint to the next. Checkpoints share it; nobody writes to it. */
export interface Layer {
  readonly sections: readonly Section[];
  readonly bytes: number;
  readonly hash: string;
}

export interface Checkpoint {
  /** Microseconds. */
  readonly time: number;
  /** From the first one, over nothing at all, to its own. */
  readonly layers: readonly Layer[];
  readonly hash: string;
}

/** The state as a run saved it last, to compare the next one with, but for arrays that know where they were written to. */
export class LastSaved {
  #layers: readonly Layer[] = [];
  /** In the order of sections: two of them may have one name. */
  #images: Image[] = [];

  get newest(): Layer | undefined {
    return this.#layers.at(-1);
  }

  /** Is, from now on, the state of a checkpoint with these layers: costs nothing where it is that already. */
  moveTo(layers: readonly Layer[]): void {
    if (this.newest !== layers.at(-1)) this.#images = [];
    this.#layers = layers;
  }

  /** One more layer was saved, and the images went along: all of them now. */
  add(layer: Layer): readonly Layer[] {
    return (this.#layers = [...this.#layers, layer]);
  }

  /** What is kept of one section: it goes along with what is saved. */
  image(section: number): Image {
    return (this.#images[section] ??= this.made(section));
  }

  /** One section anew, from its layers. */
  made(section: number): Image {
    const image = new Image();
    for (const { sections } of this.#layers) {
      const { kind, length } = sections[section]!;
      image.take(sections[section]!, intsIn(kind, length));
    }
    return image;
  }
}

/** Records every part. With `previous`, what did not change is shared with it; `last` remembers it, and then this one. */
export function saveCheckpoint(
  time: number,
  parts: Record<string, Persistent>,
  previous: Checkpoint | undefined,
  last = new LastSaved(),
): Checkpoint {
  last.moveTo(previous?.layers ?? []);
  const saver = new Saver(last);
  visit(parts, saver);
  const layers = last.add(layerOf(saver.sections));
  for (const written of saver.tracked) {
    written.masks.fill(0);
    written.since = layers;
  }
  return stacked(time, layers);
}

/** Has every part name what it holds, in the order in which sections stand. */
export function visit(parts: Record<string, Persistent>, archive: Archive & { part: string }): void {
  for (const [name, part] of Object.entries(parts)) {
    archive.part = name;
    part.persist(archive);
  }
}

const intsIn = (kind: SectionKind, length: number) => (kind === 'ints' ? length : length * 2);
/** The bits of real numbers, two ints each, in the same memory. */
export const asInts = (array: Float64Array<ArrayBuffer>) =>
  new Int32Array(array.buffer, array.byteOffset, array.length * 2);

class Saver implements Archive {
  readonly restoring = false;
  part = '';
  readonly sections: Section[] = [];
  readonly tracked: Written[] = [];
  readonly #last: LastSaved;
  readonly #scratch = new Float64Array(1);

  constructor(last: LastSaved) {
    this.#last = last;
  }

  ints(
    name: string,
    array: Int32Array<ArrayBuffer>,
    used: number,
    written?: Written,
  ): Int32Array<ArrayBuffer> {
    this.#record(name, 'ints', array, used, written);
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

  #record(
    name: string,
    kind: SectionKind,
    ints: Int32Array<ArrayBuffer>,
    length: number,
    written?: Written,
  ): void {
    const total = intsIn(kind, length);
    const fullName = `${this.part}/${name}`;
    assert(total <= ints.length, `${fullName} has ${length} elements`);
    const which = this.sections.length;
    const before = this.#last.newest?.sections[which];
    const changes = this.#changes(which, ints, total, written);
    // What stays as it is for long is the same section in many layers, and is looked at once.
    const still = before?.pages.length === 0 && changes.pages.length === 0 && before.length === length;
    this.sections.push(still ? before : sectionOf({ name: fullName, kind, length }, changes));
  }

  #changes(which: number, ints: Int32Array, length: number, written: Written | undefined): Changes {
    if (written === undefined) return this.#last.image(which).differences(ints, length);
    this.tracked.push(written);
    return written.since.at(-1) === this.#last.newest
      ? changesOf(ints, length, written.masks)
      : this.#last.made(which).differences(ints, length);
  }
}

/** Changes of a named part, under a hash of all of them. */
export function sectionOf(of: Pick<Section, 'name' | 'kind' | 'length'>, changes: Changes): Section {
  const section = { ...of, ...changes };
  return { ...section, hash: sectionHash(section) };
}

/** Sections, the bytes that they take, and a hash of their hashes. */
export function layerOf(sections: readonly Section[]): Layer {
  let bytes = 0;
  for (const { pages, masks, ints } of sections)
    bytes += pages.byteLength + masks.byteLength + ints.byteLength;
  return { sections, bytes, hash: hashOf(bytes, sections) };
}

export const stacked = (time: number, layers: readonly Layer[]): Checkpoint => ({
  time,
  layers,
  hash: hashOf(time, layers),
});

/** The hash of a section's name, kind, length and changes, in hexadecimal digits. */
export function sectionHash({ name, kind, length, pages, masks, ints }: Omit<Section, 'hash'>): string {
  const lanes = new Int32Array(6);
  [pages, masks, ints].forEach((array, i) => {
    hashOfInts(array, 0, array.length, lanes, i * 2);
  });
  return new Mix().text(name).text(kind).double(length).ints(lanes).hex();
}

/** The hash of a number and of the hashes of parts, in their order, in hexadecimal digits. */
export function hashOf(first: number, rest: readonly { readonly hash: string }[]): string {
  const mix = new Mix().double(first).double(rest.length);
  for (const { hash } of rest) mix.text(hash);
  return mix.hex();
}
