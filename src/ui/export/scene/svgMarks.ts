/**
 * A brush that writes messages as SVG, too: what is a picture of the atlas elsewhere becomes the mark's outline, with the
 * hue, the finish and the value that the picture there would have.
 */
import { lookOf, type PacketShape } from '../../diagram/atlas.ts';
import { widthIn, type PacketBrush } from '../../diagram/packetBrush.ts';
import { drawPlates, type Plate } from '../../diagram/packetLabels.ts';
import type { Palette, TokenColour } from '../../marks/palette.ts';
import { ALIVE_DASH, ALIVE_STROKE, CROSS_STROKE, HOLLOW_STROKE, SHAPE_PATHS } from '../../marks/shapes.ts';
import { short } from '../svg.ts';
import { SvgBrush } from '../svgBrush.ts';

const HUES: Readonly<Record<PacketShape, TokenColour>> = {
  square: 'put',
  circle: 'get',
  diamond: 'rep',
  triangle: 'inv',
};
/** The half of a circle that a value which is not committed fills, before it is turned. */
const HALF = 'M-5 0A5 5 0 0 0 5 0Z';

export class SvgMarks extends SvgBrush implements PacketBrush {
  readonly #palette: Palette;
  readonly #stale: string;

  /** @param stale what a stale value is filled with */
  constructor(palette: Palette, stale: string) {
    super();
    this.#palette = palette;
    this.#stale = stale;
  }

  put(sprite: number, x: number, y: number, alpha: number): void {
    const opacity = alpha === 1 ? '' : ` opacity="${short(alpha)}"`;
    this.write(
      `<g transform="translate(${short(x)} ${short(y)})"${opacity}>${this.#paths(sprite).join('')}</g>`,
    );
  }

  // It is drawn at its own size, from nothing.
  save(): void {
    return;
  }
  restore(): void {
    return;
  }
  scale(): void {
    return;
  }
  begin(): void {
    return;
  }

  measure(text: string): number {
    return widthIn(this, text);
  }

  end(words: readonly Plate[]): void {
    drawPlates(this, words, { palette: this.#palette, density: 1 });
  }

  #paths(sprite: number): readonly string[] {
    const look = lookOf(sprite);
    if (look === undefined)
      return [
        `<path d="${SHAPE_PATHS.cross}" fill="none" stroke="${this.#palette.bad}" stroke-width="${CROSS_STROKE}" stroke-linecap="round"/>`,
      ];
    const { shape, finish, value, turn } = look;
    const turned = turn === 0 ? '' : ` transform="rotate(${short((turn * 180) / Math.PI)})"`;
    const outline = (looks: string) => `<path d="${SHAPE_PATHS[shape]}"${turned} ${looks}/>`;
    const hue = this.#palette[value === 'stale' ? 'inv' : value === 'dirty' ? 'put' : HUES[shape]];
    if (finish === 'filled' && value === 'plain') return [outline(`fill="${hue}"`)];
    const dash = finish === 'alive' ? ` stroke-dasharray="${ALIVE_DASH.join(' ')}"` : '';
    const width = finish === 'alive' ? ALIVE_STROKE : HOLLOW_STROKE;
    return [
      outline(`fill="${this.#palette['bg-0']}"`),
      ...(value === 'stale' ? [outline(`fill="${this.#stale}"`)] : []),
      ...(value === 'dirty' ? [`<path d="${HALF}" transform="rotate(45)" fill="${hue}"/>`] : []),
      outline(`fill="none" stroke="${hue}" stroke-width="${width}"${dash}`),
    ];
  }
}
