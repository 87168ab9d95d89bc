/**
 * The lines in which an excerpt of a run is told, beside those of the whole run: what each is called, of what unit it is
 * and where it stands in a summary. The screen and the command line print the same ones.
 */
import type { Excerpt, OperationSummary } from '../engine/summary.ts';

export interface ExcerptLine {
  readonly label: string;
  readonly unit: 'count' | 'ms' | 'share';
  /** NaN where nothing was measured. */
  readonly read: (excerpt: Excerpt) => number;
}

function operations(name: 'PUT' | 'GET', of: (excerpt: Excerpt) => OperationSummary): ExcerptLine[] {
  const latency = (label: string, key: 'p50Ms' | 'p99Ms' | 'p999Ms'): ExcerptLine => ({
    label: `${name} ${label}`,
    unit: 'ms',
    read: (excerpt) => (of(excerpt).attempted === 0 ? NaN : of(excerpt)[key]),
  });
  return [
    { label: `${name}s ended`, unit: 'count', read: (excerpt) => of(excerpt).attempted },
    {
      label: name === 'GET' ? 'GETs failed' : 'PUTs failed or unknown',
      unit: 'count',
      read: (excerpt) => of(excerpt).failed + of(excerpt).unknown,
    },
    latency('p50', 'p50Ms'),
    latency('p99', 'p99Ms'),
    latency('p99.9', 'p999Ms'),
  ];
}

const found = (label: string, read: (consistency: Excerpt['consistency']) => number): ExcerptLine => ({
  label,
  unit: 'count',
  read: ({ consistency }) => read(consistency),
});

export const EXCERPT_LINES: readonly ExcerptLine[] = [
  ...operations('GET', ({ get }) => get),
  ...operations('PUT', ({ put }) => put),
  {
    label: 'hit ratio',
    unit: 'share',
    read: ({ cache }) => (cache.hits + cache.misses === 0 ? NaN : cache.hitRatio),
  },
  { label: 'cache timeouts', unit: 'count', read: ({ cache }) => cache.timeouts },
  found('own writes missed', ({ readYourWrites }) => readYourWrites.violations),
  found('stale reads', ({ stale }) => stale.reads),
  found('dirty reads', ({ dirtyReads }) => dirtyReads),
  found('acknowledged writes lost', ({ lostAckedWrites }) => lostAckedWrites),
  found('store regressions', ({ storeRegressions }) => storeRegressions),
];
