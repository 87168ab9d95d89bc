import { expect, test } from 'vitest';
import { Marks } from '../../../src/engine/kernel/marks.ts';

test('marks are all 0 for each look, of however many items, whatever the look before left', () => {
  const marks = new Marks();
  for (const count of [3, 100, 40, 1000, 1000]) {
    const wiped = marks.wiped(count);
    expect(wiped.length).toBeGreaterThanOrEqual(count);
    expect(wiped.every((mark) => mark === 0)).toBe(true);
    wiped.fill(-1);
  }
});
