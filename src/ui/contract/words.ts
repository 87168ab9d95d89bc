/** What the board says about a run in a few words. */
import type { Design } from '../../design/design.ts';
import { LIMITS } from '../../design/limits.ts';
import { countOutcomes } from '../../replay/promises.ts';
import type { RunState } from '../../state/run.ts';
import { formatCount, THIN } from '../format.ts';
import { loudCount } from '../timeline/violationMarks.ts';

/** `118 violations`; undefined while there are none. */
export function violationsWords(run: Pick<RunState, 'summary' | 'violations'>): string | undefined {
  const count = loudCount(run);
  if (count === 0) return undefined;
  return `${formatCount(count)} ${count === 1 ? 'violation' : 'violations'}`;
}

/** Where nobody was let down: what was checked, `75 024 reads of own writes checked`. */
export function checkedWords(checked: number): string {
  return checked === 0
    ? 'No reads of own writes to check'
    : `${formatCount(checked)} reads of own writes checked`;
}

/**
 * What to do where nobody was let down: a fault, where there is room for one more, and where there is anything that it
 * could do harm to.
 */
export function nextWords({ faults, workload }: Pick<Design, 'faults' | 'workload'>): string {
  if (workload.puts === 0 && workload.gets === 0) return ' Nothing arrives: give the workload PUTs or GETs.';
  if (faults.length >= LIMITS.faults) return '';
  return ` Add ${faults.length > 0 ? 'another' : 'a'} fault to see more.`;
}

/** `first 23.4 s`: what the board counts while its first run is rendered. */
export function soFarWords({ renderedTo }: Pick<RunState, 'renderedTo'>): string {
  return `first ${(renderedTo / 1e6).toFixed(1)}${THIN}s`;
}

/** `5 of 6 hold`, of the lines that were measured; undefined until the run is over. */
export function holdWords({ summary }: Pick<RunState, 'summary'>): string | undefined {
  if (summary === undefined) return undefined;
  const { holds, broken, notMeasured } = countOutcomes(summary);
  const measured = holds + broken;
  if (measured === 0) return 'nothing was measured';
  return `${holds} of ${measured} hold${notMeasured === 0 ? '' : `, ${notMeasured} not measured`}`;
}
