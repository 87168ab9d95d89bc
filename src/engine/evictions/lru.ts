/** LRU: the entry that was neither used nor written for longest gives way. */
import { Fifo } from './fifo.ts';

export class Lru extends Fifo {
  override touch(node: number, slot: number): void {
    const { queues } = this;
    if (queues.newest(node) === slot) return;
    queues.remove(node, slot);
    queues.push(node, slot);
  }
}
