/** The series that the charts draw behind the run that is shown, if there is one. */
import type { SeriesReading } from '../../engine/readings.ts';
import { useGhostState, useRun } from '../session.tsx';

export function useGhost(): SeriesReading | undefined {
  const choice = useGhostState((state) => state.choice);
  const pinned = useGhostState((state) => state.pinned?.series);
  const before = useRun((run) => run.previous?.series);
  switch (choice) {
    case 'before':
      return before;
    case 'pinned':
      return pinned;
    case 'none':
      return undefined;
  }
}
