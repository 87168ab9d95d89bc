/**
 * The share of lookups that found what they looked for, of the whole system or of one of its nodes: the one ratio of a
 * run's counts that would jump about where there are few, so that it goes back for more.
 */
import { NODE, NODE_WIDTH, SYSTEM, SYSTEM_WIDTH } from '../design/readings.ts';
import type { SeriesReading } from '../engine/readings.ts';

/** Of fewer lookups than these a ratio says little: it is then that of the last of them, as far back as so many buckets. */
const FEW_LOOKUPS = 20;
const LOOK_BACK = 50;

/**
 * In a bucket with those before it that it takes; NaN where nothing was looked up, and before the first bucket.
 * @param node its id; absent for the whole system
 */
export function hitRatioAt(series: SeriesReading, bucket: number, node?: number): number {
  const { system, nodes, nodeCount } = series;
  let [found, asked] = [0, 0];
  for (let at = bucket; at >= Math.max(0, bucket - LOOK_BACK) && asked < FEW_LOOKUPS; at--) {
    const row = (at * nodeCount + (node ?? 0)) * NODE_WIDTH;
    const hits = node === undefined ? system[at * SYSTEM_WIDTH + SYSTEM.hits] : nodes[row + NODE.hits];
    const misses = node === undefined ? system[at * SYSTEM_WIDTH + SYSTEM.misses] : nodes[row + NODE.misses];
    if (hits === undefined || misses === undefined) break;
    // What many did says nothing of where there are few.
    if (at < bucket && hits + misses >= FEW_LOOKUPS) break;
    found += hits;
    asked += hits + misses;
  }
  return asked > 0 ? found / asked : Number.NaN;
}
