/**
 * The few words that stand on marks: of the watched key, and of one timeout. The most telling come first, and those that
 * would cover another are left out. Where they stand is decided here; they may be drawn elsewhere.
 */
import { clamp } from '../../base/clamp.ts';
import type { WordBrush } from '../charts/brush.ts';
import type { Palette, TokenColour } from '../marks/palette.ts';
import type { Box } from './geometry.ts';
import type { Sight } from './sight.ts';

/** Candidates in one frame, and how many of them are drawn. */
const MOST_CANDIDATES = 32;
const MOST = 4;
const HEIGHT = 18;
const PADDING = 6;
const AWAY = 12;
/** A mark that has only just entered a card is still beside it. */
const TOUCHING = 2;
export const LABEL_FONT = '11px "Inter Variable", system-ui, sans-serif';

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

/** Words that are drawn, and the plate that they stand on, CSS pixels of the canvas. */
export interface Plate {
  readonly text: string;
  readonly hue: TokenColour;
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

  /**
   * Which words are drawn, and where.
   * @param measure how wide words are in LABEL_FONT, CSS pixels
   * @param cards of the drawing: words keep off those beside their mark, where there is room between them
   */
  layOut(measure: (text: string) => number, sight: Sight, cards: readonly Box[]): readonly Plate[] {
    const taken: Plate[] = [];
    for (const label of this.#labels.sort((a, b) => a.rank - b.rank)) {
      if (taken.length >= MOST) break;
      const plate = this.#plateOf(measure, label, sight, cards);
      if (!taken.some((other) => covers(other, plate))) taken.push(plate);
    }
    return taken;
  }

  #plateOf(measure: (text: string) => number, label: Label, sight: Sight, cards: readonly Box[]): Plate {
    const { text, hue, x, y, beside } = label;
    const { w, h } = sight;
    const width = this.#widthOf(measure, text);
    const wished = beside ? x + AWAY : x - width / 2;
    const above = beside ? y - HEIGHT / 2 : y - AWAY - HEIGHT;
    const within = Math.min(above < 2 ? y + AWAY : above, h - HEIGHT - 2);
    const [low, high] = roomBeside(x, within, sight, cards);
    const [first, last] = high - low < width ? [2, w - 2] : [low, high];
    // On the half pixel, where a hairline is one pixel wide.
    const left = Math.round(clamp(wished, first, last - width)) + 0.5;
    const top = Math.round(within) + 0.5;
    return { text, hue, left, top, width };
  }

  #widthOf(measure: (text: string) => number, text: string): number {
    const known = this.#widths.get(text);
    if (known !== undefined) return known;
    const width = Math.ceil(measure(text)) + 2 * PADDING;
    this.#widths.set(text, width);
    return width;
  }
}

/** From where to where words at `top` may reach whose mark is at `x`: to the cards at its left and right. CSS pixels. */
function roomBeside(x: number, top: number, sight: Sight, cards: readonly Box[]): readonly [number, number] {
  let [low, high] = [2, sight.w - 2];
  for (const card of cards) {
    const cardTop = card.y * sight.zoom + sight.y;
    if (cardTop >= top + HEIGHT || cardTop + card.h * sight.zoom <= top) continue;
    const left = card.x * sight.zoom + sight.x;
    const right = left + card.w * sight.zoom;
    if (right <= x + TOUCHING) low = Math.max(low, right + 1);
    else if (left >= x - TOUCHING) high = Math.min(high, left - 1);
  }
  return [low, high];
}

function covers(a: Plate, b: Plate): boolean {
  return Math.abs(a.top - b.top) < HEIGHT && a.left < b.left + b.width && b.left < a.left + a.width;
}

/** Draws words on a canvas of so many pixels in one CSS pixel. */
export function drawPlates(
  context: LabelBrush,
  plates: readonly Plate[],
  { palette, density }: { readonly palette: Palette; readonly density: number },
): void {
  if (plates.length === 0) return;
  context.save();
  context.scale(density, density);
  context.font = LABEL_FONT;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineWidth = 1;
  for (const { text, hue, left, top, width } of plates) {
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
}
