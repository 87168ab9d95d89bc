/**
 * Every number that a card shows at the cursor, read from a run's arrays. It never computes what the engine did not
 * measure: a bucket that is not rendered yet, or a node of which nothing is known, is said to be unknown.
 */
import {
  BUCKET_US,
  EVENT,
  EVENT_WIDTH,
  EVENTS,
  LEVEL,
  LEVEL_WIDTH,
  NODE_COLUMNS,
  NODE_WIDTH,
  SYSTEM_COLUMNS,
  SYSTEM_WIDTH,
} from '../design/readings.ts';
import type { Kept, SeriesReading } from '../engine/readings.ts';
import { Commits } from './commits.ts';
import { indexOf, type WatchedDetail } from './detail.ts';

export type NodeReading = Record<(typeof NODE_COLUMNS)[number], number>;
export type SystemReading = Record<(typeof SYSTEM_COLUMNS)[number], number>;

/** The filled bucket that holds the cursor, or the last filled one before it; -1 when none is filled. */
export function bucketAt(series: SeriesReading, cursor: number): number {
  return Math.min(Math.max(Math.floor(cursor / BUCKET_US), 0), series.buckets - 1);
}

/** One node's columns in the cursor's bucket, NaN where nothing is known. `into` is filled and returned: give last frame's. */
export function nodeAt(
  series: SeriesReading,
  nodeIndex: number,
  cursor: number,
  into: NodeReading = unknownReading(NODE_COLUMNS),
): NodeReading {
  const at = (bucketAt(series, cursor) * series.nodeCount + nodeIndex) * NODE_WIDTH;
  return readRow(series.nodes, at, NODE_COLUMNS, into);
}

/** The whole system's columns in the cursor's bucket, NaN where nothing is known. `into` is filled and returned. */
export function systemAt(
  series: SeriesReading,
  cursor: number,
  into: SystemReading = unknownReading(SYSTEM_COLUMNS),
): SystemReading {
  return readRow(series.system, bucketAt(series, cursor) * SYSTEM_WIDTH, SYSTEM_COLUMNS, into);
}

function unknownReading<Column extends string>(columns: readonly Column[]): Record<Column, number> {
  return Object.fromEntries(columns.map((column) => [column, Number.NaN])) as Record<Column, number>;
}

function readRow<Column extends string>(
  array: Float32Array,
  at: number,
  columns: readonly Column[],
  into: Record<Column, number>,
): Record<Column, number> {
  for (let i = 0; i < columns.length; i++) into[columns[i]!] = array[at + i] ?? Number.NaN;
  return into;
}

/** Columns of `levelsAt`, one row a node. */
export const LEVELS_AT = { busy: 0, queue: 1 } as const;
export const LEVELS_AT_WIDTH = 2;

/**
 * How many servers of each node are busy and how many wait, at that very instant: rows of LEVELS_AT_WIDTH by node id.
 * -1 where the detail says nothing (before a node's first change in it, or when it holds only a sample). `into` is
 * filled and returned when it is long enough.
 */
export function levelsAt(detail: WatchedDetail, cursor: number, into?: Int32Array): Int32Array {
  const nodeCount = detail.held.length;
  const { levelStarts, levelRows } = indexOf(detail);
  const result = withLength(into, nodeCount * LEVELS_AT_WIDTH);
  for (let node = 0; node < nodeCount; node++) {
    const begin = levelStarts[node]!;
    let low = begin;
    let high = levelStarts[node + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (detail.levels[levelRows[middle]! * LEVEL_WIDTH + LEVEL.time]! <= cursor) low = middle + 1;
      else high = middle;
    }
    const at = low === begin ? -1 : levelRows[low - 1]! * LEVEL_WIDTH;
    result[node * LEVELS_AT_WIDTH + LEVELS_AT.busy] = at < 0 ? -1 : detail.levels[at + LEVEL.busy]!;
    result[node * LEVELS_AT_WIDTH + LEVELS_AT.queue] = at < 0 ? -1 : detail.levels[at + LEVEL.queue]!;
  }
  return result;
}

/**
 * Which version of the watched key every node holds at the cursor, by node id; -1 where nothing is held. `into` is filled
 * and returned when it is long enough.
 */
export function heldAt(detail: WatchedDetail, cursor: number, into?: Int32Array): Int32Array {
  const result = withLength(into, detail.held.length);
  const { changesOfKey } = indexOf(detail);
  result.set(detail.held);
  for (let i = 0; i < changesOfKey.length; i++) {
    const at = changesOfKey[i]! * EVENT_WIDTH;
    const node = detail.events[at + EVENT.node]!;
    if (detail.events[at + EVENT.time]! > cursor) break;
    const version = detail.events[at + EVENT.version]!;
    switch (EVENTS[detail.events[at + EVENT.type]!]) {
      case 'apply':
      case 'expose':
      case 'commit':
        result[node] = version;
        break;
      case 'remove':
      case 'expire':
      case 'evict':
        result[node] = -1;
        break;
      default:
        break;
    }
  }
  return result;
}

/** What is committed of the watched key at the cursor. */
export function commitsAt(detail: WatchedDetail, cursor: number): Commits {
  const commits = new Commits(detail.committed);
  for (const row of indexOf(detail).changesOfKey) {
    const at = row * EVENT_WIDTH;
    const time = detail.events[at + EVENT.time]!;
    if (time > cursor) break;
    commits.take(EVENTS[detail.events[at + EVENT.type]!], detail.events[at + EVENT.version]!, time);
  }
  return commits;
}

/** Whether a node is elected in the rest of the window: the series, bucket by bucket, may know of it already. */
export function isElectedAfter(detail: WatchedDetail, node: number, cursor: number): boolean {
  return indexOf(detail).elections.some((row) => {
    const at = row * EVENT_WIDTH;
    return detail.events[at + EVENT.node] === node && detail.events[at + EVENT.time]! > cursor;
  });
}

/** What the watched key's cache node keeps of it at the cursor beside its version: how long the entry lives, and a tombstone. */
export function keptAt(detail: WatchedDetail, cursor: number): Kept {
  let { until, tombstone, tombstoneUntil } = detail.kept;
  const { changesOfKey } = indexOf(detail);
  for (let i = 0; i < changesOfKey.length; i++) {
    const at = changesOfKey[i]! * EVENT_WIDTH;
    const time = detail.events[at + EVENT.time]!;
    if (time > cursor) break;
    const life = detail.events[at + EVENT.extra]!;
    switch (EVENTS[detail.events[at + EVENT.type]!]) {
      case 'apply':
        until = life === 0 ? -1 : time + life;
        break;
      case 'bury':
        tombstone = detail.events[at + EVENT.version]!;
        tombstoneUntil = tombstone < 0 ? -1 : time + life;
        break;
      case 'remove':
      case 'expire':
      case 'evict':
        until = -1;
        break;
      default:
        break;
    }
  }
  return cursor < tombstoneUntil
    ? { until, tombstone, tombstoneUntil }
    : { until, tombstone: -1, tombstoneUntil: -1 };
}

function withLength(array: Int32Array | undefined, length: number): Int32Array {
  return array !== undefined && array.length >= length ? array : new Int32Array(length);
}
