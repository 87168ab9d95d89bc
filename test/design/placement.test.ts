import { describe, expect, test } from 'vitest';
import { cacheNodeOf, fmix32, shardOf } from '../../src/design/placement.ts';

/** Shares of Zipf traffic (exponent 0.99, a million keys) that `placeOf` sends to each place, from place 1. */
function shares(placeOf: (key: number) => number, places: number): number[] {
  const weights = Array.from({ length: places }, () => 0);
  let total = 0;
  for (let key = 0; key < 1_000_000; key++) {
    const weight = (key + 1) ** -0.99;
    const place = placeOf(key) - 1;
    weights[place] = (weights[place] ?? 0) + weight;
    total += weight;
  }
  return weights.map((weight) => weight / total);
}

describe('placement', () => {
  test('mixes with the finalizer of MurmurHash3', () => {
    expect([0, 1, 2, 0xffffffff].map(fmix32)).toEqual([0, 0x514e28b7, 0x30f4c306, 0x81f16f39]);
  });

  test('puts the hottest key of the seed on cache-2 and shard-1', () => {
    expect(cacheNodeOf(0, 2)).toBe(2);
    expect(shardOf(0, 2)).toBe(1);
  });

  test('gives cache-1 44 % and shard-1 49 % of the traffic', () => {
    expect(shares((key) => cacheNodeOf(key, 2), 2)[0]).toBeCloseTo(0.44, 2);
    expect(shares((key) => shardOf(key, 2), 2)[0]).toBeCloseTo(0.49, 2);
  });

  test('moves keys only to a node that is added, never between those that stay', () => {
    for (let key = 0; key < 10_000; key++) {
      const after = cacheNodeOf(key, 5);
      if (after !== 5) expect(cacheNodeOf(key, 4)).toBe(after);
    }
  });

  test('spreads keys evenly over sixteen places', () => {
    for (const placeOf of [cacheNodeOf, shardOf]) {
      const counts = Array.from({ length: 16 }, () => 0);
      for (let key = 0; key < 160_000; key++) {
        const place = placeOf(key, 16) - 1;
        counts[place] = (counts[place] ?? 0) + 1;
      }
      for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
    }
  });
});
