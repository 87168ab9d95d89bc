/**
 * The layout of narrow screens: tiers in rows from top to bottom, in smaller forms. A tier with many nodes wraps into
 * several rows, with the way straight to the store kept free down the middle.
 */
import { clamp } from '../../base/clamp.ts';
import type { Tier } from '../../design/nodes.ts';
import {
  appForm,
  cacheForm,
  LEGIBLE,
  LINE_HEIGHT,
  shardCards,
  shardRows,
  type Card,
  type Corridor,
  type Form,
  type Layout,
  type Tiers,
} from './cards.ts';
import { straight, type Box, type Size } from './geometry.ts';

const MARGIN = 16;
const TOP = 10;
const FOOT = 16;
const LEAST_WIDTH = 300;
/** The way straight to the store, between the middle two columns. */
const CORRIDOR = 43;
const CLIENTS_HEIGHT = 32;
/** Between the tiers; they give way to a low screen and grow with a high one. */
const GAPS = [28, 40, 36] as const;
const SHRINK = 0.6;
/** So far where the cards would be cut off else. */
const TIGHTEST = 0.35;
const GROWTH = 4;
/** A drawing is rather scaled down to this than that its cards say less. */
const NEARLY = 0.95;
/** Heights of cards that say less, tier by tier: one line, the queue alone, and dots with their figures. */
const LOW = [LINE_HEIGHT + 8, 48, 50] as const;
/** Heights at which cards of two columns stop growing: a cache's, and a shard's for each replica. */
const TALL_CACHE = 172;
const REPLICA = 24;

interface Grid {
  readonly columns: number;
  readonly height: number;
  readonly across: number;
  readonly down: number;
}

function appGrid(count: number): Grid {
  return count <= 4
    ? { columns: Math.max(1, count), height: 44, across: 10, down: 8 }
    : { columns: 4, height: LINE_HEIGHT + 8, across: 8, down: 6 };
}

function cacheGrid(count: number): Grid {
  if (count <= 2) return { columns: count, height: 76, across: CORRIDOR, down: 8 };
  return count <= 4
    ? { columns: 2, height: 48, across: CORRIDOR, down: 8 }
    : { columns: 4, height: 46, across: 8, down: 6 };
}

function storeGrid(count: number): Grid {
  return count <= 4
    ? { columns: Math.min(2, count), height: 56, across: CORRIDOR, down: 8 }
    : { columns: 4, height: 48, across: 8, down: 6 };
}

/** What is left of `room`, all that there is but for the gaps, goes to the caches' numbers first, then to the replicas' names. */
function gridsIn(tiers: Tiers, room: number, least: number): readonly [Grid, Grid, Grid] {
  const [app, cache, store] = lowered(tiers, least);
  const spare = (taken: Grid): number =>
    room -
    fixedHeight([
      gridHeight(app, tiers.app.length),
      gridHeight(taken, tiers.cache.length),
      gridHeight(store, tiers.shards.length),
    ]);
  const numbered = raised(cache, tiers.cache.length, TALL_CACHE, spare(cache));
  const replicas = Math.max(1, ...tiers.shards.map((shard) => shard.replicas.length));
  const named = shardRows(replicas, REPLICA);
  const all = raised(store, tiers.shards.length, named, spare(numbered));
  // A rail is level or upright: what lies between leaves a finger too little.
  return [app, numbered, all.height >= named ? all : store];
}

/** The tiers' grids, from the app on in lower forms until they fit `room`, all that there is but for the least of gaps. */
function lowered(tiers: Tiers, room: number): readonly [Grid, Grid, Grid] {
  const counts = [tiers.app.length, tiers.cache.length, tiers.shards.length] as const;
  const grids: [Grid, Grid, Grid] = [appGrid(counts[0]), cacheGrid(counts[1]), storeGrid(counts[2])];
  for (const tier of [0, 1, 2] as const) {
    if (fixedHeight(grids.map((grid, i) => gridHeight(grid, counts[i] ?? 0))) <= room) break;
    grids[tier] = { ...grids[tier], height: Math.min(grids[tier].height, LOW[tier]) };
  }
  return grids;
}

/** `grid` with cards up to `most` pixels high, as far as `spare` goes; those of more than two columns stay as they are. */
function raised(grid: Grid, count: number, most: number, spare: number): Grid {
  const rows = Math.ceil(count / Math.max(1, grid.columns));
  if (rows === 0 || grid.columns > 2) return grid;
  const height = clamp(Math.floor(grid.height + spare / rows), grid.height, Math.max(grid.height, most));
  return { ...grid, height };
}

