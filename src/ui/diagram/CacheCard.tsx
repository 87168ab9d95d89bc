/** A cache node: its queue, what it holds, and which version of the watched key. As many rows as there is room for. */
import { useCallback, useMemo } from 'react';
import type { Design } from '../../design/design.ts';
import { formatCount } from '../format.ts';
import { hint } from '../kit/hint.ts';
import { cacheRowsIn, paintCache, paintKey, speakCache, type CacheRow } from './cache.ts';
import { CardFrame, Head, NameInColumn } from './CardFrame.tsx';
import { cx } from '../kit/cx.ts';
import type { Card } from './cards.ts';
import type { Moment } from './moment.ts';
import { QueueInstrument } from './QueueInstrument.tsx';
import type { Slots } from './slots.ts';
import css from './Card.module.css';

interface CacheCardProps {
  readonly card: Card;
  readonly design: Design;
  readonly zone: number;
  readonly direction: 'right' | 'down';
  readonly watchedKey: number;
}

export function CacheCard({ card, design, zone, direction, watchedKey }: CacheCardProps) {
  const { name, form } = card;
  const servers = design.cache.concurrency;
  const paint = useMemo(
    () => (slots: Slots, now: Moment) => {
      paintCache(slots, now, name, design);
      paintKey(slots, now, name, design);
    },
    [name, design],
  );
  const speak = useCallback((now: Moment) => speakCache(now, name), [name]);
  const kept = cacheRowsIn(card.h);
  // Too low for rows, a card of the narrow screen says in one line what matters most.
  const terse = direction === 'down' && kept.length < 2;
  return (
    <CardFrame
      name={name}
      form={form}
      rows={terse ? 1 : kept.length}
      direction={direction}
      faultable
      paint={paint}
      speak={speak}
    >
      {form === 'line' ? (
        <div className={css.one}>
          <NameInColumn name={name} last={`cache-${design.cache.nodes}`} />
          <span className={css.state} data-slot="state" />
          <QueueInstrument servers={servers} />
          <b data-slot="hits" />
        </div>
      ) : (
        <>
          <Head name={name} aside={`zone ${zone}`} />
          <div style={{ marginTop: terse ? 4 : 8 }}>
            <QueueInstrument servers={servers} />
          </div>
          {form === 'full' && !terse && (
            <div className={css.rows} style={{ marginTop: 4 }}>
              {kept.map((row) => (
                <Row key={row} row={row} watchedKey={watchedKey} />
              ))}
            </div>
          )}
          {form === 'full' && terse && (
            <div className={css.one} style={{ height: 20, marginTop: 2 }}>
              <span className={css.waiting}>
                <span data-slot="waiting" /> <span>queued</span>
              </span>
              <b className={css.end}>
                <span data-slot="hits-briefly" /> hits
              </b>
            </div>
          )}
        </>
      )}
    </CardFrame>
  );
}

function Row({ row, watchedKey }: { row: CacheRow; watchedKey: number }) {
  switch (row) {
    case 'queue':
      return (
        <>
          <span {...hint('queue')}>queue</span>
          <b data-slot="depth">
            <span data-slot="waiting" />
            <small>
              <span className={css.spare}> ops</span>, <span data-slot="wait" />
              <span className={css.spare}> wait</span>
            </small>
          </b>
        </>
      );
    case 'utilisation':
      return (
        <>
          <span {...hint('utilisation')}>utilisation</span>
          <b data-slot="utilisation" />
        </>
      );
    case 'hits':
      return (
        <>
          <span {...hint('hit ratio')}>hit ratio</span>
          <b data-slot="hits" />
        </>
      );
    case 'entries':
      return (
        <>
          <span {...hint('entries')}>entries</span>
          <b data-slot="entries" />
        </>
      );
    case 'key':
      return (
        <>
          <span {...hint('key')}>key {formatCount(watchedKey)}</span>
          <b className={css.held}>
            <i className={cx(css.bar, css.life)} data-slot="lifebar" />
            <small data-slot="life" {...hint('TTL')} />
            <span data-slot="chip" {...hint('version')} />
          </b>
        </>
      );
  }
}
