/** Says what the grey dashed line is, where it stands farthest from this run: `before: cache timeout off`, `pinned: look-aside`. */
import { useMemo } from 'react';
import { clamp } from '../../base/clamp.ts';
import { BUCKET_US } from '../../design/readings.ts';
import type { SeriesReading } from '../../engine/readings.ts';
import { timeAt, xOf, type Axis } from '../charts/axis.ts';
import { ghostRanges, plotOf } from '../charts/draw.ts';
import { ghostWords } from '../charts/ghostWords.ts';
import type { PlacedTrack } from '../charts/placed.ts';
import { useGhost } from '../charts/useGhost.ts';
import { mapping, type Band } from '../charts/scale.ts';
import { useDocument, useGhostState, useRun } from '../session.tsx';
import css from './GhostNote.module.css';

/** Mean advance of a character, pixels. */
const CHARACTER_PX = 5.8;
const LINE_PX = 16;

export function GhostNote({ track, axis }: { track: PlacedTrack; axis: Axis }) {
  const change = useDocument((document) => document.lastChange);
  const now = useRun((run) => run.series);
  const before = useGhost();
  const ghost = useGhostState((state) => state);
  // While a run grows, where the old one departs from it changes with every part.
  const settled = useRun((run) => run.phase === 'done');
  const words = ghostWords(ghost, change) ?? '';
  const width = words.length * CHARACTER_PX + 4;

  const place = useMemo(() => {
    if (!settled || now === undefined || before === undefined) return undefined;
    const plot = plotOf(axis, track);
    const toY = mapping(track.scale, track.band);
    const departures = track.metrics
      .filter((metric) => metric.weight === 'strong')
      .flatMap((metric) => ghostRanges(metric, plot, now, before).map((range) => ({ metric, range })))
      .map(({ metric, range }) => {
        // How far apart they stand counts for more than for how long: noise is long and near.
        let weight = 0;
        let sum = 0;
        let count = 0;
        for (let bucket = range.first; bucket < range.end; bucket++) {
          const y = toY(metric.read(before, bucket));
          const apart = y - toY(metric.read(now, bucket));
          if (Number.isNaN(apart)) continue;
          weight += apart * apart;
          sum += y;
          count++;
        }
        return { range, weight, y: sum / Math.max(1, count) };
      });
    const [heaviest] = departures.sort((a, b) => b.weight - a.weight);
    if (heaviest === undefined) return undefined;
    const { range, y } = heaviest;
    const [left, right] = [xOf(axis, range.first * BUCKET_US), xOf(axis, range.end * BUCKET_US)];
    const x = right + 8 + width <= axis.width ? right + 8 : left - 8 - width;
    const start = clamp(x, 0, Math.max(0, axis.width - width));
    const heights = linesUnder(track, axis, start, width, [now, before]);
    return { left: start, top: clearOf(heights, y, track.band) };
  }, [settled, now, before, axis, track, width]);

  if (place === undefined) return null;
  return (
    <p className={css.note} style={place}>
      {words}
    </p>
  );
}

/** The heights of every line of a track, its limits too, from `x` on for `width` pixels. */
function linesUnder(
  { metrics, limits, scale, band }: PlacedTrack,
  axis: Axis,
  x: number,
  width: number,
  runs: readonly SeriesReading[],
): number[] {
  const toY = mapping(scale, band);
  const first = Math.max(0, Math.floor(timeAt(axis, x) / BUCKET_US));
  const end = Math.ceil(timeAt(axis, x + width) / BUCKET_US);
  const heights = limits.map(({ value }) => toY(value));
  for (const series of runs)
    for (const metric of metrics)
      for (let bucket = first; bucket < Math.min(end, series.buckets); bucket++)
        heights.push(toY(metric.read(series, bucket)));
  return heights.filter((y) => !Number.isNaN(y)).sort((a, b) => a - b);
}

/**
 * The top of a line of text that covers none of these heights: beside the nearest to `wanted` where there is room, and
 * where there is none, in the widest gap.
 */
function clearOf(heights: readonly number[], wanted: number, { top, bottom }: Band): number {
  const edges = [top - 4, ...heights.map((y) => clamp(y, top - 4, bottom + 4)), bottom + 4];
  const gaps = edges.slice(1).map((below, i) => ({ above: edges[i] ?? below, below }));
  const places = gaps
    .filter(({ above, below }) => below - above > LINE_PX)
    .map(({ above, below }) => clamp(wanted - LINE_PX / 2, above, below - LINE_PX));
  const [nearest] = places.sort(
    (a, b) => Math.abs(a + LINE_PX / 2 - wanted) - Math.abs(b + LINE_PX / 2 - wanted),
  );
  if (nearest !== undefined) return nearest;
  const [widest] = gaps.sort((a, b) => b.below - b.above - (a.below - a.above));
  const middle = widest === undefined ? wanted : (widest.above + widest.below) / 2;
  return clamp(middle - LINE_PX / 2, top - 4, bottom + 4 - LINE_PX);
}
