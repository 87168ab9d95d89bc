/**
 * Brings a run back to what it was when a checkpoint was saved, through the lines that recorded it (`archive.ts`). Every hash
 * is looked at before anything is touched. It stands apart from saving, since a first run needs none of it.
 */
import { err, ok, type Result } from '../../base/result.ts';
import {
  asInts,
  hashOf,
  sectionHash,
  visit,
  type Archive,
  type Checkpoint,
  type Layer,
  type Persistent,
  type Section,
  type Written,
} from './archive.ts';
import { pagesOf } from './changes.ts';
import { powerOfTwoFrom } from './grown.ts';
import { Unstacker } from './unstack.ts';

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

/** For all that is brought back: its memory is used again. */
const unstacker = new Unstacker();

class Restorer implements Archive {
  readonly restoring = true;
  part = '';
  #next = 0;
  readonly #layers: readonly Layer[];
  readonly #scratch = new Float64Array(1);

  constructor(layers: readonly Layer[]) {
    this.#layers = layers;
  }

  ints(
    _name: string,
    array: Int32Array<ArrayBuffer>,
    _used: number,
    written?: Written,
  ): Int32Array<ArrayBuffer> {
    const stack = this.#stack();
    const { length } = stack.at(-1)!;
    if (array.length < length) {
      const larger = new Int32Array(powerOfTwoFrom(length));
      unstacker.apply(stack, larger, length);
      if (written !== undefined) this.#isAs(written, length, new Int32Array(pagesOf(larger)));
      return larger;
    }
    if (written === undefined) rebuild(array, array.length, stack, length);
    else this.#bringBack(array, written, stack, length);
    return array;
  }

  floats(_name: string, array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
    const stack = this.#stack();
    const { length } = stack.at(-1)!;
    const target = array.length >= length ? array : new Float64Array(powerOfTwoFrom(length));
    rebuild(asInts(target), 2 * target.length, stack, 2 * length);
    return target;
  }

  number(): number {
    rebuild(asInts(this.#scratch), 2, this.#stack(), 2);
    const value = this.#scratch[0]!;
    // A field that once held a real number is taken for one from then on, and every use of it asks: ints stay ints.
    return Object.is(value, value | 0) ? value | 0 : value;
  }

  /**
   * Sections come in the order in which they were recorded: what all layers say of the next one. There is at least one
   * layer; `findFlaw` and `findMismatch` have made sure of both.
   */
  #stack(): Section[] {
    const which = this.#next++;
    return this.#layers.map(({ sections }) => sections[which]!);
  }

  /**
   * What is known of an array says what it was and where it was written to since. It is taken from there, unless more layers
   * are to be taken back than stay: to go to a place near by changes a few ints of all that the run has written.
   */
  #bringBack(
    array: Int32Array<ArrayBuffer>,
    written: Written,
    stack: readonly Section[],
    length: number,
  ): void {
    const { since, masks, extent } = written;
    const shared = sharedBy(since, this.#layers);
    if (since.length - shared > shared) rebuild(array, extent, stack, length);
    else {
      const which = this.#next - 1;
      for (const { sections } of since.slice(shared)) addMasks(sections[which]!, masks);
      if (length < extent) array.fill(0, length, extent);
      unstacker.move(stack.slice(0, shared), stack.slice(shared), masks, array, length);
    }
    this.#isAs(written, length, masks.fill(0));
  }

  /** The array is as it was saved, and nothing was written to it since. */
  #isAs(written: Written, length: number, masks: Int32Array<ArrayBuffer>): void {
    written.since = this.#layers;
    written.extent = length;
    written.masks = masks;
  }
}

/** Makes of an array, zero from `extent` on, what its first `length` ints became, and zeros beyond them. */
function rebuild(array: Int32Array, extent: number, stack: readonly Section[], length: number): void {
  array.fill(0, 0, extent);
  unstacker.apply(stack, array, length);
}

/** How many layers two stacks have in common, from the lowest on. */
function sharedBy(one: readonly Layer[], other: readonly Layer[]): number {
  const differing = one.findIndex((layer, i) => layer !== other[i]);
  return differing < 0 ? one.length : differing;
}

/** Sets the bits of all ints that changed. */
function addMasks({ pages, masks }: Section, to: Int32Array): void {
  for (let row = 0; row < pages.length; row++) to[pages[row]!]! |= masks[row]!;
}

/** Records nothing but what the parts would ask for, in order. */
class Lister implements Archive {
  readonly restoring = false;
  part = '';
  readonly asked: Named[] = [];

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

  #ask(name: string, kind: Section['kind']): void {
    this.asked.push({ name: `${this.part}/${name}`, kind });
  }
}

/** Layers that are as they were saved. Nobody writes to one, and late in a run there are dozens: each is looked at once. */
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
  const isAsRecorded =
    hash === hashOf(bytes, sections) && firstMismatch(sections, below?.sections ?? sections) === undefined;
  return isAsRecorded ? undefined : alteration('a layer');
}

const alteration = (what: string) => `the checkpoint was altered: ${what}`;

/** The first section that the parts ask for and the newest layer lacks, or the other way round: all layers are alike. */
function findMismatch({ layers }: Checkpoint, parts: Record<string, Persistent>): string | undefined {
  const lister = new Lister();
  visit(parts, lister);
  const mismatch = firstMismatch(layers.at(-1)?.sections ?? [], lister.asked);
  if (mismatch === undefined) return undefined;
  const [found, asked] = mismatch;
  return `the checkpoint is of another world: ${nameOf(found)} where ${nameOf(asked)} belongs`;
}

type Named = Pick<Section, 'name' | 'kind'>;

/** The first place where sections are not of the same name and kind, and what stands there. */
function firstMismatch(
  some: readonly Named[],
  others: readonly Named[],
): readonly [Named | undefined, Named | undefined] | undefined {
  for (let i = 0; i < Math.max(some.length, others.length); i++) {
    const [one, other] = [some[i], others[i]];
    if (one?.name !== other?.name || one?.kind !== other?.kind) return [one, other];
  }
  return undefined;
}

const nameOf = (section: Named | undefined) =>
  section === undefined ? 'nothing' : `${section.kind} ${section.name}`;
