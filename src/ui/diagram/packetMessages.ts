/** What the page and the worker that draws marks tell each other. Without ids: one frame is under way at the most. */
import type { Palette } from '../marks/palette.ts';
import type { Plate } from './packetLabels.ts';

/** What the marks are drawn with, and how large the canvas is. */
export interface Look {
  readonly palette: Palette;
  /** Device pixels in one CSS pixel. */
  readonly density: number;
  /** CSS pixels. */
  readonly w: number;
  readonly h: number;
}

/** Columns of a frame's marks, one row a mark: picture of the atlas, x and y in device pixels, alpha. */
export const PUT_WIDTH = 4;

export type ToEasel =
  | { readonly type: 'canvas'; readonly canvas: OffscreenCanvas }
  | { readonly type: 'look'; readonly look: Look }
  | { readonly type: 'frame'; readonly marks: Float32Array; readonly words: readonly Plate[] };

/** `looks`: it can draw from now on. `drawn`: the last frame is on the canvas, and the next may come. */
export type FromEasel = { readonly type: 'looks' } | { readonly type: 'drawn' };
