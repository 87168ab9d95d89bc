import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { follow, niceStep, pan, snap, ticksOf, timeAt, xOf, zoomAround } from '../../src/ui/charts/axis.ts';

const MINUTE = 60_000_000;
const whole = { from: 0, to: MINUTE };

const aWindow = fc
  .tuple(fc.integer({ min: 0, max: MINUTE - 10_000 }), fc.integer({ min: 10_000, max: MINUTE }))
  .map(([from, length]) => ({ from, to: Math.min(MINUTE, from + length) }));

describe('the time axis', () => {
  it('puts the window over its pixels, end to end', () => {
    const axis = { ...whole, width: 1160 };
    expect(xOf(axis, 0)).toBe(0);
    expect(xOf(axis, 10_000_000)).toBeCloseTo(193.33, 2);
    expect(xOf(axis, MINUTE)).toBe(1160);
  });

  it('finds the instant under a pixel again', () => {
    fc.assert(
      fc.property(aWindow, fc.integer({ min: 200, max: 3000 }), fc.nat(1000), (window, width, share) => {
        const axis = { ...window, width };
        const us = Math.round(window.from + ((window.to - window.from) * share) / 1000);
        expect(Math.abs(timeAt(axis, xOf(axis, us)) - us)).toBeLessThanOrEqual(1);
      }),
      { seed: 1 },
    );
  });

  it('labels every five seconds of a minute on a wide plot and every ten on a telephone', () => {
    const wide = ticksOf({ ...whole, width: 1160 });
    expect(wide.filter((tick) => tick.digits !== '').map((tick) => tick.digits)).toEqual(
      Array.from({ length: 13 }, (_, i) => String(i * 5)),
    );
    expect(wide).toHaveLength(61);
    const narrow = ticksOf({ ...whole, width: 358 });
    expect(narrow.flatMap((tick) => tick.digits || [])).toEqual(['0', '10', '20', '30', '40', '50', '60']);
  });

  it('gives labels as many decimals as tell neighbours apart', () => {
    const digits = ticksOf({ from: 12_300_000, to: 12_310_000, width: 600 }).flatMap(
      (tick) => tick.digits || [],
    );
    expect(digits[0]).toBe('12.300');
    expect(digits[1]).toBe('12.301');
    fc.assert(
      fc.property(aWindow, fc.integer({ min: 200, max: 3000 }), (window, width) => {
        const labels = ticksOf({ ...window, width }).flatMap((tick) => tick.digits || []);
        expect(new Set(labels).size).toBe(labels.length);
      }),
      { seed: 2 },
    );
  });

  it('keeps labels apart whatever the zoom', () => {
    fc.assert(
      fc.property(aWindow, fc.integer({ min: 200, max: 3000 }), (window, width) => {
        const labels = ticksOf({ ...window, width }).filter((tick) => tick.digits !== '');
        let last = -Infinity;
        for (const { x } of labels) {
          expect(x - last).toBeGreaterThan(55.9);
          last = x;
        }
      }),
      { seed: 3 },
    );
  });

  it.each([
    [0.3, 0.5, 0.1],
    [1, 1, 0.2],
    [1.5, 2, 0.5],
    [3, 5, 1],
    [7, 10, 2],
    [40_000, 50_000, 10_000],
  ])('rounds a step of %d up to %d with minor steps of %d', (least, major, minor) => {
    const step = niceStep(least);
    expect(step.major).toBeCloseTo(major, 9);
    expect(step.minor).toBeCloseTo(minor, 9);
  });
});

describe('the visible window', () => {
  it('keeps the instant under the pointer where it is while zooming', () => {
    const zoomed = zoomAround(whole, 20_000_000, 0.5, MINUTE);
    expect(zoomed).toEqual({ from: 10_000_000, to: 40_000_000 });
    const axis = { ...whole, width: 900 };
    expect(xOf({ ...zoomed, width: 900 }, 20_000_000)).toBeCloseTo(xOf(axis, 20_000_000), 6);
  });

  it('never leaves the run, never turns inside out', () => {
    const factor = fc.double({ min: 0.001, max: 1000, noNaN: true });
    fc.assert(
      fc.property(
        aWindow,
        fc.nat(MINUTE),
        factor,
        fc.integer({ min: -MINUTE, max: MINUTE }),
        (window, at, by, us) => {
          for (const next of [
            zoomAround(window, at, by, MINUTE),
            pan(window, us, MINUTE),
            follow(window, at, MINUTE),
          ]) {
            expect(next.from).toBeGreaterThanOrEqual(0);
            expect(next.to).toBeLessThanOrEqual(MINUTE);
            expect(next.to - next.from).toBeGreaterThanOrEqual(1_999);
          }
        },
      ),
      { seed: 4 },
    );
  });

  it('stops at the ends of the run when panned', () => {
    expect(pan({ from: 10_000_000, to: 30_000_000 }, -15_000_000, MINUTE)).toEqual({
      from: 0,
      to: 20_000_000,
    });
    expect(pan({ from: 10_000_000, to: 30_000_000 }, 90_000_000, MINUTE)).toEqual({
      from: 40_000_000,
      to: MINUTE,
    });
  });

  it('turns the page when the cursor leaves it, and only then', () => {
    const window = { from: 10_000_000, to: 20_000_000 };
    expect(follow(window, 15_000_000, MINUTE)).toBe(window);
    expect(follow(window, 20_000_001, MINUTE)).toEqual({ from: 19_500_001, to: 29_500_001 });
    expect(follow(window, 9_000_000, MINUTE).to).toBeGreaterThan(9_000_000);
  });

  it('snaps to the nearest tenth of a second', () => {
    expect(snap(12_349_999, 100_000)).toBe(12_300_000);
    expect(snap(12_350_000, 100_000)).toBe(12_400_000);
  });
});
