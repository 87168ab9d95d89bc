/**
 * Partial quorums: how fast they answer and how often they are stale, against the tables of Bailis et al. (VLDB 2012,
 * "Probabilistically bounded staleness for practical partial quorums") and, for exponential legs, the exact values. The
 * legs are theirs (WARS: write, acknowledgement, read, response); everything else takes no time, and no key is written
 * twice, so that a stale read is one of the version before.
 */
import type { Design } from '../../src/design/design.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { OpKind } from '../../src/engine/operations.ts';
import { Run } from '../../src/engine/run.ts';
import { VisibilityRun } from '../../src/engine/visibility.ts';
import { aDesign } from '../support/designs.ts';
import { Tally } from '../support/probe.ts';
import { jackknife, meanOf } from '../support/replications.ts';
import type { ReferenceRow } from './row.ts';

const BAILIS = 'Bailis et al. 2012, recomputed';
/** Independent runs of a row; enough for its error to be known within a ninth. */
const RUNS = 40;
/**
 * Operations a second. None waits for another, so that the rate is of no consequence; but a run must be long beside an
 * acknowledgement, or the writes whose acknowledgement is slow would be missing among its last.
 */
const RATE = 2000;

interface Legs {
  readonly write: string;
  readonly ack: string;
  readonly read: string;
  readonly response: string;
}
/** R and W; N is 3 everywhere. */
type Quorum = readonly [r: number, w: number];

const wars = (write: string, others: string): Legs => ({
  write,
  ack: others,
  read: others,
  response: others,
});

/** Fits to LinkedIn's production latencies: Pareto bodies with exponential tails. */
const SSD_LEG = '0.9122*pareto:0.235ms:10+0.0878*exp:0.602409638554217ms';
const SSD = wars(SSD_LEG, SSD_LEG);
const DISK = wars('0.38*pareto:1.05ms:1.51+0.62*exp:5.46448087431694ms', SSD_LEG);

function aQuorum(legs: Legs, [r, w]: Quorum, seed: number, differences: Record<string, string>): Design {
  return aDesign({
    seed: String(seed),
    policy: 'db-only',
    'client.timeout': '60s',
    'workload.keys': '10000000',
    'workload.skew': '0',
    'workload.readBack': '0%',
    'app.nodes': '1',
    'app.service': 'const:0ms',
    'app.concurrency': '1000000',
    'network.clientApp': 'const:0ms',
    'store.mode': 'leaderless',
    'store.shards': '1',
    'store.r': String(r),
    'store.w': String(w),
    'store.legs.write': legs.write,
    'store.legs.ack': legs.ack,
    'store.legs.read': legs.read,
    'store.legs.response': legs.response,
    zones: '1',
    ...differences,
  });
}

interface Statistic {
  readonly name: string;
  readonly reference: number;
  readonly of: (samples: Tally) => number;
}

const quantile = (p: number, reference: number): Statistic => ({
  name: `p${p * 100}`,
  reference,
  of: (samples) => quantileWithin(samples, p) / 1000,
});

/** The quantile with its place inside the microsecond that it falls in, which is wide beside the error of the shorter ones. */
function quantileWithin(samples: Tally, p: number): number {
  const value = samples.quantile(p);
  const [above, from] = [samples.above(value), samples.above(value - 1)];
  return value - 0.5 + (p - (1 - from)) / (from - above);
}

/** Latencies of all PUTs, or all GETs, of a run: raw, since a histogram's buckets would be coarser than the error. */
function latencies(design: Design, kind: number): Tally {
  const run = Run.start(design);
  const { series } = run.world;
  const samples = new Tally();
  series.endOperation = (ended, _ending, _start, latency) => {
    if (ended === kind) samples.add(latency);
  };
  run.advance(HORIZON);
  return samples;
}

function latencyRows(
  name: string,
  legs: Legs,
  quorum: Quorum,
  kind: 'PUT' | 'GET',
  thousands: number,
  source: string,
  statistics: readonly Statistic[],
): ReferenceRow[] {
  const rates =
    kind === 'PUT'
      ? { 'workload.puts': `${RATE}/s`, 'workload.gets': '0/s' }
      : { 'workload.puts': '0/s', 'workload.gets': `${RATE}/s` };
  const duration = `${Math.ceil(((thousands * 1000) / RATE / RUNS) * 1000)}ms`;
  const tallies = Array.from({ length: RUNS }, (_, i) =>
    latencies(
      aQuorum(legs, quorum, 7000 + i, { ...rates, duration }),
      kind === 'PUT' ? OpKind.put : OpKind.get,
    ),
  );
  const all = tallies.reduce((sum, tally) => sum.plus(tally, 1));
  return statistics.map(({ name: what, reference, of }) => {
    const { value, standardError } = jackknife(all, tallies, (sum, one) => sum.plus(one, -1), of);
    return {
      area: 'quorums',
      name: `${name}, ${what}`,
      reference,
      measured: value,
      standardError,
      unit: 'ms',
      source,
    };
  });
}

/** P(fresh) of reads that start so many ms after the acknowledgement. */
type Curve = readonly (readonly [afterMs: number, fresh: number])[];

