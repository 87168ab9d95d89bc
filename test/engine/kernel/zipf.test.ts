import { describe, expect, test } from 'vitest';
import { Streams } from '../../../src/engine/kernel/streams.ts';
import { Zipf } from '../../../src/engine/kernel/zipf.ts';
import { chiSquareLimit } from '../../support/statistics.ts';

/** Cumulative masses of all ranks, summed one by one from the smallest. */
function masses(keys: number, skew: number): Float64Array {
  const cumulative = new Float64Array(keys + 1);
  for (let rank = keys - 1; rank >= 0; rank--)
    cumulative[rank] = (cumulative[rank + 1] ?? 0) + (rank + 1) ** -skew;
  const total = cumulative[0] ?? NaN;
  return cumulative.map((above) => 1 - above / total);
}

/** Group borders: the first ranks one by one, then each a fixed factor further. */
function borders(keys: number, factor: number): number[] {
  const list: number[] = [];
  for (let rank = 0; rank < keys; rank = Math.max(rank + 1, Math.floor(rank * factor))) list.push(rank);
  return [...list, keys];
}

/** The first `count` draws. */
function ranksOf(zipf: Zipf, streams: Streams, count: number): Int32Array {
  const ranks = new Int32Array(count);
  zipf.fill(streams, 0, ranks, 0, new Int32Array(count), count);
  return ranks;
}

function chiSquareOf(keys: number, skew: number, seed: number, cuts: readonly number[]) {
  const count = 1_000_000;
  const zipf = new Zipf(keys, skew);
  const streams = new Streams(seed, 1);
  const below = new Float64Array(keys);
  let outside = 0;
  for (const rank of ranksOf(zipf, streams, count)) {
    if (Number.isInteger(rank) && rank >= 0 && rank < keys) below[rank] = (below[rank] ?? 0) + 1;
    else outside++;
  }
  const cumulative = masses(keys, skew);
  let [chiSquare, degrees] = [0, -1];
  let [observed, expected] = [0, 0];
  for (let cut = 0; cut + 1 < cuts.length; cut++) {
    const [from = 0, to = 0] = [cuts[cut], cuts[cut + 1]];
    for (let rank = from; rank < to; rank++) observed += below[rank] ?? 0;
    expected += ((cumulative[to] ?? NaN) - (cumulative[from] ?? NaN)) * count;
    if (expected < 20 && cut + 2 < cuts.length) continue; // too few to judge: taken with the next
    if (expected < 1) break;
    chiSquare += (observed - expected) ** 2 / expected;
    degrees++;
    [observed, expected] = [0, 0];
  }
  return { outside, chiSquare, limit: chiSquareLimit(degrees) };
}

describe('Zipf', () => {
  test.each([
    [1_000_000, 0],
    [1_000_000, 0.5],
    [1_000_000, 0.99],
    [1_000_000, 1],
    [1_000_000, 1.01],
    [1_000_000, 2],
    [1_000_000, 3],
    [100_000, 0.99],
    [10_000, 1],
    [4096, 0.99],
    [4097, 0.99],
    [1900, 0.7],
    [1901, 0.7],
    [1910, 0.7],
    [100, 0],
    [100, 1],
    [3, 0.99],
    [2, 3],
  ])('over %d keys with skew %d has the masses of its definition', (keys, skew) => {
    const { outside, chiSquare, limit } = chiSquareOf(keys, skew, 17, borders(keys, 1.02));
    expect(outside).toBe(0);
    expect(chiSquare).toBeLessThan(limit);
  });

  test.each([0, 0.99, 3])(
    'with skew %d is true rank by rank inside the longer runs past the head',
    (skew) => {
      // Few keys past the head, so that each of them is drawn often enough to be counted by itself.
      const every = Array.from({ length: 2301 }, (_, i) => i);
      const { chiSquare, limit } = chiSquareOf(2300, skew, 3, every);
      expect(chiSquare).toBeLessThan(limit);
    },
  );

  test('over a single key gives that key', () => {
    const zipf = new Zipf(1, 0.99);
    const streams = new Streams(1, 1);
    expect(new Set(ranksOf(zipf, streams, 1000))).toEqual(new Set([0]));
  });

  test('gives the most popular of a million keys 6.5 % at skew 0.99', () => {
    const zipf = new Zipf(1_000_000, 0.99);
    const streams = new Streams(2, 1);
    const count = 1_000_000;
    let first = 0;
    for (const rank of ranksOf(zipf, streams, count)) if (rank === 0) first++;
    expect(first / count).toBeCloseTo(0.065, 3);
  });

  test.each([0, 0.99, 1, 3])('reaches ten million keys with skew %d', (skew) => {
    const zipf = new Zipf(10_000_000, skew);
    const streams = new Streams(2, 1);
    let [most, upperHalf] = [0, 0];
    const count = 1_000_000;
    for (const rank of ranksOf(zipf, streams, count)) {
      most = Math.max(most, rank);
      if (rank >= 5_000_000) upperHalf++;
    }
    const cumulative = masses(10_000_000, skew);
    const expected = (1 - (cumulative[5_000_000] ?? NaN)) * count;
    expect(Math.abs(upperHalf - expected)).toBeLessThan(4 * Math.sqrt(expected) + 1);
    expect(most).toBeLessThan(10_000_000);
  });
});
