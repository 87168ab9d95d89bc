/**
 * Which marks the violations get on the lane: a tick a pixel column, and hexagons wherever there is room for one.
 * What was lost to somebody is loud; stale and not yet committed values are quiet, since a healthy design has
 * them by the thousand. Reads the rows of a run's violations; it never draws.
 */
import { VIOLATION, VIOLATION_KINDS, VIOLATION_WIDTH, type ViolationKind } from '../../design/readings.ts';
import { xOf, type Axis } from '../charts/axis.ts';

/** A hexagon takes this many pixels of the lane. */
export const HEXAGON_SPACING = 11;

/** From the most serious kind to the least. */
export const BY_GRAVITY: readonly ViolationKind[] = [
  'lostAckedWrite',
  'readYourWrites',
  'monotonicReads',
  'phantomRead',
  'storeRegression',
  'staleRead',
  'dirtyRead',
];

/** Kinds that get no hexagon. */
export const QUIET: ReadonlySet<ViolationKind> = new Set<ViolationKind>(['staleRead', 'dirtyRead']);

export function kindOf(violations: Int32Array, row: number): ViolationKind {
  const kind = VIOLATION_KINDS[violations[row * VIOLATION_WIDTH + VIOLATION.kind] ?? -1];
  if (kind === undefined) throw new RangeError(`violation ${row} is of no known kind`);
  return kind;
}

export function timeOf(violations: Int32Array, row: number): number {
  return violations[row * VIOLATION_WIDTH + VIOLATION.time] ?? NaN;
}

/** How many violations of each kind there are. Kinds that did not happen are absent. */
export function countKinds(violations: Int32Array): ReadonlyMap<ViolationKind, number> {
  const counts = new Map<ViolationKind, number>();
  for (let row = 0; row * VIOLATION_WIDTH < violations.length; row++) {
    const kind = kindOf(violations, row);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** Rows of the loud violations in order of time. */
export function loudRows(violations: Int32Array): number[] {
  const rows: number[] = [];
  for (let row = 0; row * VIOLATION_WIDTH < violations.length; row++) {
    if (!QUIET.has(kindOf(violations, row))) rows.push(row);
  }
  return rows.sort((a, b) => timeOf(violations, a) - timeOf(violations, b) || a - b);
}

/** How many violations of the wanted kinds fall into each pixel column of the axis. */
export function countColumns(
  violations: Int32Array,
  wanted: (kind: ViolationKind) => boolean,
  axis: Axis,
): Uint32Array {
  const columns = new Uint32Array(Math.max(0, Math.ceil(axis.width)));
  for (let row = 0; row * VIOLATION_WIDTH < violations.length; row++) {
    if (!wanted(kindOf(violations, row))) continue;
    const column = Math.floor(xOf(axis, timeOf(violations, row)));
    const count = columns[column];
    if (count !== undefined) columns[column] = count + 1;
  }
  return columns;
}

export interface Hexagon {
  readonly row: number;
  readonly x: number;
}

/**
 * The loud violations that get a hexagon, from left to right: the first one, and then each that has room after the
 * one before it. The focused one always gets its own, and those too near to it give way.
 */
export function placeHexagons(
  violations: Int32Array,
  rows: readonly number[],
  axis: Axis,
  focused?: number,
): Hexagon[] {
  const focusedX = focused === undefined ? NaN : xOf(axis, timeOf(violations, focused));
  const placed: Hexagon[] = [];
  let last = -Infinity;
  for (const row of rows) {
    const x = xOf(axis, timeOf(violations, row));
    if (x < 0 || x > axis.width) continue;
    if (row !== focused && (x - last < HEXAGON_SPACING || Math.abs(x - focusedX) < HEXAGON_SPACING)) continue;
    placed.push({ row, x });
    last = x;
  }
  return placed;
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
