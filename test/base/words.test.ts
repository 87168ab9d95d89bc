/** Numbers in words for a terminal. */
import { expect, test } from 'vitest';
import { bytes, columns, count, milliseconds, share, threeDigits } from '../../src/base/words.ts';

test('counts are grouped in thousands', () => {
  expect([0, 999, 1000, 1650412].map(count)).toEqual(['0', '999', '1,000', '1,650,412']);
});

test('measures keep three digits that mean something', () => {
  expect([0, 0.4123, 4.271, 33.06, 112.4, 999.6, 1020.4].map(threeDigits)).toEqual([
    '0.00',
    '0.412',
    '4.27',
    '33.1',
    '112',
    '1,000',
    '1,020',
  ]);
});

test('what was not measured is a dash', () => {
  expect([threeDigits, milliseconds, share].map((print) => print(Number.NaN))).toEqual(['-', '-', '-']);
});

test('times carry their unit, bytes theirs', () => {
  expect([4.27, 2053].map(milliseconds)).toEqual(['4.27 ms', '2.05 s']);
  expect([512, 55_400_000].map(bytes)).toEqual(['512 B', '55.4 MB']);
});

test('a share next to the whole does not look whole', () => {
  expect([0, 0.684, 0.9999, 1].map(share)).toEqual(['0 %', '68.4 %', '99.9900 %', '100 %']);
});

test('columns are as wide as their widest cell', () => {
  const rows = [
    ['', 'ok'],
    ['PUT', '150,120'],
  ];
  expect(columns(rows, 'right')).toEqual(['          ok', 'PUT  150,120']);
  expect(columns(rows, 'left')).toEqual(['     ok', 'PUT  150,120']);
});
