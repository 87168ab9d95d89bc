import { describe, expect, it } from 'vitest';
import { VIOLATION, VIOLATION_WIDTH } from '../../src/design/readings.ts';
import { nextViolation, violationNear } from '../../src/replay/violations.ts';

function violationsAt(...times: number[]): Int32Array {
  const rows = new Int32Array(times.length * VIOLATION_WIDTH);
  times.forEach((time, row) => (rows[row * VIOLATION_WIDTH + VIOLATION.time] = time));
  return rows;
}

describe('violations', () => {
  // The third one was found last and happened first.
  const violations = violationsAt(300, 500, 100, 500);

  it('the next one is the first after the cursor in time, in whatever order they were found', () => {
    expect(nextViolation(violations, 0, 1)).toBe(2);
    expect(nextViolation(violations, 100, 1)).toBe(0);
    expect(nextViolation(violations, 500, 1)).toBeUndefined();
  });

  it('the previous one is the last before the cursor', () => {
    expect(nextViolation(violations, 400, -1)).toBe(0);
    expect(nextViolation(violations, 300, -1)).toBe(2);
    expect(nextViolation(violations, 100, -1)).toBeUndefined();
  });

  it('those of one instant are all visited, one after the other', () => {
    expect(nextViolation(violations, 300, 1, 0)).toBe(1);
    expect(nextViolation(violations, 500, 1, 1)).toBe(3);
    expect(nextViolation(violations, 500, 1, 3)).toBeUndefined();
    expect(nextViolation(violations, 500, -1, 3)).toBe(1);
    expect(nextViolation(violations, 500, -1, 1)).toBe(0);
  });

  it('the nearest one is near enough or none at all', () => {
    expect(violationNear(violations, 310, 10)).toBe(0);
    expect(violationNear(violations, 311, 10)).toBeUndefined();
    expect(violationNear(violations, 390, 1000)).toBe(0);
    expect(violationNear(new Int32Array(0), 0, 1000)).toBeUndefined();
  });
});
