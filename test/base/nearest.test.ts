import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance, likelyWord, nearestWord } from '../../src/base/nearest.ts';

test.each([
  ['', '', 0],
  ['ttl', 'tll', 1],
  ['kitten', 'sitting', 3],
  ['write', 'wirte', 1],
  ['ca', 'abc', 3],
])('from "%s" to "%s" it takes %d edits', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
});

test('a bound changes no distance up to it, and is exceeded by those above', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
  fc.assert(
    fc.property(word, word, fc.nat(8), (a, b, most) => {
      const distance = editDistance(a, b);
      expect(distance).toBe(editDistance(b, a));
      if (distance <= most) expect(editDistance(a, b, most)).toBe(distance);
      else expect(editDistance(a, b, most)).toBeGreaterThan(most);
    }),
    { seed: 20260403, numRuns: 2000 },
  );
});

test('the nearest word is the first of those with the fewest edits, and none when all would be rewritten', () => {
  expect(nearestWord('look-asid', ['write-around', 'look-aside'])).toBe('look-aside');
  expect(nearestWord('DB-ONLY', ['write-through', 'db-only'])).toBe('db-only');
  expect(nearestWord('xyz', ['lru', 'off'])).toBeUndefined();
  expect(nearestWord('x'.repeat(1000), ['lru'])).toBeUndefined();
});

test('a word is likely where no more than half of it would be rewritten', () => {
  expect(likelyWord('cash-1', ['app-1', 'cache-1'])).toBe('cache-1');
  expect(nearestWord('check', ['seed'])).toBe('seed');
  expect(likelyWord('check', ['seed'])).toBeUndefined();
});
