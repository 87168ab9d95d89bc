/**
 * Brings a run back to what it was when a checkpoint was saved, through the lines that recorded it (`archive.ts`). Every hash
 * is looked at before anything is touched. Apart from saving, since a first run, which is all that most visits see of the
 * engine at first, needs none of it.
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
    const length = this.#length();
    const target = array.length >= length ? array : new Int32Array(powerOfTwoFrom(length));
    this.#fill(target, written?.extent);
    if (written !== undefined) this.#isAs(written, target, length);
    return target;
  }

  /** Nothing was written to it since. */
  #isAs(written: Written, target: Int32Array, length: number): void {
    written.since = this.#layers.at(-1);
    written.extent = length;
    if (written.masks.length < pagesOf(target)) written.masks = new Int32Array(pagesOf(target));
    else written.masks.fill(0);
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

  /** `extent`: from there on, all is zero as it is. */
  #fill(target: Int32Array<ArrayBuffer>, extent = target.length): void {
    const which = this.#next++;
    target.fill(0, 0, extent);
    unstacker.apply(
      this.#layers.map(({ sections }) => sections[which]!),
      target,
    );
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

  #ask(name: string, kind: Section['kind']): void {
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
