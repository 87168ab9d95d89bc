/**
 * How fault blocks that overlap in time share the fault lane: each gets the first row that is free at its start.
 * Pure geometry; it neither draws nor moves a fault.
 */
import { clamp } from '../../base/clamp.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Height of the lane and of each row of blocks in it, pixels. */
export interface LaneShape {
  readonly rows: number;
  readonly height: number;
  readonly blockHeight: number;
  /** Top of a row's blocks within the lane. */
  topOf(row: number): number;
}

/** More faults than this at one instant are laid over each other. */
export const ROWS_AT_MOST = 8;
/** Blocks lower than this have no room for words, pixels. */
export const WORDS_FROM_PX = 11;

const PADDING_TOP = 4;
const PADDING_BOTTOM = 3;
const GAP = 2;

/** The row of each span, from 0. Spans that only touch share a row; an empty span takes up its instant. */
export function rowsOf(spans: readonly Span[]): number[] {
  const rows = spans.map(() => 0);
  const freeFrom: number[] = [];
  const inOrder = spans
    .map((span, i) => ({ span, i }))
    .sort((a, b) => a.span.from - b.span.from || a.i - b.i);
  for (const { span, i } of inOrder) {
    let row = freeFrom.findIndex((free) => free <= span.from);
    if (row < 0) row = freeFrom.length < ROWS_AT_MOST ? freeFrom.length : i % ROWS_AT_MOST;
    freeFrom[row] = Math.max(freeFrom[row] ?? 0, span.to, span.from + 1);
    rows[i] = row;
  }
  return rows;
}

/** What blocks may take of the lane's height together, pixels: in general, and where the window is low. */
export const ROOMY_PX = 50;
export const TIGHT_PX = 24;

/** One row has room to breathe; more of them are lower, and once they are too low for words they carry none until met. */
export function laneShape(rows: number, most = ROOMY_PX): LaneShape {
  const count = Math.max(1, rows);
  const least = count > 2 ? 2 : 4;
  const shared = Math.floor((most - (count - 1) * GAP) / count);
  const blockHeight = count === 1 ? 24 : clamp(shared, least, 16);
  const content = count * blockHeight + (count - 1) * GAP;
  return {
    rows: count,
    height: PADDING_TOP + content + PADDING_BOTTOM,
    blockHeight,
    topOf: (row) => PADDING_TOP + row * (blockHeight + GAP),
  };
}
