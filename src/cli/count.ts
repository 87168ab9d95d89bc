/** Reads how many are meant: of seeds, trials or states. */
import { err, type Result } from '../base/result.ts';
import { printProblem, problem } from '../design/problem.ts';
import { INTEGER, within } from '../design/quantities.ts';

/** From 1 to `most`. The error is one line that names `flag`, the value and what is allowed. */
export function readCount(flag: string, text: string, most: number): Result<number> {
  const read = within(INTEGER, 1, most).read(text);
  if (read.ok) return read;
  const { message, nearest } = read.error;
  return err(printProblem(problem(flag, text, message, `a whole number from 1 to ${most}`, nearest)));
}
