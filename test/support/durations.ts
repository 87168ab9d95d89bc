/** Durations in the words of stories, of which none is negative. */
import { assert } from '../../src/base/assert.ts';
import { printDuration } from '../../src/base/units.ts';

/** Microseconds as the document's own units have them. */
export function durationInWords(us: number): string {
  assert(us >= 0, `${us} µs is a duration`);
  return printDuration(us);
}
