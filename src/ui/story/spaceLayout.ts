/**
 * Where everything on a story's picture stands, top to bottom: a lane for each place, and under it a row for each wait in
 * its queue. Waits that do not overlap in time share a row. Numbers only, in CSS pixels.
 */
import type { Scene, Wait } from '../../replay/story/scene.ts';
import { formatDuration, THIN } from '../format.ts';

/** From the top edge to the first lane: the axis, and room for a mark. */
export const AXIS = 34;
const LANE = 44;
const ROW = 20;
const BELOW = 14;
export const WAIT_HEIGHT = 14;
/** A bar begins so far under its lane. */
const UNDER_LANE = 16;

export interface Placed {
  readonly wait: Wait;
  readonly y: number;
}

export interface SpaceLayout {
  readonly height: number;
  /** The line of each lane, by node. */
  readonly yOf: (node: number) => number;
  readonly waits: readonly Placed[];
}

/** Waits of one node at a time, at the most: more queue rows than that are drawn over each other in the last. */
const ROWS_LIMIT = 6;

export function layOutSpace({ lanes, waits }: Scene): SpaceLayout {
  const ys = new Map<number, number>();
  const placed: Placed[] = [];
  let y = AXIS + 16;
  for (const node of lanes) {
    ys.set(node, y);
    const ends: number[] = [];
    for (const wait of waits.filter((each) => each.node === node)) {
      const free = ends.findIndex((end) => end <= wait.from);
      const row = Math.min(free < 0 ? ends.length : free, ROWS_LIMIT - 1);
      ends[row] = wait.to;
      placed.push({ wait, y: y + UNDER_LANE + row * ROW });
    }
    y += LANE + (ends.length === 0 ? 0 : ends.length * ROW);
  }
  return { height: y - LANE + BELOW + 8, yOf: (node) => ys.get(node) ?? 0, waits: placed };
}

/** Lengths of folds that stand nearer to each other than this touch, pixels. */
const NAMED_PX = 52;

/** What stands over each fold: its length, of which the next one says the unit where it is the same and near. */
export function foldWords(
  folds: readonly { readonly x: number; readonly length: number }[],
): readonly string[] {
  const said = folds.map(({ length }) => formatDuration(length).split(THIN));
  return folds.map(({ x }, i) => {
    const [number = '', unit = ''] = said[i] ?? [];
    const next = folds[i + 1];
    const goesOn = next !== undefined && next.x - x < NAMED_PX && said[i + 1]?.[1] === unit;
    return goesOn ? number : `${number}${THIN}${unit}`;
  });
}

/** Numbered marks stand so far apart, pixels. */
const NUMBER_PX = 18;

/** Shifts marks that would stand on each other to the right; those of one lane are shifted together. */
export function spread(marks: readonly { readonly x: number; readonly lane: number }[]): readonly number[] {
  const last = new Map<number, number>();
  return marks.map(({ x, lane }) => {
    const at = Math.max(x, (last.get(lane) ?? -NUMBER_PX) + NUMBER_PX);
    last.set(lane, at);
    return at;
  });
}

/** Half of the flag that says the cursor's instant, pixels. */
const FLAG_PX = 22;
/** Half a character of the axis, pixels: figures, and the letters of units, are no wider. */
const HALF_CHARACTER_PX = 3.5;

/** Whether the cursor's flag at `cursorX` would cover some of a label of the axis whose middle is at `x`: it gives way. */
export function isUnderFlag(words: string, x: number, cursorX: number): boolean {
  return words !== '' && Math.abs(x - cursorX) < FLAG_PX + words.length * HALF_CHARACTER_PX;
}
