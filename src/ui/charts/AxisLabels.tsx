/** The values of grid lines and contract limits, in the margin at the right of the plot. */
import type { PlacedTrack } from './placed.ts';
import { yOf } from './scale.ts';
import css from './charts.module.css';

/** Labels nearer to each other than this (pixels) would touch: the limit's stays. */
const APART = 13;

export function AxisLabels({ tracks }: { tracks: readonly PlacedTrack[] }) {
  return (
    <div className={css.labels} aria-hidden="true">
      {tracks.flatMap(({ grid, limits, scale, band }, strip) => {
        const taken: number[] = [];
        const place = (value: number, label: string, className: string | undefined) => {
          const y = yOf(scale, value, band);
          if (taken.some((other) => Math.abs(other - y) < APART)) return null;
          taken.push(y);
          return (
            // A comparison has two strips of one track.
            <span key={`${strip} ${label}`} className={className} style={{ top: y }}>
              {label}
            </span>
          );
        };
        return [
          ...limits.map(({ value, label }) => place(value, label, css.limit)),
          ...grid.map(({ value, label }) => place(value, label, undefined)),
        ];
      })}
    </div>
  );
}
