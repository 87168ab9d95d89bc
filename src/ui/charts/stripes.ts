/** How much larger than life the tile is drawn. */
const DENSITY = 4;

/**
 * Slanted stripes for a canvas, drawn large and scaled down so that they are smooth on any screen.
 * @param pitch from one stripe to the next, CSS pixels
 * @param width of a stripe
 * @param ground between them; nothing where there is none
 */
export function stripesOf(
  context: Pick<CanvasRenderingContext2D, 'createPattern'>,
  pitch: number,
  width: number,
  colour: string,
  ground?: string,
): CanvasPattern | null {
  const tile = new OffscreenCanvas(pitch * DENSITY, pitch * DENSITY);
  const brush = tile.getContext('2d');
  if (brush === null) return null;
  if (ground !== undefined) {
    brush.fillStyle = ground;
    brush.fillRect(0, 0, tile.width, tile.height);
  }
  brush.fillStyle = colour;
  brush.fillRect(0, 0, width * DENSITY, tile.height);
  const pattern = context.createPattern(tile, 'repeat');
  pattern?.setTransform(new DOMMatrix().rotate(45).scale(1 / DENSITY));
  return pattern;
}
