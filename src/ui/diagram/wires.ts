/**
 * The edges of the drawing: which card is wired to which, over which named link, and along which curve. Where the
 * app goes straight to the store past a cache, all of it shares one corridor.
 */
import type { LinkName } from '../../design/nodes.ts';
import type { Card, Layout, ShardCard } from './cards.ts';
import { bow, centreOf, type Curve, type Point } from './geometry.ts';

export interface Wire {
  readonly id: string;
  readonly link: LinkName;
  /** Names of cards, or CORRIDOR. */
  readonly from: string;
  readonly to: string;
  readonly curve: Curve;
}

export const CORRIDOR = 'corridor';

export function wireId(from: string, to: string): string {
  return `${from}>${to}`;
}

/** Ports stand this far apart where there is room. */
const CLIENT_STEP = 24;
const PORT_STEP = 16;
/** What leaves an app node for the caches leaves above its middle, what goes straight to the store below. */
const ABOVE = 10;
const BELOW = 16;

/** Every wire that any policy could use; which of them are drawn is the policy's business. */
export function wiresOf(layout: Layout): Wire[] {
  const { clients, app, cache, store, corridor } = layout;
  const wires: Wire[] = [];
  const add = (link: LinkName, from: string, to: string, curve: Curve) =>
    wires.push({ id: wireId(from, to), link, from, to, curve });
  const down = layout.direction === 'down';
  const bend = (from: Point, to: Point, reach?: number) => bow(from, to, layout.direction, reach);
  /** A point on the side where a card sends or receives, `offset` px from the side's middle. */
  const out = (card: Card, offset: number): Point =>
    down
      ? { x: centreOf(card).x + offset, y: card.y + card.h }
      : { x: card.x + card.w, y: centreOf(card).y + offset };
  const into = (card: Card, offset: number): Point =>
    down ? { x: centreOf(card).x + offset, y: card.y } : { x: card.x, y: centreOf(card).y + offset };
  const side = (card: Card) => (down ? card.w : card.h);
  /** Offset of port `i` of `n`, spread around the middle. */
  const spread = (card: Card, i: number, n: number, step: number) =>
    (i - (n - 1) / 2) * Math.min(step, (side(card) - 12) / Math.max(1, n));
  const lean = (card: Card, offset: number) => Math.min(offset, side(card) * 0.2);

  app.forEach((node, i) => {
    add(
      'client-app',
      clients.name,
      node.name,
      bend(out(clients, spread(clients, i, app.length, down ? 28 : CLIENT_STEP)), into(node, 0), 0.55),
    );
    cache.forEach((target) =>
      add(
        'app-cache',
        node.name,
        target.name,
        bend(
          out(node, -lean(node, ABOVE)),
          into(target, spread(target, i, app.length, down ? PORT_STEP : 12)),
        ),
      ),
    );
  });
  const ports = cache.length + 1;
  cache.forEach((node, j) =>
    store.forEach((shard, s) =>
      add(
        'cache-store',
        node.name,
        shard.name,
        bend(
          out(node, spread(node, s, store.length, PORT_STEP)),
          into(shard, spread(shard, j, ports, PORT_STEP)),
        ),
      ),
    ),
  );
  if (corridor === undefined)
    app.forEach((node, i) =>
      store.forEach((shard) =>
        add(
          'app-store',
          node.name,
          shard.name,
          bend(out(node, 0), into(shard, spread(shard, i, app.length, PORT_STEP))),
        ),
      ),
    );
  else {
    app.forEach((node) =>
      add('app-store', node.name, CORRIDOR, bend(out(node, lean(node, BELOW)), corridor.from, 0.55)),
    );
    store.forEach((shard) =>
      add(
        'app-store',
        CORRIDOR,
        shard.name,
        bend(corridor.to, into(shard, spread(shard, cache.length, ports, PORT_STEP))),
      ),
    );
  }
  return wires;
}

/** Of more lines than this between two tiers each is drawn fainter. */
const DENSE = 64;

/** The links whose lines are drawn fainter, since there are so many of them. */
export function denseLinks(wires: readonly Pick<Wire, 'link'>[]): ReadonlySet<LinkName> {
  const lines = new Map<LinkName, number>();
  for (const { link } of wires) lines.set(link, (lines.get(link) ?? 0) + 1);
  return new Set([...lines].flatMap(([link, count]) => (count > DENSE ? [link] : [])));
}

/** Where a replica's dot is on the drawing. */
export function dotOf(card: ShardCard, replica: number): Point {
  const dot = card.dots[replica] ?? { x: 0, y: 0 };
  return { x: card.x + dot.x, y: card.y + dot.y };
}
