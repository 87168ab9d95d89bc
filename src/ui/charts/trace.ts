/**
 * From readings per bucket to a path on the plot: lines, areas, and where the run before departs from this one.
 * Whatever the zoom, a path has about one point a pixel at the most. It writes to a sink (a canvas, a test), and
 * knows neither colours nor what the readings mean.
 */
import { BUCKET_US } from '../../design/readings.ts';
import { xOf, type Axis } from './axis.ts';
import { mapping, type Band, type Scale } from './scale.ts';

/** Where a path goes: a canvas context, a Path2D, or a list in a test. */
export interface PathSink {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

/** The value of a bucket in the scale's unit; NaN where nothing was measured. */
export type BucketReader = (bucket: number) => number;

/** Buckets [first, end). */
export interface BucketRange {
  readonly first: number;
  readonly end: number;
}

/** Where a line is drawn: axis, scale and the band of pixels between them. */
export interface Plot {
  readonly axis: Axis;
  readonly scale: Scale;
  readonly band: Band;
}

/** From this width on (pixels) a bucket is drawn as what it is: one value for 100 ms. */
const STEP_FROM_PX = 6;
/** Below this width (pixels) several buckets share a column, which then shows their smallest and largest. */
const MERGE_BELOW_PX = 0.75;

/** The buckets that the axis shows, of `buckets` in all, with one more on each side so that lines leave the plot. */
export function visibleBuckets(axis: Axis, buckets: number): BucketRange {
  const first = Math.max(0, Math.floor(axis.from / BUCKET_US) - 1);
  return { first, end: Math.max(first, Math.min(buckets, Math.ceil(axis.to / BUCKET_US) + 1)) };
}

/** Traces the line of `read` over a range of buckets; a bucket without a value breaks it. */
export function traceLine(read: BucketReader, range: BucketRange, plot: Plot, sink: PathSink): void {
  const width = (BUCKET_US / (plot.axis.to - plot.axis.from)) * plot.axis.width;
  if (width < MERGE_BELOW_PX) {
    traceColumns(read, range, plot, sink);
    return;
  }
  const steps = width >= STEP_FROM_PX;
  const toY = mapping(plot.scale, plot.band);
  let drawing = false;
  for (let bucket = range.first; bucket < range.end; bucket++) {
    const value = read(bucket);
    if (Number.isNaN(value)) {
      drawing = false;
      continue;
    }
    const y = toY(value);
    const left = xOf(plot.axis, bucket * BUCKET_US);
    const x = steps ? left : left + width / 2;
    if (drawing) sink.lineTo(x, y);
    else sink.moveTo(x, y);
    if (steps) sink.lineTo(left + width, y);
    drawing = true;
  }
}

/** One column a pixel: down to its smallest and up to its largest value, so that no peak is lost. */
function traceColumns(read: BucketReader, range: BucketRange, plot: Plot, sink: PathSink): void {
  const toY = mapping(plot.scale, plot.band);
  let drawing = false;
  for (let bucket = range.first; bucket < range.end;) {
    const column = Math.floor(xOf(plot.axis, (bucket + 0.5) * BUCKET_US));
    let low = Infinity;
    let high = -Infinity;
    while (bucket < range.end && Math.floor(xOf(plot.axis, (bucket + 0.5) * BUCKET_US)) === column) {
      const value = read(bucket++);
      if (Number.isNaN(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (low === Infinity) {
      drawing = false;
      continue;
    }
    const x = column + 0.5;
    const yLow = toY(low);
    if (drawing) sink.lineTo(x, yLow);
    else sink.moveTo(x, yLow);
    if (high > low) sink.lineTo(x, toY(high));
    drawing = true;
  }
}

/** A sink that turns every run of a line into an area closed along `bottom`. Call `close` after the last point. */
export function areaSink(sink: PathSink, bottom: number): PathSink & { close(): void } {
  let startX = NaN;
  let lastX = NaN;
  const close = (): void => {
    if (Number.isNaN(startX)) return;
    sink.lineTo(lastX, bottom);
    sink.lineTo(startX, bottom);
    startX = NaN;
  };
  return {
    moveTo(x, y) {
      close();
      startX = lastX = x;
      sink.moveTo(x, bottom);
      sink.lineTo(x, y);
    },
    lineTo(x, y) {
      lastX = x;
      sink.lineTo(x, y);
    },
    close,
  };
}

/** Departures that are fewer buckets apart than this are one. */
const JOIN_BUCKETS = 6;

/**
 * The ranges of buckets where `before` stands at least `least` pixels away from `now`, or where `now` has nothing
 * yet (from `nowEnd` on). Each range has one bucket more on both sides, so that it grows out of the line it leaves.
 */
export function departures(
  now: BucketReader,
  nowEnd: number,
  before: BucketReader,
  range: BucketRange,
  plot: Plot,
  least: number,
): BucketRange[] {
  const toY = mapping(plot.scale, plot.band);
  const ranges: { first: number; end: number }[] = [];
  for (let bucket = range.first; bucket < range.end; bucket++) {
    const old = before(bucket);
    if (Number.isNaN(old)) continue;
    const current = bucket < nowEnd ? now(bucket) : NaN;
    if (old === current) continue;
    const apart = Math.abs(toY(old) - toY(current));
    if (apart < least) continue;
    const last = ranges.at(-1);
    if (last && bucket - last.end < JOIN_BUCKETS) last.end = Math.min(bucket + 2, range.end);
    else ranges.push({ first: Math.max(bucket - 1, range.first), end: Math.min(bucket + 2, range.end) });
  }
  return ranges;
}
