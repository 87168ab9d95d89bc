/** An app node: how many of its slots are taken, and how many of its calls it gave up on. */
import { useCallback, useMemo } from 'react';
import type { Design } from '../../design/design.ts';
import { formatCount, formatPercent, formatRate, NOTHING } from '../format.ts';
import { hint } from '../kit/hint.ts';
import { CardFrame, Head, paintCondition } from './CardFrame.tsx';
import type { Card } from './cards.ts';
import type { Moment } from './moment.ts';
import type { Slots } from './slots.ts';
import css from './Card.module.css';

const PER_SECOND = 10;

interface AppCardProps {
  readonly card: Card;
  readonly design: Design;
  readonly zone: number;
  readonly direction: 'right' | 'down';
}

export function AppCard({ card, design, zone, direction }: AppCardProps) {
  const { name, form } = card;
  const slotsInAll = design.app.concurrency;
  const paint = useMemo(
    () => (slots: Slots, now: Moment) => paintApp(slots, now, name, slotsInAll),
    [name, slotsInAll],
  );
  const speak = useCallback((now: Moment) => speakApp(now, name, slotsInAll), [name, slotsInAll]);
  return (
    <CardFrame name={name} form={form} direction={direction} faultable paint={paint} speak={speak}>
      {form === 'full' && (
        <>
          <Head name={name} aside={`zone ${zone}`} />
          <div className={css.rows} style={{ marginTop: 4 }}>
            <span {...hint('slots in use')}>slots in use</span>
            <b>
              <span data-slot="busy" />
              <small> / {formatCount(slotsInAll)}</small>
            </b>
          </div>
          <div className={css.bar} data-slot="bar" />
          <div className={css.rows} style={{ marginTop: 2 }}>
            <span {...hint('timeout')}>timeouts</span>
            <b data-slot="timeouts" />
          </div>
        </>
      )}
      {form === 'short' && (
        <>
          <Head name={name} aside={`zone ${zone}`} />
          <div className={css.bar} data-slot="bar" style={{ marginTop: 6 }} />
        </>
      )}
      {form === 'line' && (
        <div className={css.one}>
          <span className={css.name}>{name}</span>
          <span className={css.state} data-slot="state" />
          <div className={css.bar} data-slot="bar" />
          <b data-slot="busy" />
        </div>
      )}
    </CardFrame>
  );
}

/** Slots taken: at this instant where that is known, else on average over the bucket. */
function slotsTaken(now: Moment, name: string, inAll: number): number {
  return now.exact() ? now.busy(name) : (now.node(name)?.utilisation ?? Number.NaN) * inAll;
}

function paintApp(slots: Slots, now: Moment, name: string, inAll: number): void {
  const down = paintCondition(slots, now, name);
  const reading = down ? undefined : now.node(name);
  const taken = down ? Number.NaN : slotsTaken(now, name, inAll);
  slots.text('busy', Number.isFinite(taken) ? countOf(taken) : NOTHING);
  slots.share('bar', taken / inAll);
  const timeouts = (reading?.timeouts ?? Number.NaN) * PER_SECOND;
  slots.text('timeouts', formatRate(timeouts));
  slots.mark('timeouts', 'bad', timeouts > 0 ? '' : undefined);
}

function countOf(taken: number): string {
  return Number.isInteger(taken) || taken >= 10 ? formatCount(taken) : taken.toFixed(1);
}

function speakApp(now: Moment, name: string, inAll: number): string {
  const { words } = now.condition(name);
  const taken = slotsTaken(now, name, inAll);
  const parts = [
    name,
    words,
    Number.isFinite(taken) ? `${formatPercent(taken / inAll)} of its slots in use` : '',
  ];
  const timeouts = (now.node(name)?.timeouts ?? 0) * PER_SECOND;
  if (timeouts > 0) parts.push(`${formatRate(timeouts)} calls given up on`);
  return parts.filter((part) => part !== '').join(', ');
}
