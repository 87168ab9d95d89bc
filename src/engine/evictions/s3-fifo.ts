/**
 * S3-FIFO (Yang, Zhang, Qiu, Yue and Rashmi, SOSP 2023): newcomers wait in a small queue, a tenth of the memory. Who is
 * used there twice moves on to the main queue; who is not gives way, but is remembered as a ghost, as many as the main
 * queue has room for, and returns straight to the main queue. That one spares its oldest once for each use, up to three.
 */
import type { Archive } from '../kernel/archive.ts';
import { grown } from '../kernel/grown.ts';
import type { Eviction } from './eviction.ts';
import { Queues } from './queues.ts';

// Where an entry stands; the queue of a place and a node is `node * PLACES + place`.
const NOWHERE = 0;
const SMALL = 1;
const MAIN = 2;
const GHOSTS = 3;
const PLACES = 4;

const MOST_USES = 3;
const USES_TO_STAY = 2;

export class S3Fifo implements Eviction {
  readonly #queues: Queues;
  /** Of each queue. */
  #lengths: Int32Array<ArrayBuffer>;
  /** By slot: uses * PLACES + where it stands. */
  #marks: Int32Array<ArrayBuffer> = new Int32Array(1024);
  readonly #smallShare: number;
  readonly #mainShare: number;

  constructor(nodes: number, capacity: number) {
    this.#queues = new Queues(nodes * PLACES);
    this.#lengths = new Int32Array(nodes * PLACES);
    this.#smallShare = Math.floor(capacity / 10);
    this.#mainShare = capacity - this.#smallShare;
  }

  insert(node: number, slot: number): void {
    this.#marks = grown(this.#marks, slot + 1);
    const returns = this.#placeOf(slot) === GHOSTS;
    if (returns) this.#leave(node, slot);
    this.#stand(node, slot, returns ? MAIN : SMALL, 0);
  }

  touch(_node: number, slot: number): void {
    const mark = this.#marks[slot]!;
    if (mark < MOST_USES * PLACES) this.#marks[slot] = mark + PLACES;
  }

  /** A victim of the small queue is a ghost already. */
  remove(node: number, slot: number): void {
    if (this.#placeOf(slot) !== GHOSTS) this.#leave(node, slot);
  }

  /** The small queue gives while it has its share or more; where all of it moves on, the main queue does. */
  victim(node: number): number {
    const small = node * PLACES + SMALL;
    const main = node * PLACES + MAIN;
    if (this.#lengths[small]! >= this.#smallShare || this.#lengths[main] === 0)
      for (let slot = this.#queues.oldest(small); slot >= 0; slot = this.#queues.oldest(small)) {
        const stays = this.#usesOf(slot) >= USES_TO_STAY;
        this.#leave(node, slot);
        this.#stand(node, slot, stays ? MAIN : GHOSTS, 0);
        if (stays) continue;
        if (this.#lengths[node * PLACES + GHOSTS]! > this.#mainShare) this.#forgetOldest(node);
        return slot;
      }
    for (;;) {
      const slot = this.#queues.oldest(main);
      if (slot < 0) return -1;
      const uses = this.#usesOf(slot);
      if (uses === 0) return slot;
      this.#leave(node, slot);
      this.#stand(node, slot, MAIN, uses - 1);
    }
  }

  forget(node: number): void {
    while (this.#lengths[node * PLACES + GHOSTS]! > 0) this.#forgetOldest(node);
  }

  persist(archive: Archive): void {
    this.#queues.persist(archive);
    this.#lengths = archive.ints('lengths', this.#lengths, this.#lengths.length);
    this.#marks = archive.ints('marks', this.#marks, this.#queues.slots);
  }

  #placeOf(slot: number): number {
    return this.#marks[slot]! & (PLACES - 1);
  }

  #usesOf(slot: number): number {
    return Math.floor(this.#marks[slot]! / PLACES);
  }

  #stand(node: number, slot: number, place: number, uses: number): void {
    const queue = node * PLACES + place;
    this.#queues.push(queue, slot);
    this.#lengths[queue]!++;
    this.#marks[slot] = uses * PLACES + place;
  }

  #leave(node: number, slot: number): void {
    const queue = node * PLACES + this.#placeOf(slot);
    this.#queues.remove(queue, slot);
    this.#lengths[queue]!--;
    this.#marks[slot] = NOWHERE;
  }

  #forgetOldest(node: number): void {
    this.#leave(node, this.#queues.oldest(node * PLACES + GHOSTS));
  }
}
