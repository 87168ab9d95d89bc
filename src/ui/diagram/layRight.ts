/**
 * The layout of wide screens: tiers in columns from left to right, the cards of a tier filling its height, so that tops
 * and bottoms align across tiers. Columns and gaps give way before the drawing has to be scaled.
 */
import { clamp } from '../../base/clamp.ts';
import type { Tier } from '../../design/nodes.ts';
import {
  appForm,
  cacheForm,
  clientsForm,
  LINE_HEIGHT,
  PITCH,
  shardCards,
  type Card,
  type Corridor,
  type Form,
  type Layout,
  type Tiers,
} from './cards.ts';
import { straight, type Box, type Size } from './geometry.ts';

/** Widths of clients, app, cache, store; and of what lies between them. */
const ROOMY = { columns: [128, 168, 216, 248], gaps: [72, 104, 112], margin: 24 } as const;
/** What a tablet leaves beside the panel: 728 px in all. */
const TIGHT = { columns: [110, 124, 158, 190], gaps: [30, 46, 46], margin: 12 } as const;
/** Where there is more room than that, gaps grow first; past this the drawing stays in the middle. */
const WIDEST = { columns: 1.12, gaps: 1.9 } as const;

/** Heights at which cards stop growing, and the gaps that they keep where they can. */
const NATURAL = { clients: 184, app: 86, cache: 172 } as const;
const STRETCH = 1.15;
/** The least in which the clients' card has all of its rows. */
const CLIENTS = 164;
const GAP = { app: 16, cache: 48, store: 24 } as const;
/** Room for the words and the rate of what goes straight to the store. */
const CORRIDOR = 48;
/** The least that cards of one line, gaps and the corridor come to; and as close as they can still be read, where a screen is low. */
const LOOSE: Spacing = { line: LINE_HEIGHT, gap: 4, corridor: CORRIDOR };
const CLOSE: Spacing = { line: 14, gap: 2, corridor: 32 };
/** What the words above the corridor's line need. */
const ABOVE_LINE = 22;
/** Above this height a cache card can keep all gaps as wide as the corridor. */
const ROOMY_CACHE = 92;
const HEAD = 28;
const FOOT = 8;

interface Spacing {
  readonly line: number;
  readonly gap: number;
  readonly corridor: number;
}

export function layRight(tiers: Tiers, size: Size): Layout {
  // Without a cache the store keeps its column: what stands between changes, not the whole picture.
  const columns = columnsIn(size.w);
  const rf = Math.max(1, ...tiers.shards.map((shard) => shard.replicas.length));
  const height = heightIn(tiers, rf, size.h - HEAD - FOOT);
  const place = (
    tier: Tier,
    at: number,
    boxes: readonly { y: number; h: number }[],
    names: readonly string[],
  ) =>
    boxes.map((box, index) => ({
      name: names[index] ?? tier,
      tier,
      index,
      x: columns.x[at] ?? 0,
      w: columns.w[at] ?? 0,
      y: HEAD + box.y,
      h: box.h,
    }));
  const formed = (cards: ReturnType<typeof place>, formOf: (height: number) => Form): Card[] =>
    cards.map((card) => ({ ...card, form: formOf(card.h) }));

  const clients = formed(place('clients', 0, stack(1, height, 0, NATURAL.clients), ['clients']), clientsForm);
  const app = formed(
    place('app', 1, stack(tiers.app.length, height, GAP.app, NATURAL.app * STRETCH), tiers.app),
    appForm,
  );
  const lanes = cacheLanes(tiers.cache.length, height, height < leastHeight(tiers, LOOSE) ? CLOSE : LOOSE);
  const cache = formed(place('cache', 2, lanes.boxes, tiers.cache), cacheForm);
  const natural = naturalShard(rf) * STRETCH;
  const names = tiers.shards.map((shard) => shard.name);
  const store = shardCards(
    place('store', 3, stack(names.length, height, GAP.store, natural), names),
    tiers.shards,
  );
  const corridor = tiers.cache.length === 0 ? undefined : corridorIn(columns, lanes.lane);
  const headed: Tier[] = ['clients', 'app', ...(tiers.cache.length > 0 ? (['cache'] as const) : []), 'store'];
  const at: Record<Tier, number> = { clients: 0, app: 1, cache: 2, store: 3 };
  return {
    direction: 'right',
    size: { w: columns.total, h: HEAD + height + FOOT },
    clients: clients[0] ?? {
      name: 'clients',
      tier: 'clients',
      form: 'line',
      index: 0,
      x: 0,
      y: 0,
      w: 0,
      h: 0,
    },
    app,
    cache,
    store,
    corridor,
    headings: headed.map((tier) => ({ tier, x: columns.x[at[tier]] ?? 0, y: 4 })),
  };
}

interface Columns {
  readonly x: readonly number[];
  readonly w: readonly number[];
  readonly total: number;
}

