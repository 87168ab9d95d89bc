import { describe, expect, it } from 'vitest';
import { NODE, NODE_WIDTH } from '../../src/design/readings.ts';
import { renderToEnd } from '../../src/engine/render.ts';
import { BARE, erlangC, pollaczekKhinchine, queueingRows } from '../reference/queueing.ts';
import { cellsOf, verdictOf } from '../reference/verdict.ts';
import { aSmallDesign, render } from '../support/engineRuns.ts';
import { aDesign } from '../support/designs.ts';
import { meanOf } from '../support/replications.ts';

describe('queues that a textbook knows', () => {
  it('have the means, quantiles and probabilities of theory; `npm run validate` has the rest of them', () => {
    const rows = queueingRows(true);
    expect(rows.length).toBeGreaterThan(6);
    for (const row of rows) expect(verdictOf(row), cellsOf(row).join(' ')).toBe('holds');
  }, 300_000);
  it('and the formulas give the published values', () => {
    expect(erlangC(2, 1)).toBeCloseTo(0.333333, 6);
    expect(erlangC(4, 3.2)).toBeCloseTo(0.596432, 6);
    expect(erlangC(4, 3.2) / (4 - 3.2)).toBeCloseTo(0.745541, 6);
    expect(pollaczekKhinchine(0.8, 0)).toBeCloseTo(2, 12);
    expect(pollaczekKhinchine(0.8, 1)).toBeCloseTo(4, 12);
  });
});

describe('a comparison with a reference', () => {
  const row = {
    area: '',
    name: '',
    reference: 10,
    measured: 10.1,
    standardError: 0.05,
    unit: 'ms',
    source: '',
  };
  it('holds within three standard errors that are at most 2 %, or 0.004 of a probability', () => {
    expect(verdictOf(row)).toBe('holds');
    expect(verdictOf({ ...row, measured: 9.84 })).toBe('is off');
    expect(verdictOf({ ...row, standardError: 0.07 })).toBe('is imprecise');
    expect(verdictOf({ ...row, measured: NaN })).toBe('is off');
    const share = { ...row, unit: 'probability', reference: 0.01, measured: 0.011 };
    expect(verdictOf({ ...share, standardError: 0.0013 })).toBe('holds');
    expect(verdictOf({ ...share, standardError: 0.0014 })).toBe('is imprecise');
  });
  it('is exact without a standard error', () => {
    expect(verdictOf({ ...row, measured: 10, standardError: 0 })).toBe('holds');
    expect(verdictOf({ ...row, measured: 10.000001, standardError: 0 })).toBe('is off');
    // What replications that all give the same differ by is the rounding of their mean.
    const rounded = { ...row, measured: 10 + 8e-15, standardError: 2e-15 };
    expect(verdictOf(rounded)).toBe('holds');
    expect(cellsOf(rounded)).toContain('exact');
  });
});

describe('a cache filled on demand', () => {
  it('keys asked for alike at rate r hit with probability r T / (1 + r T), for a TTL of T from the fill', () => {
    const rate = 20;
    for (const ttl of [0.02, 0.1]) {
      const { value, standardError } = meanOf(
        Array.from({ length: 6 }, (_, i) => {
          const design = aDesign({
            ...BARE,
            seed: String(101 + i),
            policy: 'write-around',
            duration: '10s',
            'workload.keys': '100',
            'workload.skew': '0',
            'workload.gets': `${rate * 100}/s`,
            'cache.nodes': '1',
            'cache.concurrency': '1000000',
            'cache.ttl': `${ttl}s`,
            'cache.read': 'const:0ms',
            'cache.write': 'const:0ms',
            'cache.timeout': 'off',
            'store.read': 'const:0ms',
            'store.concurrency': '1000000',
          });
          return renderToEnd(design).cache.hitRatio;
        }),
      );
      const expected = (rate * ttl) / (1 + rate * ttl);
      expect(Math.abs(value - expected)).toBeLessThan(3 * standardError + 0.002);
    }
  });

  it('and the utilisation of a node is its arrivals times its service', () => {
    const { nodes } = render(
      aSmallDesign({
        ...BARE,
        duration: '10s',
        'workload.gets': '600/s',
        'store.read': 'exp:1ms',
        'store.concurrency': '1',
      }),
    );
    const count = nodes.length / NODE_WIDTH / 100;
    let sum = 0;
    for (let bucket = 0; bucket < 100; bucket++)
      sum += nodes[(bucket * count + count - 1) * NODE_WIDTH + NODE.utilisation] ?? NaN;
    expect(Math.abs(sum / 100 - 0.6)).toBeLessThan(0.03);
  });
});
