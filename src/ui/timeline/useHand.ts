/**
 * What a hand does over the charts: alone it moves the playhead, with Shift (or while a window is to be marked) it marks a
 * window of time, and two fingers zoom.
 */
import { useRef, type PointerEvent } from 'react';
import { clamp } from '../../base/clamp.ts';
import { grainOf, pinched, snap, timeAt, type Axis } from '../charts/axis.ts';
import { useSession } from '../session.tsx';
import { useScrub } from './useScrub.ts';

type Gesture =
  | { readonly kind: 'scrub' }
  /** `from` is where the window was begun, microseconds. */
  | { readonly kind: 'mark'; readonly from: number }
  /** The instants that the fingers took hold of, microseconds. */
  | { readonly kind: 'pinch'; readonly held: readonly [number, number] };

/** Handlers for an element whose left edge is the axis's pixel 0. */
export function useHand(axis: Axis) {
  const { view, documents, excerpt } = useSession();
  const scrub = useScrub(axis);
  const gesture = useRef<Gesture>(undefined);
  /** Where each pointer that is down stands, pixels of the axis. */
  const down = useRef(new Map<number, number>());

  const xOfEvent = (event: PointerEvent<HTMLElement>): number =>
    event.clientX - event.currentTarget.getBoundingClientRect().left;
  const grainAt = (x: number): number => snap(timeAt(axis, clamp(x, 0, axis.width)), grainOf(axis));
  const pair = (): readonly [number, number] | undefined => {
    const [a, b] = down.current.values();
    return a === undefined || b === undefined ? undefined : [a, b];
  };

  const lift = (event: PointerEvent<HTMLElement>): void => {
    if (!down.current.delete(event.pointerId)) return;
    if (gesture.current?.kind === 'mark') excerpt.setMarking(false);
    // The finger that is left after a pinch moves nothing until it is put down anew.
    gesture.current = undefined;
  };

  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      const x = xOfEvent(event);
      down.current.set(event.pointerId, x);
      event.currentTarget.setPointerCapture(event.pointerId);
      const fingers = pair();
      if (fingers !== undefined) {
        gesture.current = { kind: 'pinch', held: [timeAt(axis, fingers[0]), timeAt(axis, fingers[1])] };
      } else if (event.shiftKey || excerpt.getState().marking) {
        gesture.current = { kind: 'mark', from: grainAt(x) };
      } else {
        gesture.current = { kind: 'scrub' };
        scrub.onPointerDown(event);
      }
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (!down.current.has(event.pointerId)) {
        scrub.onPointerMove(event);
        return;
      }
      const { current } = gesture;
      if (current === undefined) return;
      const x = xOfEvent(event);
      down.current.set(event.pointerId, x);
      switch (current.kind) {
        case 'scrub':
          scrub.onPointerMove(event);
          break;
        case 'mark': {
          const [from, to] = [current.from, grainAt(x)];
          excerpt.mark({ from: Math.min(from, to), to: Math.max(from, to) });
          break;
        }
        case 'pinch': {
          const fingers = pair();
          if (fingers !== undefined)
            view.setZoom(pinched(axis, current.held, fingers, documents.getState().design.duration));
        }
      }
    },
    onPointerLeave: scrub.onPointerLeave,
    onPointerUp: lift,
    // A finger that the browser or another element takes away is lifted nowhere.
    onLostPointerCapture: lift,
  };
}
