/**
 * How what follows the playhead is kept up to date: by a function called for every new cursor, outside of React,
 * which would be too much work for every frame of play.
 */
import { useLayoutEffect, useRef } from 'react';
import { useSession } from '../session.tsx';
import { READ_EVERY_MS } from '../writeText.ts';

/** Calls `show` with the cursor (microseconds): after every drawing of the component, and whenever it moves. */
export function useCursor(show: (cursor: number) => void): void {
  useCursorEvery(0, show);
}

/** As `useCursor`, for what is read and not followed by the eye: ten times a second while it plays. */
export function useReadCursor(show: (cursor: number) => void): void {
  useCursorEvery(READ_EVERY_MS, show);
}

function useCursorEvery(ms: number, show: (cursor: number) => void): void {
  const { view } = useSession();
  const shownAt = useRef(Number.NEGATIVE_INFINITY);
  const latest = useRef(show);
  useLayoutEffect(() => {
    latest.current = show;
    show(view.getState().cursor);
  });
  useLayoutEffect(
    () =>
      view.subscribe(({ cursor, playing }, last) => {
        if (cursor === last.cursor && playing === last.playing) return;
        const now = performance.now();
        if (playing && now - shownAt.current < ms) return;
        shownAt.current = now;
        latest.current(cursor);
      }),
    [view, ms],
  );
}
