/**
 * Copies of a run's live readings, to keep or to hand over while the run goes on. It reads and never changes them.
 */
import { NODE_WIDTH, SYSTEM_WIDTH, VIOLATION_WIDTH } from '../design/readings.ts';
import type { SeriesReading } from './readings.ts';

/** A series in arrays of its own, which may be given away. */
export interface OwnSeries extends SeriesReading {
  readonly system: Float32Array<ArrayBuffer>;
  readonly nodes: Float32Array<ArrayBuffer>;
}

/** The rows of `series` from bucket `from` on. */
export function copySeries({ buckets, nodeCount, system, nodes }: SeriesReading, from: number): OwnSeries {
  const nodeRow = nodeCount * NODE_WIDTH;
  return {
    buckets: buckets - from,
    nodeCount,
    system: system.slice(from * SYSTEM_WIDTH, buckets * SYSTEM_WIDTH),
    nodes: nodes.slice(from * nodeRow, buckets * nodeRow),
  };
}

/** How many violations there are in so many rows. */
export function countViolations(violations: Int32Array): number {
  return violations.length / VIOLATION_WIDTH;
}
