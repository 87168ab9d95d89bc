/**
 * The names of a track's metrics with their values at the playhead. It is the only legend there is, and a list of which one
 * can be chosen: that metric is then shown alone in its track. For the keyboard a track is one stop, in which arrows go from
 * name to name. Values are written past React, since they change with every frame of play.
 */
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import type { SeriesReading } from '../../engine/readings.ts';
import { NOTHING } from '../format.ts';
import { hintIn } from '../kit/hint.ts';
import { Mark, STRIPES } from '../marks/Mark.tsx';
import { useSession, useView } from '../session.tsx';
import { writeText } from '../writeText.ts';
import type { Glyph, Metric } from './metric.ts';
import { bucketUnder } from './placed.ts';
import { useReadCursor } from './useCursor.ts';
import css from './charts.module.css';

export function Legend({
  metrics,
  now,
  rowHeight,
}: {
  metrics: readonly Metric[];
  now: SeriesReading | undefined;
  /** Pixels. */
  rowHeight: number;
}) {
  const { view } = useSession();
  const solo = useView((state) => state.solo);
  const muted = metrics.some(({ key }) => key === solo);
  const [at, setAt] = useState(0);
  const active = Math.min(at, metrics.length - 1);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  useReadCursor((cursor) => {
    const bucket = now === undefined ? undefined : bucketUnder(now, cursor);
    list.current?.querySelectorAll('b').forEach((cell, i) => {
      const metric = metrics[i];
      if (metric === undefined) return;
      const value = now === undefined || bucket === undefined ? NaN : metric.read(now, bucket);
      writeText(cell, Number.isFinite(value) ? metric.print(value) : NOTHING);
    });
  });

  const choose = (key: string | undefined): void => view.setSolo(key === solo ? undefined : key);
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = goal(event.key, active, metrics.length - 1);
    if (to !== undefined) setAt(to);
    else if (event.key === 'Enter' || event.key === ' ') choose(metrics[active]?.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={list}
      className={css.legend}
      role="listbox"
      aria-label="Curves, of which one can be shown alone"
      tabIndex={0}
      aria-activedescendant={`${id}-${active}`}
      onKeyDown={onKeyDown}
    >
      {metrics.map((metric, i) => (
        <div
          key={metric.key}
          id={`${id}-${i}`}
          role="option"
          aria-selected={metric.key === solo}
          className={css.entry}
          style={{ height: rowHeight }}
          data-active={i === active ? '' : undefined}
          data-muted={muted && metric.key !== solo ? '' : undefined}
          title={metric.key === solo ? 'Show the others again' : 'Show this one alone'}
          onClick={() => {
            setAt(i);
            choose(metric.key);
          }}
          {...hintIn(metric.label)}
        >
          <span className={css.name}>
            <MetricGlyph metric={metric} />
            {metric.label}
          </span>{' '}
          <b />
        </div>
      ))}
    </div>
  );
}

/** The row to which a key leads; undefined when it is no key of movement. */
function goal(key: string, from: number, last: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(from + 1, last);
    case 'ArrowUp':
      return Math.max(from - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

function MetricGlyph({ metric: { glyph, hue, weight } }: { metric: Metric }) {
  return <span className={css.glyph}>{drawingOf(glyph, `var(--${hue})`, weight === 'strong' ? 2 : 1)}</span>;
}

function drawingOf(glyph: Glyph, colour: string, width: number) {
  switch (glyph.kind) {
    case 'mark':
      return <Mark name={glyph.name} size={glyph.size} />;
    case 'line':
      return (
        <svg width="14" height="14" aria-hidden="true">
          <path d="M0 7H14" style={{ stroke: colour, strokeWidth: width }} />
        </svg>
      );
    case 'stale':
      return (
        <svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">
          <circle r="4.5" fill={`url(#${STRIPES.inv})`} style={{ stroke: colour, strokeWidth: 1.25 }} />
        </svg>
      );
  }
}
