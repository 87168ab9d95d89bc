/**
 * Which operations are under way at the cursor, as far as a detail knows: those that have begun and not ended for their
 * client, and those of which a message is still alive though nobody waits for it. For lists and keys, never for a frame.
 */
import { EVENT, EVENT_WIDTH, EVENTS, HOP, HOP_WIDTH, MESSAGES } from '../design/readings.ts';
import type { WatchedDetail } from './detail.ts';

export interface UnderWay {
  readonly operation: number;
  /** Rank. */
  readonly key: number;
  readonly kind: 'put' | 'get';
  /** Whose it is; undefined where it began before this window. */
  readonly session: number | undefined;
  /** When it began, or the first that this window knows of it, microseconds. */
  readonly since: number;
  /** Its client has its answer or has given up, and a message of it is still alive. */
  readonly over: boolean;
}

interface Known {
  operation: number;
  key: number;
  kind: 'put' | 'get';
  session: number | undefined;
  since: number;
  ended: boolean;
  alive: boolean;
}

/** In order of their beginnings. */
export function underWayAt(detail: WatchedDetail, cursor: number): readonly UnderWay[] {
  const known = knownBy(detail, cursor);
  return [...known.values()]
    .filter(({ ended, alive }) => !ended || alive)
    .sort((a, b) => a.since - b.since || a.operation - b.operation)
    .map(({ operation, key, kind, session, since, ended }) => ({
      operation,
      key,
      kind,
      session,
      since,
      over: ended,
    }));
}

function knownBy({ events, hops }: WatchedDetail, cursor: number): Map<number, Known> {
  const known = new Map<number, Known>();
  const know = (operation: number, key: number, kind: 'put' | 'get', since: number): Known => {
    const before = known.get(operation);
    if (before !== undefined) return before;
    const fresh: Known = { operation, key, kind, session: undefined, since, ended: false, alive: false };
    known.set(operation, fresh);
    return fresh;
  };
  for (let at = 0; at < events.length; at += EVENT_WIDTH) {
    const time = events[at + EVENT.time]!;
    if (time > cursor) break;
    const type = EVENTS[events[at + EVENT.type]!];
    if (type !== 'startOperation' && type !== 'endOperation') continue;
    const written = events[at + EVENT.version]! > 0;
    const one = know(events[at + EVENT.operation]!, events[at + EVENT.key]!, written ? 'put' : 'get', time);
    if (type === 'endOperation') one.ended = true;
    else
      Object.assign(one, { session: events[at + EVENT.extra]!, kind: written ? 'put' : 'get', since: time });
  }
  for (let at = 0; at < hops.length; at += HOP_WIDTH) {
    const sentAt = hops[at + HOP.sentAt]!;
    if (sentAt > cursor || hops[at + HOP.arrivesAt]! < cursor) continue;
    const operation = hops[at + HOP.operation]!;
    const message = MESSAGES[hops[at + HOP.message]!];
    const kind = message === 'get' || message === 'fill' ? 'get' : 'put';
    if (operation > 0) know(operation, hops[at + HOP.key]!, kind, sentAt).alive = true;
  }
  return known;
}
