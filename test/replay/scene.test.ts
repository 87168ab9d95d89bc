import { describe, expect, it } from 'vitest';
import { FOLD_US, scaleOf } from '../../src/replay/story/scale.ts';
import type { Scene } from '../../src/replay/story/scene.ts';

const message = (sentAt: number, arrivesAt: number) => ({
  sentAt,
  arrivesAt,
  operation: 1,
  from: 0,
  to: 1,
  kind: 'put' as const,
  answer: false,
  version: 1,
  call: sentAt,
  givenUp: false,
  lost: false,
});

function scene(...arrows: [number, number][]): Scene {
  return {
    lanes: [0, 1],
    from: 0,
    to: 100_000,
    arrows: arrows.map(([sentAt, arrivesAt]) => message(sentAt, arrivesAt)),
    waits: [],
    ribbons: [],
    timeouts: [],
  };
}

describe('time on the picture of a story', () => {
  it('runs to the right without a step back, from edge to edge', () => {
    const scale = scaleOf(scene([0, 300], [900, 1_500], [40_000, 40_200], [99_000, 100_000]), 500, 30);
    const xs = Array.from({ length: 1001 }, (_, i) => scale.xOf(i * 100));
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
    expect(xs[0]).toBe(0);
    expect(xs.at(-1)).toBeCloseTo(500);
  });

  it('folds what is longer than a fold, to the width of one, and says how long it was', () => {
    const scale = scaleOf(scene([0, 300], [50_300, 50_600], [99_400, 100_000]), 500, 30);
    expect(scale.folds.map(({ length }) => length)).toEqual([50_000, 48_800]);
    expect(scale.xOf(50_300) - scale.xOf(300)).toBeCloseTo(30);
    expect(FOLD_US).toBeLessThan(48_800);
  });

  it('shows short stretches in proportion', () => {
    const scale = scaleOf(scene([0, 300], [300, 900], [99_000, 100_000]), 500, 30);
    expect((scale.xOf(900) - scale.xOf(300)) / (scale.xOf(300) - scale.xOf(0))).toBeCloseTo(2);
  });
});
