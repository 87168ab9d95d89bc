import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDecimal, printDecimal } from '../../src/base/decimal.ts';
import {
  parseBytes,
  parseDuration,
  parseRate,
  parseRealDuration,
  parseShare,
  printBytes,
  printDuration,
  printRate,
  printRealDuration,
  printShare,
} from '../../src/base/units.ts';

const RUNS = { seed: 20260402, numRuns: 2000 };
const real = fc.double({ min: 0, max: 1e15, noNaN: true });

describe('a quantity', () => {
  test.each([
    ['duration', parseDuration, printDuration, fc.integer({ min: 0, max: 1_200_000_000 })],
    ['real duration', parseRealDuration, printRealDuration, real],
    ['rate', parseRate, printRate, real],
    ['amount of bytes', parseBytes, printBytes, fc.maxSafeNat()],
    ['share', parseShare, printShare, fc.double({ min: 0, max: 1, noNaN: true })],
  ] as const)('prints as a %s that reads back as the very same number', (_name, parse, print, values) => {
    fc.assert(
      fc.property(values, (value) => {
        expect(parse(print(value))).toEqual({ ok: true, value });
      }),
      RUNS,
    );
  });

  test.each([
    [
      parseDuration,
      printDuration,
      { '60s': 60e6, '2.5ms': 2500, '250us': 250, '0s': 0, '12.34s': 12_340_000 },
    ],
    [parseRealDuration, printRealDuration, { '0.6024ms': 602.4, '0.01ms': 10, '1s': 1e6, '0ms': 0 }],
    [parseRate, printRate, { '2500/s': 2500, '0.5/s': 0.5 }],
    [
      parseBytes,
      printBytes,
      { '1KiB': 1024, '100GiB': 100 * 2 ** 30, '14037181030B': 14_037_181_030, '1536B': 1536 },
    ],
    [parseShare, printShare, { '10%': 0.1, '99.95%': 0.9995, '0%': 0, '100%': 1, '0.1%': 0.001 }],
  ] as const)('has one text, in the unit that a person would choose', (parse, print, texts) => {
    for (const [text, value] of Object.entries(texts)) {
      expect(parse(text)).toEqual({ ok: true, value });
      expect(print(value)).toBe(text);
    }
  });

  test('reads other spellings of the same number', () => {
    expect(parseDuration('1m')).toEqual({ ok: true, value: 60_000_000 });
    expect(parseDuration('0.0025s')).toEqual({ ok: true, value: 2500 });
    expect(parseDuration('12.34s')).toEqual({ ok: true, value: 12_340_000 });
    expect(parseDuration('3µs')).toEqual({ ok: true, value: 3 });
    expect(parseRate('2.5k/s')).toEqual({ ok: true, value: 2500 });
    expect(parseBytes('1.5KiB')).toEqual({ ok: true, value: 1536 });
    expect(parseShare('0.1')).toEqual({ ok: true, value: 0.1 });
  });

  test.each([
    '',
    '3',
    '3sec',
    's',
    '-1s',
    '1 s',
    '1e999s',
    '0.3us',
    'NaNs',
    '1..2s',
    '٣s',
    '9'.repeat(100) + 's',
  ])('is refused when it is none: "%s" as a duration', (text) => {
    expect(parseDuration(text).ok).toBe(false);
  });

  test('of any text never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const parse of [parseDuration, parseRealDuration, parseRate, parseBytes, parseShare])
          parse(text);
      }),
      RUNS,
    );
  });
});

describe('a decimal', () => {
  test('moves its point without losing a bit, whatever the power of ten', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: -9, max: 9 }),
        (x, e) => {
          expect(parseDecimal(printDecimal(x, e), -e)).toBe(x);
        },
      ),
      RUNS,
    );
  });

  test('is written out, unless that would be nothing but zeros', () => {
    expect(printDecimal(0.1 + 0.2)).toBe('0.30000000000000004');
    expect(printDecimal(200_000)).toBe('200000');
    expect(printDecimal(0.00025, -2)).toBe('0.0000025');
    expect(printDecimal(1e22)).toBe('1e22');
    expect(printDecimal(5e-324)).toBe('5e-324');
  });
});
