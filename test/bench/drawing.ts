/** Watches, inside the page, when packets are drawn on its canvas: by what the canvas is asked to show. */

export interface Drawing {
  /** When the marks of one frame first stood elsewhere than those of a frame before; `performance.now()`. */
  movedAt?: number;
  /** When the pointer was last pressed, and when marks were first drawn after that. */
  pressedAt: number;
  drawnAt?: number;
}

declare global {
  interface Window {
    drawing?: Drawing;
  }
}

/** Runs in the page, before any of its own scripts; so it uses nothing from outside of itself. */
export function watchDrawing(): void {
  const drawing: Drawing = { pressedAt: 0 };
  window.drawing = drawing;
  const prototype = CanvasRenderingContext2D.prototype;
  const descriptor = Object.getOwnPropertyDescriptor(prototype, 'putImageData');
  const original: unknown = descriptor?.value;
  if (typeof original !== 'function') return;
  let before: number | undefined;

  /** Where the first few marks of an image are, as a number; undefined where it has none. Costs what it finds. */
  const placesIn = (image: ImageData): number | undefined => {
    const pixels = new Uint32Array(image.data.buffer);
    let places: number | undefined;
    for (let at = 0, found = 0; at < pixels.length && found < 2000; at++) {
      if (pixels[at] === 0) continue;
      places = ((places ?? 0) * 31 + at) % 2 ** 31;
      found++;
    }
    return places;
  };
  prototype.putImageData = function (this: CanvasRenderingContext2D, ...args: unknown[]): void {
    Reflect.apply(original, this, args);
    const [image] = args;
    if (!this.canvas.isConnected || !(image instanceof ImageData)) return;
    // Once both are known, watching costs nothing.
    if (drawing.movedAt !== undefined && drawing.drawnAt !== undefined) return;
    const places = placesIn(image);
    if (places === undefined) return;
    drawing.drawnAt ??= performance.now();
    if (before !== undefined && before !== places) drawing.movedAt ??= performance.now();
    before = places;
  };
  addEventListener(
    'pointerdown',
    () => {
      drawing.pressedAt = performance.now();
      delete drawing.drawnAt;
    },
    { capture: true },
  );
}
