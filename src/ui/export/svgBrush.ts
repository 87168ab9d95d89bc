/**
 * A brush that writes SVG instead of painting: every stroke and fill becomes a path with the looks that the brush has at
 * that moment. It knows paths of straight lines, which is what charts are made of.
 */
import type { Brush } from '../charts/brush.ts';

export class SvgBrush implements Brush {
  fillStyle = '#000';
  strokeStyle = '#000';
  lineWidth = 1;
  lineJoin: CanvasLineJoin = 'miter';
  globalAlpha = 1;
  readonly #elements: string[] = [];
  #path: string[] = [];
  #dash = '';

  /** Everything that was drawn, as elements of an SVG. */
  get elements(): string {
    return this.#elements.join('');
  }

  beginPath(): void {
    this.#path = [];
  }

  moveTo(x: number, y: number): void {
    this.#path.push(`M${short(x)} ${short(y)}`);
  }

  lineTo(x: number, y: number): void {
    this.#path.push(`L${short(x)} ${short(y)}`);
  }

  setLineDash(segments: Iterable<number>): void {
    this.#dash = [...segments].join(' ');
  }

  stroke(): void {
    this.#draw({
      fill: 'none',
      stroke: this.strokeStyle,
      'stroke-width': String(this.lineWidth),
      'stroke-linejoin': this.lineJoin,
      ...(this.#dash === '' ? {} : { 'stroke-dasharray': this.#dash }),
    });
  }

  fill(): void {
    this.#draw({ fill: this.fillStyle });
  }

  #draw(looks: Readonly<Record<string, string>>): void {
    if (this.#path.length === 0) return;
    const all = { ...looks, ...(this.globalAlpha === 1 ? {} : { opacity: String(this.globalAlpha) }) };
    const attributes = Object.entries(all).map(([name, value]) => ` ${name}="${value}"`);
    this.#elements.push(`<path d="${this.#path.join('')}"${attributes.join('')}/>`);
  }
}

/** A hundredth of a pixel is below what anybody sees. */
function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
