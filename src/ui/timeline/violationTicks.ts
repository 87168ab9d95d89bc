/** Draws the ticks of the violation lane: loud ones in the lower half, quiet ones as a faint density under them. */
import type { Axis } from '../charts/axis.ts';
import type { Palette } from '../marks/palette.ts';
import { countColumns } from './violationMarks.ts';

const TICK_TOP = 16;
const TICK_HEIGHT = 8;
const QUIET_HEIGHT = 3;

/** `context` is in CSS pixels and empty; `height` is that of the lane. */
export function drawViolationTicks(
  context: CanvasRenderingContext2D,
  violations: Int32Array,
  axis: Axis,
  palette: Palette,
  height: number,
): void {
  const quietTop = height - QUIET_HEIGHT;
  const strip = (
    counts: Uint32Array,
    colour: string,
    top: number,
    tall: number,
    shade: (count: number) => number,
  ) => {
    context.fillStyle = colour;
    counts.forEach((count, x) => {
      if (count === 0) return;
      context.globalAlpha = shade(count);
      context.fillRect(x, top, 1, tall);
    });
  };
  // What every healthy design has by the thousand is a shade, the darker the more of it there is.
  const shadeOf = (counts: Uint32Array) => {
    const most = counts.reduce((high, count) => Math.max(high, count), 1);
    return (count: number) => 0.15 + 0.4 * (count / most);
  };
  const { loud, stale, dirty } = countColumns(violations, axis);
  strip(dirty, palette.put, quietTop, QUIET_HEIGHT, shadeOf(dirty));
  strip(stale, palette.inv, quietTop - QUIET_HEIGHT, QUIET_HEIGHT, (count) =>
    Math.min(0.9, 0.5 + 0.1 * count),
  );
  strip(loud, palette.bad, TICK_TOP, TICK_HEIGHT, (count) => Math.min(1, 0.55 + 0.1 * count));
  context.globalAlpha = 1;
}
