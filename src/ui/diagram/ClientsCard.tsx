/** The clients: what they are asking for, and how it ends for them. */
import { useMemo } from 'react';
import type { Design } from '../../design/design.ts';
import { formatCount } from '../format.ts';
import { hint } from '../kit/hint.ts';
import { CardFrame, Head } from './CardFrame.tsx';
import type { Card } from './cards.ts';
import { paintClients, speakClients } from './clients.ts';
import type { Moment } from './moment.ts';
import type { Slots } from './slots.ts';
import css from './Card.module.css';

export function ClientsCard({
  card,
  design,
  direction,
}: {
  card: Card;
  design: Design;
  direction: 'right' | 'down';
}) {
  const { name, form } = card;
  const paint = useMemo(() => (slots: Slots, now: Moment) => paintClients(slots, now, name), [name]);
  return (
    <CardFrame
      name={name}
      form={form}
      direction={direction}
      faultable={false}
      menu="workload"
      paint={paint}
      speak={speakClients}
    >
      {form === 'full' ? (
        <>
          <Head name={name} aside="" />
          <div className={css.rows} style={{ marginTop: 8 }}>
            <span {...hint('session')}>sessions</span>
            <b>{formatCount(design.workload.sessions)}</b>
            <span {...hint('GET')}>GET</span>
            <b data-slot="gets" />
            <span {...hint('PUT')}>PUT</span>
            <b data-slot="puts" />
            <span {...hint('in flight')}>in flight</span>
            <b data-slot="inFlight" />
            <span {...hint('no reply')}>no reply</span>
            <b data-slot="unanswered" />
            <span {...hint('key skew')}>key skew</span>
            <b>{String(design.workload.skew)}</b>
          </div>
        </>
      ) : (
        <div className={css.one}>
          <span className={css.name}>{name}</span>
          <span className={css.state} data-slot="state" />
          <span className={css.end}>
            <span data-slot="gets" /> <span>GET, </span>
            <span data-slot="puts" /> <span>PUT</span>
          </span>
        </div>
      )}
    </CardFrame>
  );
}
