/** Parts of a world that are small enough to be looked at element by element, for tests of checkpoints. */
import type { Archive, Persistent } from '../../src/engine/kernel/archive.ts';

/** A part with one of everything. */
export class Part implements Persistent {
  size = 0;
  ratio = 0;
  ints = new Int32Array(16);
  floats = new Float64Array(16);

  static of(ints: readonly number[], floats: readonly number[], ratio: number): Part {
    const part = new Part();
    part.size = ints.length;
    part.ratio = ratio;
    part.ints = Int32Array.from(ints);
    part.floats = Float64Array.from(floats);
    return part;
  }

  persist(archive: Archive): void {
    this.size = archive.number('size', this.size);
    this.ratio = archive.number('ratio', this.ratio);
    this.ints = archive.ints('ints', this.ints, this.size);
    this.floats = archive.floats('floats', this.floats, this.floats.length);
  }
}

/** So many ints, no two of them alike. */
export const ramp = (length: number) => Array.from({ length }, (_, i) => Math.imul(i + 1, 0x9e3779b1));
export const aPart = () =>
  Part.of(
    ramp(2500),
    ramp(700).map((x) => x / 3),
    Math.PI,
  );
