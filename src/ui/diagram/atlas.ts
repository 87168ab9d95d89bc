/**
 * Every mark that can travel, drawn once: a sheet of small pictures for one theme and one pixel density. A frame only
 * copies from it, which is several times as fast as drawing shapes. Shapes, hues and finishes are those of `ui/marks`.
 */
import { MARK_FLAGS, PACKET_HUES, PACKET_SHAPES } from '../../replay/packets.ts';
import type { Palette } from '../marks/palette.ts';
import {
  ALIVE_DASH,
  ALIVE_STROKE,
  CROSS_STROKE,
  HOLLOW_STROKE,
  SHAPE_PATHS,
  type Finish,
} from '../marks/shapes.ts';
import { stampsOf, type Stamps } from './stamps.ts';

/** Of a canvas of the page, or of one that a worker draws on, too. */
export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** A picture's size, CSS pixels: the largest mark, its outline and a pixel for turning. */
export const CELL = 20;
/** A triangle points along its way: in so many directions. */
const TURNS = 24;
const COLUMNS = 24;

const FINISHES = ['filled', 'hollow', 'alive'] as const satisfies readonly Finish[];
const VALUES = ['plain', 'stale', 'dirty'] as const;
export type PacketValue = (typeof VALUES)[number];
export type PacketShape = (typeof PACKET_SHAPES)[number];
const LOOKS = FINISHES.length * VALUES.length;
const READ = PACKET_SHAPES.indexOf('circle');
const WRITE = PACKET_SHAPES.indexOf('square');
/** Triangles come last: each finish in every direction. */
const TRIANGLE = PACKET_SHAPES.indexOf('triangle');
const UPRIGHT = TRIANGLE * LOOKS;
export const CROSS_SPRITE = UPRIGHT + FINISHES.length * TURNS;
const COUNT = CROSS_SPRITE + 1;

/** Which picture is a mark's. @param turn radians, the direction of travel */
export function spriteOf(shape: number, flags: number, turn: number): number {
  const finish = (flags & MARK_FLAGS.givenUp) !== 0 ? 2 : (flags & MARK_FLAGS.answer) !== 0 ? 1 : 0;
  if (shape === TRIANGLE) {
    const step = Math.round((turn / (2 * Math.PI)) * TURNS);
    return UPRIGHT + finish * TURNS + (((step % TURNS) + TURNS) % TURNS);
  }
  // A write on its way is never committed and says so by being one: only what is read can be dirty.
  const value =
    shape === READ && (flags & MARK_FLAGS.dirty) !== 0
      ? 2
      : (shape === READ || shape === WRITE) && (flags & MARK_FLAGS.stale) !== 0
        ? 1
        : 0;
  return shape * LOOKS + finish * VALUES.length + value;
}

interface Look {
  readonly shape: PacketShape;
  readonly finish: Finish;
  readonly value: PacketValue;
  /** Radians. */
  readonly turn: number;
}

/** What a picture shows; the cross is undefined. */
export function lookOf(sprite: number): Look | undefined {
  if (sprite >= CROSS_SPRITE) return undefined;
  const turned = sprite - UPRIGHT;
  if (turned >= 0) {
    const finish = FINISHES[Math.floor(turned / TURNS)] ?? 'filled';
    return { shape: 'triangle', finish, value: 'plain', turn: ((turned % TURNS) / TURNS) * 2 * Math.PI };
  }
  const look = sprite % LOOKS;
  return {
    shape: PACKET_SHAPES[Math.floor(sprite / LOOKS)] ?? 'square',
    finish: FINISHES[Math.floor(look / VALUES.length)] ?? 'filled',
    value: VALUES[look % VALUES.length] ?? 'plain',
    turn: 0,
  };
}

/** Only triangles need to know their direction. */
export function isTurned(shape: number): boolean {
  return shape === TRIANGLE;
}

