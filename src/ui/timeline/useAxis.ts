/** The window of the run that the timeline shows, laid over the pixels it has. */
import { useMemo } from 'react';
import { clamp, type Axis } from '../charts/axis.ts';
import { useDocument, useView } from '../session.tsx';

/** An axis over `width` pixels; a window that the design's run does not fill is cut to it. */
export function useAxis(width: number): Axis {
  const zoom = useView((view) => view.zoom);
  const duration = useDocument((document) => document.design.duration);
  return useMemo(() => {
    const to = clamp(zoom.to, 0, duration);
    const from = clamp(zoom.from, 0, duration);
    return from < to ? { from, to, width } : { from: 0, to: duration, width };
  }, [zoom, duration, width]);
}
