/** What charts are drawn with: the part of a canvas's context that they use, so that something else can take its place. */
export type Brush = Pick<
  CanvasRenderingContext2D,
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'stroke'
  | 'fill'
  | 'setLineDash'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineJoin'
  | 'globalAlpha'
> & { fillStyle: CanvasRenderingContext2D['fillStyle'] };

/** The same for words, and for the plates that they stand on. */
export type WordBrush = Pick<
  CanvasRenderingContext2D,
  | 'beginPath'
  | 'stroke'
  | 'fill'
  | 'fillText'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
  | 'lineWidth'
  | 'strokeStyle'
> & {
  fillStyle: CanvasRenderingContext2D['fillStyle'];
  /** @param radii of all corners, or of each, clockwise from the top left */
  roundRect(x: number, y: number, w: number, h: number, radii: number | number[]): void;
  measureText(text: string): Pick<TextMetrics, 'width'>;
};
