/** What the design costs: what stands there, and transfer between zones from the bytes that the run moved. */
import { GB } from '../base/scale.ts';
import { standingItems } from '../design/bill.ts';
import { HOURS_A_MONTH, priceOf } from '../design/prices.ts';
import { MESSAGE_OVERHEAD_BYTES } from './limits.ts';
import type { CostSummary } from './summary.ts';
import type { World } from './world.ts';

/**
 * What a finished run's design costs, $ by the hour and by a month of 730 hours: transfer as the run had it all the time,
 * in both directions.
 * @param simulated how long the run was, microseconds
 */
export function costOf(w: World, simulated: number): CostSummary {
  const { design, network } = w;
  const moved =
    network.crossedWithValue * (design.workload.value + MESSAGE_OVERHEAD_BYTES) +
    network.crossed * MESSAGE_OVERHEAD_BYTES;
  const movedAnHour = (moved / GB / (simulated / 1e6)) * 3600;
  const items = standingItems(design);
  if (movedAnHour > 0)
    items.push({
      item: 'transfer',
      count: movedAnHour,
      hourly: movedAnHour * 2 * priceOf(design, 'transfer'),
    });
  const hourly = items.reduce((sum, { hourly: each }) => sum + each, 0);
  return { hourly, monthly: hourly * HOURS_A_MONTH, items };
}
