/** A canvas that is as sharp as the screen: sized in CSS pixels, drawn in those of the device. */
import { useLayoutEffect, useRef } from 'react';

export type Drawing = (context: CanvasRenderingContext2D, width: number, height: number) => void;

/**
 * Draws again whenever `draw` is another function: memoise it on what it draws. Pure decoration to a screen reader;
 * who uses it puts the same facts beside it in words.
 */
export function Canvas({
  width,
  height,
  draw,
  className,
}: {
  width: number;
  height: number;
  draw: Drawing;
  className?: string | undefined;
}) {
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context || width <= 0 || height <= 0) return;
    const ratio = window.devicePixelRatio;
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
    // Setting a size also throws the picture's memory away: only when it changes.
    if (canvas.width !== across) canvas.width = across;
    if (canvas.height !== down) canvas.height = down;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    draw(context, width, height);
  }, [width, height, draw]);
  return <canvas ref={ref} className={className} style={{ width, height }} aria-hidden="true" />;
}
