/** Which operations of a window were let down or let somebody down: a detail window always holds them. */
import { VIOLATION, VIOLATION_KINDS, VIOLATION_WIDTH } from '../design/readings.ts';

/** Operations that one window holds for their violations, at the most; the kinds come in the order of VIOLATION_KINDS. */
export const VIOLATING_LIMIT = 400;
/** Known only when the run is over: what a window holds must not depend on when it was asked for. */
const PHANTOM = VIOLATION_KINDS.indexOf('phantomRead');

/** Ids of the operations whose violation was found in [from, to), microseconds, each once. */
export function violatingOperations(violations: Int32Array, from: number, to: number): number[] {
  const byKind = VIOLATION_KINDS.map((): number[] => []);
  for (let o = 0; o < violations.length; o += VIOLATION_WIDTH) {
    const time = violations[o + VIOLATION.time]!;
    const kind = violations[o + VIOLATION.kind]!;
    if (time >= from && time < to && kind !== PHANTOM)
      byKind[kind]!.push(violations[o + VIOLATION.operation]!);
  }
  return [...new Set(byKind.flat())].slice(0, VIOLATING_LIMIT);
}
