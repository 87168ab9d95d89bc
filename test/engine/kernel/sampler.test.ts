import { describe, expect, test } from 'vitest';
import type { Dist } from '../../../src/design/dist.ts';
import { meanOf } from '../../../src/engine/kernel/quantile.ts';
import { quantileOf, shareAtOrBelow } from '../../support/distributions.ts';
import { Sampler, samplerOf } from '../../../src/engine/kernel/sampler.ts';
import { Streams } from '../../../src/engine/kernel/streams.ts';
import { kolmogorovLimit } from '../../support/statistics.ts';

const exponential: Dist = { kind: 'exp', mean: 602.4 };
const lognormal: Dist = { kind: 'lognormal', median: 80, p99: 250 };
const steep: Dist = { kind: 'pareto', scale: 235, shape: 10 };
const heavy: Dist = { kind: 'pareto', scale: 1050, shape: 1.51 };
const points: Dist = {
  kind: 'quantiles',
  points: [
    { p: 50, value: 400 },
    { p: 90, value: 700 },
    { p: 99, value: 1300 },
    { p: 99.9, value: 5000 },
  ],
};
const disk: Dist = {
  kind: 'mixture',
  parts: [
    { weight: 0.38, dist: heavy },
    { weight: 0.62, dist: { kind: 'exp', mean: 1e3 / 0.183 } },
  ],
};
const uniform: Dist = { kind: 'uniform', from: 1000, to: 2000 };

const continuous: [string, Dist][] = [
  ['exp', exponential],
  ['lognormal', lognormal],
  ['pareto, shape 10', steep],
  ['pareto, shape 1.51', heavy],
  ['uniform', uniform],
  ['a mixture', disk],
  ['a wide lognormal', { kind: 'lognormal', median: 10, p99: 100_000 }],
];

function sampleOf(dist: Dist, count: number, seed: number): Float64Array {
  const sampler = new Sampler(dist);
  const streams = new Streams(seed, 1);
  return Float64Array.from({ length: count }, () => sampler.sample(streams, 0)).sort();
}

describe('quantiles', () => {
  test.each<[string, Dist, number, number]>([
    // By the formula of each, computed apart: -mean ln(1-p); median (p99/median)^(z/z99); scale (1-p)^(-1/shape).
    ['exp', exponential, 0.5, 602.4 * 0.6931471805599453],
    ['exp', exponential, 0.999, 602.4 * 6.907755278982137],
    ['lognormal', lognormal, 0.5, 80],
    ['lognormal', lognormal, 0.99, 250],
    ['lognormal', lognormal, 0.01, (80 * 80) / 250],
    ['lognormal', lognormal, 0.9772498680518208, 80 * (250 / 80) ** (2 / 2.3263478740408408)],
    ['pareto', heavy, 0.999, 1050 * 1000 ** (1 / 1.51)],
    ['uniform', uniform, 0.25, 1250],
    ['given points', points, 0.25, 200],
    ['given points', points, 0.5, 400],
    ['given points', points, 0.945, 1000],
    ['given points', points, 0.9995, 5000],
    ['const', { kind: 'const', value: 7 }, 0.3, 7],
  ])('of %s are what its formula says', (_name, dist, p, expected) => {
    expect(quantileOf(dist, p) / expected).toBeCloseTo(1, 12);
  });

  test.each([...continuous, ['given points', points] as const])(
    'of %s rise, and its distribution function takes them back',
    (_name, dist) => {
      let last = 0;
      for (let i = 1; i < 1000; i++) {
        const value = quantileOf(dist, i / 1000);
        expect(value).toBeGreaterThanOrEqual(last);
        if (i < 999 || dist !== points) expect(shareAtOrBelow(dist, value)).toBeCloseTo(i / 1000, 9);
        last = value;
      }
    },
  );

  test('of a mixture stand on its atoms where it has some', () => {
    const atoms: Dist = {
      kind: 'mixture',
      parts: [
        { weight: 0.25, dist: { kind: 'const', value: 0 } },
        { weight: 0.5, dist: { kind: 'const', value: 10 } },
        { weight: 0.25, dist: { kind: 'exp', mean: 0 } },
      ],
    };
    expect([0.1, 0.49, 0.51, 0.99].map((p) => quantileOf(atoms, p))).toEqual([0, 0, 10, 10]);
    expect(meanOf(atoms)).toBe(5);
  });
});

