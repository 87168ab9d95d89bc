/** Says what the grey dashed line is, where it stands farthest from this run: `before: cache timeout off`. */
import { useMemo } from 'react';
import { BUCKET_US } from '../../design/readings.ts';
import type { Change } from '../../state/documents.ts';
import { clamp, xOf, type Axis } from '../charts/axis.ts';
import { ghostRanges, plotOf } from '../charts/draw.ts';
import type { PlacedTrack } from '../charts/placed.ts';
import { mapping } from '../charts/scale.ts';
import { useDocument, useRun } from '../session.tsx';
import css from './timeline.module.css';

/** Mean advance of a character, pixels. */
const CHARACTER_PX = 5.8;
const LINE_PX = 16;

export function GhostNote({ track, axis }: { track: PlacedTrack; axis: Axis }) {
  const change = useDocument((document) => document.lastChange);
  const now = useRun((run) => run.series);
  const before = useRun((run) => run.previous?.series);
  // While a run grows, where the old one departs from it changes with every part.
  const settled = useRun((run) => run.phase === 'done');
  const words = wordsOf(change);
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
        let top = Infinity;
        for (let bucket = range.first; bucket < range.end; bucket++) {
          const y = toY(metric.read(before, bucket));
          const apart = y - toY(metric.read(now, bucket));
          if (Number.isNaN(apart)) continue;
          weight += apart * apart;
          top = Math.min(top, y);
        }
        return { range, weight, top };
      });
    const [heaviest] = departures.sort((a, b) => b.weight - a.weight);
    if (heaviest === undefined) return undefined;
    const { range, top } = heaviest;
    const [left, right] = [xOf(axis, range.first * BUCKET_US), xOf(axis, range.end * BUCKET_US)];
    const x = right + 8 + width <= axis.width ? right + 8 : left - 8 - width;
    return {
      left: clamp(x, 0, Math.max(0, axis.width - width)),
      top: clamp(top - LINE_PX / 2, track.band.top - 4, track.band.bottom - LINE_PX),
    };
  }, [settled, now, before, axis, track, width]);

  if (place === undefined) return null;
  return (
    <p className={css.ghostNote} style={place}>
      {words}
    </p>
  );
}

function wordsOf(change: Change | undefined): string {
  if (change?.before === undefined) return 'the run before';
  return `before: ${change.label} ${change.before}`;
}
