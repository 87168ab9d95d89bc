/** Arrow keys over the entries of the gallery: along a row, and to what stands nearest in the row above or below. */
import type { KeyboardEvent } from 'react';

export interface Place {
  readonly left: number;
  readonly top: number;
}

/** The one to go to from the one at `at`; the same one where there is none in that direction. */
export function stepTo(places: readonly Place[], at: number, key: string): number {
  const here = places[at];
  if (here === undefined) return 0;
  if (key === 'Home') return 0;
  if (key === 'End') return places.length - 1;
  if (key === 'ArrowRight') return Math.min(at + 1, places.length - 1);
  if (key === 'ArrowLeft') return Math.max(at - 1, 0);
  const way = key === 'ArrowDown' ? 1 : -1;
  const far = ({ left, top }: Place) => Math.abs(top - here.top) * ROW_FIRST + Math.abs(left - here.left);
  return places.reduce((best, place, i) => {
    if ((place.top - here.top) * way <= 0) return best;
    const known = places[best];
    return best === at || known === undefined || far(place) < far(known) ? i : best;
  }, at);
}

/** A row further counts more than anything beside: no window is so wide. */
const ROW_FIRST = 10_000;
const KEYS: readonly string[] = ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End'];

export function walk(event: KeyboardEvent<HTMLElement>): void {
  if (!KEYS.includes(event.key)) return;
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-entry]')];
  const at = entries.findIndex((entry) => entry.parentElement?.contains(document.activeElement) === true);
  const places = entries.map((entry) => {
    const { left, top } = entry.getBoundingClientRect();
    return { left, top };
  });
  entries[stepTo(places, at, event.key)]?.focus();
  event.preventDefault();
}
