/** Where what floats above the page stands: inside the window, a little away from its edges. */
import { clamp } from '../../base/clamp.ts';

const MARGIN = 8;
/** Between what floats and what it belongs to. */
const GAP = 4;

/** Puts what floats, and is shown already, with its corner at a point of the window, or as near to it as it fits in. */
export function placeAt(floating: HTMLElement, x: number, y: number): void {
  floating.style.left = `${clamp(x, MARGIN, innerWidth - floating.offsetWidth - MARGIN)}px`;
  floating.style.top = `${clamp(y, MARGIN, innerHeight - floating.offsetHeight - MARGIN)}px`;
}

/** Puts it under what it belongs to, or above that where there is no room. */
export function placeUnder(floating: HTMLElement, { left, top, bottom }: DOMRect): void {
  const height = floating.offsetHeight;
  const fits = bottom + GAP + height <= innerHeight - MARGIN;
  placeAt(floating, left, fits ? bottom + GAP : top - GAP - height);
}
