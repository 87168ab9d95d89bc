/** Student's t against the tables of the books. */
import { expect, test } from 'vitest';
import { centralShare, studentT } from '../../src/explore/student.ts';

/** Fisher & Yates; NIST/SEMATECH e-Handbook 1.3.6.7.2: two-sided 95 % and 99 %. */
test.each([
  [1, 12.706, 63.657],
  [2, 4.303, 9.925],
  [3, 3.182, 5.841],
  [4, 2.776, 4.604],
  [5, 2.571, 4.032],
  [9, 2.262, 3.25],
  [19, 2.093, 2.861],
  [30, 2.042, 2.75],
  [99, 1.984, 2.626],
])('with %i degrees of freedom, %f standard errors hold 95 %% and %f hold 99 %%', (degrees, t95, t99) => {
  expect(studentT(0.95, degrees)).toBeCloseTo(t95, 3);
  expect(studentT(0.99, degrees)).toBeCloseTo(t99, 3);
});

test('with many degrees of freedom it is the normal distribution', () => {
  expect(studentT(0.95, 100_001)).toBeCloseTo(1.95996, 4);
  expect(studentT(0.95, 100_000)).toBeCloseTo(1.95996, 4);
});

test('the share around the middle grows from nothing to all of it', () => {
  for (const degrees of [1, 2, 3, 8, 31]) {
    expect(centralShare(0, degrees)).toBe(0);
    expect(centralShare(1, degrees)).toBeLessThan(centralShare(1.1, degrees));
    expect(centralShare(1e9, degrees)).toBeCloseTo(1, 8);
  }
});
