/** What all cards of a picture share: the frame with its looks, its head, rows of a label and a value, and a version's chip. */
import type { Card } from '../../diagram/cards.ts';
import chip from '../../marks/VersionChip.module.css';
import { fillBox, strokeBox, write, type Ink } from './brush.ts';
import type { CardValues } from './values.ts';

const RADIUS = 6;
/** From the frame to what it holds. */
export const INSET = 12;
export const ROW = 20;
/** From the top of a row, and of the head, to where its letters stand. */
export const BASELINE = 14;
const HEAD_BASELINE = 20;
const HURT_PX = 6;
const DASH = [3, 3];
/** Width of a letter of a chip. */
const CHIP_LETTER = 6.6;

export function drawFrame(ink: Ink, card: Card, values: CardValues): void {
  const { palette, brush, stripes } = ink;
  const down = values.isMarked('', 'down');
  fillBox(ink, card, RADIUS, palette['bg-2']);
  if (values.isMarked('', 'hurt'))
    fillBox(ink, { ...card, w: card.form === 'line' ? 4 : HURT_PX }, [RADIUS, 0, 0, RADIUS], stripes.bad);
  if (down) brush.setLineDash(DASH);
  strokeBox(ink, card, RADIUS, palette[down ? 'ink-3' : 'line-2']);
  brush.setLineDash([]);
}

/** Name, state in words, and what stands at the right where there is room for it. */
export function drawHead(ink: Ink, { name, x, y, w }: Card, values: CardValues, aside: string): void {
  const { palette } = ink;
  const top = y + HEAD_BASELINE;
  const named = write(ink, name, x + INSET, top, { fill: palette.ink, size: 12, weight: 600, mono: true });
  const state = values.textOf('state');
  const said = write(ink, state, x + INSET + named + 8, top, { fill: palette.bad, weight: 600 });
  const room = w - 2 * INSET - named - (said === 0 ? 0 : said + 8) - 8;
  if (ink.brush.measureText(aside).width <= room)
    write(ink, aside, x + w - INSET, top, { fill: palette['ink-3'], align: 'right' });
}

/** @param top of the row; @param loud whether the value is bad news */
export function drawRow(
  ink: Ink,
  { x, w }: Card,
  top: number,
  label: string,
  value: string,
  loud = false,
): void {
  const { palette } = ink;
  write(ink, label, x + INSET, top + BASELINE, { fill: palette['ink-3'] });
  write(ink, value, x + w - INSET, top + BASELINE, {
    fill: loud ? palette.bad : palette.ink,
    weight: 500,
    align: 'right',
  });
}

/** The chip of a slot with its right edge at a point; returns how wide it is. */
export function drawChip(
  ink: Ink,
  values: CardValues,
  slot: string,
  right: number,
  baseline: number,
): number {
  const { palette, stripes } = ink;
  const text = values.textOf(slot);
  const classes = values.classOf(slot).split(' ');
  if (!classes.includes(chip['chip'] ?? ''))
    return write(ink, text, right, baseline, { fill: palette['ink-3'], align: 'right' });
  const is = (name: string) => classes.includes(chip[name] ?? '');
  const type = {
    fill: palette[is('dirty') ? 'put-t' : is('stale') || is('tombstone') ? 'inv' : 'ink'],
    weight: 500,
  };
  const w = Math.ceil(text.length * CHIP_LETTER) + 10;
  const box = { x: right - w, y: baseline - 12, w, h: 16 };
  ink.brush.globalAlpha = 0.35;
  if (is('stale')) fillBox(ink, box, 3, stripes.inv);
  if (is('dirty')) fillBox(ink, { ...box, x: box.x + w / 2, w: w / 2 }, [0, 3, 3, 0], palette.put);
  ink.brush.globalAlpha = 1;
  const hue = is('dirty') ? 'put' : is('newest') ? 'ink-2' : 'inv';
  strokeBox(ink, box, is('tombstone') ? 8 : 3, palette[hue]);
  write(ink, text, box.x + w / 2, baseline, { ...type, mono: true, align: 'center' });
  return w;
}