function columnsIn(width: number): Columns {
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const roomy = sum(ROOMY.columns) + sum(ROOMY.gaps) + 2 * ROOMY.margin;
  const tight = sum(TIGHT.columns) + sum(TIGHT.gaps) + 2 * TIGHT.margin;
  const ease = clamp((width - tight) / (roomy - tight), 0, 1);
  const between = (low: number, high: number) => low + (high - low) * ease;
  const margin = Math.round(between(TIGHT.margin, ROOMY.margin));
  const spare = Math.max(0, width - roomy);
  const gapGrowth = Math.min(WIDEST.gaps - 1, spare / sum(ROOMY.gaps));
  const left = Math.max(0, spare - gapGrowth * sum(ROOMY.gaps));
  const columnGrowth = Math.min(WIDEST.columns - 1, left / sum(ROOMY.columns));
  const w = ROOMY.columns.map((roomyW, i) =>
    Math.round(between(TIGHT.columns[i] ?? roomyW, roomyW) * (1 + columnGrowth)),
  );
  const gaps = ROOMY.gaps.map((roomyGap, i) =>
    Math.round(between(TIGHT.gaps[i] ?? roomyGap, roomyGap) * (1 + gapGrowth)),
  );
  const x: number[] = [];
  let next = margin;
  w.forEach((column, i) => {
    x.push(next);
    next += column + (gaps[i] ?? 0);
  });
  return { x, w, total: next + margin };
}

function naturalShard(replicas: number): number {
  return 40 + PITCH * replicas;
}

const like = (n: number, card: number, gap: number) => n * card + Math.max(0, n - 1) * gap;

/** Of the tallest tier in cards of one line, beside the clients with all that they say. */
function leastHeight(tiers: Tiers, { line, gap, corridor }: Spacing): number {
  return Math.max(
    CLIENTS,
    like(tiers.app.length, line, gap),
    like(tiers.cache.length, line, gap) + corridor,
    like(tiers.shards.length, line, gap),
  );
}

/** As high as the tallest tier would like to be, as the screen allows, and never so low that text has no room. */
function heightIn(tiers: Tiers, rf: number, available: number): number {
  const caches = tiers.cache.length;
  const liked = Math.max(
    264,
    like(tiers.app.length, NATURAL.app, GAP.app),
    like(caches, NATURAL.cache, GAP.cache) + (caches === 1 ? CORRIDOR : 0),
    like(tiers.shards.length, naturalShard(rf), GAP.store),
  );
  return Math.round(Math.max(leastHeight(tiers, CLOSE), Math.min(available, liked * STRETCH)));
}

/** The gap of `count` cards in `height`, no wider than `most`: a fifth of them, and less before a line of text has no room. */
function gapIn(height: number, count: number, gaps: number, most: number): number {
  const spare = (height - count * LINE_HEIGHT) / Math.max(1, gaps);
  return clamp(Math.min((height / count) * 0.2, spare), CLOSE.gap, most);
}

/** Equal cards from top to bottom of `height`, no taller than `most` (then in the middle). */
function stack(count: number, height: number, gap: number, most: number): { y: number; h: number }[] {
  if (count === 0) return [];
  const between = count === 1 ? 0 : gapIn(height, count, count - 1, gap);
  const card = Math.min(most, (height - between * (count - 1)) / count);
  const top = (height - card * count - between * (count - 1)) / 2;
  return Array.from({ length: count }, (_, i) => {
    const y = Math.round(top + i * (card + between));
    return { y, h: Math.round(top + i * (card + between) + card) - y };
  });
}

/** Where the line of the corridor runs, and how far the corridor reaches above and below it. */
interface Lane {
  readonly y: number;
  readonly above: number;
  readonly below: number;
}

/** The caches, and between the middle two of them (or below the only one) the corridor. */
function cacheLanes(
  count: number,
  height: number,
  { corridor }: Spacing,
): { boxes: { y: number; h: number }[]; lane: Lane } {
  const below = Math.min(corridor / 2, corridor - ABOVE_LINE);
  const laneTo = (bottom: number): Lane => ({
    y: Math.round(bottom - below),
    above: corridor - below,
    below,
  });
  if (count === 0) return { boxes: [], lane: laneTo(height / 2) };
  if (count === 1) {
    const boxes = stack(1, height - corridor, 0, NATURAL.cache * STRETCH);
    const last = boxes[0] ?? { y: 0, h: 0 };
    return { boxes, lane: laneTo(last.y + last.h + corridor) };
  }
  const above = Math.ceil(count / 2);
  const roomy = (height - CORRIDOR * (count - 1)) / count >= ROOMY_CACHE;
  const between = roomy ? CORRIDOR : gapIn(height - corridor, count, count - 2, GAP.app);
  const gaps = between * (count - 2) + corridor;
  const card = Math.min(NATURAL.cache * STRETCH, (height - gaps) / count);
  const top = (height - card * count - gaps) / 2;
  const yOf = (i: number) => top + i * (card + between) + (i >= above ? corridor - between : 0);
  const boxes = Array.from({ length: count }, (_, i) => {
    const y = Math.round(yOf(i));
    return { y, h: Math.round(yOf(i) + card) - y };
  });
  return { boxes, lane: laneTo(yOf(above)) };
}

function corridorIn(columns: Columns, { y: inColumn, above, below }: Lane): Corridor {
  const x = (columns.x[2] ?? 0) - 8;
  const y = HEAD + inColumn;
  const w = (columns.w[2] ?? 0) + 16;
  const box: Box = { x, y: y - above, w, h: above + below };
  const from = { x, y };
  const to = { x: x + w, y };
  return { box, from, to, curve: straight(from, to) };
}
