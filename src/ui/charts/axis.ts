/**
 * The time axis that every track shares: which instant stands at which pixel, which instants get a label, and how
 * the visible window moves when it is zoomed or panned. Pure arithmetic on microseconds and pixels; it never draws.
 */
import { clamp } from '../../base/clamp.ts';
import { SHORTEST_WINDOW_US } from '../../state/view.ts';

/** A stretch of simulated time, microseconds. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** A window laid over `width` pixels; pixel 0 is `from`. */
export interface Axis extends TimeWindow {
  readonly width: number;
}

export interface AxisTick {
  readonly at: number;
  readonly x: number;
  /** The digits alone, without the unit; empty for a minor tick. */
  readonly digits: string;
}

/** Labels stand at least this far apart, pixels. */
const LABEL_SPACING = 56;

/** Pixel of an instant; may lie outside of [0, width]. */
export function xOf(axis: Axis, us: number): number {
  return ((us - axis.from) / (axis.to - axis.from)) * axis.width;
}

/** Instant under a pixel, in whole microseconds; may lie outside of the window. */
export function timeAt(axis: Axis, x: number): number {
  return Math.round(axis.from + (x / axis.width) * (axis.to - axis.from));
}

/** The window moved into [0, duration] without changing its length, where that is possible. */
function fit(from: number, length: number, duration: number): TimeWindow {
  const span = clamp(length, Math.min(SHORTEST_WINDOW_US, duration), duration);
  const start = clamp(from, 0, duration - span);
  return { from: Math.round(start), to: Math.round(start + span) };
}

/** The window after zooming by `factor` (above 1 shows more time) with the instant `at` kept where it is. */
export function zoomAround(window: TimeWindow, at: number, factor: number, duration: number): TimeWindow {
  const length = window.to - window.from;
  const span = clamp(length * factor, Math.min(SHORTEST_WINDOW_US, duration), duration);
  return fit(at - ((at - window.from) / length) * span, span, duration);
}

/** The window in which two instants stand at two pixels of the axis, as near as the ends of the run allow. */
export function pinched(
  axis: Axis,
  held: readonly [number, number],
  at: readonly [number, number],
  duration: number,
): TimeWindow {
  const apart = at[1] - at[0];
  const length = apart === 0 ? axis.to - axis.from : ((held[1] - held[0]) / apart) * axis.width;
  const span = clamp(Math.abs(length), Math.min(SHORTEST_WINDOW_US, duration), duration);
  const middle = (held[0] + held[1]) / 2;
  return fit(middle - ((at[0] + at[1]) / 2 / axis.width) * span, span, duration);
}

/** The window shifted by `us`, stopped at the ends of the run. */
export function pan(window: TimeWindow, us: number, duration: number): TimeWindow {
  return fit(window.from + us, window.to - window.from, duration);
}

/** The window that shows `cursor`: as it is, or turned like a page (forward or back) when the cursor left it. */
export function follow(window: TimeWindow, cursor: number, duration: number): TimeWindow {
  const length = window.to - window.from;
  if (cursor > window.to) return fit(cursor - length * 0.05, length, duration);
  if (cursor < window.from) return fit(cursor - length * 0.95, length, duration);
  return window;
}

/** The instant moved to the nearest multiple of `step`. */
export function snap(us: number, step: number): number {
  return Math.round(us / step) * step;
}

/** What a pixel of the axis is, rounded up to something that can be said: edges that are dragged lie on it. */
export function grainOf({ from, to, width }: Axis): number {
  return Math.max(1, niceStep((to - from) / Math.max(1, width)).major);
}

/** The smallest of ... 1, 2, 5, 10, 20, 50 ... that is at least `least`, and a round part of it for the minor ticks. */
export function niceStep(least: number): { readonly major: number; readonly minor: number } {
  let unit = 1;
  while (unit > least) unit /= 10;
  while (unit * 10 <= least) unit *= 10;
  if (unit >= least) return { major: unit, minor: unit / 5 };
  if (unit * 2 >= least) return { major: unit * 2, minor: unit / 2 };
  if (unit * 5 >= least) return { major: unit * 5, minor: unit };
  return { major: unit * 10, minor: unit * 2 };
}

/** Labelled ticks and the minor ones between them, from left to right. */
export function ticksOf(axis: Axis): AxisTick[] {
  const length = axis.to - axis.from;
  if (axis.width <= 0 || length <= 0) return [];
  const { major, minor } = niceStep((length / axis.width) * LABEL_SPACING);
  const parts = Math.round(major / minor);
  const decimals = major >= 1e6 ? 0 : Math.ceil(Math.log10(1e6 / major) - 1e-9);
  const ticks: AxisTick[] = [];
  for (let i = Math.ceil(axis.from / minor); i * minor <= axis.to; i++) {
    const at = i * minor;
    const digits = i % parts === 0 ? (at / 1e6).toFixed(decimals) : '';
    ticks.push({ at, x: xOf(axis, at), digits });
  }
  return ticks;
}
