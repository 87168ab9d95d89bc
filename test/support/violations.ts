/** Violations that nobody ran into: a test names what it is about, everything else is zero. */
import { VIOLATION, VIOLATION_KINDS, VIOLATION_WIDTH } from '../../src/design/readings.ts';
import type { Violation } from '../../src/replay/story/history.ts';

export type GivenViolation = Pick<Violation, 'kind'> & Partial<Violation>;

/** The rows of a run's violations, in this order. */
export function violationsOf(...given: readonly GivenViolation[]): Int32Array<ArrayBuffer> {
  const rows = new Int32Array(given.length * VIOLATION_WIDTH);
  given.forEach(({ kind, ...others }, row) => {
    const at = row * VIOLATION_WIDTH;
    rows[at + VIOLATION.kind] = VIOLATION_KINDS.indexOf(kind);
    for (const column of ['time', 'operation', 'session', 'key', 'version', 'expected', 'extra'] as const)
      rows[at + VIOLATION[column]] = others[column] ?? 0;
  });
  return rows;
}
