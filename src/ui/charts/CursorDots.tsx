/** A dot on every line where the playhead crosses it. Moved past React. */
import { useRef } from 'react';
import type { SeriesReading } from '../../engine/readings.ts';
import { xOf, type Axis } from './axis.ts';
import { bucketUnder, type PlacedTrack } from './placed.ts';
import { yOf } from './scale.ts';
import { onPixel, useCursor } from './useCursor.ts';
import css from './charts.module.css';

export function CursorDots({
  tracks,
  axis,
  now,
}: {
  tracks: readonly PlacedTrack[];
  axis: Axis;
  now: SeriesReading | undefined;
}) {
  const layer = useRef<HTMLDivElement>(null);
  const dots = tracks.flatMap((track) =>
    track.metrics
      .filter(({ weight, area }) => weight === 'strong' || area !== undefined)
      .map((metric) => ({ track, metric })),
  );
  useCursor((cursor) => {
    const dotsLayer = layer.current;
    if (dotsLayer === null) return;
    const bucket = now === undefined ? undefined : bucketUnder(now, cursor);
    const x = onPixel(xOf(axis, cursor));
    const inside = x >= 0 && x <= axis.width;
    // All of them at once: a line's height changes with the bucket, and only then is a dot painted anew.
    if (inside) dotsLayer.style.translate = `${x}px`;
    dots.forEach(({ track, metric }, i) => {
      const dot = dotsLayer.children[i];
      if (!(dot instanceof HTMLElement)) return;
      const value = now && bucket !== undefined ? metric.read(now, bucket) : NaN;
      const drawn = Number.isFinite(value) && !(metric.quietAtZero === true && value === 0);
      const seen = inside && drawn;
      dot.style.visibility = seen ? '' : 'hidden';
      if (seen) dot.style.translate = `0 ${yOf(track.scale, value, track.band)}px`;
    });
  });
  return (
    <div ref={layer} className={css.dots} aria-hidden="true">
      {dots.map(({ track, metric }) => (
        <i key={`${track.track.key} ${metric.key}`} style={{ borderColor: `var(--${metric.hue})` }} />
      ))}
    </div>
  );
}
