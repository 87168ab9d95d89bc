/**
 * Puts pictures of the atlas on a canvas. Without a GPU a browser takes longer to find out how to copy a small picture
 * than to copy it, some microseconds for each; so where the canvas is small enough they are stamped by hand into an image,
 * which is put there as one. Where it has too many pixels for that (screens that dense come with a GPU), or where the
 * browser does not tell what it drew, the browser copies them. It knows no messages.
 */
import type { Atlas } from './atlas.ts';
import type { LabelBrush } from './packetLabels.ts';
import { stamp, type Pixels, type Stamps } from './stamps.ts';

/** What a frame of marks is drawn with, so that an SVG can take a canvas's place. */
export interface PacketBrush {
  /** For words over the marks, once `end` was called. */
  readonly words: LabelBrush;
  /** Wipes what was drawn before. */
  begin(): void;
  /** A picture of the atlas around a point, device pixels. */
  put(sprite: number, x: number, y: number, alpha: number): void;
  /** Everything put so far is seen. */
  end(): void;
}

/** Device pixels of the largest canvas that is filled by hand: wiping and showing it takes a millisecond or two. */
const STAMPED_PIXELS_LIMIT = 3_000_000;

export function brushOn(context: CanvasRenderingContext2D, atlas: Atlas): PacketBrush {
  const { width, height } = context.canvas;
  const { stamps } = atlas;
  return stamps === undefined || width * height === 0 || width * height > STAMPED_PIXELS_LIMIT
    ? new CopyingBrush(context, atlas)
    : new StampingBrush(context, stamps);
}

/** Both put a picture on whole pixels: between them it would be blurred. */
class CopyingBrush implements PacketBrush {
  readonly words: CanvasRenderingContext2D;
  readonly #atlas: Atlas;
  #alpha = 1;

  constructor(context: CanvasRenderingContext2D, atlas: Atlas) {
    this.words = context;
    this.#atlas = atlas;
  }

  begin(): void {
    const { width, height } = this.words.canvas;
    this.words.clearRect(0, 0, width, height);
  }

  put(sprite: number, x: number, y: number, alpha: number): void {
    const { sheet, cell, columns } = this.#atlas;
    if (alpha !== this.#alpha) this.words.globalAlpha = this.#alpha = alpha;
    this.words.drawImage(
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

  end(): void {
    this.words.globalAlpha = this.#alpha = 1;
  }
}

class StampingBrush implements PacketBrush {
  readonly words: CanvasRenderingContext2D;
  readonly #image: ImageData;
  readonly #pixels: Pixels;
  readonly #stamps: Stamps;

  constructor(context: CanvasRenderingContext2D, stamps: Stamps) {
    const { width, height } = context.canvas;
    this.words = context;
    this.#image = context.createImageData(width, height);
    this.#pixels = { width, height, colours: new Int32Array(this.#image.data.buffer) };
    this.#stamps = stamps;
  }

  begin(): void {
    this.#pixels.colours.fill(0);
  }

  put(sprite: number, x: number, y: number, alpha: number): void {
    stamp(this.#pixels, this.#stamps, sprite, x, y, alpha);
  }

  end(): void {
    this.words.putImageData(this.#image, 0, 0);
  }
}
