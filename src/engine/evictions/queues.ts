/**
 * Queues of entries, of which any can leave from anywhere: what most evictions are made of. An entry stands in one
 * queue at a time, so that one pair of links by slot serves them all. The links stand apart from the keys' rows: a
 * hit may move its entry past two or three others, whose rows it would otherwise fetch for nothing else.
 */
import type { Archive, Persistent } from '../kernel/archive.ts';
import { grown } from '../kernel/grown.ts';

const NEWER = 0; // of an entry: its neighbour that came later; of a queue: who came last
const OLDER = 1;

export class Queues implements Persistent {
  /** Slots that have room here; columns beside the links are as long. */
  slots = 0;
  #count: number;
  /** Two ints a queue and two an entry, each a slot + 1; 0: none. */
  #ends: Int32Array<ArrayBuffer>;
  #links: Int32Array<ArrayBuffer> = new Int32Array(1024);

  constructor(count: number) {
    this.#count = count;
    this.#ends = new Int32Array(count * 2);
  }

  /** Makes room for so many queues. */
  extend(count: number): void {
    this.#count = count;
    this.#ends = grown(this.#ends, count * 2);
  }

  /** Who came last, or -1. */
  newest(queue: number): number {
    return this.#ends[queue * 2 + NEWER]! - 1;
  }

  /** Who came first, or -1. */
  oldest(queue: number): number {
    return this.#ends[queue * 2 + OLDER]! - 1;
  }

  /** Who came next after an entry, or -1. */
  newerThan(slot: number): number {
    return this.#links[slot * 2 + NEWER]! - 1;
  }

  push(queue: number, slot: number): void {
    if (slot >= this.slots) {
      this.slots = slot + 1;
      this.#links = grown(this.#links, this.slots * 2);
    }
    const links = this.#links;
    const ends = this.#ends;
    const newest = ends[queue * 2 + NEWER]!;
    links[slot * 2 + OLDER] = newest;
    links[slot * 2 + NEWER] = 0;
    if (newest !== 0) links[(newest - 1) * 2 + NEWER] = slot + 1;
    else ends[queue * 2 + OLDER] = slot + 1;
    ends[queue * 2 + NEWER] = slot + 1;
  }

  remove(queue: number, slot: number): void {
    const links = this.#links;
    const ends = this.#ends;
    const newer = links[slot * 2 + NEWER]!;
    const older = links[slot * 2 + OLDER]!;
    if (newer !== 0) links[(newer - 1) * 2 + OLDER] = older;
    else ends[queue * 2 + NEWER] = older;
    if (older !== 0) links[(older - 1) * 2 + NEWER] = newer;
    else ends[queue * 2 + OLDER] = newer;
  }

  persist(archive: Archive): void {
    this.slots = archive.number('slots', this.slots);
    this.#count = archive.number('queues', this.#count);
    this.#ends = archive.ints('ends', this.#ends, this.#count * 2);
    this.#links = archive.ints('links', this.#links, this.slots * 2);
  }
}
