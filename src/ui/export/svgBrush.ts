/**
 * A brush that writes SVG instead of painting: every stroke and fill becomes a path, and every text an element, with the
 * looks that the brush has at that moment. It knows no transforms: what it is asked for stands where it is asked for.
 */
import type { Brush, WordBrush } from '../charts/brush.ts';
import { escapeXml, short } from './svg.ts';

/** Widths of a letter, of its size: what it takes to make room for words where nothing can be measured. */
const LETTER = 0.56;
const MONO_LETTER = 0.6;
const MONO = "'JetBrains Mono', Menlo, Consolas, monospace";
/** From the middle of a line of text down to where its letters stand, of its size. */
const MIDDLE = 0.36;
const ANCHORS = { left: 'start', start: 'start', center: 'middle', right: 'end', end: 'end' } as const;

export class SvgBrush implements Brush, WordBrush {
  fillStyle = '#000';
  strokeStyle = '#000';
  lineWidth = 1;
  lineJoin: CanvasLineJoin = 'miter';
  globalAlpha = 1;
  font = '11px sans-serif';
  textAlign: CanvasTextAlign = 'left';
  textBaseline: CanvasTextBaseline = 'alphabetic';
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

  bezierCurveTo(...points: [number, number, number, number, number, number]): void {
    this.#path.push(`C${points.map(short).join(' ')}`);
  }

  roundRect(x: number, y: number, w: number, h: number, radii: number | number[]): void {
    const [tl = 0, tr = 0, br = 0, bl = 0] = typeof radii === 'number' ? Array<number>(4).fill(radii) : radii;
    const corner = (r: number, dx: number, dy: number) =>
      r === 0 ? '' : `a${short(r)} ${short(r)} 0 0 1 ${short(dx)} ${short(dy)}`;
    this.#path.push(
      `M${short(x + tl)} ${short(y)}H${short(x + w - tr)}${corner(tr, tr, tr)}` +
        `V${short(y + h - br)}${corner(br, -br, br)}H${short(x + bl)}${corner(bl, -bl, -bl)}` +
        `V${short(y + tl)}${corner(tl, tl, -tl)}Z`,
    );
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

  fillText(text: string, x: number, y: number): void {
    const { size, weight, mono } = this.#type();
    const baseline = this.textBaseline === 'middle' ? y + size * MIDDLE : y;
    const looks = {
      x: short(x),
      y: short(baseline),
      fill: this.fillStyle,
      'font-size': String(size),
      ...(weight === '' ? {} : { 'font-weight': weight }),
      ...(mono ? { 'font-family': MONO } : {}),
      'text-anchor': ANCHORS[this.textAlign],
    };
    this.write(`<text${this.#attributes(looks)}>${escapeXml(text)}</text>`);
  }

  /** An estimate: an SVG is set in whatever its reader has. */
  measureText(text: string): Pick<TextMetrics, 'width'> {
    const { size, mono } = this.#type();
    return { width: text.length * size * (mono ? MONO_LETTER : LETTER) };
  }

  /** Adds an element as it is. */
  protected write(element: string): void {
    this.#elements.push(element);
  }

  #type(): { size: number; weight: string; mono: boolean } {
    const [, weight = '', size = '11'] = /^(\d+ )?([\d.]+)px/.exec(this.font) ?? [];
    return { size: Number(size), weight: weight.trim(), mono: /mono/i.test(this.font) };
  }

  #draw(looks: Readonly<Record<string, string>>): void {
    if (this.#path.length === 0) return;
    this.write(`<path d="${this.#path.join('')}"${this.#attributes(looks)}/>`);
  }

  #attributes(looks: Readonly<Record<string, string>>): string {
    const all = { ...looks, ...(this.globalAlpha === 1 ? {} : { opacity: short(this.globalAlpha) }) };
    return Object.entries(all)
      .map(([name, value]) => ` ${name}="${value}"`)
      .join('');
  }
}
