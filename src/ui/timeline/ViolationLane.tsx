/**
 * The lane of violations: a tick for each pixel column that has some, hexagons to press wherever there is room for one,
 * and in words what they come to. With nothing to show it says what was checked.
 */
import { memo, useMemo, useRef, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import { timeAt, type Axis } from '../charts/axis.ts';
import { Canvas, type Drawing } from '../charts/Canvas.tsx';
import { checkedWords, nextWords } from '../contract/words.ts';
import { formatCount, formatInstant } from '../format.ts';
import { MarkShape } from '../marks/Mark.tsx';
import { usePalette } from '../marks/palette.ts';
import { MARKS } from '../marks/shapes.ts';
import { useDocument, useRun, useSession, useView } from '../session.tsx';
import { VIOLATIONS } from './layout.ts';
import { useRest } from './useRest.ts';
import { drawViolationTicks } from './violationTicks.ts';
import {
  HEXAGON_SPACING,
  indexViolations,
  kindOf,
  loudRows,
  QUIET,
  placeHexagons,
  timeOf,
  widestGap,
} from './violationMarks.ts';
import { clauseOf, clausesOf, fitting } from './violationWords.ts';
import css from './ViolationLane.module.css';

export const ViolationLane = memo(function ViolationLane({ axis }: { axis: Axis }) {
  const { view } = useSession();
  const violations = useRun((run) => run.violations);
  const focused = useView((state) => state.focusedViolation);
  const palette = usePalette();
  const rest = useRest();

  const rows = loudRows(violations);
  const hexagons = useMemo(
    () => placeHexagons(violations, rows, axis, focused),
    [violations, rows, axis, focused],
  );
  const draw = useMemo<Drawing>(
    () => (context, _width, height) => drawViolationTicks(context, violations, axis, palette, height),
    [violations, axis, palette],
  );

  /** The violation whose tick is nearest to a pixel, if one is near. */
  const nearestTo = (x: number): { readonly row: number } | undefined => {
    const at = timeAt(axis, x);
    const reach = timeAt(axis, x + HEXAGON_SPACING / 2) - at;
    const { row } = rows.reduce<{ row?: number; distance: number }>(
      (best, each) => {
        const distance = Math.abs(timeOf(violations, each) - at);
        return distance < best.distance ? { row: each, distance } : best;
      },
      { distance: reach },
    );
    return row === undefined ? undefined : { row };
  };
  const xOf = (event: MouseEvent): number => event.clientX - event.currentTarget.getBoundingClientRect().left;
  /** A press beside a hexagon, on a tick, goes to the violation that is nearest. */
  const onClick = (event: MouseEvent): void => {
    const nearest = nearestTo(xOf(event));
    if (nearest !== undefined) view.focusViolation(nearest.row);
  };
  const onPointerMove = (event: PointerEvent): void => {
    const x = xOf(event);
    rest.move(event, () => nearestTo(x));
  };

  return (
    <div
      className={css.violations}
      onClick={onClick}
      onPointerMove={onPointerMove}
      onPointerLeave={rest.leave}
    >
      <Canvas width={axis.width} height={VIOLATIONS} draw={draw} className={css.ticks} />
      <Sentence violations={violations} gap={widestGap(hexagons, axis.width)} />
      <Hexagons violations={violations} hexagons={hexagons} focused={focused} onRest={rest.move} />
    </div>
  );
});

/** One stop of the Tab key for all of them; arrow keys go from one to the next. */
function Hexagons({
  violations,
  hexagons,
  focused,
  onRest,
}: {
  violations: Int32Array;
  hexagons: readonly { readonly row: number; readonly x: number }[];
  focused: number | undefined;
  onRest: ReturnType<typeof useRest>['move'];
}) {
  const { view } = useSession();
  const group = useRef<HTMLDivElement>(null);
  const entry = hexagons.some(({ row }) => row === focused) ? focused : hexagons[0]?.row;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const buttons = [...(group.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const next = buttons[at + direction];
    if (direction === 0 || at < 0 || next === undefined) return;
    event.preventDefault();
    next.focus();
  };
  if (hexagons.length === 0) return null;
  return (
    <div ref={group} role="group" aria-label="Violations" onKeyDown={onKeyDown}>
      {hexagons.map(({ row, x }) => (
        <button
          key={row}
          type="button"
          className={css.hexagon}
          style={{ left: x }}
          tabIndex={row === entry ? 0 : -1}
          aria-pressed={row === focused}
          aria-label={`${clauseOf(kindOf(violations, row))}, at ${formatInstant(timeOf(violations, row))}`}
          onClick={(event) => {
            event.stopPropagation();
            view.focusViolation(row);
          }}
          onPointerMove={(event) => {
            event.stopPropagation();
            onRest(event, () => ({ row }));
          }}
        >
          <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">
            <MarkShape mark={MARKS.violation} transform={row === focused ? 'scale(1.15)' : 'scale(0.72)'} />
          </svg>
        </button>
      ))}
    </div>
  );
}

/** What happened, where the lane has room for it; or what was checked when nothing did. */
function Sentence({
  violations,
  gap,
}: {
  violations: Int32Array;
  gap: { readonly from: number; readonly to: number };
}) {
  const checked = useRun((run) => run.summary?.consistency.readYourWrites.checked);
  const { counts } = indexViolations(violations);
  const width = gap.to - gap.from;
  const nothing = [...counts.keys()].every((kind) => QUIET.has(kind));
  const next = useDocument(({ design }) => nextWords(design));
  const held = nothing && checked !== undefined ? `${checkedWords(checked)}.${next}` : '';
  const { loud, quiet } = useMemo(() => fitting(counts, width, formatCount, held), [counts, width, held]);
  const left = gap.from === 0 ? 4 : gap.from + HEXAGON_SPACING;
  return (
    <>
      <p className="unseen">{clausesOf(counts, formatCount).join(', ')}</p>
      <p className={css.sentence} style={{ left }} aria-hidden={!nothing}>
        {held}
        {loud}
        <small>
          {quiet !== '' && (held !== '' ? ' ' : loud !== '' && ', ')}
          {quiet}
        </small>
      </p>
    </>
  );
}
