/**
 * LFU: the entry with the fewest uses since it entered gives way; of several, the one that has been there for longest since its
 * last. Uses of an earlier stay are forgotten, and counts do not age. Entries of equal count share a queue, and the queues
 * of a node form a chain of rising counts, so that an access costs the same however many there are (Shah, Mitra and
 * Matani 2010).
 */
import type { Archive } from '../kernel/archive.ts';
import { grown } from '../kernel/grown.ts';
import type { Eviction } from './eviction.ts';
import { Queues } from './queues.ts';

/** Ints a count. Counts 1 to `nodes` are the nodes' own, the beginnings of their chains, without entries. */
const COUNT = 4;
const USES = 0;
const MORE = 1; // the next count of the chain, or of the free list; 0: none
const FEWER = 2;

export class Lfu implements Eviction {
  readonly #queues: Queues;
  #counts: Int32Array<ArrayBuffer> = new Int32Array(64 * COUNT);
  #end: number;
  #free = 0;
  /** By slot: the count that it stands at. */
  #at: Int32Array<ArrayBuffer> = new Int32Array(1024);

  constructor(nodes: number) {
    this.#end = nodes + 1;
    this.#queues = new Queues(this.#end);
  }

  insert(node: number, slot: number): void {
    this.#stand(slot, node + 1);
  }

  touch(_node: number, slot: number): void {
    const count = this.#at[slot]!;
    this.#queues.remove(count, slot);
    this.#stand(slot, count);
    this.#close(count);
  }

  remove(_node: number, slot: number): void {
    const count = this.#at[slot]!;
    this.#queues.remove(count, slot);
    this.#close(count);
  }

  victim(node: number): number {
    return this.#queues.oldest(this.#counts[(node + 1) * COUNT + MORE]!);
  }

  persist(archive: Archive): void {
    this.#queues.persist(archive);
    this.#end = archive.number('end', this.#end);
    this.#free = archive.number('free', this.#free);
    this.#counts = archive.ints('counts', this.#counts, this.#end * COUNT);
    this.#at = archive.ints('at', this.#at, this.#queues.slots);
  }

  /** Has the entry stand at one use more than `before` says, a count of its chain. */
  #stand(slot: number, before: number): void {
    const uses = this.#counts[before * COUNT + USES]! + 1;
    let count = this.#counts[before * COUNT + MORE]!;
    if (count === 0 || this.#counts[count * COUNT + USES] !== uses) count = this.#open(before, uses);
    this.#queues.push(count, slot);
    this.#at = grown(this.#at, this.#queues.slots);
    this.#at[slot] = count;
  }

  #open(before: number, uses: number): number {
    let count = this.#free;
    if (count !== 0) this.#free = this.#counts[count * COUNT + MORE]!;
    else {
      count = this.#end++;
      this.#counts = grown(this.#counts, this.#end * COUNT);
      this.#queues.extend(this.#end);
    }
    const more = this.#counts[before * COUNT + MORE]!;
    this.#counts[count * COUNT + USES] = uses;
    this.#link(before, count);
    this.#link(count, more);
    return count;
  }

  /** A count that nobody stands at leaves its chain. */
  #close(count: number): void {
    if (this.#queues.oldest(count) >= 0) return;
    this.#link(this.#counts[count * COUNT + FEWER]!, this.#counts[count * COUNT + MORE]!);
    this.#counts[count * COUNT + MORE] = this.#free;
    this.#free = count;
  }

  #link(fewer: number, more: number): void {
    this.#counts[fewer * COUNT + MORE] = more;
    this.#counts[more * COUNT + FEWER] = fewer; // row 0 is nobody's
  }
}
