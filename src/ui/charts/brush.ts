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
