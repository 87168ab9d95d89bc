import { describe, expect, test } from 'vitest';
import { comparisonText, printDifference, printInterval } from '../../src/ui/compare/values.ts';

describe('how an interval is written', () => {
  test('from its lower end to its upper, with signs', () => {
    expect(printInterval({ interval: { from: -131, to: 87 }, unit: 'count' })).toBe('−131 to +87.0');
  });

  test('as one without spread, where the difference was the same with every seed', () => {
    expect(printInterval({ interval: { from: 44, to: 44 }, unit: 'count' })).toBe('no spread');
  });

  test('not at all for a single seed', () => {
    expect(printInterval({ interval: undefined, unit: 'ms' })).toBe('');
  });
});

describe('how a difference is written', () => {
  test('of shares in per cent', () => {
    expect(printDifference(0.094, 'share')).toBe('+9.40');
  });

  test('without a sign where nothing is left of it in its digits', () => {
    expect(printDifference(0, 'ms')).toBe('0');
  });
});

test('a comparison as text promises no interval of a single pair', () => {
  const textOf = (seeds: number[]) =>
    comparisonText({ seeds, differences: [], stopped: [] }, { a: '#/db-only', b: '#/look-aside' });
  expect(textOf([1])).toContain('One paired seed, too few for an interval.');
  expect(textOf([1, 2])).toContain('Means over 2 paired seeds, with 95 % intervals of the difference.');
});
