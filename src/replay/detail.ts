/**
 * A detail window as replay reads it: the worker's arrays, the key that is watched in it, and an index over them that is
 * built once, when the window arrives. Nothing here is built again for a frame.
 */
import {
  CHANGES,
  EVENT,
  EVENT_WIDTH,
  EVENTS,
  HOP,
  HOP_FLAGS,
  HOP_WIDTH,
  LEVEL,
  LEVEL_WIDTH,
} from '../design/readings.ts';
import { isSampled } from '../design/sampling.ts';
import type { DetailReading } from '../engine/readings.ts';

/** A detail that knows what it was asked for. */
export interface WatchedDetail extends DetailReading {
  /** The rank of the key whose every change it holds, or -1. */
  readonly key: number;
  /** Operations that are drawn whether the sample holds them or not. */
  readonly focus: ReadonlySet<number>;
  /** Put together from the run's film, until all that was asked for is there. */
  readonly sketched?: boolean;
}

export interface DetailIndex {
  /** By hop row: from when on its caller no longer waits for it, microseconds; Infinity if it always does. */
  readonly givenUpAt: Float64Array;
  /** Rows of the events of type 'timeout', in order of time. */
  readonly timeouts: Int32Array;
  /** Rows of the events that change what is held or committed of the watched key, in order of time. */
  readonly changesOfKey: Int32Array;
  /** Rows of the events of type 'elected', in order of time. */
  readonly elections: readonly number[];
  /** When each client operation began that begins in this window, microseconds. */
  readonly beginnings: ReadonlyMap<number, number>;
  /** Rows of `levels` by node: those of node n are `levelRows[levelStarts[n]]` up to `levelStarts[n + 1]`. */
  readonly levelStarts: Int32Array;
  readonly levelRows: Int32Array;
}

const TIMEOUT = EVENTS.indexOf('timeout');
const ELECTED = EVENTS.indexOf('elected');
const START_OPERATION = EVENTS.indexOf('startOperation');
const IS_CHANGE = EVENTS.map((type) => CHANGES.has(type));

const indices = new WeakMap<DetailReading, DetailIndex>();

/** The index of a detail; the same one whenever it is asked for. */
export function indexOf(detail: WatchedDetail): DetailIndex {
  const known = indices.get(detail);
  if (known !== undefined) return known;
  const index = buildIndex(detail);
  indices.set(detail, index);
  return index;
}

/** Whether an operation is to be drawn: one of the sample or of the focus. What else there is was recorded for the key. */
export function isDrawn({ oneIn, focus }: WatchedDetail, operation: number): boolean {
  return isSampled(operation, oneIn) || focus.has(operation);
}

function buildIndex(detail: WatchedDetail): DetailIndex {
  const { hops, events, key } = detail;
  const timeouts: number[] = [];
  const elections: number[] = [];
  const changesOfKey: number[] = [];
  const timeoutOfCall = new Map<number, number>();
  const beginnings = new Map<number, number>();
  for (let row = 0, at = 0; at < events.length; row++, at += EVENT_WIDTH) {
    const type = events[at + EVENT.type];
    if (key >= 0 && events[at + EVENT.key] === key && IS_CHANGE[type!] === true) changesOfKey.push(row);
    if (type === TIMEOUT) {
      timeouts.push(row);
      timeoutOfCall.set(events[at + EVENT.call]!, events[at + EVENT.time]!);
    } else if (type === ELECTED) elections.push(row);
    else if (type === START_OPERATION) {
      beginnings.set(events[at + EVENT.operation]!, events[at + EVENT.time]!);
    }
  }
  const givenUpAt = new Float64Array(hops.length / HOP_WIDTH);
  for (let row = 0, at = 0; at < hops.length; row++, at += HOP_WIDTH) {
    givenUpAt[row] =
      (hops[at + HOP.flags]! & HOP_FLAGS.givenUp) !== 0
        ? hops[at + HOP.sentAt]!
        : (timeoutOfCall.get(hops[at + HOP.call]!) ?? Number.POSITIVE_INFINITY);
  }
  return {
    givenUpAt,
    timeouts: Int32Array.from(timeouts),
    elections,
    changesOfKey: Int32Array.from(changesOfKey),
    beginnings,
    ...levelsByNode(detail),
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
