/** The operations of whom somebody follows, found in a window of detail. It reads and never moves a cursor. */
import { EVENT, EVENT_WIDTH, EVENTS } from '../design/readings.ts';
import type { DetailReading } from '../engine/readings.ts';

/** A session, or where none is followed, a key by its rank. */
export interface Followed {
  readonly session: number | undefined;
  readonly key: number;
}

const START = EVENTS.indexOf('startOperation');

/** What an operation is and whose; undefined where it began before the window. */
export function beginningOf(
  { events }: Pick<DetailReading, 'events'>,
  operation: number,
): { readonly kind: 'put' | 'get'; readonly session: number } | undefined {
  for (let at = 0; at < events.length; at += EVENT_WIDTH)
    if (events[at + EVENT.type] === START && events[at + EVENT.operation] === operation)
      return { kind: events[at + EVENT.version]! > 0 ? 'put' : 'get', session: events[at + EVENT.extra]! };
  return undefined;
}

/** When the next operation of theirs begins after an instant, microseconds; undefined where the window has none. */
export function nextBeginning(
  { events }: Pick<DetailReading, 'events'>,
  { session, key }: Followed,
  after: number,
): number | undefined {
  for (let at = 0; at < events.length; at += EVENT_WIDTH) {
    const time = events[at + EVENT.time]!;
    if (events[at + EVENT.type] !== START || time <= after) continue;
    const isTheirs =
      session === undefined ? events[at + EVENT.key] === key : events[at + EVENT.extra] === session;
    if (isTheirs) return time;
  }
  return undefined;
}
