import { describe, expect, it } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import type { Brush } from '../../src/ui/charts/brush.ts';
import { drawChartsWith } from '../../src/ui/charts/draw.ts';
import { placeTrack } from '../../src/ui/charts/placed.ts';
import { TRACKS } from '../../src/ui/charts/tracks.ts';
import type { Palette } from '../../src/ui/marks/palette.ts';
import { SYSTEM, SYSTEM_WIDTH } from '../../src/design/readings.ts';

const BUCKETS = 20;

/** Steady latencies, which are drawn as four level lines. */
function steady() {
  const series = {
    buckets: BUCKETS,
    nodeCount: 0,
    system: new Float32Array(BUCKETS * SYSTEM_WIDTH),
    nodes: new Float32Array(),
  };
  const values = { putP99: 20_000, getP99: 9000, putP50: 4000, getP50: 2000 };
  for (let bucket = 0; bucket < BUCKETS; bucket++)
    for (const column of ['putP99', 'getP99', 'putP50', 'getP50'] as const)
      series.system[bucket * SYSTEM_WIDTH + SYSTEM[column]] = values[column];
  return series;
}

/** How many corners each filled outline has, by the height at which it stands. */
function filledWith(palette: Palette): ReadonlyMap<number, ReadonlySet<number>> {
  const filled = new Map<number, Set<number>>();
  let outlines: { y: number; corners: number }[] = [];
  const brush: Brush = {
    beginPath: () => (outlines = []),
    moveTo: (_x, y) => outlines.push({ y, corners: 1 }),
    lineTo(_x, y) {
      const outline = outlines.at(-1);
      if (outline !== undefined) Object.assign(outline, { corners: outline.corners + 1, y: outline.y + y });
    },
    stroke: () => undefined,
    fill() {
      for (const { y, corners } of outlines) {
        const middle = Math.round(y / corners);
        filled.set(middle, (filled.get(middle) ?? new Set()).add(corners));
      }
    },
    setLineDash: () => undefined,
    strokeStyle: '',
    fillStyle: '',
    lineWidth: 1,
    lineJoin: 'miter',
    globalAlpha: 1,
  };
  const now = steady();
  const [latency] = TRACKS;
  if (latency === undefined) throw new Error('there are tracks');
  const subject = { design: seedDesign, cacheNode: undefined };
  const track = placeTrack(latency, { top: 0, height: 100 }, subject, [now]);
  const axis = { from: 0, to: 2_000_000, width: 400 };
  drawChartsWith(brush, { axis, height: 100, tracks: [track], now, before: undefined, palette }, '');
  return filled;
}

const COLOURS = new Proxy({} as Palette, { get: (_, name) => String(name) });
const ONE_COLOUR = new Proxy({} as Palette, { get: () => '#fff' });

describe('the lines of a chart', () => {
  it('carry nothing where their hues tell them apart', () => {
    expect([...filledWith(COLOURS)]).toEqual([]);
  });

  it('carry the marks of the legend where a system forces one colour upon them', () => {
    const lines = [...filledWith(ONE_COLOUR)].sort(([a], [b]) => a - b).map(([, corners]) => [...corners]);
    // PUT's are squares, GET's circles: p99 of both, the medians of both below.
    expect(lines).toEqual([[4], [12], [4], [12]]);
  });
});
