/**
 * The labelled time axis above the tracks, and under its labels the bar that fills as the run is rendered. Pressing or
 * dragging on it moves the playhead.
 */
import { memo, useRef } from 'react';
import { clamp } from '../../base/clamp.ts';
import { ticksOf, xOf, type Axis } from '../charts/axis.ts';
import { useCursor } from '../charts/useCursor.ts';
import { THIN } from '../format.ts';
import { instantOf } from '../notes/acts.ts';
import { useDocument, useRun } from '../session.tsx';
import { useScrub } from './useScrub.ts';
import css from './Ruler.module.css';

/** Labels nearer to the playhead than this (pixels) give way to its flag. */
const FLAG_CLEARANCE = 44;
/** And nearer to a remark than this to the remark's. */
const REMARK_CLEARANCE = 24;

export const Ruler = memo(function Ruler({ axis }: { axis: Axis }) {
  const renderedTo = useRun((run) => run.renderedTo);
  const rendering = useRun((run) => run.phase === 'rendering');
  const labels = useRef<HTMLDivElement>(null);
  const scrub = useScrub(axis);
  const ticks = ticksOf(axis);
  const remarks = useDocument((document) => document.design.remarks);
  const flags = remarks.flatMap(({ on }) => instantOf(on) ?? []).map((at) => xOf(axis, at));
  const isFree = (x: number): boolean => flags.every((flag) => Math.abs(flag - x) >= REMARK_CLEARANCE);
  const major = ticks.filter(({ digits, x }) => digits !== '' && isFree(x));

  useCursor((cursor) => {
    const x = xOf(axis, cursor);
    labels.current?.querySelectorAll('span').forEach((label, i) => {
      const tick = major[i];
      label.style.visibility = tick && Math.abs(tick.x - x) < FLAG_CLEARANCE ? 'hidden' : '';
    });
  });

  return (
    <div className={css.ruler} {...scrub}>
      <div ref={labels} aria-hidden="true">
        {major.map(({ x, digits }) => (
          <span key={digits} style={{ left: x }}>
            {digits}
            {THIN}s
          </span>
        ))}
      </div>
      <svg className={css.minor} width={axis.width} height="4" aria-hidden="true">
        <path d={ticks.map(({ x }) => `M${Math.round(x) + 0.5} 0v4`).join('')} />
      </svg>
      <div
        className={css.rendered}
        data-rendering={rendering}
        role="progressbar"
        aria-label="Rendered"
        aria-valuenow={Math.round(renderedTo / 1e6)}
        aria-valuetext={`${(renderedTo / 1e6).toFixed(1)} seconds`}
      >
        <div style={{ width: clamp(xOf(axis, renderedTo), 0, axis.width) }} />
      </div>
    </div>
  );
});
