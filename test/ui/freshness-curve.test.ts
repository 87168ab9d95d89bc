import { describe, expect, it } from 'vitest';
import { nearestPoint, placeCurve } from '../../src/ui/freshness/curve.ts';

const point = (afterMs: number, fresh: number | null) => ({ afterMs, fresh, trials: 100, unanswered: 0 });

describe('the curve of freshness on the screen', () => {
  const curve = placeCurve([point(0, 0.6), point(1, 0.7), point(10, null), point(100, 1)], 200, 100);

  it('has "at once" apart, and equal ways for equal factors of time', () => {
    expect(curve.placed.map(({ x }) => x)).toEqual([0, 20, 200]);
    expect(curve.ticks.map(({ ms, x }) => ({ ms, x: Math.round(x) }))).toEqual([
      { ms: 1, x: 20 },
      { ms: 10, x: 110 },
      { ms: 100, x: 200 },
    ]);
  });

  it('goes up to the whole from the roundest share below the smallest', () => {
    expect(curve.floor).toBe(0.5);
    expect(curve.placed.map(({ y }) => Math.round(y))).toEqual([80, 60, 0]);
    expect(placeCurve([point(0, 0.9995)], 200, 100).floor).toBe(0.999);
    expect(placeCurve([point(0, 1)], 200, 100).floor).toBe(0.9999);
    expect(placeCurve([point(0, 0)], 200, 100).placed[0]?.y).toBe(100);
  });

  it('leaves out what was not answered, and finds the nearest of the rest', () => {
    expect(nearestPoint(curve, 15)).toBe(1);
    expect(nearestPoint(curve, 1000)).toBe(2);
    expect(nearestPoint(placeCurve([point(5, null)], 200, 100), 3)).toBe(-1);
  });
});
