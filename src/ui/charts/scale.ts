/**
 * The vertical scales of the tracks: a range chosen from what there is to show, and where a value stands in it.
 * A range is made of round numbers, so that it moves seldom while a run is being rendered. It never draws.
 */

export interface Scale {
  readonly kind: 'linear' | 'log';
  readonly min: number;
  readonly max: number;
}

/** A stretch of the vertical, pixels; `top` is above `bottom` (y grows downward). */
export interface Band {
  readonly top: number;
  readonly bottom: number;
}

/** From values to pixels in the band, held inside of it. NaN stays NaN. Made once for a whole line. */
export function mapping(scale: Scale, band: Band): (value: number) => number {
  const { min, max } = scale;
  const { top, bottom } = band;
  const log = scale.kind === 'log';
  const start = log ? Math.log(min) : min;
  const perUnit = (bottom - top) / ((log ? Math.log(max) : max) - start);
  return (value) => {
    const held = value < min ? min : value > max ? max : value;
    return bottom - ((log ? Math.log(held) : held) - start) * perUnit;
  };
}

/** Pixel of one value. */
export function yOf(scale: Scale, value: number, band: Band): number {
  return mapping(scale, band)(value);
}

const STEPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The smallest round number (1, 1.2, 1.5, 2, ... times a power of ten) that is at least `value`. */
export function niceCeiling(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  return unit * (STEPS.find((step) => step * unit >= value * (1 - 1e-9)) ?? 10);
}

/** The largest of 1, 2, 5 times a power of ten that is at most `value`. */
export function niceFloor(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value) + 1e-9);
  return value >= unit * 5 ? unit * 5 : value >= unit * 2 ? unit * 2 : unit;
}

/** From 0 to a round number with a little air above the largest value; at least up to `least`. */
export function linearScale(largest: number, least: number): Scale {
  return { kind: 'linear', min: 0, max: niceCeiling(Math.max(largest * 1.08, least)) };
}

/** From below the smallest to above the largest value, at least from `low` to `high`. All of them above 0. */
export function logScale(smallest: number, largest: number, low: number, high: number): Scale {
  const min = niceFloor(Math.min(smallest, low) * 0.85);
  return { kind: 'log', min, max: niceCeiling(Math.max(largest * 1.3, high)) };
}

/** The powers of ten strictly inside of a log scale. */
export function decadesOf(scale: Scale): number[] {
  const decades: number[] = [];
  for (let value = 10 ** Math.ceil(Math.log10(scale.min)); value < scale.max; value *= 10) {
    if (value > scale.min) decades.push(value);
  }
  return decades;
}

/** One round value near the middle of a linear scale, for its single grid line. */
export function midpointOf(scale: Scale): number {
  return niceFloor((scale.min + scale.max) * 0.7);
}
