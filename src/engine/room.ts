/** How much room a design's run will need, as far as the design says: what is made ahead need not grow. */
import type { Design } from '../design/design.ts';
import { powerOfTwoFrom } from './kernel/grown.ts';

/** Keys that room is made for ahead, at the most: 32 MB of address space, most of which a run of a minute comes to use. */
const KEYS_AHEAD_LIMIT = 1 << 19;
/** And PUTs: 16 MB. */
const WRITES_AHEAD_LIMIT = 1 << 18;

/** Keys that a run will touch, at the most and in powers of two; fewer where there would be very many. */
export function keysTouched({ workload, duration }: Design): number {
  const { keys, puts, gets } = workload;
  return Math.min(powerOfTwoFrom(Math.min(keys, ((puts + gets) * duration) / 1e6)), KEYS_AHEAD_LIMIT);
}

/** PUTs that a run will begin, with a twentieth more for chance; fewer where there would be very many. */
export function writesBegun({ workload, duration }: Design): number {
  return Math.min(Math.ceil((1.05 * workload.puts * duration) / 1e6), WRITES_AHEAD_LIMIT);
}
