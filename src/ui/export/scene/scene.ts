/**
 * The diagram as a picture: laid out for the room that the picture gives, with what the cards say and what travels at a
 * moment. What it is drawn with is handed in, so that a canvas and an SVG show the same.
 */
import type { Design } from '../../../design/design.ts';
import { nodesOf, type LinkName } from '../../../design/nodes.ts';
import { eachRate, flowAt, bandOf, straightWords } from '../../diagram/bands.ts';
import type { Layout, Tiers } from '../../diagram/cards.ts';
import type { Size } from '../../diagram/geometry.ts';
import { COUNTS, linkPlaces, restOf, TITLES } from '../../diagram/headings.ts';
import { layOut } from '../../diagram/layout.ts';
import type { Moment } from '../../diagram/moment.ts';
import { Routes } from '../../diagram/routes.ts';
import { tiersOf } from '../../diagram/tiers.ts';
import { CORRIDOR, denseLinks, wiresOf } from '../../diagram/wires.ts';
import { isUsed, usesIn, type Use } from '../../diagram/wiring.ts';
import { numberOf } from '../../counts.ts';
import { strokeCurve, write, type Ink } from './brush.ts';
import { drawApp, drawCache, drawClients } from './cards.ts';
import { drawShard } from './shards.ts';

/** Where everything of a design stands. */
export interface Plan {
  readonly design: Design;
  readonly uses: readonly Use[];
  readonly tiers: Tiers;
  readonly layout: Layout;
  readonly routes: Routes;
}

export function planOf(design: Design, room: Size): Plan {
  const uses = usesIn(design);
  const tiers = tiersOf(design, uses);
  const layout = layOut(tiers, room, design.layout);
  const names = nodesOf(design).map(({ name }) => name);
  return { design, uses, tiers, layout, routes: new Routes(layout, tiers, names) };
}

/** Opacities of bands and of lines, and where lines are dense. */
const BAND = 0.16;
const DENSE_BAND = 0.05;
const DENSE_LINE = 0.4;

/** Everything but what travels. */
export function drawScene(ink: Ink, plan: Plan, now: Moment): void {
  drawWires(ink, plan, now);
  const { design, layout } = plan;
  drawClients(ink, layout.clients, design, now);
  for (const card of layout.app) drawApp(ink, card, design, now);
  for (const card of layout.cache) drawCache(ink, card, design, now);
  for (const card of layout.store) drawShard(ink, card, design, now);
  drawHeadings(ink, plan, now);
}

function drawWires(ink: Ink, { layout, tiers, uses }: Plan, now: Moment): void {
  const { brush, palette } = ink;
  const bands = new Map<string, ReturnType<typeof bandOf>>();
  const flow = flowAt(now, tiers);
  const straight =
    flow === undefined
      ? undefined
      : eachRate(flow, layout, uses, (wire, rate) => bands.set(wire, bandOf(rate)));
  const wires: { id: string; link: LinkName; curve: readonly number[] }[] = wiresOf(layout);
  const { corridor } = layout;
  if (corridor !== undefined) wires.push({ id: CORRIDOR, link: 'app-store', curve: corridor.curve });
  const denseOnes = denseLinks(wires);
  for (const { id, link, curve } of wires) {
    if (!isUsed(uses, link)) continue;
    const dense = denseOnes.has(link);
    const band = bands.get(id);
    if (band !== undefined && band.width > 0) {
      brush.globalAlpha = dense ? DENSE_BAND : BAND;
      strokeCurve(ink, curve, palette[band.hue], band.width);
    }
    brush.globalAlpha = dense ? DENSE_LINE : 1;
    strokeCurve(ink, curve, palette['line-2'], 1);
    brush.globalAlpha = 1;
  }
  if (corridor === undefined || !isUsed(uses, 'app-store')) return;
  const { x, w } = corridor.box;
  const y = corridor.from.y - 7;
  write(ink, 'straight to the store', x + 16, y, { fill: palette['ink-2'] });
  if (straight !== undefined)
    write(ink, straightWords(straight), x + w - 16, y, { fill: palette.ink, align: 'right' });
}

function drawHeadings(ink: Ink, { layout, design, uses }: Plan, now: Moment): void {
  const { palette } = ink;
  for (const { tier, x, y } of layout.headings) {
    const count = COUNTS[tier];
    const title = count === undefined ? TITLES[tier] : `${TITLES[tier]} ${numberOf(design, count)}`;
    const width = write(ink, title, x, y + 12, { fill: palette['ink-2'], weight: 600 });
    write(ink, restOf(design, tier), x + width + 8, y + 12, { fill: palette['ink-3'] });
  }
  for (const { link, x, y } of linkPlaces(layout, design, uses))
    write(ink, now.condition(link).words, x, y + 14, { fill: palette.bad, align: 'center' });
}
