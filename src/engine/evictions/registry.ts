/** The evictions by the names that a document gives them. */
import type { Design } from '../../design/design.ts';
import type { Eviction } from './eviction.ts';
import { Fifo } from './fifo.ts';
import { Lfu } from './lfu.ts';
import { Lru } from './lru.ts';
import { S3Fifo } from './s3-fifo.ts';
import { Sieve } from './sieve.ts';

/** Made for so many cache nodes, each with room for so many entries. */
type Kind = new (nodes: number, capacity: number) => Eviction;

export const EVICTIONS: Readonly<Record<Design['cache']['eviction'], Kind>> = {
  lru: Lru,
  fifo: Fifo,
  sieve: Sieve,
  's3-fifo': S3Fifo,
  lfu: Lfu,
};
