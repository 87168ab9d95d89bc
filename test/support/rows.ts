/** What the engine hands over as one array of ints, cut into its rows. */
import { EVENT_WIDTH, HOP_WIDTH } from '../../src/design/readings.ts';
import type { DetailReading } from '../../src/engine/readings.ts';

/** Rows of `width` ints each, as arrays that can be compared and looked up. */
export function rowsOf(array: Int32Array, width: number): number[][] {
  return Array.from({ length: array.length / width }, (_, i) => [
    ...array.subarray(i * width, (i + 1) * width),
  ]);
}

/** Messages, of a window or of a film. */
export const hopsOf = ({ hops }: Pick<DetailReading, 'hops'>) => rowsOf(hops, HOP_WIDTH);
/** Events, of a window or of a film. */
export const eventsOf = ({ events }: Pick<DetailReading, 'events'>) => rowsOf(events, EVENT_WIDTH);
