import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ViolationKind } from '../../src/design/readings.ts';
import { laneShape, rowsOf, ROWS_AT_MOST, TIGHT_PX, WORDS_FROM_PX } from '../../src/ui/timeline/lanes.ts';
import {
  countColumns,
  HEXAGON_SPACING,
  indexViolations,
  loudRows,
  placeHexagons,
  widestGap,
} from '../../src/ui/timeline/violationMarks.ts';
import { clausesOf, fitting } from '../../src/ui/timeline/violationWords.ts';
import { violationsOf } from '../support/violations.ts';

/** Violations by their instants and kinds. */
const happened = (...rows: readonly (readonly [time: number, kind: ViolationKind])[]) =>
  violationsOf(...rows.map(([time, kind]) => ({ time, kind })));

const span = fc.tuple(fc.nat(1000), fc.nat(200)).map(([from, length]) => ({ from, to: from + length }));

describe('faults that share the lane', () => {
  it('stand in one row as long as they only touch', () => {
    expect(
      rowsOf([
        { from: 0, to: 10 },
        { from: 10, to: 20 },
        { from: 20, to: 20 },
        { from: 30, to: 40 },
      ]),
    ).toEqual([0, 0, 0, 0]);
  });

  it('take the first row that is free, in order of time whatever their order in the document', () => {
    const spans = [
      { from: 5, to: 15 },
      { from: 0, to: 10 },
      { from: 10, to: 12 },
    ];
    expect(rowsOf(spans)).toEqual([1, 0, 0]);
  });

  it('never overlap within a row while there are rows', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: ROWS_AT_MOST }), (spans) => {
        const rows = rowsOf(spans);
        spans.forEach((a, i) => {
          spans.slice(i + 1).forEach((b, k) => {
            if (rows[i] !== rows[i + 1 + k]) return;
            expect(Math.min(a.to, b.to)).toBeLessThanOrEqual(Math.max(a.from, b.from));
          });
        });
      }),
      { seed: 1 },
    );
  });

  it('shrink rather than push the charts away, and past three of them lose their words', () => {
    expect(laneShape(0)).toMatchObject({ height: 31, blockHeight: 24 });
    expect(laneShape(4).blockHeight).toBeGreaterThanOrEqual(WORDS_FROM_PX);
    expect(laneShape(5).blockHeight).toBeLessThan(WORDS_FROM_PX);
    // A low window has the words of two.
    expect(laneShape(2, TIGHT_PX).blockHeight).toBeGreaterThanOrEqual(WORDS_FROM_PX);
    for (let rows = 1; rows <= ROWS_AT_MOST; rows++) {
      const shape = laneShape(rows);
      expect(shape.height).toBeLessThanOrEqual(57);
      expect(laneShape(rows, TIGHT_PX).height).toBeLessThanOrEqual(37);
      expect(shape.topOf(rows - 1) + shape.blockHeight).toBeLessThanOrEqual(shape.height);
    }
  });

  it('of which more than there are rows are laid over each other', () => {
    const rows = rowsOf(Array.from({ length: 64 }, () => ({ from: 0, to: 10 })));
    expect(Math.max(...rows)).toBe(ROWS_AT_MOST - 1);
  });
});

describe('violation marks', () => {
  const axis = { from: 0, to: 1_000_000, width: 1000 };

  it('are a hexagon each as long as there is room for one', () => {
    const times = [100_000, 105_000, 110_999, 111_000, 400_000];
    const violations = happened(...times.map((time) => [time, 'readYourWrites'] as const));
    const placed = placeHexagons(violations, loudRows(violations), axis);
    expect(placed.map((hexagon) => hexagon.row)).toEqual([0, 3, 4]);
  });

  it('stand in order of time, though found in another', () => {
    const violations = happened([500_000, 'readYourWrites'], [100_000, 'lostAckedWrite']);
    expect(loudRows(violations)).toEqual([1, 0]);
  });

  it('never touch each other, and the focused one is always among them', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 200 }), fc.nat(), (times, pick) => {
        const violations = happened(...times.map((time) => [time, 'monotonicReads'] as const));
        const focused = pick % times.length;
        const placed = placeHexagons(violations, loudRows(violations), axis, focused);
        expect(placed.map((hexagon) => hexagon.row)).toContain(focused);
        let last = -Infinity;
        for (const { x } of placed) {
          expect(x - last).toBeGreaterThanOrEqual(HEXAGON_SPACING - 1e-9);
          last = x;
        }
      }),
      { seed: 2 },
    );
  });

  it('are one more where a quiet one is focused, as when play has stopped at a stale read', () => {
    const violations = happened(
      [100_000, 'readYourWrites'],
      [200_000, 'staleRead'],
      [205_000, 'readYourWrites'],
      [300_000, 'readYourWrites'],
    );
    const rows = loudRows(violations);
    expect(placeHexagons(violations, rows, axis).map(({ row }) => row)).toEqual([0, 2, 3]);
    expect(placeHexagons(violations, rows, axis, 1).map(({ row }) => row)).toEqual([0, 1, 3]);
  });

  it('are left out where the window does not reach', () => {
    const violations = happened([100_000, 'readYourWrites'], [900_000, 'readYourWrites']);
    const zoomed = { from: 800_000, to: 1_000_000, width: 1000 };
    expect(placeHexagons(violations, loudRows(violations), zoomed)).toEqual([{ row: 1, x: 500 }]);
    const { loud } = countColumns(violations, zoomed);
    expect(loud[500]).toBe(1);
    expect(loud.reduce((sum, count) => sum + count, 0)).toBe(1);
  });

  it('are quiet for what every healthy design has by the thousand', () => {
    const violations = happened([1, 'dirtyRead'], [2, 'staleRead'], [3, 'phantomRead']);
    expect(loudRows(violations)).toEqual([2]);
  });

  it('leave their widest gap to the words', () => {
    expect(widestGap([], 800)).toEqual({ from: 0, to: 800 });
    expect(
      widestGap(
        [
          { row: 0, x: 300 },
          { row: 1, x: 350 },
        ],
        800,
      ),
    ).toEqual({ from: 350, to: 800 });
    expect(widestGap([{ row: 0, x: 600 }], 800)).toEqual({ from: 0, to: 600 });
  });
});

describe('the words for violations', () => {
  it('name the most serious kind first and leave out what did not happen', () => {
    const { counts } = indexViolations(
      happened([1, 'dirtyRead'], [2, 'readYourWrites'], [3, 'dirtyRead'], [4, 'lostAckedWrite']),
    );
    expect(clausesOf(counts, String)).toEqual([
      '1 acknowledged write was lost',
      '1 read did not see its own write',
      '2 reads saw what was not committed yet',
    ]);
  });

  it('are of one read where one alone is told in short', () => {
    const { counts } = indexViolations(happened([1, 'staleRead'], [2, 'dirtyRead'], [3, 'dirtyRead']));
    expect(fitting(counts, 400, String).quiet).toBe('1 stale read, 2 dirty reads');
  });

  it('are none when nothing happened', () => {
    expect(clausesOf(indexViolations(happened()).counts, String)).toEqual([]);
  });
});
