import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seedDesign, type Design } from '../../src/design/design.ts';
import { SPEEDS } from '../../src/design/linkView.ts';
import { prefetchCursor, windowAt } from '../../src/state/windows.ts';

const busy: Design = { ...seedDesign, workload: { ...seedDesign.workload, gets: 200_000, puts: 200_000 } };

describe('the window at a cursor', () => {
  it.each([
    ['1/1000', 70_000, 'all'],
    ['1/100', 70_000, 'all'],
  ] as const)('at %s is %i us of all operations', (speed, length, sample) => {
    const { from, to, sample: taken } = windowAt(30_000_000, speed, seedDesign);
    expect({ length: to - from, taken }).toEqual({ length, taken: sample });
  });

  it.each([
    ['1', 1_950_000],
    ['1/10', 490_000],
  ] as const)('at %s is %i us of a sample', (speed, length) => {
    const { from, to, sample } = windowAt(30_000_000, speed, seedDesign);
    expect(to - from).toBe(length);
    expect(sample).toBeTypeOf('number');
  });

  it('holds the cursor, whatever the cursor, the speed and the rates', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 60e6, noNaN: true }),
        fc.constantFrom(...SPEEDS),
        fc.constantFrom(seedDesign, busy),
        fc.integer({ min: 0, max: 6 }),
        (cursor, speed, design, denser) => {
          const { from, to, begin, end } = windowAt(cursor, speed, design, denser);
          expect(from).toBeLessThanOrEqual(begin);
          expect(begin).toBeLessThanOrEqual(cursor);
          expect(cursor).toBeLessThan(end);
          expect(end).toBe(end === 60_000_000 ? to - 1 : to);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  it('is the same one for every cursor that it is for: where one came from does not matter', () => {
    const window = windowAt(30_123_456, '1/100', seedDesign);
    expect(windowAt(window.begin, '1/100', seedDesign)).toEqual(window);
    expect(windowAt(window.end - 0.001, '1/100', seedDesign)).toEqual(window);
    expect(windowAt(window.end, '1/100', seedDesign).begin).toBe(window.end);
  });

  it('is shorter where more happens', () => {
    const { from, to } = windowAt(30_000_000, '1/100', busy);
    expect(to - from).toBeLessThan(30_000);
    const denser = windowAt(30_000_000, '1/100', busy, 6);
    expect(denser.to - denser.from).toBeLessThan(to - from);
  });

  it('takes one operation in as many at the very beginning, where it leads in for less', () => {
    const first = windowAt(0, '1', seedDesign);
    const later = windowAt(30_000_000, '1', seedDesign);
    expect(first.to - first.from).toBeLessThan(later.to - later.from);
    expect(first.sample).toBe(later.sample);
  });

  it.each([
    ['1', [200_000, 400_000, 800_000, 1_000_000, 2_000_000]],
    ['1/10', [75_000, 150_000, 300_000, 600_000]],
    ['1/100', [50_000, 100_000]],
  ] as const)(
    'is shorter at the beginning of a run at %s, whose first picture waits for it',
    (speed, ends) => {
      let cursor = 0;
      for (const end of ends) {
        expect(windowAt(cursor, speed, seedDesign)).toMatchObject({ begin: cursor, end });
        cursor = end;
      }
    },
  );

  it('is followed by the next one when play comes near its end', () => {
    const window = windowAt(30_000_000, '1/10', seedDesign);
    expect(prefetchCursor(window.begin, '1/10', window)).toBeUndefined();
    expect(prefetchCursor(window.end - 100_000, '1/10', window)).toBe(window.end);
  });

  it('at full speed is followed by the next one from its beginning: that takes about as long as it lasts', () => {
    const window = windowAt(30_000_000, '1', seedDesign);
    expect(prefetchCursor(window.begin, '1', window)).toBe(window.end);
  });
});
