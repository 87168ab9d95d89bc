import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DIST_FORMS, parseDist, printDist } from '../../src/design/dist.ts';
import { anyDist } from '../support/designs.ts';

describe('a distribution', () => {
  test('prints as a text that reads back as the same numbers', () => {
    fc.assert(
      fc.property(anyDist(), (dist) => {
        expect(parseDist(printDist(dist))).toEqual({ ok: true, value: dist });
      }),
      { seed: 20260404, numRuns: 2000 },
    );
  });

  test('of every form is written as it is read', () => {
    for (const form of Object.values(DIST_FORMS)) {
      const dist = parseDist(form);
      expect(dist.ok && printDist(dist.value)).toBe(form);
    }
  });

  test('has parameters in real microseconds', () => {
    expect(parseDist('0.9122*pareto:0.235ms:10+0.0878*exp:0.6024ms')).toEqual({
      ok: true,
      value: {
        kind: 'mixture',
        parts: [
          { weight: 0.9122, dist: { kind: 'pareto', scale: 235, shape: 10 } },
          { weight: 0.0878, dist: { kind: 'exp', mean: 602.4 } },
        ],
      },
    });
    expect(parseDist('quantiles:p50=0.4ms,p99.9=5ms')).toEqual({
      ok: true,
      value: {
        kind: 'quantiles',
        points: [
          { p: 50, value: 400 },
          { p: 99.9, value: 5000 },
        ],
      },
    });
  });

  test.each([
    'exp',
    'exp:',
    'exp:1',
    'exp:1ms:2ms',
    'exp:601s',
    'uniform:2ms:1ms',
    'lognormal:0ms:1ms',
    'lognormal:2ms:1ms',
    'pareto:1ms:0',
    'pareto:0ms:2',
    'quantiles:',
    'quantiles:p99=1ms,p50=2ms',
    'quantiles:p50=2ms,p99=1ms',
    'quantiles:p100=1ms',
    'quantiles:p50=1ms=2ms',
    '0.5*exp:1ms',
    '0.5*exp:1ms+0.6*exp:1ms',
    'exp:1ms+exp:2ms',
    '1.5*exp:1ms',
    'constructor:1ms',
    '__proto__:1ms',
  ])('is refused with a reason when it is none: %s', (text) => {
    const dist = parseDist(text);
    expect(dist.ok ? '' : dist.error).not.toBe('');
  });
});
