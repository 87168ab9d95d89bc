/** What claims about a world are made with: a sentence for what does not hold, and a look into the world's arrays. */
import { HOST } from '../../src/engine/nodes.ts';
import type { World } from '../../src/engine/world.ts';

/** The sentence says what is wrong where it does not hold. */
export type Claim = (holds: boolean, sentence: string) => void;

/** An element of a typed array, which is in range. */
export function read(array: Int32Array, index: number): number {
  return array[index] ?? NaN;
}

/** A column of a host's row. */
export function host(w: World, node: number, column: number): number {
  return read(w.nodes.at, node * HOST + column);
}
