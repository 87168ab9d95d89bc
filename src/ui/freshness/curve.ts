/**
 * Where the points of the curve of freshness stand: time runs to the right on a logarithm, with "at once" in a place of
 * its own before it; shares go up from the roundest share below the smallest. It never draws.
 */
import type { VisibilityPoint } from '../../engine/readings.ts';

export interface Placed {
  readonly point: VisibilityPoint;
  /** Pixels; y grows downward. */
  readonly x: number;
  readonly y: number;
}

export interface Curve {
  /** Points that were answered, from left to right. */
  readonly placed: readonly Placed[];
  /** The share at the bottom; at the top stands 1. */
  readonly floor: number;
  /** Whole powers of ten of a millisecond. */
  readonly ticks: readonly { readonly ms: number; readonly x: number }[];
}

const FLOORS = [0.9999, 0.999, 0.99, 0.95, 0.9, 0.8, 0.5, 0];
/** Share of the width between "at once" and the first instant after it. */
const AT_ONCE = 0.1;

/** `width` and `height` of the plot, pixels. */
export function placeCurve(points: readonly VisibilityPoint[], width: number, height: number): Curve {
  const known = points
    .flatMap((point) => (point.fresh === null ? [] : [{ point, fresh: point.fresh }]))
    .sort((a, b) => a.point.afterMs - b.point.afterMs);
  const least = Math.min(1, ...known.map(({ fresh }) => fresh));
  const floor = FLOORS.find((share) => share < least) ?? 0;
  const times = points.map(({ afterMs }) => afterMs).filter((ms) => ms > 0);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const decades = Math.log10(last / first) || 1;
  const xOf = (ms: number): number =>
    ms === 0 ? 0 : width * (AT_ONCE + ((1 - AT_ONCE) * Math.log10(ms / first)) / decades);
  const ticks = [0.1, 1, 10, 100, 1000, 10_000, 100_000]
    .filter((ms) => ms >= first && ms <= last)
    .map((ms) => ({ ms, x: xOf(ms) }));
  return {
    placed: known.map(({ point, fresh }) => ({
      point,
      x: xOf(point.afterMs),
      y: (height * (1 - fresh)) / (1 - floor),
    })),
    floor,
    ticks,
  };
}

/** Index of the point that is nearest to a place across; -1 when there is none. */
export function nearestPoint({ placed }: Curve, x: number): number {
  let nearest = -1;
  for (const [i, { x: at }] of placed.entries())
    if (nearest < 0 || Math.abs(at - x) < Math.abs((placed[nearest]?.x ?? Infinity) - x)) nearest = i;
  return nearest;
}
