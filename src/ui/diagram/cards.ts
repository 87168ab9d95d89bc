/**
 * What a layout is: where each card stands, in which form, and where each replica's dot is. The forms are the same
 * card with less and less room: everything in full, a line a replica, a head with its instrument, and one line.
 */
import { clamp } from '../../base/clamp.ts';
import type { Tier } from '../../design/nodes.ts';
import type { Box, Curve, Direction, Point, Size } from './geometry.ts';

/** The nodes of a design by tier, by name. The clients are one card. */
export interface Tiers {
  readonly app: readonly string[];
  /** Empty when the policy has no use for a cache. */
  readonly cache: readonly string[];
  readonly shards: readonly Shard[];
}

export interface Shard {
  readonly name: string;
  readonly replicas: readonly string[];
}

export type Form = 'full' | 'rows' | 'short' | 'line';

export interface Card extends Box {
  readonly name: string;
  readonly tier: Tier;
  readonly form: Form;
  /** Position in its tier, from 0. */
  readonly index: number;
}

/** A shard's card: its replicas' dots lie on a rail. */
export interface ShardCard extends Card {
  readonly tier: 'store';
  /** Relative to the card, one a replica. */
  readonly dots: readonly Point[];
  /** The middle of the line below the dots that says how busy each replica is, where the rail is level and there is room. */
  readonly toldAt?: number;
}

/** Whether its rail stands, and each replica has a line of its own beside it. */
export function isUpright({ form }: Pick<ShardCard, 'form'>): boolean {
  return form === 'full' || form === 'rows';
}

/** A crown over a level rail reaches so high; above it stands the card's name. */
const CROWN = 15;
export const NAME_BOTTOM = 19;

/** Whether there is room for a crown at the leader's dot. */
export function isCrowned({ form, dots }: ShardCard): boolean {
  return form !== 'line' && (isUpright({ form }) || (dots[0]?.y ?? 0) - CROWN >= NAME_BOTTOM);
}

/** Where the name of a card of one line begins, from the card's left edge. */
export function lineNameAt({ dots }: ShardCard): number {
  return (dots.at(-1)?.x ?? 0) + LINE_NAME;
}

/** The way from the app straight to the store, between or beside the caches. */
export interface Corridor {
  readonly box: Box;
  readonly from: Point;
  readonly to: Point;
  readonly curve: Curve;
}

export interface Heading extends Point {
  readonly tier: Tier;
}

export interface Layout {
  readonly direction: Direction;
  /** What the drawing covers, from (0, 0). */
  readonly size: Size;
  readonly clients: Card;
  readonly app: readonly Card[];
  readonly cache: readonly Card[];
  readonly store: readonly ShardCard[];
  readonly corridor: Corridor | undefined;
  readonly headings: readonly Heading[];
}

/** Every card in the order in which it is read: by tier, in each tier from first to last. */
export function cardsOf(layout: Layout): readonly Card[] {
  return [layout.clients, ...layout.app, ...layout.cache, ...layout.store];
}

/** Heights at which the forms begin, CSS pixels. The smallest line of text is 11 px in 16. */
export const LINE_HEIGHT = 16;
/** A drawing is rather moved about than scaled below this, at which the smallest text is still 10 px high. */
export const LEGIBLE = 10 / 11;
const CLIENTS_FULL = 80;
const APP_FULL = 80;
const APP_SHORT = 40;
const CACHE_FULL = 80;
const CACHE_SHORT = 44;
const STORE_SHORT = 44;
/** Distances between two replicas' rows in a shard's card, full and one line each. */
export const PITCH = 48;
const LEAST_PITCH = 42;
const LEAST_ROW = 15;
/** What a shard's card has around the lines of its replicas. */
const ABOVE_ROWS = 34;
/** Where the first replica's dot is in a full card, and what follows below the last one. */
const FIRST_DOT = 44;
const BELOW_LAST_DOT = 36;
/** The rail's distance from the card's left edge. */
const RAIL = 18;
/** In one line, a shard's name follows its dots: what comes to them crosses no letter. So far from the last of them. */
const LINE_NAME = 14;
/** The most that such a name takes, `shard-16`, and what is free behind it. */
const LINE_REST = 68;
/** From a level rail down to the middle of what is said of each dot: what travels on the rail leaves it clear. */
const BELOW_RAIL = 12;
/** The least room in which that can be read: the card's height, and what each dot has of its width. */
const TOLD_HEIGHT = 50;
const TOLD_CELL = 34;

export function appForm(height: number): Form {
  return height >= APP_FULL ? 'full' : height >= APP_SHORT ? 'short' : 'line';
}

export function cacheForm(height: number): Form {
  return height >= CACHE_FULL ? 'full' : height >= CACHE_SHORT ? 'short' : 'line';
}

export function clientsForm(height: number): Form {
  return height >= CLIENTS_FULL ? 'full' : 'line';
}

/** How many label and value rows of 20 px stand in a full card of this height, below `above` px of other things. */
export function rowsIn(height: number, above: number, most: number): number {
  return clamp(Math.floor((height - above - 8) / 20), 0, most);
}

/** The height of a shard's card with a line of `pitch` pixels for each of its replicas. */
export function shardRows(replicas: number, pitch: number): number {
  return ABOVE_ROWS + replicas * pitch;
}

/** The cards of shards, each in the form that its place has room for. */
export function shardCards(
  places: readonly Omit<Card, 'tier' | 'form'>[],
  shards: readonly Shard[],
): ShardCard[] {
  return places.map((place, i) => ({
    ...place,
    tier: 'store',
    ...shardForm(place, shards[i]?.replicas.length ?? 1),
  }));
}

/** The form of a shard's card, and where its replicas' dots and figures are, relative to the card. */
function shardForm(box: Size, replicas: number): Pick<ShardCard, 'form' | 'dots' | 'toldAt'> {
  const between = Math.max(1, replicas - 1);
  const pitch = Math.min(PITCH, Math.floor((box.h - FIRST_DOT - BELOW_LAST_DOT) / between));
  if (box.h >= FIRST_DOT + BELOW_LAST_DOT && (replicas === 1 || pitch >= LEAST_PITCH))
    return { form: 'full', dots: column(replicas, FIRST_DOT, pitch) };
  const row = Math.min(24, Math.floor((box.h - ABOVE_ROWS) / replicas));
  if (row >= LEAST_ROW) return { form: 'rows', dots: column(replicas, 28 + row / 2, row) };
  const roomy = Math.min(46, (box.w - 24) / replicas);
  if (box.h >= TOLD_HEIGHT && roomy >= TOLD_CELL) {
    const y = Math.min(box.h - BELOW_RAIL - 8, 28 + (box.h - 28) / 2);
    return { form: 'short', dots: rowOf(replicas, 12 + roomy / 2, roomy, y), toldAt: y + BELOW_RAIL };
  }
  if (box.h >= STORE_SHORT) {
    const cell = Math.min(46, (box.w - 20) / replicas);
    return { form: 'short', dots: rowOf(replicas, 17, cell, Math.min(box.h - 10, 28 + (box.h - 28) * 0.6)) };
  }
  const cell = Math.min(36, (box.w - RAIL - LINE_NAME - LINE_REST) / Math.max(1, replicas - 1));
  return { form: 'line', dots: rowOf(replicas, RAIL, cell, box.h / 2) };
}

function column(count: number, first: number, step: number): Point[] {
  return Array.from({ length: count }, (_, i) => ({ x: RAIL, y: first + i * step }));
}

function rowOf(count: number, first: number, step: number, y: number): Point[] {
  return Array.from({ length: count }, (_, i) => ({ x: first + i * step, y }));
}
