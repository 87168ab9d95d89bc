/** Says where on the timeline a mouse rests before it presses there, so that what one may go to can be fetched ahead. */
import { useCallback, useEffect, useRef, type PointerEvent } from 'react';
import type { Pointed } from '../../state/view.ts';
import { useSession } from '../session.tsx';

/** A mouse that rests for so long may be about to press, milliseconds. */
const REST_MS = 80;

export function useRest() {
  const { view, comparison } = useSession();
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const leave = useCallback((): void => {
    clearTimeout(resting.current);
    view.point(undefined);
  }, [view]);
  useEffect(() => leave, [leave]);
  /** @param find asked only once the mouse has rested */
  const move = (event: PointerEvent, find: () => Pointed | undefined): void => {
    if (event.pointerType !== 'mouse') return;
    clearTimeout(resting.current);
    // The charts of a comparison show no messages.
    if (comparison.getState().versus !== undefined) return;
    resting.current = setTimeout(() => view.point(find()), REST_MS);
  };
  return { move, leave };
}
