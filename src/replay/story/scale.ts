/** Where time runs on a story's picture: straight pieces, and folds where nothing happens. Only numbers. */
import type { Scene } from './scene.ts';

export interface Scale {
  xOf(time: number): number;
  /** The folded stretches: their middle, and how long they last, microseconds. */
  readonly folds: readonly { readonly x: number; readonly length: number }[];
  /** Instants to write on the axis, well apart: one at each side of a fold, and some between. */
  readonly ticks: readonly { readonly x: number; readonly time: number }[];
}

/** What lies further apart than this is folded, microseconds. */
export const FOLD_US = 2_000;
/** Labels of the axis stand no nearer to each other, pixels. */
const TICK_PX = 56;

/** Lays the instants of a scene out over `width` pixels; a fold takes `foldWidth`. */
export function scaleOf(
  { from, to, arrows, timeouts, waits }: Scene,
  width: number,
  foldWidth: number,
): Scale {
  const instants = [
    ...new Set([
      from,
      to,
      ...arrows.flatMap(({ sentAt, arrivesAt }) => [sentAt, Math.min(arrivesAt, to)]),
      ...timeouts.map(({ time }) => time),
      ...waits.map((wait) => wait.to),
    ]),
  ]
    .filter((time) => time >= from && time <= to)
    .sort((a, b) => a - b);
  const gaps = instants.slice(1).map((time, i) => time - (instants[i] ?? time));
  const folded = gaps.map((gap) => gap > FOLD_US);
  const straight = gaps.reduce((sum, gap, i) => sum + (folded[i] === true ? 0 : gap), 0);
  const room = Math.max(1, width - foldWidth * folded.filter(Boolean).length);
  const perMicrosecond = room / Math.max(1, straight);
  const xs = [0];
  gaps.forEach((gap, i) => xs.push((xs[i] ?? 0) + (folded[i] === true ? foldWidth : gap * perMicrosecond)));
  const folds = gaps.flatMap((gap, i) =>
    folded[i] === true ? [{ x: ((xs[i] ?? 0) + (xs[i + 1] ?? 0)) / 2, length: gap }] : [],
  );
  const ticks: { x: number; time: number }[] = [];
  instants.forEach((time, i) => {
    const x = xs[i] ?? 0;
    const clear = folds.every((fold) => Math.abs(fold.x - x) > TICK_PX / 2 + foldWidth / 2 - 8);
    if (clear && x - (ticks.at(-1)?.x ?? -TICK_PX) >= TICK_PX) ticks.push({ x, time });
  });
  return {
    xOf(time) {
      const i = Math.max(
        0,
        instants.findLastIndex((instant) => instant <= time),
      );
      const left = xs[i] ?? 0;
      const right = xs[i + 1] ?? left;
      const gap = gaps[i] ?? 0;
      return gap === 0 ? left : left + ((right - left) * Math.min(gap, time - (instants[i] ?? 0))) / gap;
    },
    folds,
    ticks,
  };
}
