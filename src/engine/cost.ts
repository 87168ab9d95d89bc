/**
 * What the design costs: nodes by the hour; disks by size, replicas and month; transfer between zones from the bytes
 * that the run moved there, scaled to a month, in both directions.
 */
import { policyTable } from '../design/policies/registry.ts';
import { HOURS_A_MONTH, priceOf } from '../design/prices.ts';
import { MESSAGE_OVERHEAD_BYTES } from './limits.ts';
import type { CostSummary } from './summary.ts';
import type { World } from './world.ts';

const GB = 1e9;

/** What a finished run's design costs, $ by the hour and by a month of 730 hours. */
export function costOf(w: World): CostSummary {
  const { design } = w;
  const { app, cache, store } = design;
  const replicas = store.shards * store.rf;
  const cacheNodes = Object.keys(policyTable(design.policy).cache).length === 0 ? 0 : cache.nodes;
  const price = (item: string): number => priceOf(design, item);
  const disk = (store.disk / GB) * price('disk');
  const moved =
    w.network.crossedWithValue * (design.workload.value + MESSAGE_OVERHEAD_BYTES) +
    w.network.crossed * MESSAGE_OVERHEAD_BYTES;
  const seconds = design.duration / 1e6;
  const movedAnHour = (moved / GB / seconds) * 3600;
  const items = [
    { item: 'app', count: app.nodes, hourly: app.nodes * price('app') },
    { item: cache.node, count: cacheNodes, hourly: cacheNodes * price(cache.node) },
    { item: store.node, count: replicas, hourly: replicas * price(store.node) },
    { item: 'disk', count: replicas, hourly: (replicas * disk) / HOURS_A_MONTH },
    { item: 'transfer', count: movedAnHour, hourly: movedAnHour * 2 * price('transfer') },
  ].filter(({ count }) => count > 0);
  const hourly = items.reduce((sum, { hourly: each }) => sum + each, 0);
  return { hourly, monthly: hourly * HOURS_A_MONTH, items };
}
