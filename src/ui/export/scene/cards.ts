/**
 * The cards of a picture: what stands where on them is what the page's style sheet says, and what they say comes from the
 * same functions as on the page.
 */
import type { Design } from '../../../design/design.ts';
import { nodesOf } from '../../../design/nodes.ts';
import { paintApp } from '../../diagram/app.ts';
import { cacheRowsIn, paintCache, paintKey, type CacheRow } from '../../diagram/cache.ts';
import type { Card } from '../../diagram/cards.ts';
import { paintClients } from '../../diagram/clients.ts';
import { inBrief } from '../../diagram/conditions.ts';
import type { Moment } from '../../diagram/moment.ts';
import { CELLS, TICK } from '../../diagram/queue.ts';
import { formatCount } from '../../format.ts';
import { drawBar, fillBox, strokeBox, write, type Ink } from './brush.ts';
import { BASELINE, drawChip, drawFrame, drawHead, drawRow, INSET, ROW } from './frame.ts';
import { CardValues } from './values.ts';

/** Of a card that has one line. */
const LINE_INSET = 8;
const LINE_GAP = 8;

export function drawClients(ink: Ink, card: Card, { workload }: Design, now: Moment): void {
  const values = new CardValues();
  paintClients(values, now, card.name);
  drawFrame(ink, card, values);
  const [gets, puts] = [values.textOf('gets'), values.textOf('puts')];
  if (card.form !== 'full') {
    drawLine(ink, card, values, `${gets} GET, ${puts} PUT`);
    return;
  }
  drawHead(ink, card, values, '');
  const rows: readonly (readonly [string, string, boolean?])[] = [
    ['sessions', formatCount(workload.sessions)],
    ['GET', gets],
    ['PUT', puts],
    ['in flight', values.textOf('inFlight')],
    ['no reply', values.textOf('unanswered'), values.isMarked('unanswered', 'bad')],
    ['key skew', String(workload.skew)],
  ];
  rows.forEach(([label, value, loud], i) => drawRow(ink, card, card.y + 32 + i * ROW, label, value, loud));
}

export function drawApp(ink: Ink, card: Card, design: Design, now: Moment): void {
  const values = new CardValues();
  const slots = design.app.concurrency;
  paintApp(values, now, card.name, slots);
  drawFrame(ink, card, values);
  const { x, y, w } = card;
  const bar = (top: number) =>
    drawBar(ink, { x: x + INSET, y: top, w: w - 2 * INSET, h: 4 }, values.shareOf('bar'));
  if (card.form === 'line') {
    drawLine(ink, card, values, values.textOf('busy'), (box) =>
      drawBar(ink, { ...box, y: box.y + box.h / 2 - 2, h: 4 }, values.shareOf('bar')),
    );
    return;
  }
  drawHead(ink, card, values, zoneOf(design, card.name));
  if (card.form === 'short') {
    bar(y + 30);
    return;
  }
  drawRow(ink, card, y + 28, 'slots in use', `${values.textOf('busy')} / ${formatCount(slots)}`);
  bar(y + 48);
  drawRow(ink, card, y + 54, 'timeouts', values.textOf('timeouts'), values.isMarked('timeouts', 'bad'));
}

export function drawCache(ink: Ink, card: Card, design: Design, now: Moment): void {
  const { concurrency } = design.cache;
  const values = new CardValues();
  paintCache(values, now, card.name, design);
  paintKey(values, now, card.name, design);
  drawFrame(ink, card, values);
  const { x, y, w, h } = card;
  if (card.form === 'line') {
    drawLine(ink, card, values, values.textOf('hits'), (box) =>
      drawQueue(ink, values, concurrency, { ...box, y: box.y + box.h / 2 - 8 }),
    );
    return;
  }
  drawHead(ink, card, values, zoneOf(design, card.name));
  drawQueue(ink, values, concurrency, { x: x + INSET, y: y + 32, w: w - 2 * INSET });
  if (card.form !== 'full') return;
  cacheRowsIn(h).forEach((row, i) => drawCacheRow(ink, card, values, row, y + 52 + i * ROW, now.watchedKey));
}

