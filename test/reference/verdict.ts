/** Whether a row of the validation table holds, and the row in words. */
import type { ReferenceRow } from './row.ts';

export type Verdict = 'holds' | 'is off' | 'is imprecise';

/** How far a measured value may be from its reference, in standard errors. */
const SIGMAS = 3;
/** What that many standard errors may come to: a share of the reference, or so much of a probability. */
const PRECISION = 0.02;
const PRECISION_OF_SHARE = 0.004;
const SHARES: ReadonlySet<string> = new Set(['probability', 'share']);
/** An exact row may differ by what its arithmetic rounds, and so may replications that all give the same. */
const ROUNDING = 1e-9;

const isRounding = (difference: number, { reference }: ReferenceRow): boolean =>
  Math.abs(difference) <= ROUNDING * Math.abs(reference);

/** Distance from the reference in standard errors; 0 and Infinity for an exact row that agrees or does not. */
function sigmasOf(row: ReferenceRow): number {
  const distance = row.measured - row.reference;
  if (!isRounding(row.standardError, row)) return distance / row.standardError;
  return isRounding(distance, row) ? 0 : Infinity;
}

/** A row holds within three standard errors, if these are small enough to say anything. */
export function verdictOf(row: ReferenceRow): Verdict {
  const relative = PRECISION * Math.abs(row.reference);
  const precision = SHARES.has(row.unit) ? Math.max(relative, PRECISION_OF_SHARE) : relative;
  // A comparison that NaN does not pass.
  if (!(Math.abs(sigmasOf(row)) <= SIGMAS)) return 'is off';
  return SIGMAS * row.standardError <= precision ? 'holds' : 'is imprecise';
}

export const HEADINGS = ['area', 'what', 'reference', 'measured', 'error', 'source'];

/** The cells of a row, under the headings. */
export function cellsOf(row: ReferenceRow): string[] {
  const { area, name, reference, measured, standardError, unit, source } = row;
  const verdict = verdictOf(row);
  const error = isRounding(standardError, row) ? 'exact' : `${sigmasOf(row).toFixed(1)} σ`;
  return [
    area,
    name,
    inUnit(reference, unit),
    inUnit(measured, unit),
    verdict === 'holds' ? error : `${error}, ${verdict}`,
    source,
  ];
}

function inUnit(value: number, unit: string): string {
  const digits = Number.isInteger(value) ? String(value) : value.toPrecision(5);
  return SHARES.has(unit) ? digits : `${digits} ${unit}`;
}
