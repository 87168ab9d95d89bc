/**
 * Where everything stands: a pure function of the nodes' names and the room there is. It never measures the page and
 * never scales: a drawing that does not fit is fitted by whoever shows it.
 */
import type { Layout, Tiers } from './cards.ts';
import type { Size } from './geometry.ts';
import { layDown } from './layDown.ts';
import { layRight } from './layRight.ts';

/** Below this width, CSS pixels, the tiers follow each other downward. */
export const NARROW = 660;

/** @param size the room for the drawing, CSS pixels */
export function layOut(tiers: Tiers, size: Size): Layout {
  return size.w < NARROW ? layDown(tiers, size) : layRight(tiers, size);
}

/** A tall drawing on a narrow screen is rather moved about than scaled below this. */
const LEGIBLE = 0.85;

/** The scale and shift that show the drawing in the middle of `room`, never larger than life. */
export function fit(layout: Layout, room: Size): { x: number; y: number; zoom: number } {
  const whole = Math.min(1, room.w / layout.size.w, room.h / layout.size.h);
  const zoom =
    layout.direction === 'down' ? Math.max(whole, Math.min(LEGIBLE, room.w / layout.size.w)) : whole;
  return {
    x: Math.round((room.w - layout.size.w * zoom) / 2),
    y: layout.direction === 'down' ? 0 : Math.round(Math.max(0, (room.h - layout.size.h * zoom) * 0.4)),
    zoom,
  };
}
