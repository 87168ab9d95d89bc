/**
 * Limits that a correct sample passes all but once in about 10,000 seeds; the seeds are pinned, so that a test which passed
 * once passes always.
 */

/** The 99.99 % quantile of chi square (Wilson and Hilferty's approximation). */
export function chiSquareLimit(degrees: number): number {
  if (degrees === 0) return Number.MIN_VALUE;
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + 3.72 * Math.sqrt(spread)) ** 3;
}

/** The 99.99 % quantile of Kolmogorov's distance between a sample of `count` and its distribution. */
export function kolmogorovLimit(count: number): number {
  return 2.2253 / Math.sqrt(count);
}
