/**
 * The playhead's behaviour without its looks: a part that is moved to the cursor past React, and on it a knob that is
 * a slider, for hands and for keys.
 */
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { clamp } from '../../base/clamp.ts';
import { timeAt, xOf, type Axis } from '../charts/axis.ts';
import { onPixel, useCursor } from '../charts/useCursor.ts';
import { useDocument, useRun, useSession, useView } from '../session.tsx';
import { cursorAfterKey } from './playheadKeys.ts';
import { playheadWords } from './playheadWords.ts';

/** While it plays, what the knob is to a screen reader follows at most so often. */
const SAY_EVERY_MS = 250;

/** `mover` goes on the element that moves (its parent's left edge is pixel 0), `knob` on the slider inside of it. */
export function usePlayhead(axis: Axis) {
  const { view, run } = useSession();
  // What is said names what is selected: it is said anew when that, or what is measured of it, changes.
  const selection = useView((state) => state.selection);
  useRun((state) => state.series);
  const playing = useView((state) => state.playing);
  const duration = useDocument((document) => document.design.duration);
  const mover = useRef<HTMLDivElement>(null);
  const knob = useRef<HTMLDivElement>(null);
  /** Where the knob was taken, pixels right of the playhead. */
  const grip = useRef(0);
  /** Wall time of the last words, milliseconds. */
  const saidAt = useRef(0);

  useCursor((cursor) => {
    const x = onPixel(xOf(axis, cursor));
    if (mover.current) {
      mover.current.style.transform = `translateX(${x}px)`;
      mover.current.style.visibility = x >= -0.5 && x <= axis.width + 0.5 ? '' : 'hidden';
    }
    const now = performance.now();
    if (playing && now - saidAt.current < SAY_EVERY_MS) return;
    saidAt.current = now;
    knob.current?.setAttribute('aria-valuenow', (cursor / 1e6).toFixed(3));
    knob.current?.setAttribute('aria-valuetext', playheadWords(cursor, selection, run.getState()));
  });

  const xWithin = (event: PointerEvent<HTMLElement>): number =>
    event.clientX - (mover.current?.parentElement?.getBoundingClientRect().left ?? 0);

  return {
    mover,
    knob,
    slider: {
      role: 'slider',
      tabIndex: 0,
      'aria-label': 'Playhead',
      'aria-valuemin': 0,
      'aria-valuemax': duration / 1e6,
      'aria-valuenow': 0,
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        view.pause();
        grip.current = xWithin(event) - xOf(axis, view.getState().cursor);
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        view.seek(timeAt(axis, clamp(xWithin(event) - grip.current, 0, axis.width)));
      },
      onKeyDown(event: KeyboardEvent<HTMLElement>) {
        const next = cursorAfterKey(event, view.getState().cursor, duration);
        if (next === undefined) return;
        event.preventDefault();
        view.pause();
        view.seek(next);
      },
    },
  };
}
