/** Held against @stdlib's functions, whose bits do not depend on the browser either. */
import erfcinv from '@stdlib/math-base-special-erfcinv';
import stdlibExp from '@stdlib/math-base-special-exp';
import stdlibLn from '@stdlib/math-base-special-ln';
import { expect, test } from 'vitest';
import { exp, ln, normalQuantile } from '../../../src/engine/kernel/mathematics.ts';
import { Streams } from '../../../src/engine/kernel/streams.ts';

const COUNT = 200_000;

/** How many doubles apart two numbers of one sign are. */
function ulpsBetween(a: number, b: number): number {
  const bits = new BigInt64Array(new Float64Array([a, b]).buffer);
  return Math.abs(Number((bits[0] ?? 0n) - (bits[1] ?? 0n)));
}

function worst(draw: (unit: number) => number, distance: (x: number) => number): number {
  const streams = new Streams(1, 1);
  let most = 0;
  for (let i = 0; i < COUNT; i++) most = Math.max(most, distance(draw(streams.unit(0))));
  return most;
}

test.each<[string, (unit: number) => number]>([
  ['near 1', (unit) => 0.5 + unit],
  ['up to a million', (unit) => unit * 1e6],
  ['at every magnitude', (unit) => 2 ** (unit * 2090 - 1070)],
])('the logarithm is within an ulp of that of @stdlib: %s', (_, draw) => {
  expect(worst(draw, (x) => ulpsBetween(ln(x), stdlibLn(x)))).toBeLessThanOrEqual(1);
});

test.each<[string, (unit: number) => number]>([
  ['near 0', (unit) => unit - 0.5],
  ['up to e^20', (unit) => (unit - 0.5) * 40],
  ['at every magnitude', (unit) => (unit - 0.5) * 1400],
])('the exponential function is within an ulp of that of @stdlib: %s', (_, draw) => {
  expect(worst(draw, (x) => ulpsBetween(exp(x), stdlibExp(x)))).toBeLessThanOrEqual(1);
});

test.each<[number, number]>([
  [1, 0],
  [0, -Infinity],
  [Infinity, Infinity],
  [-1, NaN],
  [NaN, NaN],
  [Number.MIN_VALUE, stdlibLn(Number.MIN_VALUE)],
])('ln %f is %f', (x, expected) => {
  expect(ln(x)).toBe(expected);
});

test.each<[number, number]>([
  [0, 1],
  [-0, 1],
  [-Infinity, 0],
  [-746, 0],
  [-745, Number.MIN_VALUE],
  [709.78, stdlibExp(709.78)],
  [709.79, Infinity],
  [Infinity, Infinity],
  [NaN, NaN],
])('e to the %f is %f', (x, expected) => {
  expect(exp(x)).toBe(expected);
});

test.each<[string, (unit: number) => number]>([
  ['in the middle', (unit) => unit],
  // No draw is nearer to an end than 2^-64.
  ['in the tails', (unit) => 2 ** (-64 * unit)],
])("the normal's quantile is that of @stdlib's erfcinv to fifteen digits: %s", (_, draw) => {
  const error = (below: number): number => {
    const above = 1 - below;
    const z = Math.SQRT2 * (below < above ? -erfcinv(2 * below) : erfcinv(2 * above));
    return z === 0 ? 0 : Math.abs(normalQuantile(below, above) / z - 1);
  };
  expect(worst(draw, error)).toBeLessThan(2e-15);
});

test("the normal's quantile is odd, 0 in the middle and infinite at the ends", () => {
  expect(normalQuantile(0.5, 0.5)).toBe(0);
  expect(normalQuantile(0, 1)).toBe(-Infinity);
  expect(normalQuantile(1, 0)).toBe(Infinity);
  for (const below of [0.3, 0.05, 1e-6, 1e-13])
    expect(normalQuantile(below, 1 - below)).toBe(-normalQuantile(1 - below, below));
});
