/**
 * The line of the cursor over a story's picture, moved past React: it is there while the cursor is in the story, its flag
 * says the instant, the words of the axis that the flag would cut give way, and a picture that is scrolled follows it.
 */
import { useRef, type RefObject } from 'react';
import { useCursor } from '../charts/useCursor.ts';
import { formatNumber } from '../format.ts';
import { writeText } from '../writeText.ts';
import { isUnderFlag } from './spaceLayout.ts';

/** How much of the picture there is to see on both sides of the cursor where it is scrolled, pixels. */
const AROUND = 48;

interface Stretch {
  /** Of the story, microseconds. */
  readonly from: number;
  readonly to: number;
  /** The instant that the axis counts from, microseconds. */
  readonly zero: number;
  /** Pixels from the left of the picture, of an instant. */
  readonly xOf: (time: number) => number;
  /** Width of the names beside the picture, pixels. */
  readonly names: number;
}

/** Gives what the group of the line and its flag is to be bound to. `frame` scrolls, and has the words of the axis in it. */
export function useCursorLine(
  frame: RefObject<HTMLElement | null>,
  { from, to, zero, xOf, names }: Stretch,
): RefObject<SVGGElement | null> {
  const group = useRef<SVGGElement>(null);
  useCursor((cursor) => {
    const line = group.current;
    if (line === null) return;
    const inside = cursor >= from && cursor <= to;
    line.style.display = inside ? '' : 'none';
    line.setAttribute('transform', `translate(${xOf(cursor)} 0)`);
    const label = line.querySelector('text');
    if (label) writeText(label, formatNumber((cursor - zero) / 1000));
    if (frame.current === null) return;
    for (const words of frame.current.querySelectorAll<SVGTextElement>('[data-axis]')) {
      const covered = inside && isUnderFlag(words.textContent, Number(words.getAttribute('x')), xOf(cursor));
      words.style.visibility = covered ? 'hidden' : '';
    }
    if (inside) bringIntoSight(frame.current, xOf(cursor), names);
  });
  return group;
}

/** Scrolls the frame no further than it must so that `x` of the messages is seen, with something on both sides of it. */
function bringIntoSight(frame: HTMLElement, x: number, names: number): void {
  const room = frame.clientWidth - names;
  frame.scrollLeft = Math.min(Math.max(frame.scrollLeft, x + AROUND - room), x - AROUND);
}
