/**
 * What happens between two cursors that somebody who does not look should hear of: who was let down, who leads from now
 * on, and how often somebody stopped waiting. As far as a detail knows; it reads and says nothing itself.
 */
import { EVENT, EVENT_WIDTH, VIOLATION, VIOLATION_WIDTH } from '../design/readings.ts';
import { indexOf, type WatchedDetail } from './detail.ts';

export interface Happenings {
  /** Rows of the run's violations, in order of time. */
  readonly violations: readonly number[];
  /** Replicas that were elected, by node id, in order of time. */
  readonly elected: readonly number[];
  /** How often each node or client stopped waiting. */
  readonly timeouts: ReadonlyMap<number, number>;
}

/** Of instants in (after, upTo], microseconds. */
export function happeningsBetween(
  detail: WatchedDetail,
  violations: Int32Array,
  after: number,
  upTo: number,
): Happenings {
  const { events } = detail;
  const within = (time: number): boolean => time > after && time <= upTo;
  const nodesAt = (rows: Iterable<number>): number[] =>
    [...rows]
      .map((row) => row * EVENT_WIDTH)
      .filter((at) => within(events[at + EVENT.time]!))
      .map((at) => events[at + EVENT.node]!);
  const index = indexOf(detail);
  const timeouts = new Map<number, number>();
  for (const node of nodesAt(index.timeouts)) timeouts.set(node, (timeouts.get(node) ?? 0) + 1);
  const timeOf = (row: number): number => violations[row * VIOLATION_WIDTH + VIOLATION.time]!;
  const rows: number[] = [];
  for (let row = 0; row * VIOLATION_WIDTH < violations.length; row++) if (within(timeOf(row))) rows.push(row);
  return {
    violations: rows.sort((a, b) => timeOf(a) - timeOf(b)),
    elected: nodesAt(index.elections),
    timeouts,
  };
}
