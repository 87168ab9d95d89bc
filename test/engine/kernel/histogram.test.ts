import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { saveCheckpoint } from '../../../src/engine/kernel/archive.ts';
import { restoreCheckpoint } from '../../../src/engine/kernel/restore.ts';
import { Histogram } from '../../../src/engine/kernel/histogram.ts';

const MOST = 2 ** 31 - 1;
const value = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.integer({ min: 0, max: 100_000 }),
  fc.integer({ min: 0, max: MOST }),
);
const values = fc.array(value, { minLength: 1, maxLength: 300 });

function histogramOf(list: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const x of list) histogram.add(x);
  return histogram;
}

/** p in thousandths, so that the rank is a matter of integers. */
function nearestRank(list: readonly number[], thousandths: number): number {
  const rank = Math.max(1, Math.ceil((thousandths * list.length) / 1000));
  return list.toSorted((a, b) => a - b)[rank - 1] ?? NaN;
}

const facts = (histogram: Histogram) => [
  histogram.count,
  histogram.sum,
  histogram.max,
  ...Array.from({ length: 101 }, (_, i) => histogram.quantile(i / 100)),
];

describe('a histogram', () => {
  test('gives every quantile within 1 % of the nearest rank, and count, sum, mean and maximum exactly', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 1000 }), (list, thousandths) => {
        const histogram = histogramOf(list);
        const exact = nearestRank(list, thousandths);
        const measured = histogram.quantile(thousandths / 1000);
        expect(Math.abs(measured - exact)).toBeLessThanOrEqual(exact * 0.004);
        const sum = list.reduce((a, b) => a + b);
        expect([histogram.count, histogram.sum, histogram.mean, histogram.max]).toEqual([
          list.length,
          sum,
          sum / list.length,
          Math.max(...list),
        ]);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  test.each([0, 1, 127, 128, 255, 256, 257, 511, 512, 65_535, 65_536, 2 ** 30, MOST])(
    'holds %d alone as itself',
    (x) => {
      const histogram = histogramOf([x]);
      expect(Math.abs(histogram.quantile(0.5) - x)).toBeLessThanOrEqual(x * 0.004);
      expect(histogram.quantile(0)).toBe(histogram.quantile(1));
      expect(histogram.quantile(1)).toBeLessThanOrEqual(x);
    },
  );

  test('is exact below 256', () => {
    const histogram = histogramOf(Array.from({ length: 256 }, (_, i) => i));
    for (let i = 0; i < 256; i++) expect(histogram.quantile((i + 1) / 256)).toBe(i);
  });

  test('merged from two is the one of both', () => {
    fc.assert(
      fc.property(values, values, (one, two) => {
        const merged = histogramOf(one);
        merged.merge(histogramOf(two));
        expect(facts(merged)).toEqual(facts(histogramOf([...one, ...two])));
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  test('cleared is as good as new', () => {
    fc.assert(
      fc.property(values, values, (one, two) => {
        const used = histogramOf(one);
        used.clear();
        expect(facts(used)).toEqual(facts(new Histogram()));
        for (const x of two) used.add(x);
        expect(facts(used)).toEqual(facts(histogramOf(two)));
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  test('comes back from a checkpoint, over whatever stood there', () => {
    fc.assert(
      fc.property(values, values, (one, two) => {
        const restored = histogramOf(two);
        restoreCheckpoint(saveCheckpoint(0, { part: histogramOf(one) }, undefined), { part: restored });
        expect(facts(restored)).toEqual(facts(histogramOf(one)));
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  test('has no quantile and no mean when it is empty', () => {
    const empty = new Histogram();
    expect([empty.quantile(0.5), empty.mean, empty.max, empty.count]).toEqual([NaN, NaN, 0, 0]);
  });
});
