/** What the ghost of the charts is, in words. */
import type { Change } from '../../state/documents.ts';
import type { GhostState } from '../../state/ghost.ts';
import { nameOf } from '../designName.ts';
import { formatPercent } from '../format.ts';

/** `before: cache timeout off`, `pinned: look-aside`; undefined where there is none. */
export function ghostWords(
  { choice, design, rendering, error }: GhostState,
  change: Change | undefined,
): string | undefined {
  const name = design === undefined ? '' : nameOf(design);
  switch (choice) {
    case 'before':
      return change?.before === undefined ? 'the run before' : `before: ${change.label} ${change.before}`;
    case 'pinned':
      if (error !== undefined) return `pinned: ${name}, which could not be rendered`;
      return rendering === undefined
        ? `pinned: ${name}`
        : `pinned: ${name}, rendered to ${formatPercent(rendering)}`;
    case 'none':
      return undefined;
  }
}
