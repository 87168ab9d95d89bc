/** A cache node: its queue, what it holds, and which version of the watched key. As many rows as there is room for. */
import { useCallback, useMemo } from 'react';
import type { Design } from '../../design/design.ts';
import { formatCount, formatDuration, formatPercent, formatShare, NOTHING, THIN } from '../format.ts';
import { hint } from '../kit/hint.ts';
import { CardFrame, Head, paintCondition } from './CardFrame.tsx';
import { cx } from '../kit/cx.ts';
import { rowsIn, type Card } from './cards.ts';
import { paintChip, paintTombstone } from './chip.ts';
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
  const ttl = design.cache.ttl === 'off' ? Number.NaN : design.cache.ttl;
  const paint = useMemo(
    () => (slots: Slots, now: Moment) => {
      paintCache(slots, now, name, servers, timeout);
      paintKey(slots, now, name, ttl);
    },
    [name, servers, timeout, ttl],
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
          <span {...hint('queue')}>queue</span>
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
}

/** What is held of the watched key, and how long it lives: its TTL, or its tombstone's, runs out. */
function paintKey(slots: Slots, now: Moment, name: string, ttl: number): void {
  const { down } = now.condition(name);
  const held = down ? undefined : now.held(name);
  const kept = down ? undefined : now.kept(name);
  const buried = held !== undefined && held.version < 0 && kept !== undefined && kept.tombstone >= 0;
  const lives = kept === undefined ? -1 : buried ? kept.tombstoneLives : kept.lives;
  if (buried) paintTombstone(slots, 'chip', kept.tombstone);
  else paintChip(slots, 'chip', held, 'not held', NOTHING, true);
  slots.text('life', lives < 0 ? '' : formatDuration(lives));
  slots.share('lifebar', lives < 0 ? 0 : lives / ttl);
  slots.mark('lifebar', 'none', lives < 0 || Number.isNaN(ttl) ? '' : undefined);
}

function waitOf(wait: number | undefined): string {
  if (wait === undefined || !Number.isFinite(wait)) return NOTHING;
  return wait < 0.5 ? `0${THIN}ms` : formatDuration(Math.round(wait));
}

function speakKey(now: Moment, name: string): string {
  const held = now.held(name);
  const kept = now.kept(name);
  if (held === undefined || held.version < 0) return '';
  const left = kept === undefined || kept.lives < 0 ? '' : ` for ${formatDuration(kept.lives)} more`;
  return `holds v${held.version} of key ${formatCount(now.watchedKey)}${left}`;
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
      speakKey(now, name),
    );
  return parts.filter((part) => part !== '').join(', ');
}
