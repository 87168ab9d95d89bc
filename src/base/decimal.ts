/**
 * Decimal numbers as people write them, read and written without losing a bit. A unit is a power of ten away from the
 * number it stands for, so it is applied to the digits of the text and never by multiplying: 12.34 s are 12340000 µs,
 * where 12.34 * 1e6 is not. Never rounds, never reads what is not a plain decimal.
 */

const DECIMAL = /^(\d+(?:\.\d+)?|\.\d+)(?:e(-?\d+))?$/;

/** Longest text that is looked at as a number: no number needs more. */
const LONGEST = 64;

/**
 * The number nearest to the decimal `text` times ten to the power of `exponent`; undefined when the text is not an
 * unsigned decimal (`12`, `0.5`, `1e-7`; no sign, no spaces, no `e+`).
 */
export function parseDecimal(text: string, exponent = 0): number | undefined {
  if (text.length > LONGEST) return undefined;
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const value = Number(`${match[1] ?? ''}e${Number(match[2] ?? 0) + exponent}`);
  return Number.isFinite(value) ? value : undefined;
}

/**
 * `value` times ten to the power of `exponent` in the fewest digits, such that `parseDecimal(text, -exponent)` is
 * `value` again. `value` must be finite and not negative.
 */
export function printDecimal(value: number, exponent = 0): string {
  // JavaScript prints the fewest digits that read back as the same number; they are kept, and the point is moved.
  const [mantissa = '0', power = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') return '0';
  const significant = digits.replace(/0+$/, '');
  // The value is 0.significant times ten to the power of `point`.
  const leading = (whole + fraction).length - digits.length;
  const point = whole.length - leading + Number(power) + exponent;
  // As JavaScript does, very small and very large numbers are not written out in zeros.
  return point > -6 && point <= 21
    ? placePoint(significant, point)
    : `${placePoint(significant, 1)}e${point - 1}`;
}

function placePoint(significant: string, point: number): string {
  if (point <= 0) return `0.${'0'.repeat(-point)}${significant}`;
  if (point >= significant.length) return significant + '0'.repeat(point - significant.length);
  return `${significant.slice(0, point)}.${significant.slice(point)}`;
}
