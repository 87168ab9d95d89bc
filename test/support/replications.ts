/**
 * Independent replications: the same quantity over the samples of several runs that differ in their seed alone. A
 * queue's samples are correlated, so that the spread between runs is what tells how far a measured value can be off.
 */

export interface Estimate {
  readonly value: number;
  readonly standardError: number;
}

/** Mean of one number a run, and its standard error. */
export function meanOf(values: readonly number[]): Estimate {
  const value = values.reduce((sum, x) => sum + x, 0) / values.length;
  const squares = values.reduce((sum, x) => sum + (x - value) ** 2, 0);
  return { value, standardError: Math.sqrt(squares / (values.length - 1) / values.length) };
}

/**
 * A statistic of all runs' samples together, and its standard error by the jackknife: how much it moves when one run
 * is left out (Quenouille 1949, Tukey 1958). `without` gives all samples but those of one run.
 */
export function jackknife<S>(
  all: S,
  runs: readonly S[],
  without: (all: S, one: S) => S,
  statistic: (samples: S) => number,
): Estimate {
  const partial = runs.map((one) => statistic(without(all, one)));
  const mean = partial.reduce((sum, x) => sum + x, 0) / runs.length;
  const squares = partial.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { value: statistic(all), standardError: Math.sqrt((squares * (runs.length - 1)) / runs.length) };
}
