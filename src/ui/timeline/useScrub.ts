/** Pressing and dragging over a stretch of the timeline moves the playhead there. */
import { useEffect, useRef, type PointerEvent } from 'react';
import { clamp, timeAt, type Axis } from '../charts/axis.ts';
import { useSession } from '../session.tsx';

/** A mouse that rests for so long may be about to press, milliseconds. */
const REST_MS = 80;

/**
 * Handlers for an element whose left edge is the axis's pixel 0. Playing stops where the hand takes over. Where a mouse
 * rests is said before it presses.
 */
export function useScrub(axis: Axis) {
  const { view } = useSession();
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      clearTimeout(resting.current);
    },
    [],
  );
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
      if (event.currentTarget.hasPointerCapture(event.pointerId)) {
        view.seek(timeOf(event));
        return;
      }
      if (event.pointerType !== 'mouse') return;
      const time = timeOf(event);
      clearTimeout(resting.current);
      resting.current = setTimeout(() => view.point(time), REST_MS);
    },
    onPointerLeave: (): void => {
      clearTimeout(resting.current);
      view.point(undefined);
    },
  };
}
