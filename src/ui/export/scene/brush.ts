/**
 * What the diagram is drawn with in pictures: the part of a canvas's context that it uses, so that an SVG can take its
 * place; and the few things that everything on it is made of.
 */
import type { Brush, WordBrush } from '../../charts/brush.ts';
import type { Box, Curve } from '../../diagram/geometry.ts';
import type { Palette } from '../../marks/palette.ts';

export type SceneBrush = Brush & WordBrush & Pick<CanvasRenderingContext2D, 'bezierCurveTo'>;

export type Fill = Brush['fillStyle'];

/** A brush with its colours. */
export interface Ink {
  readonly brush: SceneBrush;
  readonly palette: Palette;
  /** What broken and what stale things are filled with. */
  readonly stripes: { readonly bad: Fill; readonly inv: Fill };
}

const SANS = '"Inter Variable", "Inter fallback", system-ui, sans-serif';
const MONO = '"JetBrains Mono Variable", ui-monospace, Menlo, Consolas, monospace';

export interface Type {
  readonly fill: string;
  readonly size?: number;
  readonly weight?: number;
  readonly mono?: boolean;
  readonly align?: 'left' | 'center' | 'right';
}

/** Writes words at a point of their baseline, and returns how wide they are. */
export function write({ brush }: Ink, text: string, x: number, y: number, type: Type): number {
  if (text === '') return 0;
  brush.font = `${type.weight ?? 400} ${type.size ?? 11}px ${type.mono === true ? MONO : SANS}`;
  brush.textAlign = type.align ?? 'left';
  brush.fillStyle = type.fill;
  brush.fillText(text, x, y);
  return brush.measureText(text).width;
}

/** Fills a box; the radii are those of `roundRect`. */
export function fillBox({ brush }: Ink, box: Box, radii: number | number[], fill: Fill): void {
  if (box.w <= 0) return;
  brush.beginPath();
  brush.roundRect(box.x, box.y, box.w, box.h, radii);
  brush.fillStyle = fill;
  brush.fill();
}

/** Outlines a box on its inside. */
export function strokeBox({ brush }: Ink, box: Box, radius: number, stroke: string, width = 1): void {
  brush.beginPath();
  brush.roundRect(box.x + width / 2, box.y + width / 2, box.w - width, box.h - width, radius);
  brush.strokeStyle = stroke;
  brush.lineWidth = width;
  brush.stroke();
}

export function strokeCurve({ brush }: Ink, curve: Curve, stroke: string, width: number): void {
  const [x = 0, y = 0, ...rest] = curve;
  brush.beginPath();
  brush.moveTo(x, y);
  for (let i = 0; i + 5 < rest.length; i += 6) {
    const [ax = 0, ay = 0, bx = 0, by = 0, toX = 0, toY = 0] = rest.slice(i, i + 6);
    brush.bezierCurveTo(ax, ay, bx, by, toX, toY);
  }
  brush.strokeStyle = stroke;
  brush.lineWidth = width;
  brush.stroke();
}

/** A bar that is filled up to a share of it. */
export function drawBar(ink: Ink, box: Box, share: number): void {
  fillBox(ink, box, box.h / 2, ink.palette['bg-3']);
  fillBox(ink, { ...box, w: box.w * share }, Math.min(box.h, box.w * share) / 2, ink.palette['ink-2']);
}
