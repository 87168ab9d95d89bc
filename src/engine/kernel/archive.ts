/**
 * Saves the state of a run and restores it, through one code path: a part names its arrays and numbers once, in
 * `persist`, and the same lines record them or bring them back. Exists so that a run can be resumed from any
 * checkpoint, and so that what is saved can never drift from what is restored. It knows nothing of what the state
 * means, and it never hands out an array that a checkpoint still holds.
 *
 * A checkpoint is a stack of layers, each of which holds what changed since the one below it; checkpoints share them. The
 * hashes are a fast multiply-xor mix: they refuse what was damaged or edited by mistake; they are not cryptographic and
 * stop nobody who sets out to forge one.
 */
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import { apply, Image, merged, type Changes } from './changes.ts';
import { hashOfInts, Mix } from './mix.ts';

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

/**
 * Brings every part back to what it was when the checkpoint was saved. An altered checkpoint, or one of other
 * parts, is refused with a sentence that names the section which differs, before any part is touched.
 */
export function restoreCheckpoint(checkpoint: Checkpoint, parts: Record<string, Persistent>): Result<void> {
  const flaw = findFlaw(checkpoint) ?? findMismatch(checkpoint, parts);
  if (flaw !== undefined) return err(flaw);
  for (const layer of checkpoint.layers) sound.add(layer);
  visit(parts, new Restorer(checkpoint.layers));
  return ok(undefined);
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
  readonly sections: Section[] = [];
  readonly #last: LastSaved;
  readonly #scratch = new Float64Array(1);

  constructor(last: LastSaved) {
    this.#last = last;
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
    const which = this.sections.length;
    const before = this.#last.layer?.sections[which];
    const changes = this.#last.image(which).differences(ints, total);
    // What stays as it is for long is the same section in many layers, and is looked at once.
    const still = before?.pages.length === 0 && changes.pages.length === 0 && before.length === length;
    this.sections.push(still ? before : sectionOf({ name: fullName, kind, length }, changes));
  }
}

class Restorer implements Archive {
  readonly restoring = true;
  part = '';
  #next = 0;
  readonly #layers: readonly Layer[];
  readonly #scratch = new Float64Array(1);

  constructor(layers: readonly Layer[]) {
    this.#layers = layers;
  }

  ints(_name: string, array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
    const length = this.#length();
    const target = array.length >= length ? array : new Int32Array(powerOfTwoFrom(length));
    this.#fill(target);
    return target;
  }

  floats(_name: string, array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
    const length = this.#length();
    const target = array.length >= length ? array : new Float64Array(powerOfTwoFrom(length));
    this.#fill(asInts(target));
    return target;
  }

  number(): number {
    this.#fill(asInts(this.#scratch));
    const value = this.#scratch[0]!;
    // A field that once held a real number is taken for one from then on, and every use of it asks: ints stay ints.
    return Object.is(value, value | 0) ? value | 0 : value;
  }

  /** Sections come in the order in which they were recorded; `findMismatch` has made sure of it. */
  #length(): number {
    return this.#layers.at(-1)!.sections[this.#next]!.length;
  }

  #fill(target: Int32Array<ArrayBuffer>): void {
    const which = this.#next++;
    target.fill(0);
    for (const { sections } of this.#layers) apply(sections[which]!, target);
  }
}

/** Records nothing but what the parts would ask for, in order. */
class Lister implements Archive {
  readonly restoring = false;
  part = '';
  readonly asked: Pick<Section, 'name' | 'kind'>[] = [];

  ints(name: string, array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
    this.#ask(name, 'ints');
    return array;
  }

  floats(name: string, array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
    this.#ask(name, 'floats');
    return array;
  }

  number(name: string, value: number): number {
    this.#ask(name, 'number');
    return value;
  }

  #ask(name: string, kind: SectionKind): void {
    this.asked.push({ name: `${this.part}/${name}`, kind });
  }
}

/** Layers that were restored before. Nobody writes to one, and a checkpoint late in a run has dozens: each is looked at once. */
const sound = new WeakSet<Layer>();

/**
 * Looks at one layer of a checkpoint that nobody has looked at yet, so that who restores it has less to wait for. False
 * when there is none, or when restoring will refuse it.
 */
export function lookAhead({ layers }: Checkpoint): boolean {
  const next = layers.findIndex((layer) => !sound.has(layer));
  const layer = layers[next];
  if (layer === undefined || flawOf(layer, layers[next - 1]) !== undefined) return false;
  sound.add(layer);
  return true;
}

/** What is wrong with a checkpoint's content, or undefined when every hash is what it should be. */
function findFlaw({ time, layers, hash }: Checkpoint): string | undefined {
  for (const [i, layer] of layers.entries()) {
    const flaw = sound.has(layer) ? undefined : flawOf(layer, layers[i - 1]);
    if (flaw !== undefined) return flaw;
  }
  return hash === hashOf(time, layers) ? undefined : alteration('its time or layers');
}

/** Sections that it shares with the layer below were looked at there. */
function flawOf({ sections, bytes, hash }: Layer, below: Layer | undefined): string | undefined {
  const altered = sections.find(
    (section, which) => section !== below?.sections[which] && section.hash !== sectionHash(section),
  );
  if (altered !== undefined) return alteration(`its section "${altered.name}"`);
  return hash === hashOf(bytes, sections) ? undefined : alteration('a layer');
}

const alteration = (what: string) => `the checkpoint was altered: ${what}`;

/** The first section that the parts ask for and a layer lacks, or the other way round. */
function findMismatch({ layers }: Checkpoint, parts: Record<string, Persistent>): string | undefined {
  const lister = new Lister();
  visit(parts, lister);
  const { asked } = lister;
  for (const { sections } of layers) {
    for (let i = 0; i < Math.max(sections.length, asked.length); i++) {
      const section = sections[i];
      if (section?.name !== asked[i]?.name || section?.kind !== asked[i]?.kind)
        return `the checkpoint is of another world: ${nameOf(section)} where ${nameOf(asked[i])} belongs`;
    }
  }
  return undefined;
}

const nameOf = (section: Pick<Section, 'name' | 'kind'> | undefined) =>
  section === undefined ? 'nothing' : `${section.kind} ${section.name}`;

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

function sectionHash({ name, kind, length, pages, masks, ints }: Omit<Section, 'hash'>): string {
  const lanes = new Int32Array(6);
  [pages, masks, ints].forEach((array, i) => {
    hashOfInts(array, 0, array.length, lanes, i * 2);
  });
  return new Mix().text(name).text(kind).double(length).ints(lanes).hex();
}

function hashOf(first: number, rest: readonly { readonly hash: string }[]): string {
  const mix = new Mix().double(first).double(rest.length);
  for (const { hash } of rest) mix.text(hash);
  return mix.hex();
}

function powerOfTwoFrom(length: number): number {
  let size = 16;
  while (size < length) size *= 2;
  return size;
}
