/**
 * Where everything on the timeline stands: the heights of its strips for the height that it is given, and the width
 * of gutter and margin. Numbers only.
 */
import type { TrackBox } from '../charts/placed.ts';
import { TRACKS } from '../charts/tracks.ts';

/** The legend at the left, pixels. As in the stylesheet. */
export const GUTTER = 232;
/** Axis labels at the right, pixels. As in the stylesheet. */
export const MARGIN = 48;
const RULER = 24;
export const VIOLATIONS = 26;

const CHARTS = TRACKS.map(({ height }) => height);

/** Strips from the top of the tracks on, pixels. The charts' tops are counted from `chartsTop`. */
export interface Strips {
  readonly faults: TrackBox;
  readonly violations: TrackBox;
  readonly chartsTop: number;
  readonly charts: readonly TrackBox[];
  readonly bottom: number;
}

/** Lays the strips out in `height` pixels under the transport, with a fault lane of `laneHeight`. */
export function layStrips(height: number, laneHeight: number): Strips {
  const faults = { top: RULER, height: laneHeight };
  const violations = { top: RULER + laneHeight, height: VIOLATIONS };
  const chartsTop = violations.top + VIOLATIONS;
  const charts = stack(chartHeights(height - chartsTop));
  const last = charts.at(-1);
  return { faults, violations, chartsTop, charts, bottom: chartsTop + (last ? last.top + last.height : 0) };
}

/** Boxes of these heights under each other, from 0 on. */
export function stack(heights: readonly number[]): TrackBox[] {
  let bottom = 0;
  return heights.map((height) => {
    const top = bottom;
    bottom += height;
    return { top, height };
  });
}

/**
 * Heights of the charts, from top to bottom, in `room` pixels: what is short or left over is shared out in proportion
 * to what each can spare. In less than their least together they stay at it, and the last ones run out of sight.
 */
export function chartHeights(room: number): number[] {
  const least = CHARTS.reduce((sum, chart) => sum + chart.least, 0);
  const natural = CHARTS.reduce((sum, chart) => sum + chart.natural, 0);
  const share = Math.max(0, room - least) / (natural - least);
  let edge = 0;
  // Edges are rounded rather than heights, so that hairlines are crisp and nothing is lost in between.
  return CHARTS.map((chart) => {
    const top = Math.round(edge);
    edge += chart.least + (chart.natural - chart.least) * share;
    return Math.round(edge) - top;
  });
}