/** Of the drawing without its gaps. */
function fixedHeight(heights: readonly number[]): number {
  return TOP + CLIENTS_HEIGHT + heights.reduce((a, b) => a + b, 0) + FOOT;
}

export function layDown(tiers: Tiers, size: Size): Layout {
  const w = Math.max(LEAST_WIDTH, size.w);
  const cached = tiers.cache.length > 0;
  const gaps = cached ? GAPS : ([GAPS[0], GAPS[1], 0] as const);
  const gapSum = gaps[0] + gaps[1] + gaps[2];
  const grids = gridsIn(tiers, size.h - gapSum, size.h / NEARLY - SHRINK * gapSum);
  const counts = [tiers.app.length, tiers.cache.length, tiers.shards.length] as const;
  const heights = grids.map((grid, i) => gridHeight(grid, counts[i] ?? 0));
  const growth = (height: number): number => (height - fixedHeight(heights)) / gapSum;
  const grow = clamp(growth(size.h), clamp(growth(size.h / LEGIBLE), TIGHTEST, SHRINK), GROWTH);

  const clients: Card = {
    name: 'clients',
    tier: 'clients',
    form: 'line',
    index: 0,
    x: MARGIN,
    y: TOP,
    w: w - 2 * MARGIN,
    h: CLIENTS_HEIGHT,
  };
  let y = TOP + CLIENTS_HEIGHT + Math.round(gaps[0] * grow);
  const app = cardsIn('app', tiers.app, grids[0], w, y, false).map((card) => ({
    ...card,
    form: appForm(card.h),
  }));
  y += (heights[0] ?? 0) + Math.round(gaps[1] * grow);
  const cacheTop = y;
  const cache = cardsIn('cache', tiers.cache, grids[1], w, y, true).map((card) => ({
    ...card,
    form: downCache(card.h),
  }));
  y += (heights[1] ?? 0) + Math.round(gaps[2] * grow);
  const names = tiers.shards.map((shard) => shard.name);
  const store = shardCards(cardsIn('store', names, grids[2], w, y, false), tiers.shards);
  const height = y + (heights[2] ?? 0) + FOOT;
  return {
    direction: 'down',
    size: { w, h: height },
    clients,
    app,
    cache,
    store,
    corridor: cached ? corridorIn(tiers.cache.length, w, cacheTop, heights[1] ?? 0) : undefined,
    headings: [],
  };
}

/** A low card with its instrument and one line of numbers under it is still full: with fewer rows. */
function downCache(height: number): Form {
  return height >= 72 ? 'full' : cacheForm(height);
}

function gridHeight(grid: Grid, count: number): number {
  const rows = Math.ceil(count / Math.max(1, grid.columns));
  return rows === 0 ? 0 : rows * grid.height + (rows - 1) * grid.down;
}

/** @param divided whether the corridor runs between the middle columns */
function cardsIn(
  tier: Tier,
  names: readonly string[],
  grid: Grid,
  w: number,
  top: number,
  divided: boolean,
): Card[] {
  const inner = w - 2 * MARGIN;
  const alone = divided && grid.columns === 1;
  const extra = divided && grid.columns > 2 ? CORRIDOR - grid.across : 0;
  const usable = alone ? inner - CORRIDOR : inner - extra;
  const card = (usable - grid.across * (grid.columns - 1)) / Math.max(1, grid.columns);
  return names.map((name, index) => {
    const column = index % grid.columns;
    const row = Math.floor(index / grid.columns);
    const beyond = column >= grid.columns / 2 ? extra : 0;
    const x = Math.round(MARGIN + column * (card + grid.across) + beyond);
    const right = Math.round(MARGIN + column * (card + grid.across) + beyond + card);
    return {
      name,
      tier,
      form: 'line',
      index,
      x,
      y: top + row * (grid.height + grid.down),
      w: right - x,
      h: grid.height,
    };
  });
}

function corridorIn(count: number, w: number, top: number, height: number): Corridor {
  const x = count === 1 ? w - MARGIN - CORRIDOR / 2 + 4 : w / 2;
  const box: Box = { x: x - CORRIDOR / 2, y: top - 4, w: CORRIDOR, h: height + 8 };
  const from = { x, y: box.y };
  const to = { x, y: box.y + box.h };
  return { box, from, to, curve: straight(from, to) };
}
