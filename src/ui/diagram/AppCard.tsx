/** An app node: how many of its slots are taken, and how many of its calls it gave up on. */
import { useCallback, useMemo } from 'react';
import type { Design } from '../../design/design.ts';
import { formatCount } from '../format.ts';
import { hint } from '../kit/hint.ts';
import { paintApp, speakApp } from './app.ts';
import { CardFrame, Head, NameInColumn } from './CardFrame.tsx';
import type { Card } from './cards.ts';
import type { Moment } from './moment.ts';
import type { Slots } from './slots.ts';
import css from './Card.module.css';

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
              <small className={css.outOf}> / {formatCount(slotsInAll)}</small>
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
          <NameInColumn name={name} last={`app-${design.app.nodes}`} />
          <span className={css.state} data-slot="state" />
          <div className={css.bar} data-slot="bar" />
          <b data-slot="busy" />
        </div>
      )}
    </CardFrame>
  );
}
