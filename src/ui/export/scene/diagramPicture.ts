/**
 * The diagram at the cursor as a picture: an SVG, and a painter of the same on a canvas, with the page's own fonts. Neither
 * looks at the page: both are drawn from the design's layout and the run's readings.
 */
import type { Design } from '../../../design/design.ts';
import { titleOfDesign } from '../../../replay/carry/report.ts';
import type { RunState } from '../../../state/run.ts';
import type { ViewState } from '../../../state/view.ts';
import { stripesOf } from '../../charts/stripes.ts';
import { drawAtlas } from '../../diagram/atlas.ts';
import type { Size } from '../../diagram/geometry.ts';
import { noteOf } from '../../diagram/legend.ts';
import { Moment } from '../../diagram/moment.ts';
import { brushOn } from '../../diagram/packetBrush.ts';
import { PacketPainter } from '../../diagram/packetPainter.ts';
import { formatInstant } from '../../format.ts';
import type { Palette } from '../../marks/palette.ts';
import { documentOf, type Picture } from '../svg.ts';
import { SvgBrush } from '../svgBrush.ts';
import type { Ink } from './brush.ts';
import { drawScene, planOf, type Plan } from './scene.ts';
import { drawSheet, HEAD, sheetOf, stampFrom } from './sheet.ts';
import { SvgMarks } from './svgMarks.ts';

/** As high as its cards would like to be, within reason. */
const ROOM: Size = { w: 1200, h: 1400 };
const STRIPES = { bad: 'broken', inv: 'stale' } as const;

/** The run that is shown, and where the eye is. */
export interface Shown {
  readonly run: RunState;
  readonly view: ViewState;
}

/** @param design that the run's readings belong to */
export function diagramSvg({ run, view }: Shown, design: Design, palette: Palette): Picture {
  const plan = planOf(design, ROOM);
  const size = sheetOf(plan.layout.size);
  const now = new Moment();
  now.update(run, view);
  const stripes = { bad: `url(#${STRIPES.bad})`, inv: `url(#${STRIPES.inv})` };
  const scene = new SvgBrush();
  drawScene({ brush: scene, palette, stripes }, plan, now);
  const marks = new SvgMarks(palette, stripes.inv);
  const painter = new PacketPainter();
  painter.paint(marks, now, plan.routes, { x: 0, y: HEAD, zoom: 1, ...size, density: 1 });
  const frame = new SvgMarks(palette, stripes.inv);
  const title = wordsOf(plan, now);
  drawSheet({ brush: frame, palette, stripes }, size, title, noteOf(painter), (sprite, x, y) =>
    frame.put(sprite, x, y, 1),
  );
  const elements =
    `<defs>${pattern(STRIPES.bad, 6, 2, palette.bad, palette['bad-tint'])}` +
    `${pattern(STRIPES.inv, 4, 1.75, palette.inv)}</defs>` +
    `<g transform="translate(0 ${HEAD})">${scene.elements}</g>${marks.elements}${frame.elements}`;
  return {
    width: size.w,
    height: size.h,
    svg: documentOf({ width: size.w, height: size.h }, title, palette['bg-0'], elements),
  };
}

/** Paints the diagram on a canvas, again and again as the eye moves on. */
export interface CanvasPicture {
  readonly canvas: HTMLCanvasElement;
  paint(shown: Shown): void;
}

/**
 * @param plan of the design that is shown
 * @param density pixels of the canvas in one CSS pixel
 */
export function canvasPicture(plan: Plan, palette: Palette, density: number): CanvasPicture {
  const size = sheetOf(plan.layout.size);
  const [canvas, layer] = [sized(size, density), sized(size, density)];
  const [context, marks] = [canvas.getContext('2d'), layer.getContext('2d')];
  const atlas = drawAtlas(palette, density);
  if (context === null || marks === null || atlas === undefined)
    throw new Error('this browser gives no canvas to draw on');
  const stripes = {
    bad: stripesOf(context, 6, 2, palette.bad, palette['bad-tint']) ?? palette.bad,
    inv: stripesOf(context, 4, 1.75, palette.inv) ?? palette.inv,
  };
  const ink: Ink = { brush: context, palette, stripes };
  const brush = brushOn(marks, atlas);
  const painter = new PacketPainter();
  const now = new Moment();
  const stamp = stampFrom(atlas, context);
  const sight = { x: 0, y: HEAD, zoom: 1, ...size, density };
  return {
    canvas,
    paint({ run, view }) {
      now.update(run, view);
      context.setTransform(density, 0, 0, density, 0, 0);
      context.fillStyle = palette['bg-0'];
      context.fillRect(0, 0, size.w, size.h);
      context.translate(0, HEAD);
      drawScene(ink, plan, now);
      context.translate(0, -HEAD);
      painter.paint(brush, now, plan.routes, sight);
      context.drawImage(layer, 0, 0, size.w, size.h);
      drawSheet(ink, size, wordsOf(plan, now), noteOf(painter), stamp);
    },
  };
}

/** The diagram at the cursor as a PNG, twice as dense as it is large. */
export async function diagramPng(shown: Shown, design: Design, palette: Palette): Promise<Blob> {
  await document.fonts.ready;
  const picture = canvasPicture(planOf(design, ROOM), palette, 2);
  picture.paint(shown);
  return new Promise((done, failed) =>
    picture.canvas.toBlob((blob) => {
      if (blob === null) failed(new Error('the picture is too large for this browser'));
      else done(blob);
    }, 'image/png'),
  );
}

function wordsOf({ design }: Plan, now: Moment): string {
  return `${titleOfDesign(design)} · ${formatInstant(now.cursor)}`;
}

function sized({ w, h }: Size, density: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = w * density;
  canvas.height = h * density;
  return canvas;
}

/** Slanted stripes, and what is between them. */
function pattern(id: string, pitch: number, width: number, colour: string, ground?: string): string {
  return (
    `<pattern id="${id}" width="${pitch}" height="${pitch}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
    (ground === undefined ? '' : `<rect width="${pitch}" height="${pitch}" fill="${ground}"/>`) +
    `<rect width="${width}" height="${pitch}" fill="${colour}"/></pattern>`
  );
}
