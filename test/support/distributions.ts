/** Distribution functions and quantiles of all distributions, mixtures included: what the sampler is held against. */
import erfc from '@stdlib/math-base-special-erfc';

import ln from '@stdlib/math-base-special-ln';
import type { Dist } from '../../src/design/dist.ts';
import { quantileAt, sigmaOf } from '../../src/engine/kernel/quantile.ts';

type Mixture = Extract<Dist, { kind: 'mixture' }>;
type Quantiles = Extract<Dist, { kind: 'quantiles' }>;

const SQRT2 = Math.SQRT2;

/** The value that a share `p` of all draws stay at or below, microseconds; 0 < p < 1. */
export function quantileOf(dist: Dist, p: number): number {
  return dist.kind === 'mixture' ? mixtureQuantile(dist, p) : quantileAt(dist, p, 1 - p);
}

/** The share of draws at or below `value`. */
export function shareAtOrBelow(dist: Dist, value: number): number {
  switch (dist.kind) {
    case 'const':
      return value >= dist.value ? 1 : 0;
    case 'uniform':
      if (value >= dist.to) return 1;
      return Math.max(0, (value - dist.from) / (dist.to - dist.from));
    case 'exp':
      if (dist.mean === 0) return value >= 0 ? 1 : 0;
      return value <= 0 ? 0 : -Math.expm1(-value / dist.mean);
    case 'pareto':
      return value <= dist.scale ? 0 : -Math.expm1(-dist.shape * ln(value / dist.scale));
    case 'lognormal': {
      const sigma = sigmaOf(dist.median, dist.p99);
      if (value <= 0) return 0;
      if (sigma === 0) return value >= dist.median ? 1 : 0;
      return erfc(-ln(value / dist.median) / (sigma * SQRT2)) / 2;
    }
    case 'quantiles':
      return shareOfPoints(dist, value);
    case 'mixture':
      return shareOfMixture(dist, value);
  }
}

function shareOfPoints({ points }: Quantiles, value: number): number {
  if (value < 0) return 0;
  let last = { p: 0, value: 0 };
  for (const point of points) {
    const next = { p: point.p / 100, value: point.value };
    if (value < next.value)
      return last.p + ((next.p - last.p) * (value - last.value)) / (next.value - last.value);
    last = next;
  }
  return 1;
}

/** The smallest value with a share of at least `below` at or under it, by bisection down to neighbouring doubles. */
function mixtureQuantile(dist: Mixture, below: number): number {
  const ends = dist.parts.filter(({ weight }) => weight > 0).map((part) => quantileOf(part.dist, below));
  let low = Math.min(...ends);
  let high = Math.max(...ends);
  if (shareAtOrBelow(dist, low) >= below) return low;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    if (shareAtOrBelow(dist, middle) >= below) high = middle;
    else low = middle;
  }
}

function shareOfMixture({ parts }: Mixture, value: number): number {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  return parts.reduce((sum, { weight, dist }) => sum + (weight / total) * shareAtOrBelow(dist, value), 0);
}
