/**
 * The digest of a run: two lanes of 32 bits into which every event is mixed, in order. Equal runs have equal
 * digests; a run that differs in one bit of one event has another. Not cryptographic: it tells apart, it does not protect.
 */
import { fmix32 } from '../../design/placement.ts';
import type { Archive, Persistent } from './archive.ts';
import { hex32 } from './mix.ts';

export class Digest implements Persistent {
  #first = 0x243f6a88;
  #second = 0x13198a2e;
  #events = 0;

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
      Math.imul((time << 17) | (time >>> 15), 0xcc9e2d51) +
      Math.imul((kind << 5) | (kind >>> 27), 0x1b873593) +
      Math.imul((node << 11) | (node >>> 21), 0xe6546b65) +
      Math.imul((operation << 23) | (operation >>> 9), 0x7feb352d) +
      Math.imul(version, 0x846ca68b);
    const first = this.#first;
    const second = this.#second;
    this.#first = Math.imul(((first << 13) | (first >>> 19)) ^ plain, 0x9e3779b1);
    this.#second = Math.imul(((second << 15) | (second >>> 17)) ^ turned, 0x85ebca6b);
    this.#events = (this.#events + 1) | 0;
  }

  /** Sixteen hexadecimal digits. */
  hex(): string {
    const first = fmix32(this.#first ^ this.#events);
    return hex32(first) + hex32(fmix32(this.#second + first));
  }

  persist(archive: Archive): void {
    this.#first = archive.number('first', this.#first);
    this.#second = archive.number('second', this.#second);
    this.#events = archive.number('events', this.#events);
  }
}
