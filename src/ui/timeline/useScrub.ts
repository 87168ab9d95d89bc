/** Pressing and dragging over a stretch of the timeline moves the playhead there. */
import { clamp } from '../../base/clamp.ts';
import type { PointerEvent } from 'react';
import { timeAt, type Axis } from '../charts/axis.ts';
import { useSession } from '../session.tsx';
import { useRest } from './useRest.ts';

/** Handlers for an element whose left edge is the axis's pixel 0. Playing stops where the hand takes over. */
export function useScrub(axis: Axis) {
  const { view } = useSession();
  const rest = useRest();
  const timeOf = (event: PointerEvent<HTMLElement>): number => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return timeAt(axis, clamp(x, 0, axis.width));
  };
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      view.pause();
      view.seek(timeOf(event));
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const at = timeOf(event);
      if (event.currentTarget.hasPointerCapture(event.pointerId)) view.seek(at);
      else rest.move(event, () => ({ at }));
    },
    onPointerLeave: rest.leave,
  };
}
