import { describe, expect, it } from 'vitest';
import type { ViolationKind } from '../../src/design/readings.ts';
import { chartHeights, layStrips } from '../../src/ui/timeline/layout.ts';
import { laneShape } from '../../src/ui/timeline/lanes.ts';
import { cursorAfterKey } from '../../src/ui/timeline/playheadKeys.ts';
import { fitting } from '../../src/ui/timeline/violationWords.ts';

describe('the strips of the timeline', () => {
  it.each([305, 306, 331, 400])('fill %d pixels to the last one', (height) => {
    expect(layStrips(height, laneShape(1).height).bottom).toBe(height);
  });

  it('stand under each other without a gap, the latency highest', () => {
    const strips = layStrips(305, 31);
    let bottom = 0;
    for (const box of strips.charts) {
      expect(box.top).toBe(bottom);
      bottom += box.height;
    }
    expect(strips.charts[0]?.height).toBe(Math.max(...strips.charts.map((box) => box.height)));
    expect(strips.violations.top).toBe(strips.faults.top + strips.faults.height);
  });

  it('can still be read on a low window, and when faults take more room', () => {
    expect(chartHeights(60)).toEqual([52, 52, 27, 20]);
    expect(layStrips(305, laneShape(3).height).bottom).toBe(305);
  });
});

describe('the keys of the playhead', () => {
  const cursor = 12_340_000;
  it.each([
    ['ArrowRight', false, 12_440_000],
    ['ArrowLeft', true, 11_340_000],
    ['PageUp', false, 17_340_000],
    ['PageDown', false, 7_340_000],
    ['Home', false, 0],
    ['End', false, 60_000_000],
    ['a', false, undefined],
  ])('%s (Shift: %s) leads to %s', (key, shiftKey, to) => {
    expect(cursorAfterKey({ key, shiftKey }, cursor, 60_000_000)).toBe(to);
  });

  it('stop at the ends of the run', () => {
    expect(cursorAfterKey({ key: 'ArrowLeft', shiftKey: true }, 300_000, 60_000_000)).toBe(0);
    expect(cursorAfterKey({ key: 'PageUp', shiftKey: false }, 59_000_000, 60_000_000)).toBe(60_000_000);
  });
});

describe('the sentence on the violation lane', () => {
  const counts = new Map<ViolationKind, number>([
    ['readYourWrites', 118],
    ['staleRead', 600],
    ['dirtyRead', 50_000],
  ]);

  it('says all of it where there is room', () => {
    expect(fitting(counts, 900, String)).toEqual({
      loud: '118 reads did not see their own write',
      quiet: '600 stale reads, 50000 dirty reads',
    });
  });

  it('leaves out the quiet kinds first, then says it in short, then nothing', () => {
    expect(fitting(counts, 260, String)).toEqual({
      loud: '118 reads did not see their own write',
      quiet: '',
    });
    expect(fitting(counts, 170, String)).toEqual({ loud: '118 own writes not seen', quiet: '' });
    expect(fitting(counts, 60, String)).toEqual({ loud: '', quiet: '' });
    // What stands there already takes its part of the room.
    expect(fitting(counts, 260, String, 'twenty characters...')).toEqual(
      fitting(counts, 260 - 20 * 5.7, String),
    );
  });
});
