/**
 * The few shapes that the diagram is made of: sizes, boxes, and curves as cubic Bézier segments. Plain numbers in CSS
 * pixels; it knows neither what is drawn nor with what.
 */
import { clamp } from '../../base/clamp.ts';

export interface Size {
  readonly w: number;
  readonly h: number;
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Cubic segments end to end: x0 y0, then for each segment two control points and an end (six numbers). */
export type Curve = readonly number[];

/** Which way the tiers follow each other: to the right, or down on narrow screens. */
export type Direction = 'right' | 'down';

export function centreOf(box: Box): Point {
  return { x: box.x + box.w / 2, y: box.y + box.h / 2 };
}

/**
 * An S from one point to another that leaves and arrives along the direction of the tiers.
 * @param bend how far the controls reach, as a share of the distance in that direction
 */
export function bow(from: Point, to: Point, direction: Direction, bend = 0.5): Curve {
  if (direction === 'right') {
    const reach = (to.x - from.x) * bend;
    return [from.x, from.y, from.x + reach, from.y, to.x - reach, to.y, to.x, to.y];
  }
  const reach = (to.y - from.y) * bend;
  return [from.x, from.y, from.x, from.y + reach, to.x, to.y - reach, to.x, to.y];
}

export function straight(from: Point, to: Point): Curve {
  const dx = (to.x - from.x) / 3;
  const dy = (to.y - from.y) / 3;
  return [from.x, from.y, from.x + dx, from.y + dy, to.x - dx, to.y - dy, to.x, to.y];
}

/** One curve after the other; where they do not touch, a straight line joins them. */
export function chain(first: Curve, ...others: readonly Curve[]): Curve {
  const joined = [...first];
  for (const next of others) {
    const end = { x: joined.at(-2) ?? 0, y: joined.at(-1) ?? 0 };
    const start = { x: next[0] ?? 0, y: next[1] ?? 0 };
    if (end.x !== start.x || end.y !== start.y) joined.push(...straight(end, start).slice(2));
    joined.push(...next.slice(2));
  }
  return joined;
}

/** SVG path data of a curve. */
export function pathOf(curve: Curve): string {
  const parts = [`M${round(curve[0])} ${round(curve[1])}`];
  for (let i = 2; i + 5 < curve.length; i += 6)
    parts.push(
      `C${round(curve[i])} ${round(curve[i + 1])} ${round(curve[i + 2])} ${round(curve[i + 3])} ${round(curve[i + 4])} ${round(curve[i + 5])}`,
    );
  return parts.join('');
}

function round(value = 0): number {
  return Math.round(value * 10) / 10;
}

/** Number of points that a sampled curve has. Enough that no chord of a tier's S is off by half a pixel. */
export const SAMPLES = 49;

/**
 * Points at equal steps of length along a curve, so that equal progress is equal distance.
 * @returns x y pairs, `SAMPLES` of them
 */
export function sampleCurve(curve: Curve): Float32Array {
  const segments = Math.max(1, (curve.length - 2) / 6);
  const fine = segments * 48;
  const xs = new Float64Array(fine + 1);
  const ys = new Float64Array(fine + 1);
  const lengths = new Float64Array(fine + 1);
  for (let i = 0; i <= fine; i++) {
    const segment = Math.min(segments - 1, Math.floor((i / fine) * segments));
    const t = (i / fine) * segments - segment;
    const at = segment * 6;
    xs[i] = cubic(curve, at, t);
    ys[i] = cubic(curve, at + 1, t);
    if (i > 0)
      lengths[i] =
        (lengths[i - 1] ?? 0) + Math.hypot((xs[i] ?? 0) - (xs[i - 1] ?? 0), (ys[i] ?? 0) - (ys[i - 1] ?? 0));
  }
  const points = new Float32Array(SAMPLES * 2);
  const total = lengths[fine] ?? 0;
  let near = 0;
  for (let i = 0; i < SAMPLES; i++) {
    const wanted = (total * i) / (SAMPLES - 1);
    while (near < fine - 1 && (lengths[near + 1] ?? 0) < wanted) near++;
    const step = (lengths[near + 1] ?? 0) - (lengths[near] ?? 0);
    const share = step > 0 ? clamp((wanted - (lengths[near] ?? 0)) / step, 0, 1) : 0;
    points[i * 2] = (xs[near] ?? 0) + ((xs[near + 1] ?? 0) - (xs[near] ?? 0)) * share;
    points[i * 2 + 1] = (ys[near] ?? 0) + ((ys[near + 1] ?? 0) - (ys[near] ?? 0)) * share;
  }
  return points;
}

function cubic(curve: Curve, at: number, t: number): number {
  const s = 1 - t;
  const [p0 = 0, p1 = 0, p2 = 0, p3 = 0] = [curve[at], curve[at + 2], curve[at + 4], curve[at + 6]];
  return s * s * s * p0 + 3 * s * s * t * p1 + 3 * s * t * t * p2 + t * t * t * p3;
}
