import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatDollars,
  formatDuration,
  formatExactRate,
  formatInstant,
  formatMs,
  formatNumber,
  formatPercent,
  formatRate,
  formatSeconds,
  formatShare,
  unbroken,
} from '../../src/ui/format.ts';

/** Thin spaces are hard to see in a table of expectations; here they are written as ordinary ones. */
const plain = (text: string): string => text.replaceAll('\u2009', ' ');

describe('numbers as the interface writes them', () => {
  it.each([
    [0, '0'],
    [14.93, '14.9'],
    [4.7, '4.70'],
    [0.25, '0.250'],
    [112.4, '112'],
    [9.996, '10.0'],
    [99.96, '100'],
    [999.6, '1 000'],
    [1650412, '1 650 412'],
    [-3.2, '−3.20'],
    [-0.00001, '0.000'],
    [Number.NaN, '–'],
  ])('%s has three significant digits: %s', (value, text) => {
    expect(plain(formatNumber(value))).toBe(text);
  });

  it('separates units and thousands by a thin space', () => {
    expect(formatMs(14.9)).toBe('14.9\u2009ms');
    expect(formatCount(412806)).toBe('412\u2009806');
  });

  it('keeps the unit that it is asked for', () => {
    expect(plain(formatMs(1234.5))).toBe('1 235 ms');
    expect(plain(formatSeconds(3.914))).toBe('3.91 s');
    expect(plain(formatSeconds(0))).toBe('0 s');
  });

  it.each([
    [0, '0 s'],
    [310, '310 µs'],
    [999.6, '1.00 ms'],
    [38_000, '38.0 ms'],
    [999_600, '1.00 s'],
    [3_914_000, '3.91 s'],
  ])('writes %s microseconds in the unit that reads best: %s', (us, text) => {
    expect(plain(formatDuration(us))).toBe(text);
  });

  it('writes an instant to the millisecond', () => {
    expect(plain(formatInstant(12_340_000))).toBe('12.340 s');
  });

  it.each([
    [0, '0/s'],
    [2.5, '2.50/s'],
    [840.2, '840/s'],
    [999.7, '1.00k/s'],
    [25_104, '25.1k/s'],
    [1_200_000, '1.20M/s'],
  ])('shortens the rate %s to %s', (rate, text) => {
    expect(plain(formatRate(rate))).toBe(text);
  });

  it('writes a rate out where there is room', () => {
    expect(plain(formatExactRate(25_104.4))).toBe('25 104/s');
  });

  it.each([
    [0, '0 %'],
    [1, '100 %'],
    [0.464, '46.4 %'],
    [0.9998, '99.98 %'],
    [0.99999, '99.999 %'],
    [0.9999995, '99.9999 %'],
    [0.00001, '0.001 %'],
    [0.684, '68.4 %'],
  ])('writes the share %s as %s, and never rounds a shortfall away', (share, text) => {
    expect(plain(formatShare(share))).toBe(text);
  });

  it('writes whole percents and dollars', () => {
    expect(plain(formatPercent(0.436))).toBe('44 %');
    expect(plain(formatDollars(1074.6))).toBe('$1 075');
  });
});

it('in running text no line ends between a number and its unit', () => {
  const said = unbroken(`${formatMs(1.34)} after ${formatCount(1650)} others`);
  expect(said).toBe('1.34\u202fms after 1\u202f650 others');
});
