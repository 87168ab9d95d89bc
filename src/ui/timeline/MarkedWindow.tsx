/**
 * The marked window over the charts: a veil over what is not in it, two edges that are sliders for hands and keys, and a
 * bar that moves both. What the window comes to stands in a panel of its own.
 */
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { Span } from '../../worker/client.ts';
import { clamp, grainOf, snap, timeAt, xOf, type Axis } from '../charts/axis.ts';
import { formatInstant } from '../format.ts';
import { useDocument, useExcerpt, useSession } from '../session.tsx';
import { EDGE_IDS, moved, spanAfterKey, type Part } from './markedSpan.ts';
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
  const span = useExcerpt((state) => state.span);
  const { plot, duration, keys, holds } = useParts(axis, span);
  if (span === undefined) return null;
  const left = clamp(xOf(axis, span.from), 0, axis.width);
  const right = clamp(xOf(axis, span.to), 0, axis.width);
  return (
    <div ref={plot} className={css.over} style={{ top, height }}>
      <div className={css.veil} style={{ left: 0, width: left }} />
      <div className={css.veil} style={{ left: right, right: 0 }} />
      {held && right > left && (
        <div className={css.bar} style={{ left, width: right - left }} {...holds('both')} />
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
            onKeyDown={keys(edge)}
            {...holds(edge)}
          />
        );
      })}
    </div>
  );
}

/** Handlers for the edges and the bar. */
function useParts(axis: Axis, span: Span | undefined) {
  const { excerpt } = useSession();
  const duration = useDocument((document) => document.design.duration);
  const plot = useRef<HTMLDivElement>(null);
  /** What was taken, and where it was then. */
  const grip = useRef<{ readonly part: Part; readonly span: Span; readonly at: number }>(undefined);
  const timeOf = (event: PointerEvent): number =>
    timeAt(axis, event.clientX - (plot.current?.getBoundingClientRect().left ?? 0));
  return {
    plot,
    duration,
    keys: (edge: keyof Span) => (event: KeyboardEvent) => {
      const next = span && spanAfterKey(event, span, edge, grainOf(axis), duration);
      if (next === undefined) return;
      event.preventDefault();
      excerpt.mark(next);
    },
    holds: (part: Part) => ({
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0 || span === undefined) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        grip.current = { part, span, at: timeOf(event) };
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        const held = grip.current;
        if (held === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const grain = grainOf(axis);
        excerpt.mark(moved(held.span, held.part, snap(timeOf(event) - held.at, grain), grain, duration));
      },
      onPointerUp() {
        grip.current = undefined;
      },
    }),
  };
}
