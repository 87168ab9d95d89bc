/**
 * Where a key lives: a pure function of its rank and of the number of shards or cache nodes, the same everywhere, so
 * that the engine, the diagram and a test ask the same question and get the same answer. Knows no state: placement is
 * never recomputed when a node dies.
 */

/** MurmurHash3's 32-bit finalizer: a bijection of the unsigned 32-bit integers in which every bit of `x` moves every bit. */
export const fmix32 = (x: number): number => {
  let h = x | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** The shard of the key of rank `key` (from 0), counted from 1. */
export const shardOf = (key: number, shards: number): number => {
  return 1 + (fmix32(key + 0x9e3779b9) % shards);
};

/**
 * The cache node of the key of rank `key` (from 0), counted from 1: rendezvous hashing, the node with the largest
 * score wins, so another number of nodes moves as few keys as possible.
 */
export const cacheNodeOf = (key: number, nodes: number): number => {
  const hash = fmix32(key ^ 0x85ebca6b);
  let best = 1;
  let bestScore = -1;
  for (let node = 1; node <= nodes; node++) {
    const score = fmix32(hash + node);
    if (score > bestScore) {
      best = node;
      bestScore = score;
    }
  }
  return best;
};
