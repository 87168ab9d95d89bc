/**
 * A detail window as replay reads it: the worker's arrays, the key that is watched in it, and an index over them that is
 * built once, when the window arrives. Nothing here is built again for a frame.
 */
import {
  EVENT,
  EVENT_WIDTH,
  EVENTS,
  HOP,
  HOP_FLAGS,
  HOP_WIDTH,
  LEVEL,
  LEVEL_WIDTH,
} from '../design/readings.ts';
import type { DetailReading } from '../engine/readings.ts';
import { createSpans, type Spans } from './spans.ts';

/** A detail that knows which key's versions it holds. */
export interface WatchedDetail extends DetailReading {
  /** The rank that was asked for, or -1. */
  readonly key: number;
  /** The newest version of it that any replica showed at `from`; -1 where no replica showed any. */
  readonly committed: number;
}

export interface DetailIndex {
  /** Hops by the time in which they are under way; spans' rows are hop rows. */
  readonly hops: Spans;
  /** By hop row: from when on its caller no longer waits for it, microseconds; Infinity if it always does. */
  readonly givenUpAt: Float64Array;
  /** Rows of the events of type 'timeout', in order of time. */
  readonly timeouts: Int32Array;
  /** Rows of the events of the watched key, in order of time. */
  readonly eventsOfKey: Int32Array;
  /** When each client operation began that begins in this window, microseconds. */
  readonly beginnings: ReadonlyMap<number, number>;
  /** Rows of `levels` by node: those of node n are `levelRows[levelStarts[n]]` up to `levelStarts[n + 1]`. */
  readonly levelStarts: Int32Array;
  readonly levelRows: Int32Array;
  /** Instants at which a message leaves, arrives or is given up on: ascending, each once. */
  readonly instants: Int32Array;
}

export const TIMEOUT = EVENTS.indexOf('timeout');
const START_OPERATION = EVENTS.indexOf('startOperation');

const indices = new WeakMap<DetailReading, DetailIndex>();

/** The index of a detail; the same one whenever it is asked for. */
export function indexOf(detail: DetailReading | WatchedDetail): DetailIndex {
  const known = indices.get(detail);
  if (known !== undefined) return known;
  const index = buildIndex(detail);
  indices.set(detail, index);
  return index;
}

function buildIndex(detail: DetailReading | WatchedDetail): DetailIndex {
  const { hops, events } = detail;
  const hopCount = hops.length / HOP_WIDTH;
  const watched = 'key' in detail ? detail.key : -1;
  const eventsOfKey: number[] = [];
  const timeouts: number[] = [];
  const timeoutOfCall = new Map<number, number>();
  const beginnings = new Map<number, number>();
  for (let row = 0; row * EVENT_WIDTH < events.length; row++) {
    const at = row * EVENT_WIDTH;
    const type = events[at + EVENT.type];
    if (watched >= 0 && events[at + EVENT.key] === watched) eventsOfKey.push(row);
    if (type === TIMEOUT) {
      timeouts.push(row);
      timeoutOfCall.set(events[at + EVENT.call]!, events[at + EVENT.time]!);
    } else if (type === START_OPERATION) {
      beginnings.set(events[at + EVENT.operation]!, events[at + EVENT.time]!);
    }
  }
  const givenUpAt = Float64Array.from({ length: hopCount }, (_, row) => {
    const at = row * HOP_WIDTH;
    if ((hops[at + HOP.flags]! & HOP_FLAGS.givenUp) !== 0) return hops[at + HOP.sentAt]!;
    return timeoutOfCall.get(hops[at + HOP.call]!) ?? Number.POSITIVE_INFINITY;
  });
  return {
    hops: createSpans(
      hopCount,
      (row) => hops[row * HOP_WIDTH + HOP.sentAt]!,
      (row) => hops[row * HOP_WIDTH + HOP.arrivesAt]!,
    ),
    givenUpAt,
    timeouts: Int32Array.from(timeouts),
    eventsOfKey: Int32Array.from(eventsOfKey),
    beginnings,
    ...levelsByNode(detail),
    instants: instantsOf(detail, timeouts),
  };
}

function levelsByNode({ levels, held }: DetailReading): Pick<DetailIndex, 'levelStarts' | 'levelRows'> {
  const nodeCount = held.length;
  const rows = levels.length / LEVEL_WIDTH;
  const levelStarts = new Int32Array(nodeCount + 1);
  for (let row = 0; row < rows; row++) levelStarts[levels[row * LEVEL_WIDTH + LEVEL.node]! + 1]! += 1;
  for (let node = 0; node < nodeCount; node++) levelStarts[node + 1]! += levelStarts[node]!;
  const next = levelStarts.slice();
  const levelRows = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const node = levels[row * LEVEL_WIDTH + LEVEL.node]!;
    levelRows[next[node]!] = row;
    next[node]! += 1;
  }
  return { levelStarts, levelRows };
}

function instantsOf({ from, to, hops, events }: DetailReading, timeouts: readonly number[]): Int32Array {
  const hopCount = hops.length / HOP_WIDTH;
  const all = new Int32Array(2 * hopCount + timeouts.length);
  for (let row = 0; row < hopCount; row++) {
    all[2 * row] = hops[row * HOP_WIDTH + HOP.sentAt]!;
    all[2 * row + 1] = hops[row * HOP_WIDTH + HOP.arrivesAt]!;
  }
  timeouts.forEach((row, i) => (all[2 * hopCount + i] = events[row * EVENT_WIDTH + EVENT.time]!));
  all.sort();
  // What left before the window or arrives after it is drawn, but the window's other instants there are not known.
  return all.filter((t, i) => t >= from && t < to && t !== all[i - 1]);
}
