/**
 * Watches when packets are drawn: by the page, which does so while a run is rendered for the first time, by what its canvas
 * is asked to show; and by the worker that does so from then on, by when it has done with each frame that it was sent.
 */
import type { JSHandle, Page } from '@playwright/test';

export interface Drawing {
  /** When the marks of one frame of the page's own first stood elsewhere than those of a frame before; `performance.now()`. */
  movedAt?: number;
  /** Frames that were sent to the worker. */
  sent: number;
  /** When the pointer was last pressed, milliseconds since 1970, and the first frame with marks that was sent after that. */
  pressedAt: number;
  sentAfterPress?: number;
}

/** By a frame's number: when the worker had drawn it, milliseconds since 1970. */
export type Drawn = JSHandle<Map<number, number>>;

declare global {
  interface Window {
    drawing?: Drawing;
  }
}

/** Runs in the page, before any of its own scripts; so it uses nothing from outside of itself. */
export function watchDrawing(): void {
  const drawing: Drawing = { pressedAt: 0, sent: 0 };
  window.drawing = drawing;
  const send: unknown = Object.getOwnPropertyDescriptor(Worker.prototype, 'postMessage')?.value;
  if (typeof send !== 'function') return;
  Worker.prototype.postMessage = function (this: Worker, message: object, ...rest: unknown[]): void {
    const marks = 'marks' in message ? message.marks : undefined;
    if (!(marks instanceof Float32Array)) {
      Reflect.apply(send, this, [message, ...rest]);
      return;
    }
    drawing.sent++;
    if (marks.length > 0) drawing.sentAfterPress ??= drawing.sent;
    Reflect.apply(send, this, [{ ...message, number: drawing.sent }, ...rest]);
  };
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
    // Once it is known, watching costs nothing.
    if (drawing.movedAt !== undefined) return;
    const places = placesIn(image);
    if (places === undefined) return;
    if (before !== undefined && before !== places) drawing.movedAt = performance.now();
    before = places;
  };
  addEventListener(
    'pointerdown',
    () => {
      drawing.pressedAt = performance.timeOrigin + performance.now();
      delete drawing.sentAfterPress;
    },
    { capture: true },
  );
}

/** Watches the page's worker that draws, from now on. */
export async function watchDrawn(page: Page): Promise<Drawn> {
  const isIt = (url: string): boolean => url.includes('packetWorker');
  const worker =
    page.workers().find((each) => isIt(each.url())) ??
    (await page.waitForEvent('worker', (each) => isIt(each.url())));
  return worker.evaluateHandle(() => {
    const drawn = new Map<number, number>();
    const draw = self.onmessage;
    self.onmessage = (event: MessageEvent<{ number?: number }>) => {
      if (draw !== null) Reflect.apply(draw, self, [event]);
      const { number } = event.data;
      if (number !== undefined) drawn.set(number, performance.timeOrigin + performance.now());
    };
    return drawn;
  });
}
