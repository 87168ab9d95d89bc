/** The sheet that a picture of the diagram is drawn on: a title above it, and below it what the marks mean. */
import { CELL, CROSS_SPRITE, spriteOf, type Atlas } from '../../diagram/atlas.ts';
import type { Size } from '../../diagram/geometry.ts';
import { LEGEND } from '../../diagram/legend.ts';
import { MARKS, type MarkName } from '../../marks/shapes.ts';
import { MARK_FLAGS, PACKET_SHAPES } from '../../../replay/packets.ts';
import { write, type Ink } from './brush.ts';

/** What is above the diagram, and below it. */
export const HEAD = 36;
const FOOT = 32;
const EDGE = 24;
/** From a mark to its words, and from these to the next mark. */
const AFTER_MARK = 10;
const AFTER_WORDS = 16;

/** The size of a sheet around a diagram. */
export function sheetOf({ w, h }: Size): Size {
  return { w: Math.ceil(w), h: Math.ceil(h) + HEAD + FOOT };
}

/** @param stamp puts a picture of the sheet of marks at a point */
export function drawSheet(
  ink: Ink,
  { w, h }: Size,
  title: string,
  note: string,
  stamp: (sprite: number, x: number, y: number) => void,
): void {
  const { palette } = ink;
  write(ink, title, EDGE, 24, { fill: palette.ink, size: 13, weight: 600 });
  const middle = h - FOOT / 2;
  let x = EDGE + 6;
  for (const { mark, words } of LEGEND) {
    stamp(spriteOfMark(mark), x, middle);
    x += AFTER_MARK;
    x += write(ink, words, x, middle + 4, { fill: palette['ink-3'] }) + AFTER_WORDS;
  }
  write(ink, note, w - EDGE, middle + 4, { fill: palette['ink-3'], align: 'right' });
}

/** Copies a picture of the sheet of marks to a point, at its own size whatever the density. */
export function stampFrom({ sheet, cell, columns }: Atlas, context: CanvasRenderingContext2D) {
  return (sprite: number, x: number, y: number): void =>
    context.drawImage(
      sheet,
      (sprite % columns) * cell,
      Math.floor(sprite / columns) * cell,
      cell,
      cell,
      x - CELL / 2,
      y - CELL / 2,
      CELL,
      CELL,
    );
}

function spriteOfMark(name: MarkName): number {
  const { shape, finish } = MARKS[name];
  const index = PACKET_SHAPES.findIndex((each) => each === shape);
  if (index < 0) return CROSS_SPRITE;
  const flags = finish === 'alive' ? MARK_FLAGS.givenUp : finish === 'hollow' ? MARK_FLAGS.answer : 0;
  return spriteOf(index, flags, 0);
}
