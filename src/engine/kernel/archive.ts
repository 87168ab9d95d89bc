/**
 * Saves the state of a run. A part names its arrays and numbers once, in `persist`, and the same lines record them here or
 * bring them back (`restore.ts`), so that what is saved can never drift from what is restored. It knows nothing of what the
 * state means, and it never hands out an array that a checkpoint still holds.
 *
 * A checkpoint is a stack of layers, each of which holds what changed since the one below it; checkpoints share them. The
 * hashes are a fast multiply-xor mix: they refuse what was damaged or edited by mistake; they are not cryptographic and
 * stop nobody who sets out to forge one.
 */
import { Image, merged, type Changes, type Written } from './changes.ts';
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

/** The state as a run saved it last, to compare the next checkpoint with. It is as large as the state, and goes with its run. */
export class LastSaved {
  layer: Layer | undefined;
  /** In the order of sections: two of them may have one name. */
  #images: Image[] = [];

  /** Is, from now on, the state of a checkpoint: costs nothing where it is that already. */
  moveTo(checkpoint: Checkpoint | undefined): void {
    const newest = checkpoint?.layers.at(-1);
    if (this.layer === newest) return;
    this.layer = newest;
    this.#images = [];
    for (const { sections } of checkpoint?.layers ?? [])
      sections.forEach((section, i) => {
        this.image(i).take(section, intsIn(section.kind, section.length));
      });
  }

  image(section: number): Image {
    return (this.#images[section] ??= new Image());
  }
}

/** Records every part. With `previous`, what did not change is shared with it; `last` remembers it, and then this one. */
export function saveCheckpoint(
  time: number,
  parts: Record<string, Persistent>,
  previous: Checkpoint | undefined,
  last = new LastSaved(),
): Checkpoint {
  last.moveTo(previous);
  const saver = new Saver(last);
  visit(parts, saver);
  last.layer = layerOf(saver.sections);
  return stacked(time, [...(previous?.layers ?? []), last.layer]);
}

/** Checkpoints that follow each other without the one at `index`, which is not the last: its layer becomes part of the next one's. */
export function without(checkpoints: readonly Checkpoint[], index: number): Checkpoint[] {
  const [mine, next] = [checkpoints[index]!.layers[index]!, checkpoints[index + 1]!.layers[index + 1]!];
  const both = layerOf(
    next.sections.map((section, i) => sectionOf(section, merged(mine.sections[i]!, section))),
  );
  return checkpoints
    .toSpliced(index, 1)
    .map((checkpoint, i) =>
      i < index ? checkpoint : stacked(checkpoint.time, checkpoint.layers.toSpliced(index, 2, both)),
    );
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
    if (total > ints.length) throw new RangeError(`${fullName}: ${length} elements of a shorter array`);
    const which = this.sections.length;
    const before = this.#last.layer?.sections[which];
    const changes = this.#last.image(which).differences(ints, total, written);
    // What stays as it is for long is the same section in many layers, and is looked at once.
    const still = before?.pages.length === 0 && changes.pages.length === 0 && before.length === length;
    this.sections.push(still ? before : sectionOf({ name: fullName, kind, length }, changes));
  }
}

function sectionOf(
  { name, kind, length }: Pick<Section, 'name' | 'kind' | 'length'>,
  { pages, masks, ints }: Changes,
): Section {
  const section = { name, kind, length, pages, masks, ints };
  return { ...section, hash: sectionHash(section) };
}

function layerOf(sections: readonly Section[]): Layer {
  let bytes = 0;
  for (const { pages, masks, ints } of sections)
    bytes += pages.byteLength + masks.byteLength + ints.byteLength;
  return { sections, bytes, hash: hashOf(bytes, sections) };
}

const stacked = (time: number, layers: readonly Layer[]): Checkpoint => ({
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
