/** The window of a command, from its words, or a short one where nobody says which. */
import { err, ok, type Result } from '../base/result.ts';
import type { Design } from '../design/design.ts';
import { printProblem } from '../design/problem.ts';
import { parseWindow, type Window } from '../design/window.ts';

/** What is taken where nobody says otherwise: enough for some thousand operations of the seed's traffic. */
export const DEFAULT_WINDOW_US = 100_000;

/** @returns the window, or the line that says what is wrong with it */
export function readWindow(text: string | undefined, { duration }: Design): Result<Window> {
  if (text === undefined) return ok({ from: 0, to: Math.min(DEFAULT_WINDOW_US, duration) });
  const window = parseWindow('--window', text, duration);
  return window.ok ? window : err(printProblem(window.error));
}
