/** Pressing and dragging over a stretch of the timeline moves the playhead there. */
import type { PointerEvent } from 'react';
import { clamp, timeAt, type Axis } from '../charts/axis.ts';
import { useSession } from '../session.tsx';

/** Handlers for an element whose left edge is the axis's pixel 0. Playing stops where the hand takes over. */
export function useScrub(axis: Axis) {
  const { view } = useSession();
  const follow = (event: PointerEvent<HTMLElement>): void => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    view.seek(timeAt(axis, clamp(x, 0, axis.width)));
  };
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      view.pause();
      follow(event);
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
    },
  };
}
