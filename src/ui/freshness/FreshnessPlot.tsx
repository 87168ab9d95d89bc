/** The curve itself, and the one point of it that is read out: under the pointer, or chosen by the arrow keys. */
import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { printDuration, printShare } from '../../base/units.ts';
import type { VisibilityPoint } from '../../engine/readings.ts';
import { useSize } from '../charts/useSize.ts';
import { formatCount, formatDuration, formatShare } from '../format.ts';
import { prettyText } from '../pretty.ts';
import { nearestPoint, placeCurve } from './curve.ts';
import css from './Freshness.module.css';

const HEIGHT = 88;
const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at, last) => Math.min(at + 1, last),
  ArrowLeft: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, last) => last,
};

export function FreshnessPlot({ points }: { points: readonly VisibilityPoint[] }) {
  const plot = useRef<HTMLDivElement>(null);
  const { width } = useSize(plot);
  const curve = useMemo(() => placeCurve(points, width, HEIGHT), [points, width]);
  const [chosen, setChosen] = useState(0);
  const at = Math.min(chosen, curve.placed.length - 1);
  const read = curve.placed[at];

  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setChosen(step(at, curve.placed.length - 1));
  };
  const onPointerMove = ({ clientX, currentTarget }: PointerEvent) => {
    setChosen(nearestPoint(curve, clientX - currentTarget.getBoundingClientRect().left));
  };

  const words = read === undefined ? '' : wordsOf(read.point);
  return (
    <div className={css.plot}>
      <div
        ref={plot}
        className={css.area}
        style={{ height: HEIGHT }}
        role="slider"
        tabIndex={0}
        aria-label="Point of the curve of freshness"
        aria-valuemin={0}
        aria-valuemax={curve.placed.length - 1}
        aria-valuenow={at}
        aria-valuetext={words}
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
        onPointerDown={onPointerMove}
      >
        <svg width={width} height={HEIGHT} aria-hidden="true">
          <line className={css.grid} x1={0} x2={width} y1={0.5} y2={0.5} />
          <line className={css.grid} x1={0} x2={width} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
          {curve.ticks.map(({ ms, x }) => (
            <line key={ms} className={css.grid} x1={x} x2={x} y1={0} y2={HEIGHT} />
          ))}
          <polyline className={css.line} points={curve.placed.map(({ x, y }) => `${x},${y}`).join(' ')} />
          {curve.placed.map(({ point, x, y }) => (
            <circle key={point.afterMs} className={css.dot} cx={x} cy={y} r={2} />
          ))}
          {read && <circle className={css.read} cx={read.x} cy={read.y} r={4.5} />}
        </svg>
        <span className={css.top}>{prettyText(printShare(1))}</span>
        <span className={css.bottom}>{prettyText(printShare(curve.floor))}</span>
      </div>
      <div className={css.axis} aria-hidden="true">
        <span style={{ left: 0 }}>at once</span>
        {curve.ticks
          .filter(({ ms }) => ms > 1 || curve.ticks.length < 3)
          .map(({ ms, x }) => (
            <span key={ms} style={{ left: x }}>
              {prettyText(printDuration(ms * 1000))}
            </span>
          ))}
      </div>
      <p className={css.readout}>{words}</p>
    </div>
  );
}

function wordsOf({ afterMs, fresh, trials }: VisibilityPoint): string {
  const after = afterMs === 0 ? 'At once' : `After ${formatDuration(afterMs * 1000)}`;
  return `${after}: ${formatShare(fresh ?? Number.NaN)} of ${formatCount(trials)} reads`;
}
