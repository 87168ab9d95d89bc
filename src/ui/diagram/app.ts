/** What an app node's card says at the cursor. */
import { BUCKETS_PER_SECOND } from '../../design/readings.ts';
import { formatCount, formatPercent, formatRate, NOTHING } from '../format.ts';
import type { Moment } from './moment.ts';
import { paintCondition } from './paintCondition.ts';
import type { Writable } from './slots.ts';

/** Slots taken: at this instant where that is known, else on average over the bucket. */
function slotsTaken(now: Moment, name: string, inAll: number): number {
  return now.exact() ? now.busy(name) : (now.node(name)?.utilisation ?? Number.NaN) * inAll;
}

export function paintApp(slots: Writable, now: Moment, name: string, inAll: number): void {
  const down = paintCondition(slots, now, name);
  const reading = down ? undefined : now.node(name);
  const taken = down ? Number.NaN : slotsTaken(now, name, inAll);
  slots.text('busy', Number.isFinite(taken) ? slotsText(taken) : NOTHING);
  slots.share('bar', taken / inAll);
  const timeouts = (reading?.timeouts ?? Number.NaN) * BUCKETS_PER_SECOND;
  slots.text('timeouts', formatRate(timeouts));
  slots.mark('timeouts', 'bad', timeouts > 0 ? '' : undefined);
}

function slotsText(taken: number): string {
  return Number.isInteger(taken) || taken >= 10 ? formatCount(taken) : taken.toFixed(1);
}

export function speakApp(now: Moment, name: string, inAll: number): string {
  const { words } = now.condition(name);
  const taken = slotsTaken(now, name, inAll);
  const parts = [
    name,
    words,
    Number.isFinite(taken) ? `${formatPercent(taken / inAll)} of its slots in use` : '',
  ];
  const timeouts = (now.node(name)?.timeouts ?? 0) * BUCKETS_PER_SECOND;
  if (timeouts > 0) parts.push(`${formatRate(timeouts)} calls given up on`);
  return parts.filter((part) => part !== '').join(', ');
}
