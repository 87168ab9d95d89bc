/**
 * The window of a command, from its words: two instants with a dash between them. What is wrong with it becomes one line
 * that names the flag, the value and what is allowed.
 */
import { err, ok, type Result } from '../base/result.ts';
import { parseDuration, printDuration, type Micros } from '../base/units.ts';
import type { Design } from '../design/design.ts';
import { printProblem, problem } from '../design/problem.ts';

export interface Window {
  /** Microseconds, [from, to). */
  readonly from: Micros;
  readonly to: Micros;
}

/** What is taken where nobody says otherwise: enough for some thousand operations of the seed's traffic. */
const DEFAULT_LENGTH_US = 100_000;

export function readWindow(text: string | undefined, { duration }: Design): Result<Window> {
  if (text === undefined) return ok({ from: 0, to: Math.min(DEFAULT_LENGTH_US, duration) });
  const refuse = (message: string): Result<never> =>
    err(
      printProblem(
        problem(
          '--window',
          text,
          message,
          `two instants such as 12.3s-12.35s, up to ${printDuration(duration)}`,
        ),
      ),
    );
  const [from, to, ...more] = text.split('-').map(parseDuration);
  if (from === undefined || to === undefined || more.length > 0) return refuse('is no window');
  if (!from.ok) return refuse(`begins with what ${from.error}`);
  if (!to.ok) return refuse(`ends with what ${to.error}`);
  if (to.value <= from.value) return refuse('ends before it begins');
  if (to.value > duration) return refuse('ends after the run');
  return ok({ from: from.value, to: to.value });
}
