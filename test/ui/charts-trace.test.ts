import { describe, expect, it } from 'vitest';
import { decadesOf, linearScale, logScale, niceCeiling, niceFloor, yOf } from '../../src/ui/charts/scale.ts';
import { areaSink, departures, traceLine, visibleBuckets, type Plot } from '../../src/ui/charts/trace.ts';

type Point = readonly ['M' | 'L', number, number];

function recorder() {
  const points: Point[] = [];
  return {
    points,
    moveTo: (x: number, y: number) => void points.push(['M', x, y]),
    lineTo: (x: number, y: number) => void points.push(['L', x, y]),
  };
}

/** Values from 0 to 100 on a band 100 pixels high: y is 100 minus the value. */
function aPlot(seconds: number, width: number): Plot {
  return {
    axis: { from: 0, to: seconds * 1e6, width },
    scale: { kind: 'linear', min: 0, max: 100 },
    band: { top: 0, bottom: 100 },
  };
}

describe('a scale', () => {
  it('gives each decade of a log scale the same height', () => {
    const scale = { kind: 'log', min: 1, max: 1000 } as const;
    const band = { top: 0, bottom: 90 };
    expect([1, 10, 100, 1000].map((value) => Math.round(yOf(scale, value, band)))).toEqual([90, 60, 30, 0]);
    expect(decadesOf(scale)).toEqual([10, 100]);
  });

  it('holds what is outside of its range at its edge, and passes on that there is no value', () => {
    const scale = linearScale(80, 0);
    const band = { top: 10, bottom: 50 };
    expect(yOf(scale, -5, band)).toBe(50);
    expect(yOf(scale, 1e9, band)).toBe(10);
    expect(yOf(scale, NaN, band)).toBeNaN();
  });

  it.each([
    [27_500, 30_000],
    [1, 1],
    [1.01, 1.2],
    [0.000_98, 0.001],
    [9, 10],
  ])('rounds %d up to %d', (value, ceiling) => expect(niceCeiling(value)).toBeCloseTo(ceiling, 9));

  it.each([
    [0.9, 0.5],
    [1, 1],
    [4.99, 2],
    [1000, 1000],
  ])('rounds %d down to %d', (value, floor) => expect(niceFloor(value)).toBeCloseTo(floor, 9));

  it('does not move for data inside of the range it must have', () => {
    expect(logScale(1.5, 7, 0.5, 100)).toEqual(logScale(0.9, 20, 0.5, 100));
    expect(linearScale(3, 6)).toEqual(linearScale(5, 6));
  });
});

describe('a traced line', () => {
  it('joins the middles of the buckets', () => {
    const sink = recorder();
    traceLine((bucket) => bucket * 10, { first: 0, end: 3 }, aPlot(1, 40), sink);
    expect(sink.points).toEqual([
      ['M', 2, 100],
      ['L', 6, 90],
      ['L', 10, 80],
    ]);
  });

  it('breaks where nothing was measured', () => {
    const sink = recorder();
    traceLine((bucket) => (bucket === 1 ? NaN : 50), { first: 0, end: 3 }, aPlot(1, 40), sink);
    expect(sink.points.map(([kind]) => kind)).toEqual(['M', 'M']);
  });

  it('shows a wide bucket as one value for its 100 ms', () => {
    const sink = recorder();
    traceLine((bucket) => bucket * 10, { first: 0, end: 2 }, aPlot(1, 200), sink);
    expect(sink.points).toEqual([
      ['M', 0, 100],
      ['L', 20, 100],
      ['L', 20, 90],
      ['L', 40, 90],
    ]);
  });

  it('keeps every peak, and about two points a pixel, when many buckets share a column', () => {
    const sink = recorder();
    const plot = aPlot(600, 100);
    traceLine((bucket) => (bucket === 4321 ? 97 : 5), visibleBuckets(plot.axis, 6000), plot, sink);
    expect(sink.points.length).toBeLessThanOrEqual(202);
    expect(Math.min(...sink.points.map(([, , y]) => y))).toBe(3);
  });

  it('closes each stretch of an area along the bottom', () => {
    const sink = recorder();
    const area = areaSink(sink, 100);
    traceLine((bucket) => (bucket === 1 ? NaN : 50), { first: 0, end: 3 }, aPlot(1, 200), area);
    area.close();
    expect(sink.points).toEqual([
      ['M', 0, 100],
      ['L', 0, 50],
      ['L', 20, 50],
      ['L', 20, 100],
      ['L', 0, 100],
      ['M', 40, 100],
      ['L', 40, 50],
      ['L', 60, 50],
      ['L', 60, 100],
      ['L', 40, 100],
    ]);
  });

  it('looks at one bucket more than is visible on each side, and at none that is not rendered', () => {
    expect(visibleBuckets({ from: 1_000_000, to: 2_000_000, width: 100 }, 600)).toEqual({
      first: 9,
      end: 21,
    });
    expect(visibleBuckets({ from: 1_000_000, to: 2_000_000, width: 100 }, 15)).toEqual({ first: 9, end: 15 });
    expect(visibleBuckets({ from: 1_000_000, to: 2_000_000, width: 100 }, 3).end).toBe(9);
  });
});

describe('the run before', () => {
  const plot = aPlot(6, 240);
  const range = { first: 0, end: 60 };
  const flat = () => 20;

  it('is not drawn where this run covers it', () => {
    expect(departures(flat, 60, () => 21, range, plot, 2)).toEqual([]);
  });

  it('is drawn where it stood elsewhere, out of the line it leaves and back into it', () => {
    const before = (bucket: number) => (bucket >= 10 && bucket < 20 ? 70 : 20);
    expect(departures(flat, 60, before, range, plot, 2)).toEqual([{ first: 9, end: 21 }]);
  });

  it('is one line where it comes near for a moment only', () => {
    const before = (bucket: number) => (bucket >= 10 && bucket < 20 && bucket !== 14 ? 70 : 20);
    expect(departures(flat, 60, before, range, plot, 2)).toEqual([{ first: 9, end: 21 }]);
  });

  it('is drawn where this run has not got to yet', () => {
    expect(departures(flat, 40, flat, range, plot, 2)).toEqual([{ first: 39, end: 60 }]);
  });
});
