/** Comparisons of two designs: the arithmetic against a published example, the pairing against a run that is made up. */
import { describe, expect, test } from 'vitest';
import type { Design } from '../../src/design/design.ts';
import { seedDesign } from '../../src/design/design.ts';
import { LIMITS } from '../../src/design/limits.ts';
import type { SeriesReading } from '../../src/engine/readings.ts';
import { drivenRun, type DrivenRun } from '../../src/engine/render.ts';
import { Comparison, differenceOf } from '../../src/explore/comparison.ts';
import { MEASURES, type Measure } from '../../src/explore/measures.ts';
import { aDesign } from '../support/designs.ts';
import { aSummary } from '../support/summaries.ts';

const lower: Measure = { key: 'm', label: 'm', help: '', unit: 'count', better: 'lower', precision: 0 };
const higher: Measure = { ...lower, better: 'higher' };

/** Hours of sleep gained with two drugs by the same ten people: Student, The probable error of a mean, 1908. */
const A = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
const B = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
const sleep = A.map((a, i) => ({ a, b: B[i] ?? 0 }));

describe('a difference', () => {
  test("is Student's own: 1.58 hours, from 0.70 to 2.46", () => {
    const { difference, interval } = differenceOf(higher, sleep);
    expect(difference).toBeCloseTo(1.58, 10);
    expect(interval?.from).toBeCloseTo(0.7001142, 6);
    expect(interval?.to).toBeCloseTo(2.4598858, 6);
  });

  test('is for the one that is better, lower or higher, when the interval leaves no room for the other', () => {
    expect(differenceOf(higher, sleep).verdict).toBe('b');
    expect(differenceOf(lower, sleep).verdict).toBe('a');
    const turned = sleep.map(({ a, b }) => ({ a: b, b: a }));
    expect(differenceOf(higher, turned).verdict).toBe('a');
    expect(differenceOf(lower, turned).verdict).toBe('b');
  });

  test('is open when the interval holds zero, however large its mean is', () => {
    const { difference, interval, verdict } = differenceOf(lower, [
      { a: 0, b: 100 },
      { a: 0, b: 1 },
    ]);
    expect(difference).toBe(50.5);
    expect(interval?.from).toBeCloseTo(50.5 - 12.7062 * 49.5, 1);
    expect(verdict).toBe('open');
  });

  test('of a single pair has no interval and no verdict', () => {
    expect(differenceOf(lower, [{ a: 5, b: 1 }])).toMatchObject({
      a: 5,
      b: 1,
      difference: -4,
      interval: undefined,
      verdict: 'open',
    });
  });

  test('is exact when it is the same with every seed, and equal when it is nothing', () => {
    const exact = differenceOf(lower, [
      { a: 4, b: 3 },
      { a: 5, b: 4 },
    ]);
    expect(exact).toMatchObject({ interval: { from: -1, to: -1 }, verdict: 'b' });
    const same = differenceOf(lower, [
      { a: 4, b: 4 },
      { a: 5, b: 5 },
    ]);
    expect(same).toMatchObject({ interval: { from: 0, to: 0 }, verdict: 'equal' });
  });
});

test('a difference that is finer than its measure is none', () => {
  const percentile = { ...lower, precision: 0.01 };
  const near = [
    { a: 100, b: 100.44 },
    { a: 100, b: 100.46 },
  ];
  expect(differenceOf(percentile, near).verdict).toBe('equal');
  expect(differenceOf({ ...percentile, precision: 0.001 }, near).verdict).toBe('a');
  const apart = [
    { a: 100, b: 102.44 },
    { a: 100, b: 102.46 },
  ];
  expect(differenceOf(percentile, apart).verdict).toBe('a');
  // It is a share of the larger one, whichever that is.
  const [a, b] = [1, 1.9];
  const coarse = { ...lower, precision: 0.5 };
  expect(
    differenceOf(coarse, [
      { a, b },
      { a, b },
    ]).verdict,
  ).toBe('equal');
  expect(
    differenceOf(coarse, [
      { a: b, b: a },
      { a: b, b: a },
    ]).verdict,
  ).toBe('equal');
});

const NOTHING: SeriesReading = {
  buckets: 0,
  nodeCount: 0,
  system: new Float32Array(),
  nodes: new Float32Array(),
};

/**
 * Runs that end at their duration, or so much later (microseconds), and what was run, in order. A PUT takes as many ms as
 * the seed says, a GET twice that in `db-only`; and there are as many nodes as the seed says.
 */
