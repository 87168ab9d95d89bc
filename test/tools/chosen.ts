/** Which of a tool's parts its arguments name. */
import { nearestWord } from '../../src/base/nearest.ts';
import { err, ok, type Result } from '../../src/base/result.ts';

/**
 * Names with their parts, in the order of `parts`: those that `names` has, and all of them if it is empty. `what` a part is
 * called stands in the error, which is one line.
 */
export function chosenOf<T>(
  what: string,
  parts: Readonly<Record<string, T>>,
  names: readonly string[],
): Result<readonly [string, T][]> {
  const known = Object.keys(parts);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const nearest = nearestWord(unknown, known);
    const hint = nearest === undefined ? '' : `; nearest: ${nearest}`;
    return err(`${what} "${unknown}": is not known; allowed: ${known.join(', ')}${hint}`);
  }
  return ok(Object.entries(parts).filter(([name]) => names.length === 0 || names.includes(name)));
}
