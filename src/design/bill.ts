/** What a design costs before anything happens in it: its nodes by the hour, its disks by size, replicas and month. */
import { GB } from '../base/scale.ts';
import type { Design } from './design.ts';
import { policyTable } from './policies/registry.ts';
import { HOURS_A_MONTH, priceOf } from './prices.ts';

/** A line of a bill. */
export interface BillItem {
  /** What the price is of, as `prices` names it. */
  readonly item: string;
  /** Nodes, disks, or GB an hour. */
  readonly count: number;
  /** $ an hour, of all of them. */
  readonly hourly: number;
}

/** What costs the same whatever a run does. A cache that the policy never asks costs nothing. */
export function standingItems(design: Design): BillItem[] {
  const { app, cache, store } = design;
  const replicas = store.shards * store.rf;
  const cacheNodes = Object.keys(policyTable(design.policy).cache).length === 0 ? 0 : cache.nodes;
  const disk = (store.disk / GB) * priceOf(design, 'disk');
  const byTheHour = (item: string, count: number): BillItem => ({
    item,
    count,
    hourly: count * priceOf(design, item),
  });
  return [
    byTheHour('app', app.nodes),
    byTheHour(cache.node, cacheNodes),
    byTheHour(store.node, replicas),
    { item: 'disk', count: replicas, hourly: (replicas * disk) / HOURS_A_MONTH },
  ].filter(({ count }) => count > 0);
}
