/** Which stretch of a run becomes a video, and what of it a browser can hold: arithmetic alone. */
import { clamp } from '../../../base/clamp.ts';
import { err, ok, type Result } from '../../../base/result.ts';
import { parseDuration, printDuration } from '../../../base/units.ts';
import { problem, type Problem } from '../../../design/problem.ts';
import { PACE, type Speed } from '../../../design/linkView.ts';

export interface VideoPlan {
  /** Microseconds of the run, [from, to). */
  readonly from: number;
  readonly to: number;
  readonly speed: Speed;
}

/** The longest video, milliseconds of play. */
export const LONGEST_MS = 30_000;
/** What a video takes of a second, bits; and the most that is kept of one, bytes. */
export const BITS_PER_SECOND = 5_000_000;
export const MOST_BYTES = 32 * 1024 * 1024;
/** Where nobody says how long. */
const USUAL_MS = 5_000;

/** How long it plays, milliseconds. */
export function lengthOf({ from, to, speed }: VideoPlan): number {
  return (to - from) / 1000 / PACE[speed];
}

/** What it weighs at the most, bytes. */
export function weightOf(plan: VideoPlan): number {
  return Math.min(MOST_BYTES, (lengthOf(plan) / 1000 / 8) * BITS_PER_SECOND);
}

/** A few seconds from the playhead's millisecond on, or the last ones of the run. */
export function usualPlan(cursor: number, duration: number, speed: Speed): VideoPlan {
  const length = Math.min(duration, USUAL_MS * 1000 * PACE[speed]);
  const from = clamp(Math.round(cursor / 1000) * 1000, 0, duration - length);
  return { from, to: from + length, speed };
}

/** The beginning or the end of the window, as it was typed; what is left of the other stays. */
export function withInstant(
  plan: VideoPlan,
  which: 'from' | 'to',
  text: string,
  duration: number,
): Result<VideoPlan, Problem> {
  const [least, most] = which === 'from' ? [0, plan.to - 1] : [plan.from + 1, duration];
  const allowed = `an instant from ${printDuration(least)} to ${printDuration(most)}`;
  const instant = parseDuration(text);
  if (!instant.ok) return err(problem(which, text, instant.error, allowed));
  const { value } = instant;
  if (value >= least && value <= most) return ok({ ...plan, [which]: value });
  const nearest = printDuration(clamp(value, least, most));
  return err(problem(which, text, 'is outside of the window', allowed, nearest));
}
