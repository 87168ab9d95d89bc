import { describe, expect, it } from 'vitest';
import { cheMissRatio, cheRows, traceRows, TTL_FORMS, ttlRows } from './caches.ts';
import type { ReferenceRow } from './row.ts';
import { verdictOf } from './verdict.ts';
import { zipfCdf } from '../support/requests.ts';

const byName = (rows: readonly ReferenceRow[]) => rows.map((row) => [row.name, row] as const);

describe('the references themselves', () => {
  it('are those of the published tables', () => {
    const cdf = zipfCdf(100_000, 0.99);
    expect(cheMissRatio('lru', cdf, 1000)).toBeCloseTo(0.5106, 4);
    expect(cheMissRatio('lru', cdf, 10_000)).toBeCloseTo(0.275, 4);
    expect(cheMissRatio('fifo', cdf, 1000)).toBeCloseTo(0.5517, 4);
    expect(cheMissRatio('fifo', cdf, 10_000)).toBeCloseTo(0.3121, 4);
    const forms = (r: number, w: number) =>
      TTL_FORMS.map(({ of }) => Number(of({ r, w, ttl: 5 }).toFixed(6)));
    expect(forms(1, 0.1)).toEqual([0.877088, 0.797353, 0.833333, 0.177551]);
    expect(forms(10, 1)).toEqual([0.999384, 0.908531, 0.980392, 0.785635]);
  });
});

describe('on the generated trace', () => {
  it.each(byName(traceRows()))('%s', (_name, { measured, reference }) => {
    expect(measured).toBe(reference);
  });
});

describe('within three standard errors, which are at most 0.004', () => {
  it.each(byName([...cheRows(), ...ttlRows(true)]))('%s', (_name, row) => {
    expect(verdictOf(row)).toBe('holds');
    expect(3 * row.standardError).toBeLessThan(0.004);
  });
});
