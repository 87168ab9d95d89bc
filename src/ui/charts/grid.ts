/** What lies behind the lines of a plot: those of its time and its values, and dashed, the limits of the contract. */
import type { Palette } from '../marks/palette.ts';
import { ticksOf, type Axis } from './axis.ts';
import type { Brush } from './brush.ts';
import type { PlacedTrack } from './placed.ts';
import { yOf } from './scale.ts';

export interface Plane {
  readonly axis: Axis;
  /** Of the whole plot, pixels. */
  readonly height: number;
  readonly tracks: readonly PlacedTrack[];
  readonly palette: Palette;
}

const LIMIT_DASH = [4, 3];

/** A hairline that covers whole pixels. */
function crisp(value: number): number {
  return Math.round(value) + 0.5;
}

/** `context` is in CSS pixels, with (0, 0) at the plot's top left. */
export function drawGrid(context: Brush, { axis, height, tracks, palette }: Plane): void {
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.beginPath();
  for (const tick of ticksOf(axis)) {
    if (tick.digits === '') continue;
    context.moveTo(crisp(tick.x), 0);
    context.lineTo(crisp(tick.x), height);
  }
  const across = (y: number): void => {
    context.moveTo(0, crisp(y));
    context.lineTo(axis.width, crisp(y));
  };
  for (const { grid, scale, band } of tracks) for (const { value } of grid) across(yOf(scale, value, band));
  context.stroke();

  context.strokeStyle = palette.bad;
  context.setLineDash(LIMIT_DASH);
  context.beginPath();
  for (const { limits, scale, band } of tracks)
    for (const { value } of limits) across(yOf(scale, value, band));
  context.stroke();
  context.setLineDash([]);
}