function drawCacheRow(
  ink: Ink,
  card: Card,
  values: CardValues,
  row: CacheRow,
  top: number,
  watchedKey: number,
): void {
  const plain = (label: string, value: string, loud = false) => drawRow(ink, card, top, label, value, loud);
  switch (row) {
    case 'queue':
      plain(
        'queue',
        values.isMarked('depth', 'none')
          ? values.textOf('waiting')
          : `${values.textOf('waiting')} ops, ${values.textOf('wait')} wait`,
        values.isMarked('depth', 'bad'),
      );
      return;
    case 'utilisation':
      plain('utilisation', values.textOf('utilisation'));
      return;
    case 'hits':
      plain('hit ratio', values.textOf('hits'));
      return;
    case 'entries':
      plain('entries', values.textOf('entries'));
      return;
    case 'key': {
      plain(`key ${formatCount(watchedKey)}`, '');
      const right = card.x + card.w - INSET;
      const chip = drawChip(ink, values, 'chip', right, top + BASELINE);
      const life = values.textOf('life');
      const said = write(ink, life, right - chip - 6, top + BASELINE, {
        fill: ink.palette['ink-3'],
        align: 'right',
      });
      if (life === '' || values.isMarked('lifebar', 'none')) return;
      const bar = { x: right - chip - said - 12 - 24, y: top + 8, w: 24, h: 4 };
      drawBar(ink, bar, values.shareOf('lifebar'));
    }
  }
}

/** Name and state, something between, and a value at the right. */
function drawLine(
  ink: Ink,
  { name, x, y, w, h }: Card,
  values: CardValues,
  value: string,
  between?: (box: { x: number; y: number; w: number; h: number }) => void,
): void {
  const { palette } = ink;
  const baseline = y + h / 2 + 4;
  let left = x + LINE_INSET;
  left += write(ink, name, left, baseline, { fill: palette.ink, weight: 600, mono: true }) + LINE_GAP;
  const state = inBrief(values.textOf('state'));
  if (state !== '') left += write(ink, state, left, baseline, { fill: palette.bad, weight: 600 }) + LINE_GAP;
  let right = x + w - LINE_INSET;
  right -= write(ink, value, right, baseline, { fill: palette.ink, weight: 500, align: 'right' }) + LINE_GAP;
  if (right > left) between?.({ x: left, y, w: right - left, h });
}

/** Who is served, and who waits: `QueueInstrument`. */
function drawQueue(
  ink: Ink,
  values: CardValues,
  servers: number,
  { x, y, w }: { x: number; y: number; w: number },
): void {
  const { palette, stripes } = ink;
  let left = x;
  if (servers <= CELLS)
    for (let i = 0; i < servers; i++, left += 10) {
      const box = { x: left, y: y + 2, w: 8, h: 12 };
      if (values.isMarked(`server-${i}`, 'on')) fillBox(ink, box, 1.5, palette['ink-2']);
      else strokeBox(ink, box, 1.5, palette['line-2']);
    }
  else {
    drawBar(ink, { x, y: y + 2, w: 38, h: 12 }, values.shareOf('servers'));
    left += 40;
  }
  const strip = { x: left + 4, y: y + 2, w: x + w - left - 4, h: 12 };
  const tick = strip.x + strip.w * TICK;
  fillBox(ink, strip, 0, palette['bg-3']);
  fillBox(ink, { ...strip, w: strip.w * values.shareOf('waits') }, 0, palette['ink-2']);
  fillBox(ink, { ...strip, x: tick, w: strip.w * values.shareOf('late') }, 0, stripes.bad);
  fillBox(ink, { x: tick, y, w: 1.5, h: 16 }, 0, palette[values.isMarked('strip', 'over') ? 'bad' : 'ink-3']);
}

function zoneOf(design: Design, name: string): string {
  return `zone ${nodesOf(design).find((node) => node.name === name)?.zone ?? 0}`;
}