function recorded(drain = 0) {
  const started: Design[] = [];
  const runThis = (design: Design): DrivenRun => {
    started.push(design);
    let now = 0;
    const get = design.policy === 'db-only' ? 2 * design.seed : design.seed;
    const summary = aSummary();
    return {
      advance: (until) => (now = until),
      get done() {
        return now >= design.duration + drain;
      },
      summary: () => ({
        ...summary,
        put: { ...summary.put, p99Ms: design.seed },
        get: { ...summary.get, p99Ms: get },
        ...(design.seed === 8 && design.policy === 'db-only' ? { stopped: 'too much' } : {}),
      }),
      series: () => ({ ...NOTHING, nodeCount: design.seed }),
    };
  };
  return { started, runThis };
}

const STEP = 30_000_000;
const seventh = aDesign({ seed: '7' });
const store = { ...seventh, policy: 'db-only' as const, seed: 99 };

function finish(comparison: Comparison): void {
  while (!comparison.done) comparison.advance(STEP);
}

describe('a comparison', () => {
  test("runs both designs with each seed, from the first one's on", () => {
    const { started, runThis } = recorded();
    const comparison = new Comparison(seventh, store, runThis);
    comparison.ask(2);
    finish(comparison);
    expect(started.map(({ policy, seed }) => `${policy} ${seed}`)).toEqual([
      'write-through 7',
      'db-only 7',
      'write-through 8',
      'db-only 8',
    ]);
    const { seeds, differences, stopped } = comparison.reading();
    expect(seeds).toEqual([7, 8]);
    expect(differences.find(({ key }) => key === 'getP99')).toMatchObject({ a: 7.5, b: 15, difference: 7.5 });
    expect(differences.find(({ key }) => key === 'putP99')).toMatchObject({ verdict: 'equal' });
    expect(stopped).toEqual([{ side: 'b', seed: 8, why: 'too much' }]);
  });

  test('says how far it is, by simulated time', () => {
    const comparison = new Comparison(seventh, store, recorded().runThis);
    comparison.ask(2);
    const shares = [comparison.share];
    while (!comparison.done) {
      comparison.advance(STEP);
      shares.push(comparison.share);
    }
    expect(shares).toEqual(Array.from({ length: 9 }, (_, i) => i / 8));
  });

  test('counts what a run takes to come to its end as nothing of its way', () => {
    const comparison = new Comparison(seventh, store, recorded(2 * STEP).runThis);
    comparison.ask(1);
    const shares = Array.from({ length: 8 }, () => {
      comparison.advance(STEP);
      return comparison.share;
    });
    expect(shares).toEqual([0.25, 0.5, 0.5, 0.5, 0.75, 1, 1, 1]);
  });

  test('keeps the curves of the first seed, whatever is run after it', () => {
    const comparison = new Comparison(seventh, store, recorded().runThis);
    comparison.ask(2);
    finish(comparison);
    expect((['a', 'b'] as const).map((side) => comparison.series(side)?.nodeCount)).toEqual([7, 7]);
  });

  test('goes on where it was when more seeds are asked for, and takes none back', () => {
    const { started, runThis } = recorded();
    const comparison = new Comparison(seventh, store, runThis);
    comparison.ask(1);
    finish(comparison);
    comparison.ask(2);
    finish(comparison);
    comparison.ask(1);
    expect(comparison.reading()).toMatchObject({ seeds: [7, 8] });
    expect(started.length).toBe(4);
  });

  test('begins again from 0 past the last seed', () => {
    const { started, runThis } = recorded();
    const comparison = new Comparison({ ...seventh, seed: LIMITS.seed }, store, runThis);
    comparison.ask(2);
    finish(comparison);
    expect(started.map(({ seed }) => seed)).toEqual([LIMITS.seed, LIMITS.seed, 0, 0]);
  });

  test('of a design with itself finds no difference in anything, through the engine', () => {
    const small = aDesign({ duration: '1s', 'workload.keys': '1000' });
    const comparison = new Comparison(small, small, drivenRun);
    comparison.ask(2);
    finish(comparison);
    const { differences } = comparison.reading();
    expect(differences.map(({ key }) => key)).toEqual(MEASURES.map(({ key }) => key));
    for (const { verdict } of differences) expect(verdict).toBe('equal');
    expect(comparison.series('a')?.buckets).toBe(10);
    expect(comparison.series('b')?.system).toEqual(comparison.series('a')?.system);
  });

  test('tells a store-first design from a cache-first one by its dirty reads', () => {
    const cacheFirst = { ...seedDesign, duration: 1_000_000 };
    const storeFirst = aDesign({ 'cache.order': 'store-first' }, cacheFirst);
    const comparison = new Comparison(cacheFirst, storeFirst, drivenRun);
    comparison.ask(3);
    finish(comparison);
    const dirty = comparison.reading().differences.find(({ key }) => key === 'dirtyReads');
    expect(dirty).toMatchObject({ b: 0, verdict: 'b' });
  });
});
