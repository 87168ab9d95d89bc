/** The evictions by the names that a document gives them. */
import type { Eviction } from './eviction.ts';
import { Fifo } from './fifo.ts';
import { Lru } from './lru.ts';

/** Made for so many cache nodes, each with room for so many entries. */
type Kind = new (nodes: number, capacity: number) => Eviction;

export const EVICTIONS: Readonly<Record<'lru' | 'fifo', Kind>> = {
  lru: Lru,
  fifo: Fifo,
};
