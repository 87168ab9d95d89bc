/**
 * How much cache nodes hold: the memory of each type, and what of it is for entries. Apart from what they cost, which an
 * engine does not ask for before its run has ended.
 */
import type { Bytes } from '../base/units.ts';
import type { Design } from './design.ts';

/** Share of a cache node's memory that is not for entries. */
export const RESERVED_MEMORY = 0.25;
/** What an entry costs beside its value. */
export const ENTRY_OVERHEAD: Bytes = 64;

/** Memory of a cache node that has room for one entry with a value of so many bytes, and for no second one. */
export function leastMemory(value: Bytes): Bytes {
  return Math.ceil((value + ENTRY_OVERHEAD) / (1 - RESERVED_MEMORY));
}

/** The largest value of which a cache node with so much memory has room for one. */
export function largestValue(memory: Bytes): Bytes {
  return Math.floor(memory * (1 - RESERVED_MEMORY)) - ENTRY_OVERHEAD;
}

const MEMORY: Readonly<Record<Design['cache']['node'], Bytes>> = {
  'cache.small': 1_471_026_299,
  'cache.medium': 6_854_542_746,
  'cache.large': 14_037_181_030,
  'cache.xlarge': 28_261_849_702,
  'cache.2xlarge': 56_711_183_565,
};

/** Memory of one cache node of this design, the reserved part included. */
export function cacheMemory(design: Design): Bytes {
  return design.cache.memory ?? MEMORY[design.cache.node];
}
