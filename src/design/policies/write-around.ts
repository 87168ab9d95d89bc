/** Writes go around the cache: an entry lives to its TTL whatever is written meanwhile. */
import { appReadsThrough, appWritesStore, cacheReadsThrough } from './routines.ts';
import type { PolicyTable } from './table.ts';

export const writeAround: PolicyTable = {
  app: { put: appWritesStore, get: appReadsThrough },
  cache: { get: cacheReadsThrough },
};
