/**
 * How what follows the playhead is kept up to date: by a function called for every new cursor, outside of React,
 * which would be too much work for every frame of play.
 */
import { useLayoutEffect, useRef } from 'react';
import { useSession } from '../session.tsx';
import { readingTurn } from '../writeText.ts';

/** Calls `show` with the cursor (microseconds): after every drawing of the component, and whenever it moves. */
export function useCursor(show: (cursor: number) => void): void {
  useCursorWhere(show, () => true);
}

/** As `useCursor`, for what is read and not followed by the eye: ten times a second while it plays. */
export function useReadCursor(show: (cursor: number) => void): void {
  const shownIn = useRef(-1);
  const { run } = useSession();
  useCursorWhere(show, (playing) => {
    const turn = readingTurn(Number(document.timeline.currentTime), run.getState());
    const due = !playing || turn !== shownIn.current;
    shownIn.current = turn;
    return due;
  });
}

/**
 * Where to put what follows the playhead: on the screen's own pixels. All that the page shows is put together anew whenever
 * it moves, so it moves when that can be seen, and neither in slow motion nor by a fraction in every frame.
 */
export function onPixel(x: number): number {
  return Math.round(x * devicePixelRatio) / devicePixelRatio;
}

function useCursorWhere(show: (cursor: number) => void, isDue: (playing: boolean) => boolean): void {
  const { view } = useSession();
  const latest = useRef({ show, isDue });
  useLayoutEffect(() => {
    latest.current = { show, isDue };
    show(view.getState().cursor);
  });
  useLayoutEffect(
    () =>
      view.subscribe(({ cursor, playing }, last) => {
        if (cursor === last.cursor && playing === last.playing) return;
        if (latest.current.isDue(playing)) latest.current.show(cursor);
      }),
    [view],
  );
}
