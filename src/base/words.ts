/**
 * Amounts as they are read, rounded and in plain characters, for terminals and texts: the same on every machine, whatever
 * its locale. Nothing is parsed back from them; texts that are, and so lose nothing, are those of `units.ts`.
 */

/** 1234567 as `1,234,567`. */
export function count(value: number): string {
  return value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** How many there are of something: `1 change`, `1,234 changes`. */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** At least three digits that mean something: 0.412, 4.27, 33.1, 1,020. A dash where nothing was measured. */
export function threeDigits(value: number): string {
  if (!Number.isFinite(value)) return '-';
  const size = Math.abs(value);
  if (size >= 100) return count(value);
  return value.toFixed(size >= 10 ? 1 : size >= 1 || size === 0 ? 2 : 3);
}

/** Milliseconds with their unit; from a second on, seconds. */
export function milliseconds(value: number): string {
  if (!Number.isFinite(value)) return '-';
  return value >= 1000 ? `${threeDigits(value / 1000)} s` : `${threeDigits(value)} ms`;
}

/** Decimals that a percentage has at the most: one of a whole minute's operations is seen with fewer. */
const MOST_DECIMALS = 9;

/** A share as a percentage: 68.4 %, 99.95 %. Near the whole, and near nothing, two digits of what is missing are kept. */
export function share(value: number): string {
  if (!Number.isFinite(value)) return '-';
  const percent = value * 100;
  const size = Math.abs(percent);
  const missing = Math.min(size, Math.abs(100 - size));
  if (missing === 0) return `${percent.toFixed(0)} %`;
  let decimals = 1;
  for (let rest = missing; rest < 1 && decimals < MOST_DECIMALS; rest *= 10) decimals++;
  // 99.9500 says no more than 99.95.
  return `${percent.toFixed(decimals).replace(/(\.\d+?)0+$/, '$1')} %`;
}

/** An amount of US dollars: `$0.412`, `$1,020`. */
export function dollars(value: number): string {
  return `$${threeDigits(value)}`;
}

/** An amount of bytes in powers of 1000: 1,536 bytes are `1.54 kB`. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? count(value) : threeDigits(value)} ${units[unit] ?? ''}`;
}

/** A sentence's beginning: with a capital letter. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
