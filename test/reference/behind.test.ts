import { describe, expect, it } from 'vitest';
import { behindRows } from './behind.ts';
import { cellsOf, verdictOf } from './verdict.ts';

describe('what is acknowledged before it is durable', () => {
  it('waits, is written and is lost as often as theory says', () => {
    const rows = behindRows();
    const [dirty, writes, lost] = rows.map(({ reference }) => reference);
    expect(dirty).toBe(1 / 3);
    expect(writes).toBeCloseTo(1.86, 2);
    expect(lost).toBe(9990);
    for (const row of rows) expect(verdictOf(row), cellsOf(row).join(' ')).toBe('holds');
  }, 120_000);
});
