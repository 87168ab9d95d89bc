/**
 * Quantities as people write them: "20ms", "2500/s", "1KiB", "99.95%". Reading and printing are exact inverses: what is
 * printed reads back as the very same number, and is the one canonical text of it, since links of equal designs are
 * compared as text. Knows no limits; who may be how large is said in design/.
 *
 * The units are names and not brands. A branded number becomes a plain one at the first sum, so every line of
 * arithmetic would need a cast to put the brand back, and a cast hides exactly the mistakes that a brand should show.
 */
import { parseDecimal, printDecimal } from './decimal.ts';
import { err, ok, type Result } from './result.ts';
import { GIB, MINUTE } from './scale.ts';

/** Microseconds. Instants and timeouts are integers; parameters of distributions are real. */
export type Micros = number;
/** Whole bytes. */
export type Bytes = number;
/** Events a second. */
export type Hertz = number;

/** Powers of ten of a microsecond; a minute is read, and printed as seconds. */
const DURATION_UNITS = new Map([
  ['us', 0],
  ['µs', 0],
  ['ms', 3],
  ['s', 6],
]);

const WITH_UNIT = /^([\d.]+(?:e-?\d+)?)([a-zA-Zµ/%]*)$/;

/** A number and its unit, apart: "2.5ms" is 2.5 and "ms". */
function splitUnit(text: string): { digits: string; unit: string } | undefined {
  const match = WITH_UNIT.exec(text);
  return match === null ? undefined : { digits: match[1] ?? '', unit: match[2] ?? '' };
}

/** A duration in real microseconds, for parameters of distributions. */
export function parseRealDuration(text: string): Result<Micros> {
  const parts = splitUnit(text);
  if (parts === undefined) return err('is not a duration');
  const power = DURATION_UNITS.get(parts.unit);
  if (power === undefined && parts.unit !== 'm')
    return err(parts.unit === '' ? 'has no unit' : `has an unknown unit "${parts.unit}"`);
  const value = parseDecimal(parts.digits, power ?? 0);
  if (value === undefined) return err('is not a duration');
  return ok(power === undefined ? value * MINUTE : value);
}

/** A duration in whole microseconds, for instants, timeouts and lengths. */
export function parseDuration(text: string): Result<Micros> {
  const parsed = parseRealDuration(text);
  if (parsed.ok && !Number.isInteger(parsed.value)) return err('is not a whole number of microseconds');
  return parsed;
}

/** Whole microseconds in the largest unit of which they are at least one: "60s", "2.5ms", "250us", "0s". */
export function printDuration(value: Micros): string {
  if (value === 0) return '0s';
  if (value < 1000) return `${printDecimal(value)}us`;
  if (value < 1_000_000) return `${printDecimal(value, -3)}ms`;
  return `${printDecimal(value, -6)}s`;
}

/** Real microseconds as the parameters of distributions are given: in milliseconds, from a second on in seconds. */
export function printRealDuration(value: Micros): string {
  return value < 1_000_000 ? `${printDecimal(value, -3)}ms` : `${printDecimal(value, -6)}s`;
}

/** A rate in events a second: "2500/s", "2.5k/s". */
export function parseRate(text: string): Result<Hertz> {
  const parts = splitUnit(text);
  if (parts === undefined) return err('is not a rate');
  if (parts.unit === '') return err('has no unit');
  const power = parts.unit === '/s' ? 0 : parts.unit === 'k/s' ? 3 : undefined;
  if (power === undefined) return err(`has an unknown unit "${parts.unit}"`);
  const value = parseDecimal(parts.digits, power);
  return value === undefined ? err('is not a rate') : ok(value);
}

/** A rate in events a second: "2500/s". */
export function printRate(value: Hertz): string {
  return `${printDecimal(value)}/s`;
}

const BYTE_UNITS = new Map([
  ['B', 1],
  ['KiB', 1024],
  ['MiB', 1024 * 1024],
  ['GiB', GIB],
  ['TiB', 1024 * GIB],
]);

/** An amount of whole bytes: "100GiB", "14037181030B". */
export function parseBytes(text: string): Result<Bytes> {
  const parts = splitUnit(text);
  if (parts === undefined) return err('is not an amount of bytes');
  if (parts.unit === '') return err('has no unit');
  const scale = BYTE_UNITS.get(parts.unit);
  if (scale === undefined) return err(`has an unknown unit "${parts.unit}"`);
  const value = parseDecimal(parts.digits);
  if (value === undefined) return err('is not an amount of bytes');
  // A power of two moves no digit of the binary number, so this product is exact.
  const bytes = value * scale;
  return Number.isInteger(bytes) ? ok(bytes) : err('is not a whole number of bytes');
}

/** The shortest exact text, in the largest unit where two are as short: 1536 is "1536B", 1.5 GiB are "1.5GiB". */
export function printBytes(value: Bytes): string {
  let shortest = `${value}B`;
  for (const [unit, scale] of BYTE_UNITS) {
    const text = `${printDecimal(value / scale)}${unit}`;
    if (value >= scale && text.length <= shortest.length) shortest = text;
  }
  return shortest;
}

/** A share of a whole, from "10%" or "0.1": 0.1. */
export function parseShare(text: string): Result<number> {
  const percent = text.endsWith('%');
  const value = parseDecimal(percent ? text.slice(0, -1) : text, percent ? -2 : 0);
  return value === undefined ? err('is not a share') : ok(value);
}

/** A share in per cent: 0.9995 is "99.95%". */
export function printShare(value: number): string {
  return `${printDecimal(value, 2)}%`;
}