export interface Atlas {
  readonly palette: Palette;
  /** Device pixels in one CSS pixel. */
  readonly density: number;
  readonly sheet: HTMLCanvasElement | OffscreenCanvas;
  /** Side of a picture on the sheet, device pixels. */
  readonly cell: number;
  readonly columns: number;
  /** The same pictures as ints; undefined where the browser does not tell what it drew. */
  readonly stamps: Stamps | undefined;
}

/** Undefined where the browser gives no canvas to draw on. */
export function drawAtlas(palette: Palette, density: number): Atlas | undefined {
  const cell = Math.ceil(CELL * density);
  const context = blank(COLUMNS * cell, Math.ceil(COUNT / COLUMNS) * cell);
  if (context === null) return undefined;
  const at = (sprite: number, turn: number, draw: () => void): void => {
    context.save();
    context.translate(((sprite % COLUMNS) + 0.5) * cell, (Math.floor(sprite / COLUMNS) + 0.5) * cell);
    context.scale(density, density);
    context.rotate(turn);
    draw();
    context.restore();
  };
  const paths = new Map(PACKET_SHAPES.map((shape) => [shape, new Path2D(SHAPE_PATHS[shape])]));
  for (let sprite = 0; sprite < CROSS_SPRITE; sprite++) {
    const look = lookOf(sprite);
    const path = look && paths.get(look.shape);
    if (look === undefined || path === undefined) continue;
    at(sprite, look.turn, () => {
      drawMark(context, path, look, palette);
    });
  }
  at(CROSS_SPRITE, 0, () => {
    context.strokeStyle = palette.bad;
    context.lineWidth = CROSS_STROKE;
    context.lineCap = 'round';
    context.stroke(new Path2D(SHAPE_PATHS.cross));
  });
  const { canvas: sheet } = context;
  return { palette, density, sheet, cell, columns: COLUMNS, stamps: stampsFrom(context, cell) };
}

/** A canvas that is not shown. In a worker there is no other kind than the first, and in old browsers no such. */
function blank(width: number, height: number): Context | null {
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(width, height).getContext('2d');
  return Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
}

/** The sheet is asked for once: a browser that is asked again says that it should have been told before. */
function stampsFrom(context: Context, cell: number): Stamps | undefined {
  const { width, height } = context.canvas;
  const colours = new Int32Array(context.getImageData(0, 0, width, height).data.buffer);
  const alphaAt = (x: number, y: number): number => (colours[y * width + x] ?? 0) >>> 24;
  const edge = cell - 1;
  const corners = [alphaAt(0, 0), alphaAt(edge, 0), alphaAt(0, edge), alphaAt(edge, edge)];
  // The first picture is a full square in an empty cell. Some browsers say something else, for privacy.
  const told = alphaAt(cell >> 1, cell >> 1) === 255 && corners.every((alpha) => alpha === 0);
  return told ? stampsOf({ width, height, colours }, cell, COLUMNS, COUNT) : undefined;
}

function drawMark(context: Context, path: Path2D, { shape, finish, value }: Look, palette: Palette): void {
  const own = palette[PACKET_HUES[PACKET_SHAPES.indexOf(shape)] ?? 'put'];
  const hue = value === 'stale' ? palette.inv : value === 'dirty' ? palette.put : own;
  const solid = finish === 'filled' && value === 'plain';
  context.fillStyle = solid ? hue : palette['bg-0'];
  context.fill(path);
  if (value !== 'plain') {
    context.save();
    context.clip(path);
    context.fillStyle = hue;
    context.rotate(value === 'stale' ? -Math.PI / 4 : Math.PI / 4);
    if (value === 'stale') for (let y = -9; y < 9; y += 4) context.fillRect(-10, y, 20, 1.75);
    else context.fillRect(-10, 0, 20, 10);
    context.restore();
  }
  if (solid) return;
  context.strokeStyle = hue;
  context.lineWidth = finish === 'alive' ? ALIVE_STROKE : HOLLOW_STROKE;
  if (finish === 'alive') context.setLineDash([...ALIVE_DASH]);
  context.stroke(path);
}
