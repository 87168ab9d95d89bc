/** What the playhead says to a screen reader: the instant, and how long the queue of what is selected is there. */
import { leaderName, nodesOf } from '../../design/nodes.ts';
import { nodeAt } from '../../replay/frame.ts';
import type { RunState } from '../../state/run.ts';
import { formatCount } from '../format.ts';

/** @param cursor microseconds */
export function playheadWords(
  cursor: number,
  selection: string | undefined,
  run: Pick<RunState, 'design' | 'series' | 'renderedTo'>,
): string {
  const seconds = `${(cursor / 1e6).toFixed(3)} seconds`;
  const { design, series } = run;
  if (selection === undefined || design === undefined || series === undefined || cursor > run.renderedTo)
    return seconds;
  // A shard's card stands for whoever leads it at that moment.
  const id = nodesOf(design).findIndex(
    ({ name, shard }, i) =>
      name === selection ||
      (shard !== undefined && leaderName(shard) === selection && nodeAt(series, i, cursor).leads === 1),
  );
  const queue = id < 0 ? Number.NaN : nodeAt(series, id, cursor).queue;
  return Number.isFinite(queue) ? `${seconds}, queue of ${selection}: ${formatCount(queue)}` : seconds;
}
