/** Numbers in words of plain characters, for terminals and texts: the same on every machine, whatever its locale. */

/** 1234567 as `1,234,567`. */
export function count(value: number): string {
  return value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',');
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

/** A share as a percentage; close to the whole it keeps what is missing visible. */
export function share(value: number): string {
  if (!Number.isFinite(value)) return '-';
  const percent = value * 100;
  return `${percent === 100 || percent === 0 ? percent.toFixed(0) : percent.toFixed(percent > 99 ? 4 : 1)} %`;
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

/** Columns of equal width, two spaces apart: the first to the left, the others as said. */
export function columns(rows: readonly (readonly string[])[], others: 'left' | 'right'): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  return rows.map((row) =>
    row
      .map((cell, i) =>
        i > 0 && others === 'right' ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
