/** What a cache node's card says at the cursor, and which of its rows there is room for. */
import type { Micros } from '../../base/units.ts';
import type { Design } from '../../design/design.ts';
import { formatCount, formatDuration, formatPercent, formatShare, NOTHING, THIN } from '../format.ts';
import { rowsIn } from './cards.ts';
import { paintChip, paintTombstone } from './chip.ts';
import type { Moment } from './moment.ts';
import { paintCondition } from './paintCondition.ts';
import { paintQueue } from './queue.ts';
import type { Writable } from './slots.ts';

/** In the order in which they are shown; where room is short those that say least go first. */
const ROWS = ['queue', 'utilisation', 'hits', 'entries', 'key'] as const;
export type CacheRow = (typeof ROWS)[number];
const FIRST_TO_STAY = ['queue', 'hits', 'key', 'utilisation', 'entries'] as const;
/** Head, instrument and what is between them. */
const ABOVE_ROWS = 52;

/** The rows of a full card of this height. */
export function cacheRowsIn(height: number): readonly CacheRow[] {
  const count = rowsIn(height, ABOVE_ROWS, ROWS.length);
  return ROWS.filter((row) => FIRST_TO_STAY.indexOf(row) < count);
}

/** How long a call to a cache node is waited for, microseconds: as long as the client waits, where it has no limit of its own. */
export function cachePatience({ cache, client }: Design): Micros {
  return cache.timeout === 'off' ? client.timeout : cache.timeout;
}

export function paintCache(slots: Writable, now: Moment, name: string, design: Design): void {
  const timeout = cachePatience(design);
  const down = paintCondition(slots, now, name);
  paintQueue(slots, now, name, design.cache.concurrency, timeout);
  const reading = down ? undefined : now.node(name);
  const waiting = down ? Number.NaN : now.queue(name);
  const late = (reading?.wait ?? 0) > timeout;
  slots.text('waiting', formatCount(waiting));
  slots.text('wait', waitOf(reading?.wait));
  slots.mark('depth', 'bad', late ? '' : undefined);
  slots.mark('depth', 'none', Number.isNaN(waiting) ? '' : undefined);
  slots.text('utilisation', formatPercent(reading?.utilisation ?? Number.NaN));
  const hits = down ? Number.NaN : now.hitRatio(name);
  slots.text('hits', formatShare(hits));
  // In the card of a phone, beside how many are queued.
  slots.text('hits-briefly', formatPercent(hits));
  slots.text('entries', formatCount(reading?.entries ?? Number.NaN));
}

/** What is held of the watched key, and how long it lives: its TTL, or its tombstone's, runs out. */
export function paintKey(slots: Writable, now: Moment, name: string, { cache: { ttl } }: Design): void {
  const { down } = now.condition(name);
  const held = down ? undefined : now.held(name);
  const kept = down ? undefined : now.kept(name);
  const buried = held !== undefined && held.version < 0 && kept !== undefined && kept.tombstone >= 0;
  const lives = kept === undefined ? -1 : buried ? kept.tombstoneLives : kept.lives;
  if (buried) paintTombstone(slots, 'chip', kept.tombstone);
  else paintChip(slots, 'chip', held, 'not held', NOTHING, true);
  slots.text('life', lives < 0 ? '' : formatDuration(lives));
  slots.share('lifebar', lives < 0 || ttl === 'off' ? 0 : lives / ttl);
  slots.mark('lifebar', 'none', lives < 0 || ttl === 'off' ? '' : undefined);
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

export function speakCache(now: Moment, name: string): string {
  const { words, down } = now.condition(name);
  const reading = now.node(name);
  const parts = [name, words];
  if (reading === undefined) parts.push('not rendered yet');
  else if (!down)
    parts.push(
      `${formatCount(now.queue(name))} waiting`,
      `utilisation ${formatPercent(reading.utilisation)}`,
      `hit ratio ${formatShare(now.hitRatio(name))}`,
      speakKey(now, name),
    );
  return parts.filter((part) => part !== '').join(', ');
}
