/** The few words that stand on marks: of the watched key, and of one timeout. Those that would cover another are left out. */
import type { Palette, TokenColour } from '../marks/palette.ts';
import type { Sight } from './sight.ts';

const MOST = 8;
const HEIGHT = 18;
const PADDING = 6;
const ABOVE = 12;
const FONT = '11px "Inter Variable", system-ui, sans-serif';

interface Label {
  text: string;
  hue: TokenColour;
  x: number;
  y: number;
}

export interface Labels {
  clear(): void;
  /** Of a mark at x, y: the words stand above it. */
  add(text: string, hue: TokenColour, x: number, y: number): void;
  draw(context: CanvasRenderingContext2D, palette: Palette, sight: Sight): void;
}

export function createLabels(): Labels {
  const labels: Label[] = [];
  const widths = new Map<string, number>();
  const widthOf = (context: CanvasRenderingContext2D, text: string): number => {
    let width = widths.get(text);
    if (width === undefined)
      widths.set(text, (width = Math.ceil(context.measureText(text).width) + 2 * PADDING));
    return width;
  };
  return {
    clear() {
      labels.length = 0;
    },
    add(text, hue, x, y) {
      if (labels.length < MOST && text !== '') labels.push({ text, hue, x, y });
    },
    draw(context, palette, { density, w, h }) {
      if (labels.length === 0) return;
      context.save();
      context.scale(density, density);
      context.font = FONT;
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      context.lineWidth = 1;
      const taken: { left: number; top: number; width: number }[] = [];
      for (const { text, hue, x, y } of labels) {
        const width = widthOf(context, text);
        const left = Math.round(Math.max(2, Math.min(w - width - 2, x - width / 2))) + 0.5;
        const above = y - ABOVE - HEIGHT;
        const top = Math.round(above < 2 ? Math.min(h - HEIGHT - 2, y + ABOVE) : above) + 0.5;
        if (
          taken.some(
            (other) =>
              Math.abs(other.top - top) < HEIGHT &&
              left < other.left + other.width &&
              other.left < left + width,
          )
        )
          continue;
        taken.push({ left, top, width });
        context.beginPath();
        context.roundRect(left, top, width, HEIGHT, 3);
        context.fillStyle = palette['bg-1'];
        context.fill();
        context.strokeStyle = palette['line-2'];
        context.stroke();
        context.fillStyle = palette[hue];
        context.fillText(text, left + width / 2, top + HEIGHT / 2 + 0.5);
      }
      context.restore();
    },
  };
}
