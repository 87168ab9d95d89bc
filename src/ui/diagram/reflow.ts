/**
 * The way from one layout to the next after a change of topology: cards that are in both slide to their new places, with
 * their wires; new ones stand where they belong at once. A pure function of both and how far along it is.
 */
import { cardsOf, type Card, type Corridor, type Layout } from './cards.ts';
import type { Box, Point } from './geometry.ts';

/** How long it takes, milliseconds of wall time. */
export const REFLOW_MS = 280;

/** @param at 0 for the old places, 1 for the new ones */
export function between(from: Layout, to: Layout, at: number): Layout {
  if (from.direction !== to.direction) return to;
  const mix = (a: number, b: number): number => a + (b - a) * at;
  const mixPoint = (a: Point, b: Point): Point => ({ x: mix(a.x, b.x), y: mix(a.y, b.y) });
  const mixBox = (a: Box, b: Box): Box => ({ ...mixPoint(a, b), w: mix(a.w, b.w), h: mix(a.h, b.h) });
  const before = new Map(cardsOf(from).map((card) => [card.name, card]));
  const slide = <C extends Card>(card: C): C => {
    const old = before.get(card.name);
    return old === undefined ? card : { ...card, ...mixBox(old, card) };
  };
  const slideCorridor = (a: Corridor | undefined, b: Corridor | undefined): Corridor | undefined =>
    a === undefined || b?.curve.length !== a.curve.length
      ? b
      : {
          box: mixBox(a.box, b.box),
          from: mixPoint(a.from, b.from),
          to: mixPoint(a.to, b.to),
          curve: b.curve.map((value, i) => mix(a.curve[i] ?? value, value)),
        };
  return {
    ...to,
    size: { w: mix(from.size.w, to.size.w), h: mix(from.size.h, to.size.h) },
    clients: slide(to.clients),
    app: to.app.map(slide),
    cache: to.cache.map(slide),
    store: to.store.map(slide),
    corridor: slideCorridor(from.corridor, to.corridor),
  };
}

/** Fast at first, and gently to its end: close to the curve of all other transitions, `cubic-bezier(.2, 0, 0, 1)`. */
export function eased(share: number): number {
  return 1 - (1 - share) ** 4;
}
