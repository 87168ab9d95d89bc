/**
 * Where everything stands: a pure function of the nodes' names and the room there is. It never measures the page and
 * never scales: a drawing that does not fit is fitted by whoever shows it.
 */
import { clamp } from '../../base/clamp.ts';
import { LEGIBLE, type Card, type Layout, type Tiers } from './cards.ts';
import type { Point, Size } from './geometry.ts';
import { layDown } from './layDown.ts';
import { layRight } from './layRight.ts';

/** Below this width, CSS pixels, the tiers follow each other downward. */
export const NARROW = 660;

/** Where a person put a card: its middle from the middle of the drawing, by the card's name. */
export type Moved = Readonly<Record<string, readonly [number, number]>>;

/**
 * @param size the room for the drawing, CSS pixels
 * @param moved cards that do not stand where they would; on narrow screens, where all have their place, it says nothing
 */
export function layOut(tiers: Tiers, size: Size, moved: Moved = {}): Layout {
  if (size.w < NARROW) return layDown(tiers, size);
  const layout = layRight(tiers, size);
  if (Object.keys(moved).length === 0) return layout;
  const shift = <C extends Card>(card: C): C => {
    const place = moved[card.name];
    if (place === undefined) return card;
    const [x, y] = [layout.size.w / 2 + place[0] - card.w / 2, layout.size.h / 2 + place[1] - card.h / 2];
    // A card that a wider screen has put out of this one's drawing stands at its edge.
    return {
      ...card,
      x: Math.round(clamp(x, 0, layout.size.w - card.w)),
      y: Math.round(clamp(y, 0, layout.size.h - card.h)),
    };
  };
  return {
    ...layout,
    clients: shift(layout.clients),
    app: layout.app.map(shift),
    cache: layout.cache.map(shift),
    store: layout.store.map(shift),
  };
}

/** What to remember of a card that was put at `corner`, its top left: whole pixels from the middle of the drawing. */
export function placeOf(layout: Layout, card: Size, corner: Point): readonly [number, number] {
  return [
    Math.round(clamp(corner.x, 0, layout.size.w - card.w) + card.w / 2 - layout.size.w / 2),
    Math.round(clamp(corner.y, 0, layout.size.h - card.h) + card.h / 2 - layout.size.h / 2),
  ];
}

/**
 * On a large screen columns and gaps grow first, then the whole drawing, by so many steps at the most: less than one is not
 * seen, and text of odd sizes costs each of its changes more.
 */
const GROWTH = { step: 1 / 8, steps: 3 } as const;

/**
 * The scale and shift that show the drawing in the middle of `room`. What is higher than the room at a legible scale
 * begins at its top.
 * @param whole all of it, however small: it cannot be moved about
 */
export function fit(
  { size }: Pick<Layout, 'size'>,
  room: Size,
  whole = false,
): { x: number; y: number; zoom: number } {
  const across = room.w / size.w;
  const free = Math.min(across, room.h / size.h);
  const all = free < 1 ? free : grown(free);
  const zoom = whole ? all : clamp(across, all, LEGIBLE);
  return {
    x: Math.round((room.w - size.w * zoom) / 2),
    y: Math.round(Math.max(0, (room.h - size.h * zoom) * 0.4)),
    zoom,
  };
}

function grown(free: number): number {
  return 1 + Math.min(GROWTH.steps, Math.floor((free - 1) / GROWTH.step)) * GROWTH.step;
}
