/** The window of the run that the timeline shows, laid over the pixels it has. */
import { useMemo } from 'react';
import { clamp } from '../../base/clamp.ts';
import type { Axis, TimeWindow } from '../charts/axis.ts';
import { useDocument, useView } from '../session.tsx';

/** The part of a window that a run of this length fills; all of the run where it fills none. */
export function windowWithin({ from, to }: TimeWindow, duration: number): TimeWindow {
  const cut = { from: clamp(from, 0, duration), to: clamp(to, 0, duration) };
  return cut.from < cut.to ? cut : { from: 0, to: duration };
}

/** An axis over `width` pixels. */
export function useAxis(width: number): Axis {
  const zoom = useView((view) => view.zoom);
  const duration = useDocument((document) => document.design.duration);
  return useMemo(() => ({ ...windowWithin(zoom, duration), width }), [zoom, duration, width]);
}
