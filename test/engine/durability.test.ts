import { describe, expect, it } from 'vitest';
import { durabilityRows } from '../reference/durability.ts';
import { cellsOf, verdictOf } from '../reference/verdict.ts';

describe('replicas destroyed at once', () => {
  it('take with them what only they had: C(f, W) of C(N, W) writes with W copies', () => {
    const rows = durabilityRows();
    expect(rows.map(({ reference }) => reference)).toEqual([1 / 3, 0, 0, 2 / 3, 1 / 3, 0, 1, 1, 1]);
    for (const row of rows) expect(verdictOf(row), cellsOf(row).join(' ')).toBe('holds');
  }, 120_000);
});
