/**
 * Where everything stands: a pure function of the nodes' names and the room there is. It never measures the page and
 * never scales: a drawing that does not fit is fitted by whoever shows it.
 */
import type { Layout, Tiers } from './cards.ts';
import type { Size } from './geometry.ts';
import { layDown } from './layDown.ts';
import { layRight } from './layRight.ts';

/** Below this width, CSS pixels, the tiers follow each other downward. */
export const NARROW = 640;

/** @param size the room for the drawing, CSS pixels */
export function layOut(tiers: Tiers, size: Size): Layout {
  return size.w < NARROW ? layDown(tiers, size) : layRight(tiers, size);
}

/** The scale and shift that show the whole drawing in the middle of `room`, never larger than life. */
export function fit(layout: Layout, room: Size): { x: number; y: number; zoom: number } {
  const zoom = Math.min(1, room.w / layout.size.w, room.h / layout.size.h);
  return {
    x: Math.round((room.w - layout.size.w * zoom) / 2),
    y: layout.direction === 'down' ? 0 : Math.round(Math.max(0, (room.h - layout.size.h * zoom) * 0.4)),
    zoom,
  };
}
