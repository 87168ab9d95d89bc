/**
 * A track with its place and its scale: what the canvas draws, and what the dots and values at the playhead are read
 * from. The scale is chosen from everything that is to be seen, this run and the one before, whatever the zoom, so
 * that it does not move while one plays or scrubs.
 */
import { BUCKET_US } from '../../design/readings.ts';
import type { SeriesReading } from '../../engine/readings.ts';
import type { Extent, Line, Metric, Subject, Track } from './metric.ts';
import type { Band, Scale } from './scale.ts';

export interface PlacedTrack {
  readonly track: Track;
  readonly metrics: readonly Metric[];
  readonly limits: readonly Line[];
  readonly grid: readonly Line[];
  readonly scale: Scale;
  /** Where its values are drawn, pixels from the top of the plot. */
  readonly band: Band;
}

/** Where a track stands, pixels from the top of the plot. */
export interface TrackBox {
  readonly top: number;
  readonly height: number;
}

const AIR = 5;

export function placeTrack(
  track: Track,
  box: TrackBox,
  subject: Subject,
  runs: readonly SeriesReading[],
): PlacedTrack {
  const metrics = track.metrics(subject);
  const limits = track.limits(subject.design);
  const scale = track.scale(extentOf(metrics, runs), limits);
  const band = { top: box.top + AIR, bottom: box.top + box.height - AIR };
  return { track, metrics, limits, grid: track.grid(scale), scale, band };
}

/** A track with the one metric of that key alone, if it has it; its scale and limits stay. */
export function soloed(track: PlacedTrack, key: string | undefined): PlacedTrack {
  const metrics = track.metrics.filter((metric) => metric.key === key);
  return metrics.length === 0 ? track : { ...track, metrics };
}

/** Smallest (above 0) and largest value of all metrics over all rendered buckets of the runs. */
function extentOf(metrics: readonly Metric[], runs: readonly SeriesReading[]): Extent {
  let low = Infinity;
  let high = -Infinity;
  for (const series of runs) {
    for (const metric of metrics) {
      for (let bucket = 0; bucket < series.buckets; bucket++) {
        const value = metric.read(series, bucket);
        if (value > 0 && value < low) low = value;
        if (value > high) high = value;
      }
    }
  }
  return { low, high };
}

/** The rendered bucket that holds the cursor; undefined where nothing is rendered yet. */
export function bucketUnder(series: SeriesReading, cursor: number): number | undefined {
  const bucket = Math.floor(cursor / BUCKET_US);
  if (bucket < series.buckets) return Math.max(bucket, 0);
  // The very end of the run belongs to its last bucket.
  return cursor <= series.buckets * BUCKET_US && series.buckets > 0 ? series.buckets - 1 : undefined;
}
