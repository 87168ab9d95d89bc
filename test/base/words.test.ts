/** Amounts as they are read at a terminal. */
import { expect, test } from 'vitest';
import { bytes, count, countOf, milliseconds, share, threeDigits } from '../../src/base/words.ts';

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
  expect([0, 0.684, 0.9999, 1].map(share)).toEqual(['0 %', '68.4 %', '99.99 %', '100 %']);
  expect([0.999999, 1 - 1 / 320_600].map(share)).toEqual(['99.9999 %', '99.99969 %']);
});

test('shares of one column are printed in one way, however near the whole or nothing they are', () => {
  const shares = [0.000_041, 0.1, 0.59, 0.985, 0.991, 0.9962, 0.9995];
  const texts = ['0.0041 %', '10.0 %', '59.0 %', '98.5 %', '99.1 %', '99.62 %', '99.95 %'];
  expect(shares.map(share)).toEqual(texts);
});

test('one of something is not many', () => {
  expect([0, 1, 2000].map((n) => countOf(n, 'read'))).toEqual(['0 reads', '1 read', '2,000 reads']);
  expect([1, 2].map((n) => countOf(n, 'entry', 'entries'))).toEqual(['1 entry', '2 entries']);
});
