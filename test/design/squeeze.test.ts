import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
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

  test('writes long fields in the same letters too', () => {
    const remark = `remark=cache-1@${'The%20cache%20is%20slow%20here'.repeat(12)}`;
    const text = `${remark}&notes=${'abcdefgh'.repeat(30)}&fault=cache-1:crash@1s`;
    expect(squeeze(text)).toMatchInlineSnapshot(
      `"5tlf6xxpyt6t5IOJrd_Nyh3YvrC4HraJ6rItzUeDkR0fEoHDnlUWUua8-dCvFEHzGFvQv15n10z2"`,
    );
  });

  test('reads each character a few times, however long the field is in which it stands', () => {
    const length = 600;
    const squeezed = squeeze('a'.repeat(length)) ?? '';
    const read = vi.spyOn(String.prototype, 'charCodeAt');
    const text = unsqueeze(squeezed);
    const times = read.mock.calls.length;
    read.mockRestore();
    expect(text).toHaveLength(length);
    expect(times).toBeGreaterThan(length);
    expect(times).toBeLessThan(64 * length);
  });

  test('refuses a text that is too long', () => {
    expect(squeeze('a'.repeat(LIMITS.squeezed + 1))).toBeUndefined();
  });
});