describe('a sampler', () => {
  test.each(continuous)('of %s follows its distribution function (Kolmogorov)', (_name, dist) => {
    const count = 400_000;
    const sorted = sampleOf(dist, count, 21);
    let distance = 0;
    for (let i = 0; i < count; i += 7) {
      const share = shareAtOrBelow(dist, sorted[i] ?? NaN);
      distance = Math.max(distance, Math.abs(share - i / count), Math.abs(share - (i + 1) / count));
    }
    expect(distance).toBeLessThan(kolmogorovLimit(count));
  });

  test.each([...continuous, ['given points', points] as const])(
    'of %s errs by at most 1e-4 of the value, wherever in a cell a draw falls',
    (_name, dist) => {
      if (dist.kind === 'mixture') return; // its parts are tested, and their choice is above
      const sampler = new Sampler(dist);
      const outside: number[] = [];
      for (let cell = 0; cell < 2048; cell++) {
        for (const inside of [0, 1, 300_000, 700_000, 1_048_576, 1_500_000, 2_000_000, 2_097_151]) {
          const bits = cell * 2 ** 21 + inside;
          const drawn = sampler.sample(new Fixed(bits), 0);
          const [least, most] = [quantileOf(dist, bits / 2 ** 32), quantileOf(dist, (bits + 1) / 2 ** 32)];
          if (!(drawn >= least * (1 - 1e-4) && drawn <= most * (1 + 1e-4))) outside.push(bits);
        }
      }
      expect(outside).toEqual([]);
    },
  );

  test.each([
    ['exp', exponential, 0.9999],
    ['lognormal', lognormal, 0.9999],
    ['pareto, shape 1.51', heavy, 0.9999],
    ['pareto, shape 1.51', heavy, 0.999],
    ['given points', points, 0.99],
  ] as const)('of %s has a true tail at %d', (_name, dist, p) => {
    const count = 2_000_000;
    const limit = quantileOf(dist, p);
    const sampler = new Sampler(dist);
    const streams = new Streams(4, 1);
    let above = 0;
    for (let i = 0; i < count; i++) if (sampler.sample(streams, 0) > limit) above++;
    const expected = (1 - p) * count;
    expect(Math.abs(above - expected)).toBeLessThan(3.9 * Math.sqrt(expected));
  });

  test('of a heavy tail goes on far past what 32 bits can tell apart', () => {
    const last = new Sampler(heavy).sample(new Fixed(0xffffffff), 0);
    // Half of the last step of 11 + 21 + 32 bits: 1 - p is 2^-65.
    expect(last / (1050 * 2 ** (65 / 1.51))).toBeCloseTo(1, 9);
  });

  test.each(continuous.filter(([, dist]) => dist !== heavy && dist !== disk && meanOf(dist) < 2000))(
    'of %s has the mean that it says, and the spread that its formula says',
    (_name, dist) => {
      const count = 2_000_000;
      const sampler = new Sampler(dist);
      const streams = new Streams(8, 1);
      let [sum, squares] = [0, 0];
      for (let i = 0; i < count; i++) {
        const x = sampler.sample(streams, 0);
        sum += x;
        squares += x * x;
      }
      const mean = sum / count;
      const variance = squares / count - mean * mean;
      expect(sampler.mean).toBe(meanOf(dist));
      expect(Math.abs(mean - sampler.mean)).toBeLessThan(4 * Math.sqrt(variance / count));
      expect(variance / varianceOf(dist)).toBeCloseTo(1, 1.7);
    },
  );

  test('of a constant gives the constant, and of zero nothing but zero', () => {
    const streams = new Streams(1, 1);
    const draws = (dist: Dist) => {
      const sampler = new Sampler(dist);
      return new Set(Array.from({ length: 10_000 }, () => sampler.sample(streams, 0)));
    };
    expect(draws({ kind: 'const', value: 602.4 })).toEqual(new Set([602.4]));
    expect(draws({ kind: 'lognormal', median: 5, p99: 5 })).toEqual(new Set([5]));
    for (const zero of [
      { kind: 'const', value: 0 },
      { kind: 'exp', mean: 0 },
      { kind: 'uniform', from: 0, to: 0 },
      { kind: 'quantiles', points: [{ p: 50, value: 0 }] },
    ] as const) {
      expect([...draws(zero)].every((x) => x === 0)).toBe(true);
    }
  });

  test('is shared by equal distributions, and by no others', () => {
    expect(samplerOf({ ...lognormal })).toBe(samplerOf(lognormal));
    expect(samplerOf(exponential)).not.toBe(samplerOf(lognormal));
  });
});

/** Streams that draw one number again and again. */
class Fixed extends Streams {
  readonly #drawn: number;

  constructor(drawn: number) {
    super(0, 0);
    this.#drawn = drawn;
  }

  override i32(): number {
    return this.#drawn | 0;
  }

  override fill(_stream: number, into: Int32Array, first: number, count: number): void {
    into.fill(this.i32(), first, first + count);
  }
}

function varianceOf(dist: Dist): number {
  const mean = meanOf(dist);
  if (dist.kind === 'exp') return mean * mean;
  if (dist.kind === 'uniform') return (dist.to - dist.from) ** 2 / 12;
  if (dist.kind === 'pareto') return (mean * mean) / (dist.shape * (dist.shape - 2));
  if (dist.kind === 'lognormal') return mean * mean * ((mean / dist.median) ** 2 - 1);
  return NaN;
}
