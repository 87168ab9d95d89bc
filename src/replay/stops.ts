/**
 * Where play can stop of itself, found in a run's readings: the series say in which bucket something happens first, the
 * detail of that bucket when exactly and to whom. Reads; never moves a cursor.
 */
import type { Design } from '../design/design.ts';
import { nodesOf } from '../design/nodes.ts';
import {
  BUCKET_US,
  EVENT,
  EVENT_WIDTH,
  EVENTS,
  NODE,
  NODE_WIDTH,
  SYSTEM,
  SYSTEM_WIDTH,
  VIOLATION,
  VIOLATION_KINDS,
  VIOLATION_WIDTH,
} from '../design/readings.ts';
import type { DetailReading, SeriesReading } from '../engine/readings.ts';

export const STOPS = ['timeout', 'staleRead', 'failover'] as const;
export type Stop = (typeof STOPS)[number];

/** When it happens, and whose story there is: a violation's, an operation's, or only the place. */
export interface Instant {
  readonly time: number;
  /** In the run's violations. */
  readonly row?: number;
  readonly operation?: number;
  /** Rank. */
  readonly key?: number;
  readonly node?: number;
}

/** The first bucket from an instant on in which somebody may have stopped waiting, or another replica leads. */
export function bucketOf(
  series: SeriesReading,
  design: Design,
  stop: Exclude<Stop, 'staleRead'>,
  from: number,
): number | undefined {
  const holds = stop === 'timeout' ? hasTimeout : leaderChanges;
  for (let bucket = Math.floor(from / BUCKET_US); bucket < series.buckets; bucket++)
    if (holds(series, bucket, design)) return bucket;
  return undefined;
}

function hasTimeout({ system }: SeriesReading, bucket: number): boolean {
  const at = bucket * SYSTEM_WIDTH;
  return [SYSTEM.cacheTimeouts, SYSTEM.putsUnknown, SYSTEM.failed].some((column) => system[at + column]! > 0);
}

function leaderChanges({ nodes, nodeCount }: SeriesReading, bucket: number, design: Design): boolean {
  if (bucket === 0) return false;
  const leads = (node: number, at: number) => nodes[(at * nodeCount + node) * NODE_WIDTH + NODE.leads]! > 0;
  return nodesOf(design).some(
    ({ id, tier }) => tier === 'store' && leads(id, bucket) && !leads(id, bucket - 1),
  );
}

/** The first timeout or election of a detail from an instant on. */
export function instantIn(
  { events }: DetailReading,
  stop: Exclude<Stop, 'staleRead'>,
  from: number,
): Instant | undefined {
  const wanted = EVENTS.indexOf(stop === 'timeout' ? 'timeout' : 'elected');
  for (let at = 0; at < events.length; at += EVENT_WIDTH) {
    const time = events[at + EVENT.time]!;
    if (events[at + EVENT.type] !== wanted || time < from) continue;
    if (stop === 'failover') return { time, node: events[at + EVENT.node]! };
    return { time, operation: events[at + EVENT.operation]!, key: events[at + EVENT.key]! };
  }
  return undefined;
}

const STALE_READ = VIOLATION_KINDS.indexOf('staleRead');

/** The first stale read from an instant on. */
export function staleReadFrom(violations: Int32Array, from: number): Instant | undefined {
  let first: { row: number; time: number } | undefined;
  for (let row = 0, at = 0; at < violations.length; row++, at += VIOLATION_WIDTH) {
    const time = violations[at + VIOLATION.time]!;
    if (violations[at + VIOLATION.kind] !== STALE_READ || time < from) continue;
    if (first === undefined || time < first.time) first = { row, time };
  }
  return first;
}
