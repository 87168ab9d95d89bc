/** Where the drawing is on the canvas over it: shift and scale, the canvas's own size, all in CSS pixels, and its density. */
export interface Sight {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  readonly w: number;
  readonly h: number;
  /** Device pixels in one CSS pixel. */
  readonly density: number;
}
