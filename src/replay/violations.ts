/**
 * Where in a run something was violated: finding a violation near the cursor or the next one along the way. Violations
 * stand in the order in which they were found, which is not always the order of their time (a lost write is found
 * later), so that a search looks at all of them; it is done once per key press.
 */
import { VIOLATION, VIOLATION_WIDTH } from '../design/readings.ts';

/** The row of the violation that is nearest in time and at most `within` microseconds away; undefined where there is none. */
export function violationNear(violations: Int32Array, cursor: number, within: number): number | undefined {
  let nearest: number | undefined;
  let nearestDistance = within;
  for (let row = 0; row * VIOLATION_WIDTH < violations.length; row++) {
    const distance = Math.abs(violations[row * VIOLATION_WIDTH + VIOLATION.time]! - cursor);
    if (distance < nearestDistance || (distance === nearestDistance && nearest === undefined)) {
      nearest = row;
      nearestDistance = distance;
    }
  }
  return nearest;
}

/**
 * The row of the first violation after the cursor (direction 1) or of the last one before it (-1); undefined where there
 * is none. Violations of the same instant are visited in their order: give the focused row as `from`.
 */
export function nextViolation(
  violations: Int32Array,
  cursor: number,
  direction: 1 | -1,
  from?: number,
): number | undefined {
  let best: number | undefined;
  let bestTime = 0;
  for (let i = 0; i * VIOLATION_WIDTH < violations.length; i++) {
    const row = direction === 1 ? i : violations.length / VIOLATION_WIDTH - 1 - i;
    const time = violations[row * VIOLATION_WIDTH + VIOLATION.time]!;
    const sameInstant = from !== undefined && time === cursor && (row - from) * direction > 0;
    if (!sameInstant && (time - cursor) * direction <= 0) continue;
    if (best === undefined || (bestTime - time) * direction > 0) {
      best = row;
      bestTime = time;
    }
  }
  return best;
}
