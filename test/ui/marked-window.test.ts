import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grainOf, pinched, timeAt, xOf, type Axis } from '../../src/ui/charts/axis.ts';
import { moved, spanAfterKey, type Part } from '../../src/ui/timeline/markedSpan.ts';

const END = 60_000_000;
const span = { from: 10_000_000, to: 18_000_000 };
const press = (key: string, shiftKey = false) => ({ key, shiftKey });

describe('the marked window', () => {
  it('keeps its length at the least, and lies in the run, wherever a hand takes it', () => {
    const instant = () => fc.integer({ min: 0, max: END });
    fc.assert(
      fc.property(
        instant(),
        instant(),
        fc.constantFrom<Part>('from', 'to', 'both'),
        fc.integer({ min: -2 * END, max: 2 * END }),
        (a, b, part, us) => {
          const least = 1000;
          const before = { from: Math.min(a, b), to: Math.max(a, b) };
          fc.pre(before.to - before.from >= least);
          const after = moved(before, part, us, { least, duration: END });
          expect(after.from).toBeGreaterThanOrEqual(0);
          expect(after.to).toBeLessThanOrEqual(END);
          expect(after.to - after.from).toBeGreaterThanOrEqual(least);
          if (part === 'both') expect(after.to - after.from).toBe(before.to - before.from);
          else expect(after[part === 'from' ? 'to' : 'from']).toBe(before[part === 'from' ? 'to' : 'from']);
        },
      ),
      { seed: 1 },
    );
  });

  it.each([
    ['ArrowRight', false, 'from', { ...span, from: 10_100_000 }],
    ['ArrowLeft', true, 'from', { ...span, from: 9_000_000 }],
    ['ArrowUp', false, 'to', { ...span, to: 18_100_000 }],
    ['ArrowDown', true, 'to', { ...span, to: 17_000_000 }],
    ['Home', false, 'from', { ...span, from: 0 }],
    ['End', false, 'from', { ...span, from: 17_900_000 }],
    ['Home', false, 'to', { ...span, to: 10_100_000 }],
    ['End', false, 'to', { ...span, to: END }],
    ['ArrowRight', true, 'both', { from: 11_000_000, to: 19_000_000 }],
    ['End', false, 'both', { from: 52_000_000, to: END }],
    ['Tab', false, 'to', undefined],
  ] as const)('%s (Shift: %s) on %s takes it to %o', (key, shift, edge, after) => {
    expect(
      spanAfterKey(press(key, shift), span, edge, { grain: 100_000, least: 100_000, duration: END }),
    ).toEqual(after);
  });

  it.each([
    [60_000_000, 1160, 100_000],
    [60_000_000, 300, 200_000],
    [1_000_000, 1000, 1000],
    [2_000, 1160, 2],
  ])('of a stretch of %i µs over %i pixels lies on %i µs: a pixel, rounded up', (length, width, grain) => {
    expect(grainOf({ from: 5, to: 5 + length, width })).toBe(grain);
  });
});

describe('two fingers', () => {
  const axis: Axis = { from: 10_000_000, to: 30_000_000, width: 1000 };

  it('keep under them the instants that they took hold of', () => {
    const held = [timeAt(axis, 300), timeAt(axis, 500)] as const;
    for (const at of [
      [300, 500],
      [200, 600],
      [250, 400],
      [600, 200],
    ] as const) {
      const window = pinched(axis, held, at, END);
      const after = { ...window, width: axis.width };
      const [left, right] = at[0] < at[1] ? at : [at[1], at[0]];
      expect(xOf(after, held[0])).toBeCloseTo(left, 3);
      expect(xOf(after, held[1])).toBeCloseTo(right, 3);
    }
  });

  it('never leave the run, nor come nearer than can be told apart', () => {
    const held = [10_000_000, 30_000_000] as const;
    expect(pinched(axis, held, [499, 501], END)).toEqual({ from: 0, to: END });
    const close = pinched(axis, [20_000_000, 20_000_001], [0, 1000], END);
    expect(close.to - close.from).toBe(2000);
    expect(pinched(axis, held, [400, 400], END).to).toBeLessThanOrEqual(END);
  });
});
