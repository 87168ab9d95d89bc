/** A dot on every line where the playhead crosses it. Moved past React. */
import { useRef } from 'react';
import type { SeriesReading } from '../../engine/readings.ts';
import { halfPixel, xOf, type Axis } from './axis.ts';
import { bucketUnder, type PlacedTrack } from './placed.ts';
import { yOf } from './scale.ts';
import { useCursor } from './useCursor.ts';
import css from './charts.module.css';

export function CursorDots({
  tracks,
  axis,
  now,
  height,
}: {
  tracks: readonly PlacedTrack[];
  axis: Axis;
  now: SeriesReading | undefined;
  height: number;
}) {
  const svg = useRef<SVGSVGElement>(null);
  const dots = tracks.flatMap((track) =>
    track.metrics
      .filter(({ weight, area }) => weight === 'strong' || area !== undefined)
      .map((metric) => ({ track, metric })),
  );
  useCursor((cursor) => {
    const bucket = now === undefined ? undefined : bucketUnder(now, cursor);
    const x = halfPixel(xOf(axis, cursor));
    svg.current?.querySelectorAll('circle').forEach((circle, i) => {
      const dot = dots[i];
      const value = dot && now && bucket !== undefined ? dot.metric.read(now, bucket) : NaN;
      const drawn = Number.isFinite(value) && !(dot?.metric.quietAtZero === true && value === 0);
      const seen = dot !== undefined && drawn && x >= 0 && x <= axis.width;
      circle.style.display = seen ? '' : 'none';
      if (seen)
        circle.setAttribute('transform', `translate(${x} ${yOf(dot.track.scale, value, dot.track.band)})`);
    });
  });
  return (
    <svg ref={svg} className={css.dots} width={axis.width} height={height} aria-hidden="true">
      {dots.map(({ track, metric }) => (
        <circle
          key={`${track.track.key} ${metric.key}`}
          r="2.75"
          style={{ stroke: `var(--${metric.hue})` }}
        />
      ))}
    </svg>
  );
}
