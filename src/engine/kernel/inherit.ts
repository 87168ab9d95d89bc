/**
 * Hands the memory of parts that nobody needs any more on to parts of the same names: memory that was touched before costs
 * a browser a fraction of what new memory does. What the new parts hold stays as it is.
 */
import { visit, type Archive, type Persistent, type Written } from './archive.ts';
import { pagesOf } from './changes.ts';
import { grown } from './grown.ts';

type Ints = Int32Array<ArrayBuffer>;

/** An array that knows where it was written to, and from where on all of it is zero. */
interface Legacy {
  readonly ints: Ints;
  readonly extent: number;
}

/** Gives `heirs` the largest arrays of `former` parts, which are of no use after that. */
export function inherit(heirs: Record<string, Persistent>, former: Record<string, Persistent>): void {
  const legacies = new Map<string, Legacy>();
  visit(
    former,
    new Visitor((name, ints, { extent }) => {
      legacies.set(name, { ints, extent });
      return new Int32Array(0);
    }),
  );
  visit(
    heirs,
    new Visitor((name, own, written) => {
      const legacy = legacies.get(name);
      if (legacy === undefined || legacy.ints.length < own.length) return own;
      const { ints, extent } = legacy;
      ints.fill(0, 0, extent);
      ints.set(own.subarray(0, written.extent));
      written.masks = grown(written.masks, pagesOf(ints));
      return ints;
    }),
  );
}

/** Looks at the arrays of parts that know where they were written to, and may put another in the place of each. */
class Visitor implements Archive {
  readonly restoring = false;
  part = '';
  readonly #replace: (name: string, ints: Ints, written: Written) => Ints;

  constructor(replace: (name: string, ints: Ints, written: Written) => Ints) {
    this.#replace = replace;
  }

  ints(name: string, array: Ints, _used: number, written?: Written): Ints {
    return written === undefined ? array : this.#replace(`${this.part}/${name}`, array, written);
  }

  floats(_name: string, array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
    return array;
  }

  number(_name: string, value: number): number {
    return value;
  }
}
