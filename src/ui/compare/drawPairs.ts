/**
 * Draws two runs over each other: A solid, B dashed, the band between them tinted; and the violations as bars, those of A
 * upward and filled, those of B downward and hollow. Redrawn at once when readings, zoom, size or theme change.
 */
import { BUCKET_US } from '../../design/readings.ts';
import type { SeriesReading } from '../../engine/readings.ts';
import { xOf, type Axis } from '../charts/axis.ts';
import { plotOf } from '../charts/draw.ts';
import { drawGrid, type Plane } from '../charts/grid.ts';
import type { TrackBox } from '../charts/placed.ts';
import { mapping } from '../charts/scale.ts';
import { traceLine, visibleBuckets } from '../charts/trace.ts';
import { violationsIn, type PairTrack } from './pairTracks.ts';

export interface PairPicture extends Plane {
  readonly tracks: readonly PairTrack[];
  readonly violations: TrackBox | undefined;
  readonly a: SeriesReading | undefined;
  readonly b: SeriesReading | undefined;
}

const LINE_PX = 1.5;
const B_DASH = [4, 2.5];
const BAND_ALPHA = 0.16;
/** A bar is as wide as a bucket, and at least so many pixels. */
const BAR_PX = 4;

/** `context` is in CSS pixels, with (0, 0) at the plot's top left, and is empty. */
export function drawPairs(context: CanvasRenderingContext2D, picture: PairPicture): void {
  context.lineJoin = 'round';
  drawGrid(context, picture);
  for (const track of picture.tracks) {
    drawBand(context, picture, track);
    drawLine(context, picture, track, picture.b, B_DASH);
    drawLine(context, picture, track, picture.a, []);
  }
  drawBars(context, picture);
}

/** The area between the two lines, wherever both are known. */
function drawBand(
  context: CanvasRenderingContext2D,
  { axis, a, b, palette }: PairPicture,
  track: PairTrack,
): void {
  if (a === undefined || b === undefined) return;
  const { metric } = track;
  const toY = mapping(track.scale, track.band);
  const { first, end } = visibleBuckets(axis, Math.min(a.buckets, b.buckets));
  context.beginPath();
  let low: { x: number; y: number }[] = [];
  const close = (): void => {
    for (const { x, y } of low.reverse()) context.lineTo(x, y);
    low = [];
  };
  for (let bucket = first; bucket < end; bucket++) {
    const [above, below] = [toY(metric.read(a, bucket)), toY(metric.read(b, bucket))];
    if (Number.isNaN(above) || Number.isNaN(below)) {
      close();
      continue;
    }
    const x = xOf(axis, (bucket + 0.5) * BUCKET_US);
    if (low.length === 0) context.moveTo(x, above);
    else context.lineTo(x, above);
    low.push({ x, y: below });
  }
  close();
  context.fillStyle = palette[metric.hue];
  context.globalAlpha = BAND_ALPHA;
  context.fill();
  context.globalAlpha = 1;
}

function drawLine(
  context: CanvasRenderingContext2D,
  { axis, palette }: PairPicture,
  track: PairTrack,
  series: SeriesReading | undefined,
  dash: number[],
): void {
  if (series === undefined) return;
  const { metric } = track;
  context.beginPath();
  traceLine(
    (bucket) => metric.read(series, bucket),
    visibleBuckets(axis, series.buckets),
    plotOf(axis, track),
    context,
  );
  context.strokeStyle = palette[metric.hue];
  context.lineWidth = LINE_PX;
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
}

/** As many violations in a bar fill its strip at the least: a single one is not drawn as if it were the worst. */
const FULL_FROM = 4;

function drawBars(context: CanvasRenderingContext2D, picture: PairPicture): void {
  const { axis, violations, a, b, palette } = picture;
  if (violations === undefined) return;
  const middle = Math.round(violations.top + violations.height / 2) + 0.5;
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(0, middle);
  context.lineTo(axis.width, middle);
  context.stroke();
  const pixels = (BUCKET_US / (axis.to - axis.from)) * axis.width;
  const together = Math.max(1, Math.ceil(BAR_PX / pixels));
  const barsOf = (series: SeriesReading | undefined) => bars(series, axis, together);
  const [up, down] = [barsOf(a), barsOf(b)];
  const most = Math.max(FULL_FROM, ...up.map(({ count }) => count), ...down.map(({ count }) => count));
  const reach = violations.height / 2 - 6;
  const width = Math.max(1, together * pixels - 1);
  context.fillStyle = context.strokeStyle = palette.bad;
  for (const { x, count } of up) {
    const tall = Math.max(1, (count / most) * reach);
    context.fillRect(x, middle - 0.5 - tall, width, tall);
  }
  for (const { x, count } of down) {
    const tall = Math.max(2, (count / most) * reach);
    context.strokeRect(x + 0.5, middle + 1, Math.max(1, width - 1), tall - 1);
  }
}

/** The counts that are not zero, of so many buckets together each. */
function bars(
  series: SeriesReading | undefined,
  axis: Axis,
  together: number,
): { x: number; count: number }[] {
  if (series === undefined) return [];
  const { first, end } = visibleBuckets(axis, series.buckets);
  const found: { x: number; count: number }[] = [];
  // From a whole multiple on, so that bars stay where they are as the window moves.
  for (let from = Math.floor(first / together) * together; from < end; from += together) {
    let count = 0;
    for (let i = 0; i < together; i++) count += violationsIn(series, from + i);
    if (count > 0) found.push({ x: xOf(axis, from * BUCKET_US), count });
  }
  return found;
}
