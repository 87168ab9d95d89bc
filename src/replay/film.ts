/**
 * A window of a run's film, as a detail: the messages of a fair sample of the operations, and nothing of any key or node.
 * It takes no time to have, so that it is shown where the window itself still has to be rendered.
 */
import { EVENT, EVENT_WIDTH, HOP, HOP_WIDTH } from '../design/readings.ts';
import { FILMED_LIMIT } from '../design/sampling.ts';
import type { FilmReading } from '../engine/readings.ts';
import type { WatchedDetail } from './detail.ts';

/** The film from the run's beginning on; rows are in order of time. */
export type FilmRows = Pick<FilmReading, 'oneIn'> & {
  readonly hops: Int32Array;
  readonly events: Int32Array;
};

/** Whether a film that is as long as its run has all that happens before an instant, microseconds: a full one ends with its last row. */
export function isFilmed({ hops }: FilmRows, to: number): boolean {
  return hops.length / HOP_WIDTH < FILMED_LIMIT || to <= hops[hops.length - HOP_WIDTH + HOP.sentAt]!;
}

/** What is known of the window [from, to), microseconds, all of which has been filmed. */
export function sketchOf(film: FilmRows, from: number, to: number, nodeCount: number): WatchedDetail {
  const { oneIn, hops, events } = film;
  return {
    from,
    to,
    oneIn,
    // What left before the window and is still under way in it is a part of it.
    hops: rowsWhere(hops, HOP_WIDTH, (o) => hops[o + HOP.sentAt]! < to && hops[o + HOP.arrivesAt]! >= from),
    events: rowsWhere(
      events,
      EVENT_WIDTH,
      (o) => events[o + EVENT.time]! >= from && events[o + EVENT.time]! < to,
    ),
    levels: new Int32Array(0),
    held: new Int32Array(nodeCount).fill(-1),
    kept: { until: -1, tombstone: -1, tombstoneUntil: -1 },
    committed: { newest: 0, later: new Map() },
    ofSession: [],
    truncated: false,
    key: -1,
    focus: new Set(),
    sketched: true,
  };
}

/** `holds` is told where a row begins. */
function rowsWhere(rows: Int32Array, width: number, holds: (at: number) => boolean): Int32Array<ArrayBuffer> {
  const held: number[] = [];
  for (let o = 0; o < rows.length; o += width) if (holds(o)) held.push(o);
  const window = new Int32Array(held.length * width);
  held.forEach((o, i) => {
    window.set(rows.subarray(o, o + width), i * width);
  });
  return window;
}
