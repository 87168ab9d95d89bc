import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bitsIn } from '../../../src/engine/kernel/bits.ts';

const digitsSet = (mask: number) => (mask >>> 0).toString(2).replaceAll('0', '').length;

test.for([0, 1, -1, 2 ** 31 - 1, -(2 ** 31)])('counts the bits of %i', (mask) => {
  expect(bitsIn(mask)).toBe(digitsSet(mask));
});

test('counts the bits of any int', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      (mask) => bitsIn(mask) === digitsSet(mask),
    ),
    { seed: 1 },
  );
});
