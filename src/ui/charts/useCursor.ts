/**
 * How what follows the playhead is kept up to date: by a function called for every new cursor, outside of React,
 * which would be too much work for every frame of play.
 */
import { useLayoutEffect, useRef } from 'react';
import { useSession } from '../session.tsx';

/** Calls `show` with the cursor (microseconds): after every drawing of the component, and whenever it moves. */
export function useCursor(show: (cursor: number) => void): void {
  const { view } = useSession();
  const latest = useRef(show);
  useLayoutEffect(() => {
    latest.current = show;
    show(view.getState().cursor);
  });
  useLayoutEffect(
    () =>
      view.subscribe((state, last) => {
        if (state.cursor !== last.cursor) latest.current(state.cursor);
      }),
    [view],
  );
}
