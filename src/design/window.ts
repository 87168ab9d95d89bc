/**
 * A window of a run as people write it: two instants with a dash between them, `12.3s-12.35s`. What is wrong with one is
 * said with the key that it was given for, and what is allowed.
 */
import { err, ok, type Result } from '../base/result.ts';
import { parseDuration, printDuration, type Micros } from '../base/units.ts';
import { problem, type Problem } from './problem.ts';
import { DURATION, within } from './quantities.ts';

export interface Window {
  /** Microseconds, [from, to). */
  readonly from: Micros;
  readonly to: Micros;
}

/** @param duration of the run, microseconds; the window ends with it at the latest */
export function parseWindow(key: string, text: string, duration: Micros): Result<Window, Problem> {
  const refuse = (message: string, nearest?: string): Result<never, Problem> => {
    const allowed = `two instants such as 12.3s-12.35s, up to ${printDuration(duration)}`;
    return err(problem(key, text, message, allowed, nearest));
  };
  const [from, to, ...more] = text.split('-').map(parseDuration);
  if (from === undefined || to === undefined || more.length > 0) return refuse('is no window');
  if (!from.ok) return refuse(`begins with what ${from.error}`, nearestWindow(text, duration));
  if (!to.ok) return refuse(`ends with what ${to.error}`, nearestWindow(text, duration));
  if (to.value < from.value) return refuse('ends before it begins');
  if (to.value === from.value) return refuse('ends when it begins');
  if (to.value > duration) return refuse('ends after the run', nearestWindow(text, duration));
  return ok({ from: from.value, to: to.value });
}

/** The same with both instants mended; undefined where these make no window. */
function nearestWindow(text: string, duration: Micros): string | undefined {
  const instant = within(DURATION, 0, duration);
  const mended = text.split('-').map((part) => {
    const read = instant.read(part);
    return read.ok ? part : (read.error.nearest ?? '');
  });
  const nearest = mended.join('-');
  return nearest !== text && parseWindow('', nearest, duration).ok ? nearest : undefined;
}

/** The one text of a window: `10s-18.25s`. */
export function printWindow({ from, to }: Window): string {
  return `${printDuration(from)}-${printDuration(to)}`;
}
