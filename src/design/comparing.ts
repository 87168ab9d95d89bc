/** What can be asked of a comparison: with how many seeds. Holds the default, and reads it from words. */
import { err, ok, type Result } from '../base/result.ts';
import { LIMITS } from './limits.ts';
import { printProblem, problem } from './problem.ts';

/** Few enough to wait for; with them the interval reaches 1.24 standard deviations to each side. */
export const DEFAULT_SEEDS = 5;

/** A number of seeds. The error is one line that names `flag`, the value and what is allowed. */
export function readSeeds(flag: string, text: string): Result<number> {
  const seeds = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (seeds >= 1 && seeds <= LIMITS.seeds) return ok(seeds);
  const allowed = `a whole number from 1 to ${LIMITS.seeds}`;
  return err(printProblem(problem(flag, text, 'is no number of seeds', allowed)));
}
