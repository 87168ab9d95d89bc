/**
 * What can be asked about freshness: at which times after a write's acknowledgement it is read, and after how many
 * writes. Holds the limits and the defaults, and reads them from words; how the answer is found is the engine's.
 */
import { err, ok, type Result } from '../base/result.ts';
import { parseDuration, printDuration, type Micros } from '../base/units.ts';
import { LIMITS } from './limits.ts';
import { printProblem, problem } from './problem.ts';

export interface VisibilityQuestion {
  /** Times after the acknowledgement, each in whole microseconds. */
  readonly instants: readonly Micros[];
  /** Acknowledged PUTs after which the key is read, once for every instant. */
  readonly trials: number;
}

const MS = 1000;

/** From at once to longer than any replica of a healthy design lags behind. */
export const DEFAULT_QUESTION: VisibilityQuestion = {
  instants: [0, 0.5, 1, 2, 3, 5, 7, 10, 20, 30, 50, 100, 200, 500, 1000].map((ms) => ms * MS),
  trials: 1000,
};

/** `0ms,5ms,30ms`. The error is one line that names `flag`, the value and what is allowed. */
export function readInstants(flag: string, text: string): Result<readonly Micros[]> {
  const { visibilityInstants: count, timeout } = LIMITS;
  const allowed = `1 to ${count} times such as 0ms,5ms,30ms, each from 0s to ${printDuration(timeout)}`;
  const parts = text.split(',');
  if (parts.length > count)
    return err(printProblem(problem(flag, text, `has ${parts.length} times`, allowed)));
  const instants: Micros[] = [];
  for (const part of parts) {
    const instant = parseDuration(part.trim());
    if (!instant.ok) return err(printProblem(problem(flag, part, instant.error, allowed)));
    if (instant.value > timeout)
      return err(printProblem(problem(flag, part, `is above ${printDuration(timeout)}`, allowed)));
    instants.push(instant.value);
  }
  return ok(instants);
}

/** A number of trials. The error is one line that names `flag`, the value and what is allowed. */
export function readTrials(flag: string, text: string): Result<number> {
  const allowed = `a whole number from 1 to ${LIMITS.trials}`;
  if (!/^\d+$/.test(text)) return err(printProblem(problem(flag, text, 'is not a whole number', allowed)));
  const trials = Number(text);
  if (trials < 1) return err(printProblem(problem(flag, text, 'is below 1', allowed)));
  if (trials > LIMITS.trials)
    return err(printProblem(problem(flag, text, `is above ${LIMITS.trials}`, allowed)));
  return ok(trials);
}
