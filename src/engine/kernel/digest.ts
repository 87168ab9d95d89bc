/**
 * The digest of a run: two lanes of 32 bits into which every event is mixed, in order. Equal runs have equal
 * digests; a run that differs in one bit of one event has another. Not cryptographic: it tells apart, it does not protect.
 */
import { fmix32 } from '../../design/placement.ts';
import type { Archive, Persistent } from './archive.ts';
import { hex32 } from './mix.ts';

const FIRST = 0;
const SECOND = 1;
const EVENTS = 2;

export class Digest implements Persistent {
  /** The two lanes and the number of events: in an array, where an int of 32 bits stays one. */
  #state: Int32Array<ArrayBuffer>;

  constructor() {
    this.#state = Int32Array.of(0x243f6a88, 0x13198a2e, 0);
  }

  /**
   * Takes in one event: five ints. Each is multiplied by an odd constant of its own, so a change in any single one always
   * shows; the second lane reads them rotated, so that changes which cancel in one lane do not in the other.
   */
  event(time: number, kind: number, node: number, operation: number, version: number): void {
    const plain =
      Math.imul(time, 0x9e3779b1) +
      Math.imul(kind, 0x85ebca77) +
      Math.imul(node, 0xc2b2ae3d) +
      Math.imul(operation, 0x27d4eb2f) +
      Math.imul(version, 0x165667b1);
    const turned =
      (Math.imul((time << 17) | (time >>> 15), 0xcc9e2d51) +
        Math.imul((kind << 5) | (kind >>> 27), 0x1b873593) +
        Math.imul((node << 11) | (node >>> 21), 0xe6546b65) +
        Math.imul((operation << 23) | (operation >>> 9), 0x7feb352d) +
        Math.imul(version, 0x846ca68b)) |
      0;
    const state = this.#state;
    const first = state[FIRST]!;
    const second = state[SECOND]!;
    state[FIRST] = Math.imul(((first << 13) | (first >>> 19)) ^ plain, 0x9e3779b1);
    state[SECOND] = Math.imul(((second << 15) | (second >>> 17)) ^ turned, 0x85ebca6b);
    state[EVENTS]!++;
  }

  /** Taken in so far. */
  get events(): number {
    return this.#state[EVENTS]!;
  }

  /** Sixteen hexadecimal digits. */
  hex(): string {
    const state = this.#state;
    const first = fmix32(state[FIRST]! ^ state[EVENTS]!);
    return hex32(first) + hex32(fmix32(state[SECOND]! + first));
  }

  persist(archive: Archive): void {
    this.#state = archive.ints('state', this.#state, this.#state.length);
  }
}
