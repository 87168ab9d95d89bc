/** What a shard's card says at the cursor: of each replica whether it leads, how busy it is and how far behind. */
import type { Design } from '../../design/design.ts';
import { formatDuration, formatPercent, NOTHING } from '../format.ts';
import type { Form } from './cards.ts';
import { paintChip } from './chip.ts';
import type { Moment } from './moment.ts';
import { paintState } from './paintCondition.ts';
import type { Writable } from './slots.ts';

/** How many replicas it takes. */
export function quorumWords({ store: { mode, w, r, rf } }: Design): string {
  return mode === 'leader' ? `writes need ${w} of ${rf}` : `w ${w}, r ${r} of ${rf}`;
}

/** The same, where there is little room. */
export function quorumBrief(design: Design): string {
  const { mode, w, rf } = design.store;
  return mode === 'leader' ? `w ${w} of ${rf}` : quorumWords(design);
}

/**
 * @param replicas their names, in order
 * @param led whether one of them should lead
 */
export function paintShard(
  slots: Writable,
  now: Moment,
  replicas: readonly string[],
  form: Form,
  led: boolean,
): void {
  const seen = replicas.map((name, i) => paintReplica(slots, now, name, i, form));
  const vacant = led && seen.some(({ known }) => known) && !seen.some(({ leads }) => leads);
  paintState(slots, 'state', vacant ? 'no leader' : '');
  slots.mark('', 'hurt', seen.some(({ hurt }) => hurt) ? '' : undefined);
}

function paintReplica(slots: Writable, now: Moment, name: string, i: number, form: Form) {
  const { words, hurt, down } = now.condition(name);
  const reading = now.node(name);
  const leads = now.leads(name);
  const crowned = leads ? '' : undefined;
  slots.mark(`dot-${i}`, 'leads', crowned);
  slots.mark(`dot-${i}`, 'off', down ? '' : undefined);
  slots.mark(`row-${i}`, 'off', down ? '' : undefined);
  slots.mark(`crown-${i}`, 'leads', crowned);
  const shown = down ? undefined : reading;
  slots.share(`bar-${i}`, shown?.utilisation ?? 0);
  slots.text(`util-${i}`, formatPercent(shown?.utilisation ?? Number.NaN));
  paintState(slots, `state-${i}`, words);
  slots.text(`lag-${i}`, leads ? 'leads' : lagOf(shown?.lag));
  if (form === 'full') paintChip(slots, `chip-${i}`, down ? undefined : now.held(name), '', '', false);
  return { leads, hurt, known: reading !== undefined };
}

function lagOf(lag: number | undefined): string {
  if (lag === undefined || !Number.isFinite(lag)) return NOTHING;
  return lag === 0 ? 'in step' : `lag ${formatDuration(lag)}`;
}

export function speakReplica(now: Moment, name: string): string {
  const reading = now.node(name);
  if (reading === undefined) return name;
  const { words, down } = now.condition(name);
  const parts = [name, now.leads(name) ? 'leads' : '', words];
  if (!down) parts.push(`utilisation ${formatPercent(reading.utilisation)}`);
  return parts.filter((part) => part !== '').join(', ');
}

export function speakShard(now: Moment, name: string, replicas: readonly string[], led: boolean): string {
  const leader = replicas.find((replica) => now.leads(replica));
  const ill = replicas
    .map((replica) => [replica, now.condition(replica).words])
    .filter(([, words]) => words !== '');
  return [
    name,
    ...(led ? [leader === undefined ? 'no leader' : `${leader.split('.').at(-1) ?? leader} leads`] : []),
    ...ill.map(([replica = '', words = '']) => `${replica.split('.').at(-1) ?? replica} ${words}`),
  ].join(', ');
}
