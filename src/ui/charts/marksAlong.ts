/**
 * Marks along the lines of a chart, as its legend shows them, for where hues do not tell lines apart: where a system forces
 * its colours upon the page. Drawn of points and straight lines alone, so that any brush can.
 */
import { BUCKET_US } from '../../design/readings.ts';
import { MARKS } from '../marks/shapes.ts';
import type { Palette } from '../marks/palette.ts';
import { timeAt } from './axis.ts';
import type { Brush } from './brush.ts';
import type { Metric } from './metric.ts';
import { mapping } from './scale.ts';
import type { BucketRange, BucketReader, Plot } from './trace.ts';

/** From one mark of a line to the next, and from a line's first to that of the line before, pixels. */
const EVERY_PX = 96;
const SHIFT_PX = 24;
/** Of a mark whose size is that of text, from its middle to its edge, pixels. */
const HALF_PX = 3.5;
const TEXT_PX = 14;
const CORNERS = 12;

type Point = readonly [number, number];

/** Around (0, 0), 2 wide. */
const OUTLINES: Readonly<Partial<Record<string, readonly Point[]>>> = {
  square: [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ],
  circle: Array.from({ length: CORNERS }, (_, i): Point => {
    const angle = (i / CORNERS) * 2 * Math.PI;
    return [Math.cos(angle), Math.sin(angle)];
  }),
};

/** Whether these colours tell a write from a read. */
export function tellsHues(palette: Palette): boolean {
  return palette.put !== palette.get;
}

/** @param nth of its track's metrics, so that marks of lines that run together stand side by side */
export function drawMarksAlong(
  context: Brush,
  { glyph }: Metric,
  nth: number,
  read: BucketReader,
  range: BucketRange,
  { axis, scale, band }: Plot,
): void {
  if (glyph.kind !== 'mark') return;
  const outline = OUTLINES[MARKS[glyph.name].shape];
  const half = (HALF_PX * glyph.size) / TEXT_PX;
  const toY = mapping(scale, band);
  context.beginPath();
  for (let x = SHIFT_PX * (nth + 0.5); x < axis.width; x += EVERY_PX) {
    const bucket = Math.floor(timeAt(axis, x) / BUCKET_US);
    const value = bucket >= range.first && bucket < range.end ? read(bucket) : NaN;
    if (!Number.isFinite(value)) continue;
    const y = toY(value);
    if (outline === undefined) {
      context.moveTo(x - half, y - half);
      context.lineTo(x + half, y + half);
      context.moveTo(x + half, y - half);
      context.lineTo(x - half, y + half);
    } else {
      outline.forEach(([right, down], i) => {
        if (i === 0) context.moveTo(x + right * half, y + down * half);
        else context.lineTo(x + right * half, y + down * half);
      });
    }
  }
  if (outline === undefined) context.stroke();
  else context.fill();
}
