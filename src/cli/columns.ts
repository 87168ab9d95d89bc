/** How tables stand at a terminal. */

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
