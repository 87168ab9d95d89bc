/** What the clients' card says at the cursor. */
import { BUCKETS_PER_SECOND } from '../../design/readings.ts';
import { formatCount, formatRate, NOTHING } from '../format.ts';
import type { Moment } from './moment.ts';
import { paintCondition } from './paintCondition.ts';
import type { Writable } from './slots.ts';

export function paintClients(slots: Writable, now: Moment, name: string): void {
  paintCondition(slots, now, name);
  const system = now.system();
  const unanswered =
    system === undefined ? Number.NaN : (system.failed + system.putsUnknown) * BUCKETS_PER_SECOND;
  slots.text('gets', rate(system?.getsStarted));
  slots.text('puts', rate(system?.putsStarted));
  slots.text('inFlight', system === undefined ? NOTHING : formatCount(system.inFlight));
  slots.text('unanswered', formatRate(unanswered));
  slots.mark('unanswered', 'bad', unanswered > 0 ? '' : undefined);
}

function rate(inBucket: number | undefined): string {
  return inBucket === undefined ? NOTHING : formatRate(inBucket * BUCKETS_PER_SECOND);
}

export function speakClients(now: Moment): string {
  const system = now.system();
  if (system === undefined) return 'clients, not rendered yet';
  return `clients, ${rate(system.getsStarted)} GET, ${rate(system.putsStarted)} PUT, ${formatCount(system.inFlight)} in flight`;
}
