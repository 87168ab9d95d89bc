/** A cache node: its queue, what it holds, and which version of the watched key. As many rows as there is room for. */
import { useCallback, useMemo } from 'react';
import type { Design } from '../../design/design.ts';
import { formatCount, formatDuration, formatPercent, formatShare, NOTHING, THIN } from '../format.ts';
import { CardFrame, Head, paintCondition } from './CardFrame.tsx';
import { rowsIn, type Card } from './cards.ts';
import { paintChip } from './chip.ts';
import type { Moment } from './moment.ts';
import { paintQueue, QueueInstrument } from './QueueInstrument.tsx';
import type { Slots } from './slots.ts';
import css from './Card.module.css';

interface CacheCardProps {
  readonly card: Card;
  readonly design: Design;
  readonly zone: number;
  readonly direction: 'right' | 'down';
  readonly watchedKey: number;
}

/** In the order in which they are shown; where room is short those that say least go first. */
const ROWS = ['queue', 'utilisation', 'hits', 'entries', 'key'] as const;
const FIRST_TO_STAY = ['queue', 'hits', 'key', 'utilisation', 'entries'] as const;
/** Head, instrument and what is between them. */
const ABOVE_ROWS = 52;

export function CacheCard({ card, design, zone, direction, watchedKey }: CacheCardProps) {
  const { name, form } = card;
  const servers = design.cache.concurrency;
  const timeout = design.cache.timeout === 'off' ? design.client.timeout : design.cache.timeout;
  const paint = useMemo(
    () => (slots: Slots, now: Moment) => paintCache(slots, now, name, servers, timeout),
    [name, servers, timeout],
  );
  const speak = useCallback((now: Moment) => speakCache(now, name), [name]);
  const count = direction === 'down' ? 1 : rowsIn(card.h, ABOVE_ROWS, ROWS.length);
  const kept = ROWS.filter((row) => FIRST_TO_STAY.indexOf(row) < count);
  return (
    <CardFrame
      name={name}
      form={form}
      rows={count}
      direction={direction}
      faultable
      paint={paint}
      speak={speak}
    >
      {form === 'line' ? (
        <div className={css.one}>
          <span className={css.name}>{name}</span>
          <span className={css.state} data-slot="state" />
          <QueueInstrument servers={servers} />
          <b data-slot="hits" />
        </div>
      ) : (
        <>
          <Head name={name} aside={`zone ${zone}`} />
          <div style={{ marginTop: direction === 'down' ? 4 : 8 }}>
            <QueueInstrument servers={servers} />
          </div>
          {form === 'full' && direction === 'right' && (
            <div className={css.rows} style={{ marginTop: 4 }}>
              {kept.map((row) => (
                <Row key={row} row={row} watchedKey={watchedKey} />
              ))}
            </div>
          )}
          {form === 'full' && direction === 'down' && (
            <div className={css.one} style={{ height: 20, marginTop: 2 }}>
              <span>
                <span data-slot="waiting" /> queued
              </span>
              <b className={css.end}>
                <span data-slot="hits" /> hits
              </b>
            </div>
          )}
        </>
      )}
    </CardFrame>
  );
}

function Row({ row, watchedKey }: { row: (typeof ROWS)[number]; watchedKey: number }) {
  switch (row) {
    case 'queue':
      return (
        <>
          <span>queue</span>
          <b data-slot="depth">
            <span data-slot="waiting" />
            <small>
              <span className={css.spare}> ops</span>, <span data-slot="wait" /> wait
            </small>
          </b>
        </>
      );
    case 'utilisation':
      return (
        <>
          <span>utilisation</span>
          <b data-slot="utilisation" />
        </>
      );
    case 'hits':
      return (
        <>
          <span>hit ratio</span>
          <b data-slot="hits" />
        </>
      );
    case 'entries':
      return (
        <>
          <span>entries</span>
          <b data-slot="entries" />
        </>
      );
    case 'key':
      return (
        <>
          <span>key {formatCount(watchedKey)}</span>
          <b>
            <span data-slot="chip" />
          </b>
        </>
      );
  }
}

function hitRatio(now: Moment, name: string): number {
  const reading = now.node(name);
  return reading === undefined ? Number.NaN : reading.hits / (reading.hits + reading.misses);
}

function paintCache(slots: Slots, now: Moment, name: string, servers: number, timeout: number): void {
  const down = paintCondition(slots, now, name);
  paintQueue(slots, now, name, servers, timeout);
  const reading = down ? undefined : now.node(name);
  const waiting = down ? Number.NaN : now.queue(name);
  const late = (reading?.wait ?? 0) > timeout;
  slots.text('waiting', formatCount(waiting));
  slots.text('wait', waitOf(reading?.wait));
  slots.mark('depth', 'bad', late ? '' : undefined);
  slots.text('utilisation', formatPercent(reading?.utilisation ?? Number.NaN));
  slots.text('hits', down ? NOTHING : formatShare(hitRatio(now, name)));
  slots.text('entries', formatCount(reading?.entries ?? Number.NaN));
  paintChip(slots, 'chip', down ? undefined : now.held(name), 'not held', NOTHING, true);
}

function waitOf(wait: number | undefined): string {
  if (wait === undefined || !Number.isFinite(wait)) return NOTHING;
  return wait < 0.5 ? `0${THIN}ms` : formatDuration(Math.round(wait));
}

function speakCache(now: Moment, name: string): string {
  const { words, down } = now.condition(name);
  const reading = now.node(name);
  const parts = [name, words];
  if (reading === undefined) parts.push('not rendered yet');
  else if (!down)
    parts.push(
      `${formatCount(now.queue(name))} waiting`,
      `utilisation ${formatPercent(reading.utilisation)}`,
      `hit ratio ${formatShare(hitRatio(now, name))}`,
    );
  return parts.filter((part) => part !== '').join(', ');
}
