import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSpans, lowerBound, spansAt, upperBound } from '../../src/replay/spans.ts';

const spanGiven = fc
  .tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 200 }))
  .map(([start, length]) => ({ start, end: start + length }));

describe('spans of time', () => {
  it('finds exactly the spans that hold an instant, whatever their order and number', () => {
    fc.assert(
      fc.property(fc.array(spanGiven, { maxLength: 400 }), fc.integer({ min: -10, max: 720 }), (given, t) => {
        const spans = createSpans(
          given.length,
          (row) => given[row]?.start ?? 0,
          (row) => given[row]?.end ?? 0,
        );
        const into = new Int32Array(given.length);
        const count = spansAt(spans, t, into);
        const rows = [...into.subarray(0, count)].map((span) => spans.rows[span] ?? -1);
        const holding = given.flatMap(({ start, end }, row) => (start <= t && t < end ? [row] : []));
        expect(rows.toSorted((a, b) => a - b)).toEqual(holding);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('counts what does not fit, and writes no further', () => {
    const spans = createSpans(
      10,
      () => 0,
      () => 10,
    );
    const into = new Int32Array(4).fill(-1);
    expect(spansAt(spans, 5, into)).toBe(10);
    expect([...into]).toEqual([0, 1, 2, 3]);
  });

  it('leaves out rows without a start', () => {
    const spans = createSpans(
      3,
      (row) => (row === 1 ? Number.NaN : row),
      () => 10,
    );
    expect([...spans.rows]).toEqual([0, 2]);
  });

  it('searches on either side of equal numbers', () => {
    const sorted = Int32Array.of(1, 3, 3, 3, 7);
    expect(lowerBound(sorted, 5, 3)).toBe(1);
    expect(upperBound(sorted, 5, 3)).toBe(4);
    expect(upperBound(sorted, 5, 99)).toBe(5);
    expect(lowerBound(sorted, 0, 3)).toBe(0);
  });
});
