/** What the board says about a run in a few words. */
import type { RunState } from '../../state/run.ts';
import { formatCount } from '../format.ts';
import { loudRows } from '../timeline/violationMarks.ts';

const counted = new WeakMap<Int32Array, number>();

/** How many violations somebody was let down by: what is only stale or not yet committed is not counted. */
function loudCount(violations: Int32Array): number {
  let count = counted.get(violations);
  if (count === undefined) {
    count = loudRows(violations).length;
    counted.set(violations, count);
  }
  return count;
}

/** `118 violations`; undefined while there are none. */
export function violationsWords(run: RunState): string | undefined {
  const count = loudCount(run.violations);
  if (count === 0) return undefined;
  return `${formatCount(count)} ${count === 1 ? 'violation' : 'violations'}`;
}

/** Where nobody was let down: what was checked, `75 024 reads of own writes checked`. */
export function checkedWords(checked: number): string {
  return checked === 0
    ? 'No reads of own writes to check'
    : `${formatCount(checked)} reads of own writes checked`;
}

/** `5 of 6 hold`; undefined until the run is over. */
export function holdWords(run: RunState): string | undefined {
  const verdicts = run.summary?.contract;
  if (verdicts === undefined) return undefined;
  return `${verdicts.filter(({ holds }) => holds).length} of ${verdicts.length} hold`;
}
