/**
 * Draws the charts of one plot on a canvas: grid, contract limits, the run before, this run. Everything is redrawn
 * at once, which takes about a millisecond, and only when readings, zoom, size or theme change; never per frame.
 */
import type { SeriesReading } from '../../engine/readings.ts';
import type { Axis } from './axis.ts';
import type { Brush } from './brush.ts';
import { drawGrid, type Plane } from './grid.ts';
import { drawMarksAlong, tellsHues } from './marksAlong.ts';
import type { Metric } from './metric.ts';
import type { PlacedTrack } from './placed.ts';
import { stripesOf } from './stripes.ts';
import { areaSink, departures, traceLine, visibleBuckets, type BucketReader, type Plot } from './trace.ts';

export interface ChartPicture extends Plane {
  readonly now: SeriesReading | undefined;
  readonly before: SeriesReading | undefined;
}

const STRONG_PX = 1.5;
const THIN_PX = 1;
const GHOST_PX = 1.25;
const GHOST_DASH = [3, 3];
/** Nearer to this run than this (pixels), the run before is not drawn. */
const GHOST_FROM_PX = 2.5;

/** The plot of a track over an axis. */
export function plotOf(axis: Axis, track: PlacedTrack): Plot {
  return { axis, scale: track.scale, band: track.band };
}

/** `context` is in CSS pixels, with (0, 0) at the plot's top left, and is empty. */
export function drawCharts(context: CanvasRenderingContext2D, picture: ChartPicture): void {
  const { now, palette } = picture;
  // Where there is no run yet nothing is striped; and the page has more to do then than to draw stripes.
  drawChartsWith(context, picture, now === undefined ? palette.inv : stripesIn(palette.inv, context));
}

type Stripes = Brush['fillStyle'];
let drawn: { readonly colour: string; readonly stripes: Stripes } | undefined;

/** Stripes of a colour, drawn once: they are the same on every canvas. */
function stripesIn(colour: string, context: CanvasRenderingContext2D): Stripes {
  if (drawn?.colour !== colour) drawn = { colour, stripes: stripesOf(context, 4, 1.6, colour) ?? colour };
  return drawn.stripes;
}

/** The same with any brush; `stripes` is what it fills striped areas with. */
export function drawChartsWith(context: Brush, picture: ChartPicture, stripes: Stripes): void {
  context.lineJoin = 'round';
  drawGrid(context, picture);
  for (const track of picture.tracks) {
    drawGhosts(context, picture, track);
    // Back to front: the first metric of the legend lies on top, thin lines under the strong ones.
    const order = track.metrics
      .toReversed()
      .sort((a, b) => Number(b.weight === 'thin') - Number(a.weight === 'thin'));
    for (const metric of order) drawMetric(context, picture, track, metric, stripes);
  }
}

function drawGhosts(context: Brush, picture: ChartPicture, track: PlacedTrack): void {
  const { axis, now, before, palette } = picture;
  if (before === undefined) return;
  const plot = plotOf(axis, track);
  context.strokeStyle = palette['ink-3'];
  context.lineWidth = GHOST_PX;
  context.setLineDash(GHOST_DASH);
  context.beginPath();
  for (const metric of track.metrics) {
    for (const range of ghostRanges(metric, plot, now, before)) {
      traceLine(readerOf(metric, before), range, plot, context);
    }
  }
  context.stroke();
  context.setLineDash([]);
}

/** Where the run before is to be seen beside this one. */
export function ghostRanges(
  metric: Metric,
  plot: Plot,
  now: SeriesReading | undefined,
  before: SeriesReading,
) {
  return departures(
    (bucket) => (now === undefined ? NaN : metric.read(now, bucket)),
    now?.buckets ?? 0,
    (bucket) => metric.read(before, bucket),
    visibleBuckets(plot.axis, before.buckets),
    plot,
    GHOST_FROM_PX,
  );
}

/** A metric's values as they are drawn: of one that is quiet at zero, only what is not, and the steps up and down to it. */
function readerOf(metric: Metric, series: SeriesReading): BucketReader {
  if (metric.quietAtZero !== true) return (bucket) => metric.read(series, bucket);
  const isZero = (bucket: number): boolean =>
    bucket < 0 || bucket >= series.buckets || metric.read(series, bucket) === 0;
  return (bucket) =>
    isZero(bucket - 1) && isZero(bucket) && isZero(bucket + 1) ? NaN : metric.read(series, bucket);
}

function drawMetric(
  context: Brush,
  { axis, now, palette }: ChartPicture,
  track: PlacedTrack,
  metric: Metric,
  stripes: Stripes,
): void {
  if (now === undefined) return;
  const plot = plotOf(axis, track);
  const range = visibleBuckets(axis, now.buckets);
  const read = readerOf(metric, now);
  if (metric.area !== undefined) {
    context.beginPath();
    const area = areaSink(context, track.band.bottom);
    traceLine(read, range, plot, area);
    area.close();
    context.fillStyle = metric.area === 'stripes' ? stripes : palette[metric.hue];
    context.globalAlpha = metric.area === 'stripes' ? 0.8 : 0.14;
    context.fill();
    context.globalAlpha = 1;
  }
  context.beginPath();
  traceLine(read, range, plot, context);
  context.strokeStyle = palette[metric.hue];
  context.lineWidth = metric.weight === 'strong' ? STRONG_PX : THIN_PX;
  context.globalAlpha = metric.weight === 'thin' && metric.area === undefined ? 0.75 : 1;
  context.stroke();
  context.globalAlpha = 1;
  if (tellsHues(palette)) return;
  context.fillStyle = palette[metric.hue];
  drawMarksAlong(context, metric, track.metrics.indexOf(metric), read, range, plot);
}
