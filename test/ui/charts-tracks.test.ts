import { describe, expect, it } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import { nodesOf } from '../../src/design/nodes.ts';
import { NODE, NODE_WIDTH, SYSTEM, SYSTEM_WIDTH } from '../../src/design/readings.ts';
import type { SeriesReading } from '../../src/engine/readings.ts';
import type { Metric, Subject } from '../../src/ui/charts/metric.ts';
import { bucketUnder, placeTrack } from '../../src/ui/charts/placed.ts';
import { yOf } from '../../src/ui/charts/scale.ts';
import { TRACKS } from '../../src/ui/charts/tracks.ts';

const nodes = nodesOf(seedDesign);
const cacheOne = nodes.findIndex(({ name }) => name === 'cache-1');
const subject: Subject = {
  design: seedDesign,
  cacheNode: { name: 'cache-1', id: cacheOne, of: nodes.length },
};

/** A series whose every bucket has the same values in the system's columns, and in those of cache-1. */
function aSeries(
  buckets: number,
  system: readonly (readonly [keyof typeof SYSTEM, number])[] = [],
  cache: readonly (readonly [keyof typeof NODE, number])[] = [],
): SeriesReading {
  const series = {
    buckets,
    nodeCount: nodes.length,
    system: new Float32Array(buckets * SYSTEM_WIDTH),
    nodes: new Float32Array(buckets * nodes.length * NODE_WIDTH),
  };
  for (let bucket = 0; bucket < buckets; bucket++) {
    const node = (bucket * nodes.length + cacheOne) * NODE_WIDTH;
    for (const [column, value] of system) series.system[bucket * SYSTEM_WIDTH + SYSTEM[column]] = value;
    for (const [column, value] of cache) series.nodes[node + NODE[column]] = value;
  }
  return series;
}

const plain = (text: string): string => text.replaceAll('\u2009', ' ');

function metricOf(label: string): Metric {
  const metric = TRACKS.flatMap((track) => track.metrics(subject)).find((each) => each.label === label);
  if (metric === undefined) throw new Error(`no metric is called ${label}`);
  return metric;
}

describe('the metrics of the charts', () => {
  const series = aSeries(
    3,
    [
      ['putP99', 19_300],
      ['getP50', 1600],
      ['putsStarted', 250],
      ['cacheTimeouts', 1334],
      ['failed', 3],
      ['putsUnknown', 12],
      ['hits', 30],
      ['misses', 70],
      ['maxStaleness', 1_210_000],
    ],
    [
      ['hits', 1],
      ['misses', 249],
    ],
  );
  it.each([
    ['PUT p99', '19.3 ms'],
    ['GET p50', '1.60 ms'],
    ['PUT', '2 500/s'],
    ['cache calls timed out', '13 340/s'],
    ['no reply', '150/s'],
    ['hit ratio', '30.0 %'],
    ['cache-1 alone', '0.4 %'],
    ['oldest stale read', '1.21 s'],
  ])('%s reads %s', (label, text) => {
    const metric = metricOf(label);
    expect(plain(metric.print(metric.read(series, 1)))).toBe(text);
  });

  it('have no hit ratio where nothing was looked up', () => {
    expect(metricOf('hit ratio').read(aSeries(1), 0)).toBeNaN();
  });

  it.each(['hit ratio', 'cache-1 alone'])(
    'have as %s that of the last 20 lookups where there are few, and not of what came when there were many',
    (label) => {
      const read = (...lookups: readonly (readonly [hits: number, misses: number])[]): number => {
        const few = aSeries(lookups.length);
        lookups.forEach(([hits, misses], bucket) => {
          few.system[bucket * SYSTEM_WIDTH + SYSTEM.hits] = hits;
          few.system[bucket * SYSTEM_WIDTH + SYSTEM.misses] = misses;
          const node = (bucket * nodes.length + cacheOne) * NODE_WIDTH;
          few.nodes[node + NODE.hits] = hits;
          few.nodes[node + NODE.misses] = misses;
        });
        return metricOf(label).read(few, lookups.length - 1);
      };
      expect(read([9, 9], [5, 5], [0, 1], [4, 5], [1, 0])).toBeCloseTo(10 / 21);
      expect(read([1, 0], [0, 0])).toBe(1);
      expect(read([900, 100], [0, 1])).toBe(0);
      expect(read([900, 100], [0, 0])).toBeNaN();
    },
  );

  it('leave out what the design cannot have', () => {
    const labels = (of: Subject) => TRACKS.flatMap((track) => track.metrics(of)).map(({ label }) => label);
    const direct = {
      ...subject,
      design: { ...seedDesign, policy: 'db-only' as const },
      cacheNode: undefined,
    };
    expect(labels(subject)).toContain('cache calls timed out');
    expect(labels(direct)).not.toContain('cache calls timed out');
    expect(labels(direct)).not.toContain('cache-1 alone');
  });
});

describe('a placed track', () => {
  const [latency, , , staleness] = TRACKS;
  const box = { top: 0, height: 100 };

  it('has one scale for this run and the one before', () => {
    if (latency === undefined) throw new Error('there is no first track');
    const now = aSeries(2, [
      ['putP99', 7000],
      ['getP50', 500],
    ]);
    const before = aSeries(2, [['putP99', 900_000]]);
    const scale = placeTrack(latency, box, subject, [now, before]).scale;
    expect(scale.max).toBeGreaterThan(900_000);
    expect(placeTrack(latency, box, subject, [before, now]).scale).toEqual(scale);
  });

  it('always has the line of the contract in sight', () => {
    if (staleness === undefined) throw new Error('there is no last track');
    const { scale, limits } = placeTrack(staleness, box, subject, [aSeries(2)]);
    expect(limits.map(({ label }) => plain(label))).toEqual(['5 s']);
    expect(scale.max).toBeGreaterThan(5_000_000);
  });

  it('has a height where no staleness is allowed and none is there', () => {
    if (staleness === undefined) throw new Error('there is no last track');
    const design = { ...seedDesign, contract: { ...seedDesign.contract, staleness: 0 } };
    const { scale, band } = placeTrack(staleness, box, { ...subject, design }, [aSeries(2)]);
    expect(yOf(scale, 0, band)).toBe(band.bottom);
  });

  it('names both lines of the contract where they differ', () => {
    if (latency === undefined) throw new Error('there is no first track');
    const design = { ...seedDesign, contract: { ...seedDesign.contract, putP99: 80_000 } };
    expect(latency.limits(design).map(({ label }) => plain(label))).toEqual(['GET 50 ms', 'PUT 80 ms']);
    expect(latency.limits(seedDesign).map(({ label }) => plain(label))).toEqual(['50 ms']);
  });
});

describe('the bucket under the playhead', () => {
  const series = aSeries(10);
  it.each([
    [0, 0],
    [99_999.9, 0],
    [100_000, 1],
    [1_000_000, 9],
    [1_000_001, undefined],
  ])('at %d us is %s', (cursor, bucket) => expect(bucketUnder(series, cursor)).toBe(bucket));
});
