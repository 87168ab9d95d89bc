/**
 * SIEVE (Zhang, Yang, Yue, Vigfusson and Rashmi, NSDI 2024): entries stay where they entered. A hand goes from the oldest to the
 * newest, spares whom it finds used since its last visit, and stops at the first whom it does not.
 */
import type { Archive } from '../kernel/archive.ts';
import { grown } from '../kernel/grown.ts';
import { Fifo } from './fifo.ts';

export class Sieve extends Fifo {
  /** By slot, 1: used since the hand was there. */
  #visited: Int32Array<ArrayBuffer> = new Int32Array(1024);
  /** By node, slot + 1 of the entry at which its hand stands; 0: it begins at the oldest. */
  #hands: Int32Array<ArrayBuffer>;

  constructor(nodes: number) {
    super(nodes);
    this.#hands = new Int32Array(nodes);
  }

  override insert(node: number, slot: number): void {
    super.insert(node, slot);
    this.#visited = grown(this.#visited, this.queues.slots);
    this.#visited[slot] = 0;
  }

  override touch(_node: number, slot: number): void {
    this.#visited[slot] = 1;
  }

  /** Under the hand or not: the hand goes on to who came next. */
  override remove(node: number, slot: number): void {
    if (this.#hands[node] === slot + 1) this.#hands[node] = this.queues.newerThan(slot) + 1;
    super.remove(node, slot);
  }

  override victim(node: number): number {
    const { queues } = this;
    const visited = this.#visited;
    let slot = this.#hands[node]! - 1;
    if (slot < 0) slot = queues.oldest(node);
    while (slot >= 0 && visited[slot] === 1) {
      visited[slot] = 0;
      slot = queues.newerThan(slot);
      if (slot < 0) slot = queues.oldest(node);
    }
    this.#hands[node] = slot + 1;
    return slot;
  }

  override persist(archive: Archive): void {
    super.persist(archive);
    this.#visited = archive.ints('visited', this.#visited, this.queues.slots);
    this.#hands = archive.ints('hands', this.#hands, this.#hands.length);
  }
}