function freshnessRows(
  name: string,
  legs: Legs,
  quorum: Quorum,
  thousands: number,
  source: string,
  curve: Curve,
): ReferenceRow[] {
  const instants = curve.map(([ms]) => Math.round(ms * 1000));
  const trials = (thousands * 1000) / RUNS;
  const shares = Array.from({ length: RUNS }, (_, i) => {
    const design = aQuorum(legs, quorum, 8000 + i, {
      duration: `${Math.ceil((trials / RATE) * 1000)}ms`,
      'workload.puts': `${RATE}/s`,
      'workload.gets': '0/s',
    });
    const run = new VisibilityRun(design, { instants, trials });
    while (!run.done) run.advance();
    return run.reading().points.map(({ fresh }) => fresh ?? NaN);
  });
  return curve.map(([ms, reference], i) => {
    const { value, standardError } = meanOf(shares.map((points) => points[i] ?? NaN));
    return {
      area: 'quorums',
      name: `${name}, fresh after ${ms} ms`,
      reference,
      measured: value,
      standardError,
      unit: 'probability',
      source,
    };
  });
}

/** The n-th fastest of three exponential answers of mean 1 ms. */
const ORDER_STATISTICS = [
  { r: 1, mean: 1 / 3, p50: 0.231049, p99: 1.53506 },
  { r: 2, mean: 5 / 6, p50: 0.693147, p99: 2.83186 },
  { r: 3, mean: 11 / 6, p50: 1.57843, p99: 5.70044 },
];

function orderRows(
  { r, mean, p50, p99 }: (typeof ORDER_STATISTICS)[number],
  thousands: number,
): ReferenceRow[] {
  const legs = { write: 'const:0ms', ack: 'const:0ms', read: 'exp:1ms', response: 'const:0ms' };
  return latencyRows(`${r} of 3 answers`, legs, [r, 1], 'GET', thousands, 'order statistics of Exp(1)', [
    { name: 'mean', reference: mean, of: (samples) => samples.mean / 1000 },
    quantile(0.5, p50),
    quantile(0.99, p99),
  ]);
}

/**
 * With R = 1 and a write leg of rate L a read that starts t later is stale with probability exp(-L t) (1 - P0): the write
 * leg has no memory. Time is in units of 10 ms here, beside which its rounding to microseconds is nothing.
 */
function exponentialRows(rate: number, w: number, fresh: number, thousands: number): ReferenceRow[] {
  const unit = 10;
  const curve = [0, 0.25, 0.5, 1].map((t): [number, number] => [
    t * unit,
    1 - Math.exp(-rate * t) * (1 - fresh),
  ]);
  const legs = wars(`exp:${unit / rate}ms`, `exp:${unit}ms`);
  const source = 'exact: the write leg has no memory';
  return freshnessRows(`legs of rate ${rate} and 1, R 1 W ${w}`, legs, [1, w], thousands, source, curve);
}

/** All rows; `quick`: a few that need few samples. */
export function pbsRows(quick = false): ReferenceRow[] {
  if (quick)
    return [
      ...ORDER_STATISTICS.slice(1, 2).flatMap((statistic) => orderRows(statistic, 90)),
      ...exponentialRows(4, 1, 0.942947, 40),
      ...freshnessRows('SSD, R 1 W 1', SSD, [1, 1], 40, BAILIS, [[0, 0.97364]]),
    ];
  const slow = (
    name: string,
    legs: Legs,
    quorum: Quorum,
    kind: 'PUT' | 'GET',
    thousands: number,
    ms: number,
  ) => latencyRows(name, legs, quorum, kind, thousands, BAILIS, [quantile(0.999, ms)]);
  const fresh = (name: string, legs: Legs, quorum: Quorum, curve: Curve) =>
    freshnessRows(name, legs, quorum, 200, BAILIS, curve);
  return [
    ...ORDER_STATISTICS.flatMap((statistic) => orderRows(statistic, 500)),
    ...exponentialRows(4, 1, 0.942947, 200),
    ...exponentialRows(4, 2, 0.991034, 200),
    ...exponentialRows(1, 1, 0.7518, 200),
    ...exponentialRows(1, 2, 0.91313, 200),
    // DISK differs from SSD in its write leg alone: reads take the same time.
    ...slow('SSD, R 1', SSD, [1, 1], 'GET', 450, 0.653),
    ...slow('SSD, R 2', SSD, [2, 1], 'GET', 1200, 1.628),
    ...slow('SSD, W 1', SSD, [1, 1], 'PUT', 750, 0.655),
    ...slow('SSD, W 2', SSD, [1, 2], 'PUT', 1500, 1.636),
    ...slow('DISK, W 1', DISK, [1, 1], 'PUT', 2000, 10.93),
    ...slow('DISK, W 2', DISK, [1, 2], 'PUT', 1000, 20.94),
    ...fresh(
      'SSD, R 1 W 1',
      SSD,
      [1, 1],
      [
        [0, 0.97364],
        [1.96, 0.999],
      ],
    ),
    ...fresh('SSD, R 1 W 2', SSD, [1, 2], [[1.85, 0.999]]),
    ...fresh('SSD, R 2 W 2', SSD, [2, 2], [[0, 1]]),
    ...fresh(
      'DISK, R 1 W 1',
      DISK,
      [1, 1],
      [
        [0, 0.43666],
        [10, 0.92616],
        [52.3, 0.999],
      ],
    ),
    ...fresh('DISK, R 1 W 2', DISK, [1, 2], [[48.4, 0.999]]),
    ...fresh('DISK, R 2 W 1', DISK, [2, 1], [[14.1, 0.999]]),
    ...fresh('DISK, R 2 W 2', DISK, [2, 2], [[0, 1]]),
  ];
}
