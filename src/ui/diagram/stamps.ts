/**
 * The pictures of the atlas as ints, and how one of them is put on an image by hand: of each only the pixels that have
 * something, so that it costs what is seen of it. A pixel has its alpha in the highest byte, as everywhere where the lowest
 * byte comes first; colours are not multiplied by it.
 */
export interface Stamps {
  /** Side of a picture, device pixels. */
  readonly cell: number;
  /** By picture: where its pixels begin in the arrays below; they end where the next one's begin. */
  readonly begins: Int32Array;
  readonly columns: Uint8Array;
  readonly rows: Uint8Array;
  readonly colours: Int32Array;
}

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Row by row. */
  readonly colours: Int32Array;
}

/** Reads `count` pictures from a sheet on which `across` of them stand side by side. */
export function stampsOf(
  { width, colours: sheet }: Pixels,
  cell: number,
  across: number,
  count: number,
): Stamps {
  const filled = sheet.reduce((sum, pixel) => (pixel === 0 ? sum : sum + 1), 0);
  const begins = new Int32Array(count + 1);
  const columns = new Uint8Array(filled);
  const rows = new Uint8Array(filled);
  const colours = new Int32Array(filled);
  let next = 0;
  for (let picture = 0; picture < count; picture++) {
    const corner = Math.floor(picture / across) * cell * width + (picture % across) * cell;
    for (let row = 0; row < cell; row++) {
      for (let column = 0; column < cell; column++) {
        const colour = sheet[corner + row * width + column] ?? 0;
        if (colour === 0) continue;
        columns[next] = column;
        rows[next] = row;
        colours[next++] = colour;
      }
    }
    begins[picture + 1] = next;
  }
  return { cell, begins, columns, rows, colours };
}

/** Puts a picture around a point, on whole pixels; what would be outside of the image is left out. */
export function stamp(
  { width, height, colours: image }: Pixels,
  { cell, begins, columns, rows, colours }: Stamps,
  picture: number,
  x: number,
  y: number,
  alpha: number,
): void {
  const left = Math.round(x - cell / 2);
  const top = Math.round(y - cell / 2);
  const inside = left >= 0 && top >= 0 && left + cell <= width && top + cell <= height;
  const end = begins[picture + 1] ?? 0;
  for (let i = begins[picture] ?? 0; i < end; i++) {
    const column = left + (columns[i] ?? 0);
    const row = top + (rows[i] ?? 0);
    if (!inside && (column < 0 || row < 0 || column >= width || row >= height)) continue;
    const colour = colours[i] ?? 0;
    const at = row * width + column;
    const below = image[at] ?? 0;
    // Most pixels of most marks cover what is there, or lie alone.
    if (alpha === 1 && (below === 0 || colour >>> 24 === 255)) image[at] = colour;
    else image[at] = over(colour, Math.round((colour >>> 24) * alpha), below);
  }
}

/** A colour at an alpha, 0 to 255, over another one (Porter and Duff 1984). */
export function over(colour: number, alpha: number, below: number): number {
  const rest = ((below >>> 24) * (255 - alpha)) / 255;
  const sum = alpha + rest;
  if (sum === 0) return 0;
  const share = alpha / sum;
  const red = mixed(colour & 255, below & 255, share);
  const green = mixed((colour >>> 8) & 255, (below >>> 8) & 255, share);
  const blue = mixed((colour >>> 16) & 255, (below >>> 16) & 255, share);
  return (Math.round(sum) << 24) | (blue << 16) | (green << 8) | red;
}

function mixed(above: number, below: number, share: number): number {
  return Math.round(below + (above - below) * share);
}
