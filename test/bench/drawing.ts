/** Watches, inside the page, when packets are drawn on its canvas: by what the canvas is asked to draw. */

export interface Drawing {
  /** When the marks of one frame first stood elsewhere than those of a frame before; `performance.now()`. */
  movedAt?: number;
  /** When the pointer was last pressed, and when marks were first drawn after that. */
  pressedAt: number;
  drawnAt?: number;
  /** Marks of the last frame that had any. */
  marks: number;
}

declare global {
  interface Window {
    drawing?: Drawing;
  }
}

/** Runs in the page, before any of its own scripts; so it uses nothing from outside of itself. */
export function watchDrawing(): void {
  const drawing: Drawing = { pressedAt: 0, marks: 0 };
  window.drawing = drawing;
  const prototype = CanvasRenderingContext2D.prototype;
  const descriptor = Object.getOwnPropertyDescriptor(prototype, 'drawImage');
  const original: unknown = descriptor?.value;
  if (typeof original !== 'function') return;
  let frame = 0;
  let places = 0;
  let marks = 0;
  let before: number | undefined;

  const endFrame = (): void => {
    if (before !== undefined && before !== places) drawing.movedAt ??= performance.now();
    before = places;
    drawing.marks = marks;
    frame = 0;
    places = 0;
    marks = 0;
  };
  prototype.drawImage = function (this: CanvasRenderingContext2D, ...args: unknown[]): void {
    Reflect.apply(original, this, args);
    if (!this.canvas.isConnected) return;
    const { e, f } = this.getTransform();
    // Of the nine arguments, the sixth and seventh are the place; the transform may carry it as well.
    places += Number(args[5] ?? args[1]) + 3 * Number(args[6] ?? args[2]) + e + 3 * f;
    marks++;
    drawing.drawnAt ??= performance.now();
    frame ||= requestAnimationFrame(endFrame);
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
