/**
 * Puts pictures of the atlas on a canvas. Without a GPU a browser takes longer to find out how to copy a small picture
 * than to copy it, some microseconds for each; so where the canvas is small enough they are stamped by hand into an image,
 * which is put there as one. Where it has too many pixels for that (screens that dense come with a GPU), or where the
 * browser does not tell what it drew, the browser copies them. It knows no messages.
 */
import type { Atlas, Context } from './atlas.ts';
import { drawPlates, LABEL_FONT, type LabelBrush, type Plate } from './packetLabels.ts';
import { stamp, type Pixels, type Stamps } from './stamps.ts';

/** What a frame of marks is drawn with, so that an SVG, or a canvas out of reach, can take a canvas's place. */
export interface PacketBrush {
  /** How wide words are in LABEL_FONT, CSS pixels. */
  measure(text: string): number;
  /** Wipes what was drawn before. */
  begin(): void;
  /** A picture of the atlas around a point, device pixels. */
  put(sprite: number, x: number, y: number, alpha: number): void;
  /** Everything put so far is seen, and words over it. */
  end(words: readonly Plate[]): void;
}

/** Device pixels of the largest canvas that is filled by hand: wiping and showing it takes a millisecond or two. */
const STAMPED_PIXELS_LIMIT = 3_000_000;

export function brushOn(context: Context, atlas: Atlas): PacketBrush {
  const { width, height } = context.canvas;
  return atlas.stamps === undefined || width * height === 0 || width * height > STAMPED_PIXELS_LIMIT
    ? new CopyingBrush(context, atlas)
    : new StampingBrush(context, atlas, atlas.stamps);
}

/** How wide words are that are drawn there. */
export function widthIn(context: Pick<LabelBrush, 'font' | 'measureText'>, text: string): number {
  context.font = LABEL_FONT;
  return context.measureText(text).width;
}

/** Both put a picture on whole pixels: between them it would be blurred. */
class CopyingBrush implements PacketBrush {
  readonly #context: Context;
  readonly #atlas: Atlas;
  #alpha = 1;

  constructor(context: Context, atlas: Atlas) {
    this.#context = context;
    this.#atlas = atlas;
  }

  measure(text: string): number {
    return widthIn(this.#context, text);
  }

  begin(): void {
    const { width, height } = this.#context.canvas;
    this.#context.clearRect(0, 0, width, height);
  }

  put(sprite: number, x: number, y: number, alpha: number): void {
    const { sheet, cell, columns } = this.#atlas;
    if (alpha !== this.#alpha) this.#context.globalAlpha = this.#alpha = alpha;
    this.#context.drawImage(
      sheet,
      (sprite % columns) * cell,
      Math.floor(sprite / columns) * cell,
      cell,
      cell,
      Math.round(x - cell / 2),
      Math.round(y - cell / 2),
      cell,
      cell,
    );
  }

  end(words: readonly Plate[]): void {
    this.#context.globalAlpha = this.#alpha = 1;
    drawPlates(this.#context, words, this.#atlas);
  }
}

class StampingBrush implements PacketBrush {
  readonly #context: Context;
  readonly #image: ImageData;
  readonly #pixels: Pixels;
  readonly #atlas: Atlas;
  readonly #stamps: Stamps;

  constructor(context: Context, atlas: Atlas, stamps: Stamps) {
    const { width, height } = context.canvas;
    this.#context = context;
    this.#image = context.createImageData(width, height);
    this.#pixels = { width, height, colours: new Int32Array(this.#image.data.buffer) };
    this.#atlas = atlas;
    this.#stamps = stamps;
  }

  measure(text: string): number {
    return widthIn(this.#context, text);
  }

  begin(): void {
    this.#pixels.colours.fill(0);
  }

  put(sprite: number, x: number, y: number, alpha: number): void {
    stamp(this.#pixels, this.#stamps, sprite, x, y, alpha);
  }

  end(words: readonly Plate[]): void {
    this.#context.putImageData(this.#image, 0, 0);
    drawPlates(this.#context, words, this.#atlas);
  }
}
