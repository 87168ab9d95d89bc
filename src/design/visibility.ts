/**
 * What can be asked about freshness: at which times after a write's acknowledgement it is read, and after how many
 * writes. Holds the limits and the defaults, and reads them from words; how the answer is found is the engine's.
 */
import { err, ok, type Result } from '../base/result.ts';
import { MS } from '../base/scale.ts';
import { printDuration, type Micros } from '../base/units.ts';
import type { Trouble } from './leaf.ts';
import { LIMITS } from './limits.ts';
import { printProblem, problem } from './problem.ts';
import { SHORT_DURATION, within } from './quantities.ts';

export interface VisibilityQuestion {
  /** Times after the acknowledgement, each in whole microseconds. */
  readonly instants: readonly Micros[];
  /** Acknowledged PUTs after which the key is read, once for every instant. */
  readonly trials: number;
}

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
  const rule = within(SHORT_DURATION, 0, timeout);
  const read = parts.map((part) => rule.read(part.trim()));
  const instants = read.flatMap((instant) => (instant.ok ? [instant.value] : []));
  const wrong = read.findIndex(({ ok: right }) => !right);
  const first = read[wrong];
  if (first === undefined || first.ok) return ok(instants);
  const mended = parts.map((part, i) => nearestTo(part, read[i]));
  const nearest = mended.includes(undefined) ? undefined : mended.join(',');
  return err(printProblem(problem(flag, parts[wrong] ?? '', first.error.message, allowed, nearest)));
}

function nearestTo(text: string, read: Result<Micros, Trouble> | undefined): string | undefined {
  return read?.ok === false ? read.error.nearest : text;
}
