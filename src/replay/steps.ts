/**
 * Steps from one message to the next: instants at which a message leaves, arrives or is given up on. Cursors are real
 * numbers of microseconds; a step always ends on a whole one, and always moves.
 */
import { EVENT, EVENT_WIDTH, HOP, HOP_WIDTH } from '../design/readings.ts';
import { indexOf, isDrawn, type WatchedDetail } from './detail.ts';
import { lowerBound, upperBound } from './spans.ts';

/** The first instant after `cursor`, microseconds; undefined when the detail knows of none. */
export function nextInstant(detail: WatchedDetail, cursor: number): number | undefined {
  const instants = instantsOf(detail);
  return instants[upperBound(instants, instants.length, cursor)];
}

/** The last instant before `cursor`, microseconds; undefined when the detail knows of none. */
export function previousInstant(detail: WatchedDetail, cursor: number): number | undefined {
  const instants = instantsOf(detail);
  return instants[lowerBound(instants, instants.length, cursor) - 1];
}

const known = new WeakMap<WatchedDetail, Int32Array>();

/** Ascending, each once. Made at the first step in a window: most windows are played through without one. */
function instantsOf(detail: WatchedDetail): Int32Array {
  const before = known.get(detail);
  if (before !== undefined) return before;
  const { from, to, hops, events } = detail;
  const { timeouts } = indexOf(detail);
  const all: number[] = [];
  for (let at = 0; at < hops.length; at += HOP_WIDTH) {
    if (isDrawn(detail, hops[at + HOP.operation]!))
      all.push(hops[at + HOP.sentAt]!, hops[at + HOP.arrivesAt]!);
  }
  for (const row of timeouts) {
    const at = row * EVENT_WIDTH;
    if (isDrawn(detail, events[at + EVENT.operation]!)) all.push(events[at + EVENT.time]!);
  }
  const sorted = Int32Array.from(all).sort();
  // What left before the window or arrives after it is drawn, but what else happens there is not known.
  const instants = sorted.filter((t, i) => t >= from && t < to && t !== sorted[i - 1]);
  known.set(detail, instants);
  return instants;
}
