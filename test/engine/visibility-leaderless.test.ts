/** Freshness of a leaderless store against what is known of it exactly, and against the published model (PBS, 2012). */
import { describe, expect, it } from 'vitest';
import { visibilityOf } from '../../src/engine/visibility.ts';
import { aDesign } from '../support/designs.ts';

/** Nothing takes time but the four legs; hardly a key is written twice. */
const LEGS_ALONE: Readonly<Record<string, string>> = {
  policy: 'db-only',
  duration: '20s',
  'workload.gets': '0/s',
  'workload.readBack': '0%',
  'workload.keys': '10000000',
  'workload.skew': '0',
  'client.timeout': '600s',
  'app.concurrency': '1000000',
  'app.service': 'const:0ms',
  'network.clientApp': 'const:0ms',
  'store.mode': 'leaderless',
  'store.shards': '1',
  'store.r': '1',
  zones: '1',
};

/** A hundred milliseconds are the unit of time, so that rounding to microseconds is nothing. */
const exponential = (writeRate: number, w: number) => ({
  'store.w': String(w),
  'store.legs.write': `exp:${100 / writeRate}ms`,
  'store.legs.ack': 'exp:100ms',
  'store.legs.read': 'exp:100ms',
  'store.legs.response': 'exp:100ms',
});

const SSD = '0.9122*pareto:0.235ms:10+0.0878*exp:0.6024ms';
const DISK = '0.38*pareto:1.05ms:1.51+0.62*exp:5.46448ms';
const production = (write: string) => ({
  'store.w': '1',
  'store.legs.write': write,
  'store.legs.ack': SSD,
  'store.legs.read': SSD,
  'store.legs.response': SSD,
});

/** Share of fresh reads at each time, ms. */
function expectFreshness(
  legs: Readonly<Record<string, string>>,
  points: readonly (readonly [afterMs: number, fresh: number])[],
  trials: number,
): void {
  const design = aDesign({ ...LEGS_ALONE, ...legs, 'workload.puts': `${trials / 20}/s` });
  const reading = visibilityOf(design, { instants: points.map(([ms]) => ms * 1000), trials });
  for (const [i, [, expected]] of points.entries()) {
    const point = reading.points[i];
    expect(point).toMatchObject({ trials, unanswered: 0 });
    const error = Math.sqrt((expected * (1 - expected)) / trials);
    expect(3 * error).toBeLessThanOrEqual(Math.max(0.004, 0.02 * expected));
    expect(Math.abs((point?.fresh ?? Number.NaN) - expected)).toBeLessThanOrEqual(3 * error);
  }
}

describe('one replica of three read, exponential legs: 1 - exp(-L t) (1 - P0)', () => {
  it.each([
    [4, 1, 0.942947],
    [4, 2, 0.991034],
    [1, 1, 0.7518],
    [1, 2, 0.91313],
  ])('at a write rate of %d and W %d', (rate, w, atOnce) => {
    const instants = [0, 25].map((ms) => [ms, 1 - Math.exp((-rate * ms) / 100) * (1 - atOnce)] as const);
    expectFreshness(exponential(rate, w), instants, 8000);
  });
});

describe('R 1, W 1 on fits of production latencies', () => {
  it('solid state disks', () => {
    expectFreshness(production(SSD), [[0, 0.97364]], 15_000);
  });
  it('spinning disks, whose write leg has a heavy tail', () => {
    expectFreshness(
      production(DISK),
      [
        [0, 0.43666],
        [10, 0.92616],
      ],
      30_000,
    );
  });
});
