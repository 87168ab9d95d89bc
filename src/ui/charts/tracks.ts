/**
 * The registry of charts, in the order in which they stand under each other. A new chart is one object and its line
 * in `TRACKS`. They read the series of a run and compute nothing that the engine has not measured.
 */
import { printDuration } from '../../base/units.ts';
import { hasCache } from '../../design/policies/registry.ts';
import { BUCKETS_PER_SECOND, SYSTEM, SYSTEM_WIDTH } from '../../design/readings.ts';
import type { SeriesReading } from '../../engine/readings.ts';
import { hitRatioAt } from '../../replay/hitRatio.ts';
import { formatDuration, formatExactRate, formatRate, formatPercent, formatShare } from '../format.ts';
import { prettyText } from '../pretty.ts';
import type { Line, Metric, Track } from './metric.ts';
import { decadesOf, linearScale, logScale, midpointOf } from './scale.ts';

type SystemColumn = keyof typeof SYSTEM;

function system(series: SeriesReading, bucket: number, column: SystemColumn): number {
  return series.system[bucket * SYSTEM_WIDTH + SYSTEM[column]] ?? NaN;
}

/** A latency in microseconds. The median's mark is a smaller one of the same kind. */
function latency(column: SystemColumn, label: string, mark: 'put' | 'get', weight: Metric['weight']): Metric {
  return {
    key: column,
    label,
    glyph: { kind: 'mark', name: mark, size: weight === 'strong' ? 14 : 9 },
    hue: mark,
    weight,
    read: (series, bucket) => system(series, bucket, column),
    print: formatDuration,
  };
}

/** Counts of a bucket, of one or more columns together, as a rate per second. */
function rate(
  columns: readonly [SystemColumn, ...SystemColumn[]],
  label: string,
  look: Pick<Metric, 'glyph' | 'hue' | 'weight' | 'area' | 'quietAtZero'>,
): Metric {
  return {
    key: columns[0],
    label,
    ...look,
    read: (series, bucket) =>
      columns.reduce((sum, column) => sum + system(series, bucket, column), 0) * BUCKETS_PER_SECOND,
    print: formatExactRate,
  };
}

const LATENCY: Track = {
  key: 'latency',
  name: 'Latency',
  height: { natural: 98, least: 52, alone: 132 },
  metrics: () => [
    latency('putP99', 'PUT p99', 'put', 'strong'),
    latency('getP99', 'GET p99', 'get', 'strong'),
    latency('putP50', 'PUT p50', 'put', 'thin'),
    latency('getP50', 'GET p50', 'get', 'thin'),
  ],
  limits({ contract: { getP99, putP99 } }): Line[] {
    if (getP99 === putP99) return [{ value: getP99, label: roundLabel(getP99) }];
    return [
      { value: getP99, label: `GET ${roundLabel(getP99)}` },
      { value: putP99, label: `PUT ${roundLabel(putP99)}` },
    ];
  },
  // From below a fast hit to above what the contract allows, and further where the run goes further.
  scale: ({ low, high }, limits) =>
    logScale(low, Math.max(high, ...limits.map((limit) => limit.value)), 500, 100_000),
  grid: (scale) => decadesOf(scale).map((value) => ({ value, label: roundLabel(value) })),
};

const GET: Metric = rate(['getsStarted'], 'GET', {
  glyph: { kind: 'mark', name: 'get', size: 14 },
  hue: 'get',
  weight: 'strong',
});
const PUT: Metric = rate(['putsStarted'], 'PUT', {
  glyph: { kind: 'mark', name: 'put', size: 14 },
  hue: 'put',
  weight: 'strong',
});
const CACHE_TIMEOUTS: Metric = rate(['cacheTimeouts'], 'cache calls timed out', {
  glyph: { kind: 'mark', name: 'timeout', size: 14 },
  hue: 'bad',
  weight: 'strong',
  area: 'tint',
  quietAtZero: true,
});
/** A PUT of unknown fate has let its client down as one that failed has. */
const NO_REPLY: Metric = rate(['failed', 'putsUnknown'], 'no reply', {
  glyph: { kind: 'line' },
  hue: 'bad',
  weight: 'thin',
  quietAtZero: true,
});

const RATES: Track = {
  key: 'rates',
  name: 'Operations per second',
  height: { natural: 64, least: 52, alone: 96 },
  metrics: ({ design }) =>
    hasCache(design.policy) && design.cache.timeout !== 'off'
      ? [GET, PUT, CACHE_TIMEOUTS, NO_REPLY]
      : [GET, PUT, NO_REPLY],
  limits: () => [],
  scale: ({ high }) => linearScale(high, 10),
  grid(scale) {
    const value = midpointOf(scale);
    return [{ value, label: formatRate(value).replace(/\.0+(?=\D)/, '') }];
  },
};

const HIT_RATIO: Track = {
  key: 'hits',
  name: 'Hit ratio',
  height: { natural: 36, least: 27, alone: 64 },
  metrics: ({ cacheNode }) => {
    const whole: Metric = {
      key: 'hitRatio',
      label: 'hit ratio',
      glyph: { kind: 'line' },
      hue: 'ink',
      weight: 'strong',
      read: (series, bucket) => hitRatioAt(series, bucket),
      print: formatShare,
    };
    if (cacheNode === undefined) return [whole];
    const alone: Metric = {
      ...whole,
      key: `hitRatio ${cacheNode.name}`,
      label: `${cacheNode.name} alone`,
      weight: 'thin',
      // In a ghost of other nodes that number may be another one's.
      read: (series, bucket) =>
        series.nodeCount === cacheNode.of ? hitRatioAt(series, bucket, cacheNode.id) : NaN,
    };
    return [whole, alone];
  },
  limits: () => [],
  scale: () => ({ kind: 'linear', min: 0, max: 1 }),
  grid: () => [{ value: 0.5, label: formatPercent(0.5) }],
};

/** Where the contract allows none and there is none, the plot still has a height. */
const LEAST_STALENESS_US = 1000;

const STALENESS: Track = {
  key: 'staleness',
  name: 'Staleness',
  height: { natural: 26, least: 20, alone: 56 },
  metrics: () => [
    {
      key: 'maxStaleness',
      label: 'oldest stale read',
      glyph: { kind: 'stale' },
      hue: 'inv',
      weight: 'thin',
      area: 'stripes',
      read: (series, bucket) => system(series, bucket, 'maxStaleness'),
      print: formatDuration,
    },
  ],
  limits: ({ contract: { staleness } }) => [{ value: staleness, label: roundLabel(staleness) }],
  scale: ({ high }, limits) =>
    linearScale(high, Math.max(LEAST_STALENESS_US, ...limits.map((limit) => limit.value)) * 1.3),
  grid: () => [],
};

export const TRACKS: readonly Track[] = [LATENCY, RATES, HIT_RATIO, STALENESS];

/** A round duration as a label: `50 ms`. */
function roundLabel(us: number): string {
  return prettyText(printDuration(us));
}
