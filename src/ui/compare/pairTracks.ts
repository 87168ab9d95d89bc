/**
 * The charts of a comparison: one metric a strip, of both designs, with the scales and limits that the metric has on the
 * timeline; and the violations as counts. It places and reads; it never draws.
 */
import { SYSTEM, SYSTEM_WIDTH } from '../../design/readings.ts';
import type { SeriesReading } from '../../engine/readings.ts';
import type { Metric, Subject } from '../charts/metric.ts';
import { placeTrack, type PlacedTrack, type TrackBox } from '../charts/placed.ts';
import { TRACKS } from '../charts/tracks.ts';

/** The tracks of the timeline that are compared, and the one metric of each. */
const PAIRED = [
  { track: 'latency', metric: 'putP99' },
  { track: 'latency', metric: 'getP99' },
  { track: 'hits', metric: 'hitRatio' },
] as const;

/** The strips of lines, and one more for the violations. */
export const STRIPS = PAIRED.length + 1;

/** A strip of one metric. */
export interface PairTrack extends PlacedTrack {
  readonly metric: Metric;
}

export function placePairs(
  boxes: readonly TrackBox[],
  subject: Subject,
  runs: readonly SeriesReading[],
): PairTrack[] {
  return PAIRED.flatMap((paired, i) => {
    const track = TRACKS.find(({ key }) => key === paired.track);
    const metric = track?.metrics(subject).find(({ key }) => key === paired.metric);
    const box = boxes[i];
    if (track === undefined || metric === undefined || box === undefined) return [];
    return [{ ...placeTrack({ ...track, metrics: () => [metric] }, box, subject, runs), metric }];
  });
}

const LOUD = ['readYourWrites', 'monotonicReads', 'lostAckedWrites', 'regressions'] as const;

/** What let somebody down in a bucket, or took the store back; 0 where nothing is rendered. */
export function violationsIn(series: SeriesReading, bucket: number): number {
  if (bucket < 0 || bucket >= series.buckets) return 0;
  return LOUD.reduce((sum, column) => sum + (series.system[bucket * SYSTEM_WIDTH + SYSTEM[column]] ?? 0), 0);
}
