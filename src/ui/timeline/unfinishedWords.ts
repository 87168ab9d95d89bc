/** What is said of a run that is not there to its end. */
import type { RunState } from '../../state/run.ts';
import { THIN } from '../format.ts';
import { prettyWords } from '../pretty.ts';

interface Reached extends Pick<RunState, 'phase' | 'renderedTo'> {
  /** The named limit that ended the run before its time, if one did. */
  readonly stopped: string | undefined;
}

/** Undefined where nothing is missing. `brief`: where there is room for a few words. */
export function unfinishedWords(
  { phase, renderedTo, stopped }: Reached,
  { brief }: { readonly brief: boolean },
): string | undefined {
  switch (phase) {
    case 'failed':
      return 'could not be rendered';
    case 'rendering':
      return `rendered to ${(renderedTo / 1e6).toFixed(1)}${THIN}s`;
    case 'done':
      if (stopped === undefined) return undefined;
      return `${brief ? 'ended early' : 'ended before its time'}: ${prettyWords(stopped)}`;
  }
}
