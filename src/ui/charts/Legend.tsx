/**
 * The names of a track's metrics with their values at the playhead. It is the only legend there is. A press on a name
 * shows that metric alone in its track. Values are written past React, since they change with every frame of play.
 */
import { useRef } from 'react';
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
  const list = useRef<HTMLDListElement>(null);
  useReadCursor((cursor) => {
    const bucket = now === undefined ? undefined : bucketUnder(now, cursor);
    list.current?.querySelectorAll('dd').forEach((cell, i) => {
      const metric = metrics[i];
      if (metric === undefined) return;
      const value = now === undefined || bucket === undefined ? NaN : metric.read(now, bucket);
      writeText(cell, Number.isFinite(value) ? metric.print(value) : NOTHING);
    });
  });
  return (
    <dl ref={list} className={css.legend}>
      {metrics.map((metric) => (
        <div key={metric.key} className={css.entry} style={{ height: rowHeight }}>
          <dt {...hintIn(metric.label)}>
            <button
              type="button"
              className={css.name}
              aria-pressed={metric.key === solo}
              data-muted={muted && metric.key !== solo}
              title={metric.key === solo ? 'Show the others again' : 'Show this one alone'}
              onClick={() => view.setSolo(metric.key === solo ? undefined : metric.key)}
            >
              <MetricGlyph metric={metric} />
              {metric.label}
            </button>
          </dt>
          <dd />
        </div>
      ))}
    </dl>
  );
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
