import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/design/limits.ts';
import { squeeze, unsqueeze } from '../../src/design/squeeze.ts';

const settings = fc.string({
  unit: fc.constantFrom(...Array.from('abcfault.=&@:-0123456789sm')),
  minLength: 1,
  maxLength: 300,
});

describe('squeezing', () => {
  test('gives back what was squeezed', () => {
    fc.assert(
      fc.property(settings, (text) => {
        expect(unsqueeze(squeeze(text) ?? '')).toBe(text);
      }),
      { seed: 20260407, numRuns: 150 },
    );
  });

  test('takes less than half of what the text of many faults takes', () => {
    const text = Array.from(
      { length: 40 },
      (_, i) => `fault=cache-${1 + (i % 2)}:slow:20@${i}.${i % 10}s-${i + 3}.5s`,
    ).join('&');
    expect(squeeze(text)?.length).toBeLessThan(text.length / 2);
  });

  test('of any letters is a text or nothing, never a crash', () => {
    fc.assert(
      fc.property(fc.string(), fc.base64String(), (a, b) => {
        for (const text of [a, b]) expect(unsqueeze(text)?.length ?? 0).toBeLessThanOrEqual(LIMITS.squeezed);
      }),
      { seed: 20260408, numRuns: 100 },
    );
  });

  test('writes the same letters everywhere and for ever: links that were sent stay readable', () => {
    expect(squeeze('write-through?cache.ttl=3s&fault=cache-1:slow:20@10s-18s')).toMatchInlineSnapshot(
      `"Qxe1mouOHuvdanE"`,
    );
  });

  test('refuses a text that is too long', () => {
    expect(squeeze('a'.repeat(LIMITS.squeezed + 1))).toBeUndefined();
  });
});
