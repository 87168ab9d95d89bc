/** Words that are written past React, many times a second. */
import type { RunState } from '../state/run.ts';

/** Numbers and words follow at most so often while it plays, milliseconds: the page is laid out anew for them. */
const READ_EVERY_MS = 100;
/** And so often while a run is rendered, which has better use for the processor. */
const READ_SPARINGLY_EVERY_MS = 200;

/**
 * Which of the turns of numbers and words a frame belongs to, by its time in milliseconds: whatever is read is written in a
 * turn's first frame, so that the page is laid out once for all of it.
 */
export function readingTurn(frame: number, { phase }: Pick<RunState, 'phase'>): number {
  return Math.floor(frame / (phase === 'rendering' ? READ_SPARINGLY_EVERY_MS : READ_EVERY_MS));
}

/**
 * Writes words into an element that holds nothing else, and nothing where they are there already. The text node stays:
 * for a new one the browser would ask every style rule again, up to the page's root.
 */
export function writeText(element: Element, words: string): void {
  const { firstChild } = element;
  if (!(firstChild instanceof Text) || firstChild.nextSibling !== null) element.textContent = words;
  else if (firstChild.data !== words) firstChild.data = words;
}
