/**
 * What nodes cost. Amazon's on-demand prices of us-east-1 as read in 2026, the nearest managed or plain
 * instance for each name; every one of them can be changed in a design. What a run costs is summed by the engine.
 */
import type { Design } from './design.ts';

export const PRICES_FROM = { date: '2026', source: 'AWS us-east-1, on demand' } as const;

export const HOURS_A_MONTH = 730;
/** $ an hour of a node, $ a month of a GB of disk, $ a GB between zones in each direction; beside each what it stands for. */
export const PRICES: Readonly<Record<string, number>> = {
  app: 0.0816, // m7g.large
  'cache.small': 0.032, // t4g.small
  'cache.medium': 0.158, // m7g.large
  'cache.large': 0.219, // r7g.large
  'cache.xlarge': 0.437, // r7g.xlarge
  'cache.2xlarge': 0.873, // r7g.2xlarge
  // Small and xlarge are half and twice large, as the sizes of one family are.
  'db.small': 0.05355, // r7g.medium
  'db.large': 0.1071, // r7g.large
  'db.xlarge': 0.2142, // r7g.xlarge
  disk: 0.08, // gp3
  transfer: 0.01,
};

/** $ a unit of an item in this design: its own where it was changed, else the catalogue's. Unknown items cost nothing. */
export function priceOf({ prices }: Design, item: string): number {
  const source = Object.hasOwn(prices, item) ? prices : PRICES;
  return Object.hasOwn(source, item) ? (source[item] ?? 0) : 0;
}
