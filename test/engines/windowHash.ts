/** What happened in a window, as sixteen hexadecimal digits: equal windows of equal runs have equal ones, in every engine. */
import { Mix } from '../../src/engine/kernel/mix.ts';
import type { DetailReading, DetailRequest } from '../../src/engine/readings.ts';

/** Simulated microseconds, [from, to). */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Everything that happens in it, and what becomes of the key that is asked for most. */
export const allOf = ({ from, to }: Span): DetailRequest => ({ from, to, sample: 'all', focus: [], key: 0 });

export function windowHash({ hops, events, levels, held }: DetailReading): string {
  return new Mix().ints(hops).ints(events).ints(levels).ints(held).hex();
}
