/** A shard's card of a picture: its replicas on their rail, the leader's dot filled and crowned. */
import type { Design } from '../../../design/design.ts';
import { isCrowned, isUpright, lineNameAt, type ShardCard } from '../../diagram/cards.ts';
import { inBrief } from '../../diagram/conditions.ts';
import type { Moment } from '../../diagram/moment.ts';
import { paintShard, quorumWords } from '../../diagram/shard.ts';
import { replicasOf } from '../../diagram/tiers.ts';
import { drawBar, fillBox, strokeBox, write, type Ink } from './brush.ts';
import { drawChip, drawFrame, drawHead, INSET } from './frame.ts';
import { CardValues } from './values.ts';

/** From the card's left edge to what is said of a replica, and to its crown. */
const REPLICA = 56;
const CROWN = 36;
/** The widths of a replica's bar, where there is room for it, and of what stands behind it. */
const BAR = 72;
const UTIL = 32;
const LAG = 62;
const GAP = 8;
/** A crown of 16 by 16, as points. */
const CROWN_POINTS = [2.5, 5.2, 5.3, 7.6, 8, 3.5, 10.7, 7.6, 13.5, 5.2, 12.5, 12, 3.5, 12] as const;
const CROWN_SCALE = 14 / 16;

export function drawShard(ink: Ink, card: ShardCard, design: Design, now: Moment): void {
  const { form, dots, toldAt, x, y, index } = card;
  const replicas = replicasOf(design, index + 1);
  const values = new CardValues();
  const names = replicas.map(({ name }) => name);
  paintShard(values, now, names, form, design.store.mode === 'leader');
  drawFrame(ink, card, values);
  const { palette } = ink;
  if (form === 'line')
    write(ink, card.name, x + lineNameAt(card), y + card.h / 2 + 4, {
      fill: palette.ink,
      weight: 600,
      mono: true,
    });
  else drawHead(ink, card, values, quorumWords(design));
  drawRail(ink, card);
  dots.forEach((dot, i) => {
    const [dotX, dotY] = [x + dot.x, y + dot.y];
    drawDot(ink, values, i, dotX, dotY);
    const replica = replicas[i];
    const upright = isUpright(card);
    if (isCrowned(card) && values.isMarked(`crown-${i}`, 'leads'))
      drawCrown(ink, upright ? x + CROWN : dotX - 7, dotY - (upright ? 7 : 15));
    if (form === 'full') drawReplica(ink, card, values, i, `replica-${replica?.replica}`, replica?.zone ?? 0);
    else if (form === 'rows') drawReplicaRow(ink, card, values, i, `replica-${replica?.replica}`);
    else if (toldAt !== undefined)
      write(ink, values.textOf(`util-${i}`), dotX, y + toldAt + 4, {
        fill: palette['ink-2'],
        align: 'center',
      });
  });
}

function drawRail(ink: Ink, { dots, x, y }: ShardCard): void {
  const [first, last] = [dots[0], dots.at(-1)];
  if (first === undefined || last === undefined) return;
  const box = {
    x: x + first.x - 0.75,
    y: y + first.y - 0.75,
    w: last.x - first.x + 1.5,
    h: last.y - first.y + 1.5,
  };
  fillBox(ink, box, 0, ink.palette['line-2']);
}

function drawDot(ink: Ink, values: CardValues, i: number, x: number, y: number): void {
  const { palette, brush } = ink;
  const [leads, off] = [values.isMarked(`dot-${i}`, 'leads'), values.isMarked(`dot-${i}`, 'off')];
  const box = { x: x - 4, y: y - 4, w: 8, h: 8 };
  fillBox(ink, box, 4, palette[leads && !off ? 'ink' : 'bg-2']);
  if (off) brush.setLineDash([2, 2]);
  strokeBox(ink, box, 3.25, palette[off ? 'bad' : leads ? 'ink' : 'ink-3'], 1.5);
  brush.setLineDash([]);
}

function drawCrown({ brush, palette }: Ink, x: number, y: number): void {
  brush.beginPath();
  for (let i = 0; i < CROWN_POINTS.length; i += 2) {
    const [px, py] = [x + (CROWN_POINTS[i] ?? 0) * CROWN_SCALE, y + (CROWN_POINTS[i + 1] ?? 0) * CROWN_SCALE];
    if (i === 0) brush.moveTo(px, py);
    else brush.lineTo(px, py);
  }
  brush.fillStyle = palette.ink;
  brush.fill();
}

/** Two lines: name, zone, state or version; utilisation and lag. */
function drawReplica(
  ink: Ink,
  card: ShardCard,
  values: CardValues,
  i: number,
  name: string,
  zone: number,
): void {
  const { palette } = ink;
  const dot = card.dots[i] ?? { x: 0, y: 0 };
  const [left, right] = [card.x + REPLICA, card.x + card.w - INSET];
  const [first, second] = [card.y + dot.y + 4, card.y + dot.y + 22];
  const named = write(ink, name, left, first, { fill: palette.ink, weight: 500, mono: true });
  const state = values.textOf(`state-${i}`);
  if (state === '') write(ink, `zone ${zone}`, left + named + GAP, first, { fill: palette['ink-3'] });
  const chip = drawChip(ink, values, `chip-${i}`, right, first);
  write(ink, state, right - (chip === 0 ? 0 : chip + GAP), first, {
    fill: palette.bad,
    weight: 600,
    align: 'right',
  });
  const bar = Math.min(BAR, right - left - UTIL - LAG - 2 * GAP);
  drawBar(ink, { x: left, y: second - 6, w: bar, h: 4 }, values.shareOf(`bar-${i}`));
  drawReadings(ink, values, i, left + bar + GAP + UTIL, right, second);
}

function drawReplicaRow(ink: Ink, card: ShardCard, values: CardValues, i: number, name: string): void {
  const { palette } = ink;
  const dot = card.dots[i] ?? { x: 0, y: 0 };
  const baseline = card.y + dot.y + 4;
  const right = card.x + card.w - INSET;
  let left = card.x + REPLICA;
  left += write(ink, name, left, baseline, { fill: palette.ink, weight: 500, mono: true }) + GAP;
  left += write(ink, inBrief(values.textOf(`state-${i}`)), left, baseline, {
    fill: palette.bad,
    weight: 600,
  });
  if (values.isMarked(`row-${i}`, 'off')) return;
  const end = right - LAG - UTIL - 2 * GAP;
  if (values.textOf(`state-${i}`) === '' && end > left)
    drawBar(ink, { x: left, y: baseline - 6, w: end - left, h: 4 }, values.shareOf(`bar-${i}`));
  drawReadings(ink, values, i, right - LAG - GAP, right, baseline);
}

function drawReadings(
  ink: Ink,
  values: CardValues,
  i: number,
  utilRight: number,
  lagRight: number,
  baseline: number,
): void {
  const { palette } = ink;
  write(ink, values.textOf(`util-${i}`), utilRight, baseline, { fill: palette.ink, align: 'right' });
  write(ink, values.textOf(`lag-${i}`), lagRight, baseline, { fill: palette['ink-3'], align: 'right' });
}
