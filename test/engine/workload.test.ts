import { describe, expect, it } from 'vitest';
import type { Design } from '../../src/design/design.ts';
import { EVENT, EVENT_WIDTH, EVENTS, SYSTEM, SYSTEM_WIDTH } from '../../src/design/readings.ts';
import { detailOf } from '../../src/engine/detail.ts';
import { aDesign } from '../support/designs.ts';
import { render } from '../support/engineRuns.ts';

const reads = (differences: Readonly<Record<string, string | string[]>>): Design =>
  aDesign({
    duration: '2s',
    policy: 'db-only',
    'workload.puts': '0/s',
    'workload.arrivals': 'even',
    'workload.keys': '1000',
    'workload.skew': '0',
    ...differences,
  });

/** Reads begun in each 100 ms. */
function begunIn(design: Design): number[] {
  const { system } = render(design);
  return Array.from(
    { length: system.length / SYSTEM_WIDTH },
    (_, bucket) => system[bucket * SYSTEM_WIDTH + SYSTEM.getsStarted] ?? NaN,
  );
}

/** The buckets of 100 ms in which a read begins, once for each. */
const begun = (design: Design): number[] =>
  begunIn(design).flatMap((count, bucket) => Array.from({ length: count }, () => bucket));

describe('a surge', () => {
  it('stretches and shrinks what is left of a gap, at its beginning and at its end', () => {
    // Every 400 ms from 200 on. At 300 ms three quarters of a gap are left, and pass four times as fast: 375. The next
    // one is 100 long; at 400 ms three quarters of it are left, and take 300 again: 700.
    const fault = ['workload:surge:4@300ms-400ms'];
    expect(begun(reads({ 'workload.gets': '2.5/s' }))).toEqual([2, 6, 10, 14, 18]);
    expect(begun(reads({ 'workload.gets': '2.5/s', fault }))).toEqual([2, 3, 7, 11, 15, 19]);
  });

  it('brings in who would have come after the end, and puts off who would have come before it', () => {
    expect(begun(reads({ 'workload.gets': '0.1/s' }))).toEqual([]);
    // Due at 5 s; at 1.5 s there are 3.5 s left, a tenth of which is 0.35 s.
    expect(begun(reads({ 'workload.gets': '0.1/s', fault: ['workload:surge:10@1.5s'] }))).toEqual([18]);
    expect(begun(reads({ 'workload.gets': '2.5/s', fault: ['workload:surge:0.01@700ms'] }))).toEqual([2, 6]);
  });

  it('multiplies with those that overlap it, and leaves nothing behind', () => {
    const fault = [
      'workload:surge:3@400ms-1s',
      'workload:surge:5@600ms-800ms',
      'workload:surge:0.5@700ms-1.2s',
    ];
    const counts = begunIn(reads({ 'workload.gets': '1000/s', fault }));
    // A hundred a bucket, times the product of the factors; one more or less where an arrival falls on the border.
    const expected = [1, 1, 1, 1, 3, 3, 15, 7.5, 1.5, 1.5, 0.5, 0.5, 1, 1, 1, 1, 1, 1, 1, 1];
    counts.forEach((count, bucket) => {
      expect(Math.abs(count - 100 * (expected[bucket] ?? NaN))).toBeLessThanOrEqual(1);
    });
  });

  it('is of PUTs and GETs alike, and of arrivals that are independent of each other', () => {
    const busy = { 'workload.arrivals': 'poisson', 'workload.puts': '2000/s', 'workload.gets': '2000/s' };
    const readBack = { 'workload.readBack': '0%' };
    const { summary } = render(reads({ ...busy, ...readBack, fault: ['workload:surge:4@1s'] }));
    // 2000 + 8000 are expected of each; a Poisson count is within four deviations of it.
    for (const { attempted } of [summary.put, summary.get])
      expect(Math.abs(attempted - 10_000)).toBeLessThan(4 * Math.sqrt(10_000));
  });
});

/** The key of every operation, in the order in which they began. */
function keysOf(design: Design): number[] {
  const to = design.duration;
  const detail = detailOf(design, undefined, { from: 0, to, sample: 'all', focus: [], key: -1 });
  if (!detail.ok || detail.value.truncated) throw new Error('the whole run is recorded');
  const { events } = detail.value;
  const keys: number[] = [];
  for (let o = 0; o < events.length; o += EVENT_WIDTH)
    if (events[o + EVENT.type] === EVENTS.indexOf('startOperation')) keys.push(events[o + EVENT.key] ?? NaN);
  return keys;
}

describe('a hot key', () => {
  const gets = { 'workload.gets': '2000/s' };
  const usual = keysOf(reads(gets));

  it('draws its share of all traffic, and leaves every other arrival as it was', () => {
    const fault = ['workload:hotkey:40%@0s', 'workload:hotkey:50%@1s'];
    const keys = keysOf(reads({ ...gets, fault }));
    expect(keys).toHaveLength(usual.length);
    expect(keys.every((key, i) => key === 0 || key === usual[i])).toBe(true);
    const drawn = (from: number, to: number): number => {
      const part = keys.slice(from, to).filter((key, i) => key === 0 && usual[from + i] !== 0);
      return part.length / usual.slice(from, to).filter((key) => key !== 0).length;
    };
    // Within four deviations of a share of 2000: one is 1.1 %. Together they leave 0.6 times 0.5 alone.
    expect(Math.abs(drawn(0, 2000) - 0.4)).toBeLessThan(0.044);
    expect(Math.abs(drawn(2000, 4000) - 0.7)).toBeLessThan(0.041);
  });

  it('of all of it is the only one, until it ends', () => {
    const keys = keysOf(reads({ ...gets, fault: ['workload:hotkey:100%@500ms-1s'] }));
    expect(new Set(keys.slice(1000, 2000))).toEqual(new Set([0]));
    expect([...keys.slice(0, 1000), ...keys.slice(2000)]).toEqual([
      ...usual.slice(0, 1000),
      ...usual.slice(2000),
    ]);
  });
});
