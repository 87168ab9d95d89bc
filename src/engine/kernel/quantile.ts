/**
 * Exact quantiles and means of the distributions that a document can name. The sampler's
 * tables are made from them and its tails are drawn with them.
 */
import type { Dist } from '../../design/dist.ts';
import { exp, ln, normalQuantile } from './mathematics.ts';

type Mixture = Extract<Dist, { kind: 'mixture' }>;
/** Of one form: what a mixture is made of. */
export type Simple = Exclude<Dist, Mixture>;
type Quantiles = Extract<Dist, { kind: 'quantiles' }>;

/** The standard normal's 99 % quantile. */
const Z99 = 2.3263478740408408;

/** The standard deviation of the logarithm of a lognormal given by its median and its 99 % quantile. */
export function sigmaOf(median: number, p99: number): number {
  return ln(p99 / median) / Z99;
}

/**
 * The quantile at `below`, given with its complement `above` = 1 - below: near an end of (0, 1) the smaller of the two
 * carries all the precision, so the caller, who knows it, passes both.
 */
export function quantileAt(dist: Simple, below: number, above: number): number {
  switch (dist.kind) {
    case 'const':
      return dist.value;
    case 'uniform':
      return dist.from + (dist.to - dist.from) * below;
    case 'exp':
      return -dist.mean * logOfAbove(below, above);
    case 'pareto':
      return dist.scale * exp(-logOfAbove(below, above) / dist.shape);
    case 'lognormal':
      return dist.median * exp(sigmaOf(dist.median, dist.p99) * normalQuantile(below, above));
    case 'quantiles':
      return interpolate(dist, below);
  }
}

/** The exact mean, microseconds; Infinity for a Pareto of shape 1 or less. */
export function meanOf(dist: Dist): number {
  switch (dist.kind) {
    case 'const':
      return dist.value;
    case 'uniform':
      return (dist.from + dist.to) / 2;
    case 'exp':
      return dist.mean;
    case 'pareto':
      return dist.shape > 1 ? (dist.scale * dist.shape) / (dist.shape - 1) : Infinity;
    case 'lognormal': {
      const sigma = sigmaOf(dist.median, dist.p99);
      return dist.median * exp((sigma * sigma) / 2);
    }
    case 'quantiles':
      return meanOfPoints(dist);
    case 'mixture':
      return weighted(dist, meanOf);
  }
}

/** ln(1 - below), from whichever of the two is the smaller. */
function logOfAbove(below: number, above: number): number {
  if (below >= above) return ln(above);
  // What rounding took from 1 - below is put back (Kahan; Goldberg 1991, theorem 4).
  const rounded = 1 - below;
  return rounded === 1 ? -below : (ln(rounded) * below) / (1 - rounded);
}

/** Linear between the points, from value 0 at p = 0, constant above the last. Points give their p in per cent. */
function interpolate({ points }: Quantiles, p: number): number {
  let last = { p: 0, value: 0 };
  for (const point of points) {
    const next = { p: point.p / 100, value: point.value };
    if (p < next.p) return last.value + ((next.value - last.value) * (p - last.p)) / (next.p - last.p);
    last = next;
  }
  return last.value;
}

function meanOfPoints({ points }: Quantiles): number {
  let mean = 0;
  let last = { p: 0, value: 0 };
  for (const point of points) {
    const next = { p: point.p / 100, value: point.value };
    mean += ((next.p - last.p) * (next.value + last.value)) / 2;
    last = next;
  }
  return mean + (1 - last.p) * last.value;
}

function weighted({ parts }: Mixture, of: (dist: Dist) => number): number {
  let sum = 0;
  let weights = 0;
  for (const { weight, dist } of parts) {
    if (weight <= 0) continue;
    sum += weight * of(dist);
    weights += weight;
  }
  return sum / weights;
}
