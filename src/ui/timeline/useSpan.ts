/**
 * A stretch of time whose edges, and which itself, hands and keys move over an axis: the marked window, and in the
 * overview the part of the run that is shown. It knows how it is held and not what it means.
 */
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { grainOf, snap, timeAt, type Axis, type TimeWindow } from '../charts/axis.ts';
import { useDocument } from '../session.tsx';
import { moved, spanAfterKey, type Part } from './markedSpan.ts';

/**
 * `plot` goes on the element whose left edge is the axis's pixel 0; `handlesOf` gives what a part's element listens with
 * and is, as a slider. `least` is how short the stretch may become, microseconds.
 */
export function useSpan(
  axis: Axis,
  span: TimeWindow | undefined,
  least: number,
  change: (span: TimeWindow) => void,
) {
  const duration = useDocument((document) => document.design.duration);
  const plot = useRef<HTMLDivElement>(null);
  /** What was taken, and where it was then. */
  const grip = useRef<{ readonly part: Part; readonly span: TimeWindow; readonly at: number }>(undefined);
  const timeOf = (event: PointerEvent): number =>
    timeAt(axis, event.clientX - (plot.current?.getBoundingClientRect().left ?? 0));

  const handlesOf = (part: Part) => ({
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0 || span === undefined) return;
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      grip.current = { part, span, at: timeOf(event) };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const held = grip.current;
      if (held === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
      change(moved(held.span, held.part, snap(timeOf(event) - held.at, grainOf(axis)), { least, duration }));
    },
    onPointerUp() {
      grip.current = undefined;
    },
    onKeyDown(event: KeyboardEvent) {
      const next = span && spanAfterKey(event, span, part, { grain: grainOf(axis), least, duration });
      if (next === undefined) return;
      event.preventDefault();
      change(next);
    },
  });
  return { plot, duration, handlesOf };
}
