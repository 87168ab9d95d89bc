/**
 * The marked window over the charts: a veil over what is not in it, two edges that are sliders for hands and keys, and a
 * bar that moves both. What the window comes to stands in a panel of its own.
 */
import { clamp } from '../../base/clamp.ts';
import { grainOf, xOf, type Axis } from '../charts/axis.ts';
import { formatInstant } from '../format.ts';
import { useExcerpt, useSession } from '../session.tsx';
import { EDGE_IDS } from './markedSpan.ts';
import { useSpan } from './useSpan.ts';
import css from './MarkedWindow.module.css';

const NAMES = { from: 'Beginning of the window', to: 'End of the window' } as const;
const EDGES = ['from', 'to'] as const;

/**
 * `top` and `height` of the charts, pixels; laid over the plot, whose left edge is the axis's pixel 0. Without `held` it
 * is the veil alone: of several plots over one axis one has the edges.
 */
export function MarkedWindow({
  axis,
  top,
  height,
  held = true,
}: {
  axis: Axis;
  top: number;
  height: number;
  held?: boolean;
}) {
  const { excerpt } = useSession();
  const span = useExcerpt((state) => state.span);
  const { plot, duration, handlesOf } = useSpan(axis, span, grainOf(axis), (next) => excerpt.mark(next));
  if (span === undefined) return null;
  const left = clamp(xOf(axis, span.from), 0, axis.width);
  const right = clamp(xOf(axis, span.to), 0, axis.width);
  return (
    <div ref={plot} className={css.over} style={{ top, height }}>
      <div className={css.veil} style={{ left: 0, width: left }} />
      <div className={css.veil} style={{ left: right, right: 0 }} />
      {held && right > left && (
        <div className={css.bar} style={{ left, width: right - left }} {...handlesOf('both')} />
      )}
      {EDGES.slice(0, held ? 2 : 0).map((edge) => {
        const x = xOf(axis, span[edge]);
        if (x < -0.5 || x > axis.width + 0.5) return null;
        return (
          <div
            key={edge}
            id={EDGE_IDS[edge]}
            className={css.edge}
            style={{ left: x }}
            role="slider"
            tabIndex={0}
            aria-label={NAMES[edge]}
            aria-valuemin={0}
            aria-valuemax={duration / 1e6}
            aria-valuenow={span[edge] / 1e6}
            aria-valuetext={formatInstant(span[edge])}
            {...handlesOf(edge)}
          />
        );
      })}
    </div>
  );
}
