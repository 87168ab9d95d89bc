/**
 * Where each fault of a design stands on the lane: its row, its pixels, and how much room its words have. Pure
 * geometry on top of `lanes.ts`, for the measure of the page's type.
 */
import type { Design } from '../../design/design.ts';
import { xOf, type Axis } from '../charts/axis.ts';
import { endOf } from './faultDrag.ts';
import { deedOf, isFlag } from './faultWords.ts';
import { laneShape, rowsOf, type LaneShape } from './lanes.ts';

export interface LaneLayout {
  readonly shape: LaneShape;
  /** In the order of the design's faults. */
  readonly blocks: readonly Block[];
}

export interface Block {
  readonly row: number;
  /** Pixels on the axis; a flag is as wide as its words. */
  readonly left: number;
  readonly width: number;
  /** It has no end to draw. */
  readonly flag: boolean;
  /** Where its words stand: in the block, in the free room right of it, or nowhere. */
  readonly words: 'inside' | 'beside' | 'none';
}

/** Mean advance of a character on a block, and the air around the words, pixels; a little more than measured. */
const CHARACTER_PX = 6.2;
const AROUND_WORDS_PX = 22;
/** A block can be seen and grasped from this width on, pixels. */
const LEAST_PX = 4;

/** `most`: what the blocks' rows may take together, pixels. */
export function layLane(design: Design, axis: Axis, most?: number): LaneLayout {
  const boxes = design.faults.map((fault) => {
    const target = fault.target === 'workload' ? '' : fault.target;
    const need = (target.length + deedOf(fault).length + 1) * CHARACTER_PX + AROUND_WORDS_PX;
    const left = xOf(axis, fault.at);
    const flag = isFlag(fault);
    const width = flag ? need : Math.max(xOf(axis, endOf(fault, design.duration)) - left, LEAST_PX);
    return { left, right: left + width, width, flag, need };
  });
  const rows = rowsOf(boxes.map(({ left, right }) => ({ from: left, to: right })));
  const blocks = boxes.map(({ left, right, width, flag, need }, i): Block => {
    const row = rows[i] ?? 0;
    // The part of the block that is in sight, and what is free after it.
    const seen = Math.min(right, axis.width) - Math.max(left, 0);
    const next = boxes.reduce(
      (nearest, other, k) =>
        k !== i && rows[k] === row && other.left >= right ? Math.min(nearest, other.left) : nearest,
      axis.width,
    );
    const words =
      seen >= need ? 'inside' : right >= 0 && next - right >= need ? 'beside' : seen > 40 ? 'inside' : 'none';
    return { row, left, width, flag, words: flag ? 'inside' : words };
  });
  return { shape: laneShape(Math.max(0, ...rows) + 1, most), blocks };
}
