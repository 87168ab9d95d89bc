/**
 * How numbers are written, everywhere in the interface: three significant digits, a thin space before the unit and
 * between thousands, U+2212 for minus. Text only; it never decides what is shown, and nothing is parsed back from it
 * (what can be typed is printed by the document's own units).
 */

/** Narrow enough to belong to the number. */
export const THIN = '\u2009';
/** As narrow, and no line ends there. */
const THIN_UNBROKEN = '\u202f';
/** Stands where nothing was measured. */
export const NOTHING = '\u2013';

const MINUS = '\u2212';
const MAX_DECIMALS = 3;

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, THIN);
}

function signed(negative: boolean, text: string): string {
  return negative && /[1-9]/.test(text) ? MINUS + text : text;
}

/** With so many decimals, thousands apart. */
function fixed(value: number, decimals: number): string {
  const [whole = '0', fraction] = Math.abs(value).toFixed(decimals).split('.');
  return signed(value < 0, fraction === undefined ? grouped(whole) : `${grouped(whole)}.${fraction}`);
}

/** Decimals that leave three significant digits; 999.5 rounds to 1000 and so shows none. */
function decimalsFor(magnitude: number): number {
  if (magnitude >= 99.95) return 0;
  if (magnitude >= 9.995) return 1;
  if (magnitude >= 0.9995) return 2;
  return MAX_DECIMALS;
}

/** A plain number in three significant digits (never in powers of ten); whole thousands stay exact. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return NOTHING;
  if (value === 0) return '0';
  return fixed(value, decimalsFor(Math.abs(value)));
}

function withUnit(value: number, unit: string): string {
  return Number.isFinite(value) ? `${formatNumber(value)}${THIN}${unit}` : NOTHING;
}

/** Milliseconds, in milliseconds: `14.9 ms`. */
export function formatMs(ms: number): string {
  return withUnit(ms, 'ms');
}

/** Seconds, in seconds: `3.91 s`. */
export function formatSeconds(seconds: number): string {
  return withUnit(seconds, 's');
}

/** Microseconds, in the unit that reads best: `310 µs`, `14.9 ms`, `3.91 s`. */
export function formatDuration(us: number): string {
  const magnitude = Math.abs(us);
  if (magnitude === 0) return `0${THIN}s`;
  if (magnitude < 999.5) return withUnit(us, 'µs');
  if (magnitude < 999_500) return withUnit(us / 1000, 'ms');
  return withUnit(us / 1_000_000, 's');
}

/** An instant of the run from microseconds, to the millisecond: `12.340 s`. */
export function formatInstant(us: number): string {
  return `${fixed(us / 1_000_000, 3)}${THIN}s`;
}

/** Milliseconds from microseconds, to the hundredth: `13.80`. In a log, instants close to each other are told apart. */
export function formatSince(us: number): string {
  return fixed(us / 1000, 2);
}

/** Whole things, exact: `1 650 412`. */
export function formatCount(count: number): string {
  return Number.isFinite(count) ? fixed(Math.round(count), 0) : NOTHING;
}

/** Operations per second, short: `840/s`, `25.1k/s`, `1.20M/s`. */
export function formatRate(perSecond: number): string {
  if (!Number.isFinite(perSecond)) return NOTHING;
  const magnitude = Math.abs(perSecond);
  if (magnitude >= 999_500) return `${formatNumber(perSecond / 1_000_000)}M/s`;
  if (magnitude >= 999.5) return `${formatNumber(perSecond / 1000)}k/s`;
  return magnitude >= 10 ? `${fixed(perSecond, 0)}/s` : `${formatNumber(perSecond)}/s`;
}

/** Operations per second, exact: `25 104/s`. */
export function formatExactRate(perSecond: number): string {
  return Number.isFinite(perSecond) ? `${formatCount(perSecond)}/s` : NOTHING;
}

/**
 * A share (0 to 1) in percent: `46.4 %`, `99.98 %`. Close to the whole more decimals are kept, and 100 % is only said
 * of the whole, 0 % only of nothing: the one in ten thousand that is missing is the point.
 */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return NOTHING;
  const percent = share * 100;
  let decimals = share >= 0.9895 || share < 0.001 ? 2 : 1;
  if (share === 0 || share === 1) decimals = 0;
  while (decimals < 5 && share !== 1 && share !== 0 && /^(100|0)(\.0+)?$/.test(percent.toFixed(decimals)))
    decimals++;
  return `${fixed(percent, decimals)}${THIN}%`;
}

/** A share in whole percent, for instruments such as utilisation: `44 %`. */
export function formatPercent(share: number): string {
  return Number.isFinite(share) ? `${fixed(share * 100, 0)}${THIN}%` : NOTHING;
}

/** Dollars, whole: `$1 075`. */
export function formatDollars(dollars: number): string {
  return Number.isFinite(dollars) ? `$${formatCount(dollars)}` : NOTHING;
}

/** What is written as above, in running text: number and unit stay on one line. */
export function unbroken(text: string): string {
  return text.replaceAll(THIN, THIN_UNBROKEN);
}
