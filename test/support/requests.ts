/** Streams of requests for caches without a network: keys by Zipf's law from a generator that anybody can write down. */
import { EVICTIONS } from '../../src/engine/evictions/registry.ts';
import type { EvictionName } from './evictionModels.ts';

/** Tommy Ettinger's mulberry32: 32 random bits a call. */
function mulberry32(seed: number): () => number {
  let a = seed | 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

/** The cumulated probabilities of ranks 1 to `keys` under Zipf's law, summed from the first. */
export function zipfCdf(keys: number, skew: number): Float64Array {
  const cdf = new Float64Array(keys);
  let sum = 0;
  for (let i = 0; i < keys; i++) cdf[i] = sum += Math.pow(i + 1, -skew);
  return cdf.map((value) => value / sum);
}

/** So many requests: each the smallest rank, from 0, whose cumulated probability exceeds a draw. */
export function requestsOf(cdf: Float64Array, count: number, seed: number): Int32Array {
  const random = mulberry32(seed);
  const requests = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const u = random() / 4294967296;
    let low = 0;
    let high = cdf.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cdf[middle] ?? 1) > u) high = middle;
      else low = middle + 1;
    }
    requests[i] = low;
  }
  return requests;
}

/** Misses of the requests from number `from` on, at a node that starts empty and fills every miss. */
export function missesOf(name: EvictionName, capacity: number, requests: Int32Array, from = 0): number {
  const eviction = new EVICTIONS[name](1, capacity);
  const held = new Uint8Array(1 + requests.reduce((most, key) => Math.max(most, key), 0));
  let entries = 0;
  let misses = 0;
  for (let i = 0; i < requests.length; i++) {
    const key = requests[i] ?? NaN;
    if (held[key] === 1) {
      eviction.touch(0, key);
      continue;
    }
    if (i >= from) misses++;
    if (entries < capacity) entries++;
    else {
      const victim = eviction.victim(0);
      eviction.remove(0, victim);
      held[victim] = 0;
    }
    eviction.insert(0, key);
    held[key] = 1;
  }
  return misses;
}
