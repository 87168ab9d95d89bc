import { expect, it } from 'vitest';
import { pbsRows } from '../reference/pbs.ts';
import { cellsOf, verdictOf } from '../reference/verdict.ts';

it('partial quorums answer as fast and are as stale as theory and publication say; `npm run validate` has all rows', () => {
  const rows = pbsRows(true);
  expect(rows.length).toBeGreaterThan(7);
  for (const row of rows) expect(verdictOf(row), cellsOf(row).join(' ')).toBe('holds');
}, 300_000);
