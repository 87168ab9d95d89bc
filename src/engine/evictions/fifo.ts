/** FIFO: the entry that entered first gives way. Use does not matter, and a write over a live entry leaves its place. */
import type { Archive } from '../kernel/archive.ts';
import type { Eviction } from './eviction.ts';
import { Queues } from './queues.ts';

export class Fifo implements Eviction {
  protected readonly queues: Queues;

  constructor(nodes: number) {
    this.queues = new Queues(nodes);
  }

  insert(node: number, slot: number): void {
    this.queues.push(node, slot);
  }

  touch(_node: number, _slot: number): void {
    // The order is that of entering.
  }

  remove(node: number, slot: number): void {
    this.queues.remove(node, slot);
  }

  victim(node: number): number {
    return this.queues.oldest(node);
  }

  persist(archive: Archive): void {
    this.queues.persist(archive);
  }
}
