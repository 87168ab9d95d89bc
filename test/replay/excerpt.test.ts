/** What the lines of an excerpt read: each the number that it is named after, and none where nothing was measured. */
import { expect, it } from 'vitest';
import { EXCERPT_LINES } from '../../src/replay/excerpt.ts';
import { aSummary } from '../support/summaries.ts';

const { cache, consistency, get, put } = aSummary();

it('each line reads what it is named after', () => {
  const summary = aSummary({
    get: { ...get, attempted: 100, failed: 1, p50Ms: 2, p99Ms: 3, p999Ms: 4 },
    put: { ...put, attempted: 200, failed: 5, unknown: 6, p50Ms: 7, p99Ms: 8, p999Ms: 9 },
    cache: { ...cache, hits: 3, misses: 1, hitRatio: 0.75, timeouts: 10 },
    consistency: {
      ...consistency,
      readYourWrites: { checked: 50, violations: 11 },
      stale: { reads: 12, maxMs: 99, p99Ms: 98 },
      dirtyReads: 13,
      lostAckedWrites: 14,
      storeRegressions: 15,
    },
  });
  expect(EXCERPT_LINES.map(({ label, unit, read }) => [label, read(summary), unit])).toEqual([
    ['GETs ended', 100, 'count'],
    ['GETs failed', 1, 'count'],
    ['GET p50', 2, 'ms'],
    ['GET p99', 3, 'ms'],
    ['GET p99.9', 4, 'ms'],
    ['PUTs ended', 200, 'count'],
    ['PUTs failed or unknown', 5 + 6, 'count'],
    ['PUT p50', 7, 'ms'],
    ['PUT p99', 8, 'ms'],
    ['PUT p99.9', 9, 'ms'],
    ['hit ratio', 0.75, 'share'],
    ['cache timeouts', 10, 'count'],
    ['own writes missed', 11, 'count'],
    ['stale reads', 12, 'count'],
    ['dirty reads', 13, 'count'],
    ['acknowledged writes lost', 14, 'count'],
    ['store regressions', 15, 'count'],
  ]);
});

it('of nothing there is no latency and no hit ratio, and the counts are zero', () => {
  for (const { label, unit, read } of EXCERPT_LINES)
    expect([label, read(aSummary())]).toEqual([label, unit === 'count' ? 0 : NaN]);
});
