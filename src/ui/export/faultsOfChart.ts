/**
 * The faults on the picture of a chart: each named in a strip above the plot, and its time shaded down through it, as on
 * the timeline. Without them a chart does not tell those to whom it is sent what bent its lines.
 */
import type { Design, Fault } from '../../design/design.ts';
import type { Axis } from '../charts/axis.ts';
import { endOf } from '../timeline/faultDrag.ts';
import { deedOf, isFlag } from '../timeline/faultWords.ts';
import { layLane, type Block } from '../timeline/laneLayout.ts';
import { fillBox, write, type Ink } from './scene/brush.ts';

const ROW = 16;
const GAP = 2;
/** Faults below this many rows are shaded, and not named. */
const ROWS_AT_MOST = 4;
/** Where a name stands in its row. */
const INDENT = 5;
const BASELINE = 11;
/** Mean advance of a character of it, a little more than measured: a name without room would run into the next one. */
const CHARACTER = 6;
/** Those of the page's timeline. */
const VEIL = 0.06;
const DOTTED = 0.6;

export interface ChartFaults {
  /** Those of which something is in sight. */
  readonly blocks: readonly (Block & { readonly name: string })[];
  /** Of the strip, CSS pixels; 0: there is none. */
  readonly height: number;
}

export function faultsOfChart(design: Design, axis: Axis): ChartFaults {
  const faults = design.faults.filter((fault) => {
    const end = isFlag(fault) ? fault.at : endOf(fault, design.duration);
    return fault.at <= axis.to && end >= axis.from;
  });
  const { blocks } = layLane({ ...design, faults }, axis);
  const names = faults.map(nameOf);
  const rows = faults.length === 0 ? 0 : 1 + Math.max(...blocks.map(({ row }) => row));
  return {
    blocks: blocks.map((block, i) => ({ ...block, name: names[i] ?? '' })),
    height: Math.min(rows, ROWS_AT_MOST) * ROW,
  };
}

const nameOf = (fault: Fault): string =>
  fault.target === 'workload' ? deedOf(fault) : `${fault.target} ${deedOf(fault)}`;

const needOf = (name: string): number => name.length * CHARACTER + 2 * INDENT;

/** `corner`: the strip's top left. What is left and right of the axis is not drawn. */
export function nameFaults(
  ink: Ink,
  { blocks }: ChartFaults,
  axis: Axis,
  corner: { readonly x: number; readonly y: number },
): void {
  for (const { row, left, width, flag, words, name } of blocks) {
    if (row >= ROWS_AT_MOST) continue;
    const from = Math.max(left, 0);
    const w = Math.min(left + width, axis.width) - from;
    const [x, y] = [corner.x + from, corner.y + row * ROW];
    if (!flag) fillBox(ink, { x, y, w, h: ROW - GAP }, 2, ink.palette['bad-tint']);
    const at =
      words === 'beside' ? x + w + INDENT : words === 'inside' && w >= needOf(name) ? x + INDENT : undefined;
    if (at !== undefined) write(ink, name, at, y + BASELINE, { fill: ink.palette.bad });
  }
}

/** With (0, 0) at the plot's top left. */
export function shadeFaults({ brush, palette }: Ink, { blocks }: ChartFaults, height: number): void {
  // One veil for all of them: where faults overlap it is no darker.
  brush.beginPath();
  for (const { left, width, flag } of blocks) if (!flag) brush.roundRect(left, 0, width, height, 0);
  brush.globalAlpha = VEIL;
  brush.fillStyle = palette.bad;
  brush.fill();
  brush.beginPath();
  for (const { left, flag } of blocks) {
    if (!flag) continue;
    brush.moveTo(left, 0);
    brush.lineTo(left, height);
  }
  brush.globalAlpha = DOTTED;
  brush.strokeStyle = palette.bad;
  brush.lineWidth = 1;
  brush.setLineDash([2, 3]);
  brush.stroke();
  brush.setLineDash([]);
  brush.globalAlpha = 1;
}
