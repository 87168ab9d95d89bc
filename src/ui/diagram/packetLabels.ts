/**
 * The few words that stand on marks: of the watched key, and of one timeout. The most telling come first, and those that
 * would cover another are left out.
 */
import type { WordBrush } from '../charts/brush.ts';
import type { Palette, TokenColour } from '../marks/palette.ts';
import type { Sight } from './sight.ts';

/** Candidates in one frame, and how many of them are drawn. */
const MOST_CANDIDATES = 32;
const MOST = 4;
const HEIGHT = 18;
const PADDING = 6;
const AWAY = 12;
const FONT = '11px "Inter Variable", system-ui, sans-serif';

/** What words are drawn with on a drawing of any density. */
export type LabelBrush = WordBrush & Pick<CanvasRenderingContext2D, 'save' | 'restore' | 'scale'>;

interface Label {
  readonly text: string;
  readonly hue: TokenColour;
  readonly x: number;
  readonly y: number;
  /** Drawn first where 0. */
  readonly rank: number;
  readonly beside: boolean;
}

interface Plate {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

export class Labels {
  #labels: Label[] = [];
  readonly #widths = new Map<string, number>();

  clear(): void {
    if (this.#labels.length > 0) this.#labels = [];
  }

  /** Words above a mark at x, y. */
  add(text: string, hue: TokenColour, x: number, y: number, rank: number): void {
    if (this.#labels.length < MOST_CANDIDATES) this.#labels.push({ text, hue, x, y, rank, beside: false });
  }

  /** Words of the timeout at x, y: to its right where there is room, and drawn before all others. */
  addTimeout(text: string, x: number, y: number, beside: boolean): void {
    if (text !== '') this.#labels.push({ text, hue: 'bad', x, y, rank: -1, beside });
  }

  draw(context: LabelBrush, palette: Palette, sight: Sight): void {
    if (this.#labels.length === 0) return;
    context.save();
    context.scale(sight.density, sight.density);
    context.font = FONT;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineWidth = 1;
    const taken: Plate[] = [];
    for (const label of this.#labels.sort((a, b) => a.rank - b.rank)) {
      if (taken.length >= MOST) break;
      const plate = this.#plateOf(context, label, sight);
      if (taken.some((other) => covers(other, plate))) continue;
      taken.push(plate);
      const { left, top, width } = plate;
      context.beginPath();
      context.roundRect(left, top, width, HEIGHT, 3);
      context.fillStyle = palette['bg-1'];
      context.fill();
      context.strokeStyle = palette['line-2'];
      context.stroke();
      context.fillStyle = palette[label.hue];
      context.fillText(label.text, left + width / 2, top + HEIGHT / 2 + 0.5);
    }
    context.restore();
  }

  #plateOf(context: LabelBrush, { text, x, y, beside }: Label, { w, h }: Sight): Plate {
    const width = this.#widthOf(context, text);
    const wished = beside ? x + AWAY : x - width / 2;
    const above = beside ? y - HEIGHT / 2 : y - AWAY - HEIGHT;
    // On the half pixel, where a hairline is one pixel wide.
    const left = Math.round(Math.max(2, Math.min(w - width - 2, wished))) + 0.5;
    const top = Math.round(above < 2 ? Math.min(h - HEIGHT - 2, y + AWAY) : above) + 0.5;
    return { left, top, width };
  }

  #widthOf(context: LabelBrush, text: string): number {
    const known = this.#widths.get(text);
    if (known !== undefined) return known;
    const width = Math.ceil(context.measureText(text).width) + 2 * PADDING;
    this.#widths.set(text, width);
    return width;
  }
}

function covers(a: Plate, b: Plate): boolean {
  return Math.abs(a.top - b.top) < HEIGHT && a.left < b.left + b.width && b.left < a.left + a.width;
}
