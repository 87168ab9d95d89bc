/**
 * Which marks the violations get on the lane: a tick a pixel column, and hexagons wherever there is room for one.
 * What was lost to somebody is loud; stale and not yet committed values are quiet, since a healthy design has
 * them by the thousand. Reads the rows of a run's violations; it never draws.
 */
import { VIOLATION, VIOLATION_KINDS, VIOLATION_WIDTH, type ViolationKind } from '../../design/readings.ts';
import { countOfKind } from '../../replay/violationKinds.ts';
import type { RunState } from '../../state/run.ts';
import { xOf, type Axis } from '../charts/axis.ts';

/** A hexagon takes this many pixels of the lane. */
export const HEXAGON_SPACING = 11;

/** Kinds that get no hexagon. */
export const QUIET: ReadonlySet<ViolationKind> = new Set<ViolationKind>(['staleRead', 'dirtyRead']);

/** The strips of the lane, and which of them each kind belongs to, by the number of the kind. */
const STRIPS = { loud: 0, stale: 1, dirty: 2 } as const;
const STRIP_OF_KIND = VIOLATION_KINDS.map((kind) =>
  kind === 'dirtyRead' ? STRIPS.dirty : QUIET.has(kind) ? STRIPS.stale : STRIPS.loud,
);

export function kindOf(violations: Int32Array, row: number): ViolationKind {
  const kind = VIOLATION_KINDS[violations[row * VIOLATION_WIDTH + VIOLATION.kind] ?? -1];
  if (kind === undefined) throw new RangeError(`violation ${row} is of no known kind`);
  return kind;
}

export function timeOf(violations: Int32Array, row: number): number {
  return violations[row * VIOLATION_WIDTH + VIOLATION.time] ?? NaN;
}

/** What one pass over a run's violations finds. */
export interface ViolationIndex {
  /** Kinds that did not happen are absent. */
  readonly counts: ReadonlyMap<ViolationKind, number>;
  /** Rows of the loud violations in order of time. */
  readonly loud: readonly number[];
}

const indexes = new WeakMap<Int32Array, ViolationIndex>();

/** The index of these violations; the same object for the same array, whoever asks. */
export function indexViolations(violations: Int32Array): ViolationIndex {
  const known = indexes.get(violations);
  if (known !== undefined) return known;
  const perKind = VIOLATION_KINDS.map(() => 0);
  const loud: number[] = [];
  for (let row = 0, at = 0; at < violations.length; row++, at += VIOLATION_WIDTH) {
    const kind = violations[at + VIOLATION.kind] ?? 0;
    perKind[kind] = (perKind[kind] ?? 0) + 1;
    if (STRIP_OF_KIND[kind] === STRIPS.loud) loud.push(row);
  }
  loud.sort((a, b) => timeOf(violations, a) - timeOf(violations, b) || a - b);
  const counts = new Map(
    VIOLATION_KINDS.map((kind, i) => [kind, perKind[i] ?? 0] as const).filter(([, n]) => n > 0),
  );
  const index = { counts, loud };
  indexes.set(violations, index);
  return index;
}

/** Rows of the loud violations in order of time. */
export function loudRows(violations: Int32Array): readonly number[] {
  return indexViolations(violations).loud;
}

/**
 * How many violations somebody was let down by: what is only stale or not yet committed is not counted. All that a run
 * has counted once it is over, be there a row of each or not; until then, those that there are rows of.
 */
export function loudCount({ summary, violations }: Pick<RunState, 'summary' | 'violations'>): number {
  if (summary === undefined) return loudRows(violations).length;
  return VIOLATION_KINDS.reduce((sum, kind) => sum + (QUIET.has(kind) ? 0 : countOfKind(summary, kind)), 0);
}

/** How many violations of each strip fall into each pixel column of the axis. */
export interface Columns {
  readonly loud: Uint32Array;
  readonly stale: Uint32Array;
  readonly dirty: Uint32Array;
}

export function countColumns(violations: Int32Array, axis: Axis): Columns {
  const width = Math.max(0, Math.ceil(axis.width));
  const columns = {
    loud: new Uint32Array(width),
    stale: new Uint32Array(width),
    dirty: new Uint32Array(width),
  };
  const inOrder = [columns.loud, columns.stale, columns.dirty];
  const perUs = axis.width / (axis.to - axis.from);
  for (let at = 0; at < violations.length; at += VIOLATION_WIDTH) {
    const column = Math.floor(((violations[at + VIOLATION.time] ?? NaN) - axis.from) * perUs);
    const counts = inOrder[STRIP_OF_KIND[violations[at + VIOLATION.kind] ?? 0] ?? STRIPS.loud];
    const count = counts?.[column];
    if (counts !== undefined && count !== undefined) counts[column] = count + 1;
  }
  return columns;
}

export interface Hexagon {
  readonly row: number;
  readonly x: number;
}

/**
 * The loud violations that get a hexagon, from left to right: the first one, and then each that has room after the
 * one before it. The focused one always gets its own, be it loud or quiet, and those too near to it give way.
 * @param rows of the loud ones, in order of time
 */
export function placeHexagons(
  violations: Int32Array,
  rows: readonly number[],
  axis: Axis,
  focused?: number,
): Hexagon[] {
  const focusedX = focused === undefined ? NaN : xOf(axis, timeOf(violations, focused));
  const candidates =
    focused === undefined || rows.includes(focused) ? rows : withRow(violations, rows, focused);
  const placed: Hexagon[] = [];
  let last = -Infinity;
  for (const row of candidates) {
    const x = xOf(axis, timeOf(violations, row));
    if (x < 0 || x > axis.width) continue;
    if (row !== focused && (x - last < HEXAGON_SPACING || Math.abs(x - focusedX) < HEXAGON_SPACING)) continue;
    placed.push({ row, x });
    last = x;
  }
  return placed;
}

/** Rows in order of time, with one more in its place. */
function withRow(violations: Int32Array, rows: readonly number[], row: number): readonly number[] {
  const time = timeOf(violations, row);
  const after = rows.findIndex((other) => timeOf(violations, other) > time);
  return rows.toSpliced(after < 0 ? rows.length : after, 0, row);
}

/**
 * The widest stretch of the lane without a hexagon, for words to stand in. Equally wide ones: the rightmost.
 * `from` and `to` in pixels.
 */
export function widestGap(
  hexagons: readonly Hexagon[],
  width: number,
): { readonly from: number; readonly to: number } {
  let gap = { from: 0, to: 0 };
  let left = 0;
  for (const right of [...hexagons.map((hexagon) => hexagon.x), width]) {
    if (right - left >= gap.to - gap.from) gap = { from: left, to: right };
    left = right;
  }
  return gap;
}
