/** The tracks of the registry with their places and scales, for the run that is shown and the one before it. */
import { useMemo } from 'react';
import { nodesOf } from '../../design/nodes.ts';
import { useDocument, useRun, useView } from '../session.tsx';
import type { Subject } from './metric.ts';
import { useGhost } from './useGhost.ts';
import { placeTrack, type PlacedTrack, type TrackBox } from './placed.ts';
import { TRACKS } from './tracks.ts';

/** `boxes` in the order of the registry; memoise them. */
export function usePlacedTracks(boxes: readonly TrackBox[]): PlacedTrack[] {
  const subject = useSubject();
  const now = useRun((run) => run.series);
  const before = useGhost();
  return useMemo(() => {
    const runs = [now, before].filter((series) => series !== undefined);
    return TRACKS.flatMap((track, i) => {
      const box = boxes[i];
      return box === undefined ? [] : [placeTrack(track, box, subject, runs)];
    });
  }, [boxes, subject, now, before]);
}

/** What is measured is of the design that was rendered; what was promised, of the one that is open. */
function useSubject(): Subject {
  const open = useDocument((document) => document.design);
  const rendered = useRun((run) => run.design) ?? open;
  const selection = useView((view) => view.selection);
  return useMemo(() => {
    const nodes = nodesOf(rendered);
    const node = nodes.find(({ name, tier }) => tier === 'cache' && name === selection);
    return {
      design: { ...rendered, contract: open.contract },
      cacheNode: node === undefined ? undefined : { name: node.name, id: node.id, of: nodes.length },
    };
  }, [open, rendered, selection]);
}
