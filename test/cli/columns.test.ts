import { expect, test } from 'vitest';
import { columns } from '../../src/cli/columns.ts';

test('columns are as wide as their widest cell', () => {
  const rows = [
    ['', 'ok'],
    ['PUT', '150,120'],
  ];
  expect(columns(rows, 'right')).toEqual(['          ok', 'PUT  150,120']);
  expect(columns(rows, 'left')).toEqual(['     ok', 'PUT  150,120']);
});
