/** Writes go around the cache: an entry lives to its TTL whatever is written meanwhile. */
import { appReadsThrough, appWritesStore, cacheReadsThrough } from './routines.ts';
import type { PolicyTable } from './table.ts';

export const writeAround: PolicyTable = {
  label: 'write-around',
  sentence: 'App writes the store only; the cache refills itself and entries live until their TTL.',
  app: { put: appWritesStore, get: appReadsThrough },
  cache: { get: cacheReadsThrough },
};
