import { describe, expect, it } from 'vitest';
import { faultsOfChart, nameFaults, shadeFaults } from '../../src/ui/export/faultsOfChart.ts';
import type { Ink } from '../../src/ui/export/scene/brush.ts';
import { SvgBrush } from '../../src/ui/export/svgBrush.ts';
import type { Palette } from '../../src/ui/marks/palette.ts';
import { aDesign } from '../support/designs.ts';

const SECOND = 1_000_000;
const COLOURS = new Proxy({} as Palette, { get: (_, name) => String(name) });
/** A hundred pixels a second. */
const AXIS = { from: 0, to: 10 * SECOND, width: 1_000 };

/** What is drawn of faults, above the plot and in it. */
function drawnOf(fault: readonly string[], axis = AXIS) {
  const shown = faultsOfChart(aDesign({ duration: '10s', fault }), axis);
  const drawn = (draw: (ink: Ink) => void): string => {
    const brush = new SvgBrush();
    draw({ brush, palette: COLOURS, stripes: { bad: 'bad', inv: 'inv' } });
    return brush.elements;
  };
  const strip = drawn((ink) => nameFaults(ink, shown, axis, { x: 16, y: 64 }));
  return {
    height: shown.height,
    names: [...strip.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</g)].map(([, x, y, name]) => ({
      x: Number(x),
      y: Number(y),
      name,
    })),
    shade: drawn((ink) => shadeFaults(ink, shown, 240)),
  };
}

describe('the faults on the picture of a chart', () => {
  it('are named above the plot, and shaded down through it', () => {
    const { height, names, shade } = drawnOf(['cache-1:slow:20@2s-5s']);
    expect(height).toBe(16);
    expect(names).toEqual([{ x: 16 + 200 + 5, y: 75, name: 'cache-1 slow ×20' }]);
    expect(shade).toBe('<path d="M200 0H500V240H200V0Z" fill="bad" opacity="0.06"/>');
  });

  it('are no darker where two overlap, and each has a row', () => {
    const { height, names, shade } = drawnOf(['cache-1:slow:20@2s-5s', 'cache-2:pause@3s-7s']);
    expect(height).toBe(32);
    expect(names.map(({ y }) => y)).toEqual([75, 91]);
    expect(shade.match(/<path/g)).toHaveLength(1);
  });

  it('are a dotted line where they have no end', () => {
    const { names, shade } = drawnOf(['cache-1:flush@2s']);
    expect(names).toMatchObject([{ name: 'cache-1 flush' }]);
    expect(shade).toContain('<path d="M200 0L200 240" fill="none" stroke="bad"');
  });

  it('are left out where the window shows nothing of them, and named from its edge where it cuts them', () => {
    const axis = { from: 4 * SECOND, to: 9 * SECOND, width: 1_000 };
    const { names } = drawnOf(['cache-1:slow:20@2s-8s', 'cache-2:pause@1s-3s'], axis);
    expect(names).toEqual([{ x: 16 + 5, y: 75, name: 'cache-1 slow ×20' }]);
  });

  it('take no room where there are none', () => {
    expect(drawnOf([])).toEqual({ height: 0, names: [], shade: '' });
  });

  it('are shaded without a name where there are too many for one each', () => {
    const { height, names, shade } = drawnOf(
      [2, 3, 4, 5, 6, 7].map((factor) => `cache-1:slow:${factor}@2s-5s`),
    );
    expect(height).toBe(64);
    expect(names).toHaveLength(4);
    expect(shade.match(/M200 0/g)).toHaveLength(6);
  });
});
