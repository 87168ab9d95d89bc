/** A budget, what was measured against it, and both in words. */

export interface Measurement {
  readonly what: string;
  readonly measured: number;
  readonly unit: string;
  /** At least so much, or at most. */
  readonly budget: { readonly atLeast: number } | { readonly atMost: number };
}

/** How well the budget is kept: 1 is just kept, 2 twice as good as it has to be, below 1 it is broken. */
function ratio({ measured, budget }: Measurement): number {
  return 'atLeast' in budget ? measured / budget.atLeast : budget.atMost / measured;
}

/** Cells of a row: what, measured, budget, ratio. */
export function row(measurement: Measurement): string[] {
  const { what, measured, unit, budget } = measurement;
  const [sign, limit] = 'atLeast' in budget ? ['>=', budget.atLeast] : ['<=', budget.atMost];
  const kept = ratio(measurement);
  return [
    what,
    `${digits(measured)} ${unit}`,
    `${sign} ${digits(limit)} ${unit}`,
    `${kept.toFixed(2)}${kept < 1 ? '  BROKEN' : ''}`,
  ];
}

function digits(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

/** The middle one of some rounds. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
