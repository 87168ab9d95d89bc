/**
 * The whole run, small: its slowest operations as lines, its faults, where somebody was let down, and the window of time
 * that the timeline shows, to drag, to resize and to move by keys. A press beside the window brings it there.
 */
import { useMemo, useRef, type PointerEvent } from 'react';
import { SHORTEST_WINDOW_US } from '../../state/view.ts';
import { Canvas, type Drawing } from '../charts/Canvas.tsx';
import { timeAt, xOf, type Axis } from '../charts/axis.ts';
import type { PlacedTrack } from '../charts/placed.ts';
import { traceLine, visibleBuckets } from '../charts/trace.ts';
import { onPixel, useCursor } from '../charts/useCursor.ts';
import { formatInstant } from '../format.ts';
import { usePalette } from '../marks/palette.ts';
import { useDocument, useRun, useSession, useView } from '../session.tsx';
import { showWholeRun } from '../actions.ts';
import { endOf } from './faultDrag.ts';
import type { Part } from './markedSpan.ts';
import { windowWithin } from './useAxis.ts';
import { useSpan } from './useSpan.ts';
import { countColumns } from './violationMarks.ts';
import css from './Overview.module.css';

/** As in the stylesheet. */
export const OVERVIEW_PX = 24;
const TICKS_PX = 3;
const BAND = { top: 2, bottom: OVERVIEW_PX - TICKS_PX - 2 };

const HANDLES: readonly { readonly part: Part; readonly name: string; readonly look: string | undefined }[] =
  [
    { part: 'both', name: 'Time shown', look: css.shown },
    { part: 'from', name: 'Beginning of the time shown', look: css.edge },
    { part: 'to', name: 'End of the time shown', look: css.edge },
  ];

/** `track` is the one whose strong lines are drawn, `width` that of the plot, pixels. */
export function Overview({ track, width }: { track: PlacedTrack | undefined; width: number }) {
  const session = useSession();
  const { view } = session;
  const zoom = useView((state) => state.zoom);
  const whole = useDocument((document) => document.design.duration);
  const axis = useMemo<Axis>(() => ({ from: 0, to: whole, width }), [whole, width]);
  const span = windowWithin(zoom, whole);
  const { plot, duration, handlesOf } = useSpan(axis, span, SHORTEST_WINDOW_US, (next) => view.setZoom(next));
  const draw = useDrawing(axis, track);
  const [left, right] = [xOf(axis, span.from), xOf(axis, span.to)];
  const places = { both: { left, width: right - left }, from: { left }, to: { left: right } };
  const values = { both: span.from, from: span.from, to: span.to };

  const bring = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    const at = timeAt(axis, event.clientX - event.currentTarget.getBoundingClientRect().left);
    const half = (span.to - span.from) / 2;
    view.setZoom({ from: at - half, to: at + half });
  };
  return (
    <div
      ref={plot}
      className={css.overview}
      role="group"
      aria-label="The whole run"
      onPointerDown={bring}
      onDoubleClick={() => showWholeRun(session)}
    >
      <Canvas width={width} height={OVERVIEW_PX} draw={draw} />
      <Here axis={axis} />
      {HANDLES.map(({ part, name, look }) => (
        <div
          key={part}
          className={look}
          data-part={part}
          style={places[part]}
          role="slider"
          tabIndex={0}
          aria-label={name}
          aria-valuemin={0}
          aria-valuemax={duration / 1e6}
          aria-valuenow={values[part] / 1e6}
          aria-valuetext={
            part === 'both'
              ? `${formatInstant(span.from)} to ${formatInstant(span.to)}`
              : formatInstant(values[part])
          }
          {...handlesOf(part)}
        />
      ))}
    </div>
  );
}

/** Where the playhead stands in it. */
function Here({ axis }: { axis: Axis }) {
  const line = useRef<HTMLDivElement>(null);
  useCursor((cursor) => {
    if (line.current) line.current.style.transform = `translateX(${onPixel(xOf(axis, cursor))}px)`;
  });
  return <div ref={line} className={css.here} />;
}

function useDrawing(axis: Axis, track: PlacedTrack | undefined): Drawing {
  const series = useRun((run) => run.series);
  const violations = useRun((run) => run.violations);
  const design = useDocument((document) => document.design);
  const palette = usePalette();
  return useMemo<Drawing>(
    () => (context) => {
      context.fillStyle = palette.bad;
      context.globalAlpha = 0.12;
      for (const fault of design.faults) {
        const x = xOf(axis, fault.at);
        context.fillRect(x, 0, Math.max(1, xOf(axis, endOf(fault, design.duration)) - x), OVERVIEW_PX);
      }
      context.globalAlpha = 1;
      countColumns(violations, axis).loud.forEach((count, x) => {
        if (count > 0) context.fillRect(x, OVERVIEW_PX - TICKS_PX, 1, TICKS_PX);
      });
      if (track === undefined || series === undefined) return;
      const plot = { axis, scale: track.scale, band: BAND };
      for (const metric of track.metrics.filter(({ weight }) => weight === 'strong')) {
        context.beginPath();
        traceLine(
          (bucket) => metric.read(series, bucket),
          visibleBuckets(axis, series.buckets),
          plot,
          context,
        );
        context.strokeStyle = palette[metric.hue];
        context.stroke();
      }
    },
    [axis, track, series, violations, design, palette],
  );
}
