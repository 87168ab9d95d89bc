/**
 * Queues that a textbook knows, measured through the whole engine: one replica of the store is the queue, everything
 * before it takes no time. Samples are raw; a value's error is the spread between runs of seeds fixed beforehand.
 */
import { aDesign } from '../support/designs.ts';
import { watch, type Stay } from '../support/probe.ts';
import { jackknife, meanOf, type Estimate } from '../support/replications.ts';
import { renderToEnd } from '../../src/engine/render.ts';
import type { ReferenceRow } from './row.ts';

/** The network and every server but the store's take no time at all; one replica, read by all. */
export const BARE: Readonly<Record<string, string>> = {
  policy: 'db-only',
  'client.timeout': '600s',
  'workload.readBack': '0%',
  'workload.puts': '0/s',
  'app.nodes': '1',
  'app.service': 'const:0ms',
  'app.concurrency': '1000000',
  'store.shards': '1',
  'store.rf': '1',
  'store.w': '1',
  zones: '1',
  ...Object.fromEntries(
    ['clientApp', 'appCache', 'cacheStore', 'appStore', 'replication'].map((link) => [
      `network.${link}`,
      'const:0ms',
    ]),
  ),
};

/** The runs of the n-th queue have the seeds from n SEEDS on. */
const SEEDS = 1000;
/** The queue begins empty; what comes before it has filled is left out. */
const WARM_UP_US = 1_000_000;

interface Measure {
  readonly name: string;
  readonly unit: 'ms' | 'probability';
  readonly reference: number;
  readonly of: (stay: Stay) => number;
}

interface Queue {
  readonly name: string;
  readonly service: string;
  readonly servers: number;
  /** Offered load in erlangs; a service is 1 ms in the mean. */
  readonly load: number;
  readonly source: string;
  readonly measures: readonly Measure[];
  /** Customers, in thousands, over all runs. */
  readonly thousands: number;
  readonly quick?: true;
}

const inMs = (us: number): number => us / 1000;
const meanSojourn = (reference: number): Measure => ({
  name: 'mean time in the system',
  unit: 'ms',
  reference,
  of: ({ sojourn }) => inMs(sojourn.mean),
});
const meanWait = (reference: number): Measure => ({
  name: 'mean wait',
  unit: 'ms',
  reference,
  of: ({ wait }) => inMs(wait.mean),
});
const sojournQuantile = (p: number, reference: number): Measure => ({
  name: `p${p * 100} of the time in the system`,
  unit: 'ms',
  reference,
  of: ({ sojourn }) => inMs(sojourn.quantile(p)),
});
/** P(wait > t), t in ms. Times are whole microseconds: a wait above t is one of at least half a microsecond more. */
const waitAbove = (t: number, reference: number): Measure => ({
  name: t === 0 ? 'P(wait > 0)' : `P(wait > ${t} ms)`,
  unit: 'probability',
  reference,
  of: ({ wait }) => wait.above(t * 1000),
});

/** Erlang's C: the probability that an arrival waits in M/M/c at an offered load of `a` erlangs. */
export function erlangC(c: number, a: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < c; k++) sum += term *= a / k;
  term *= a / c;
  const waiting = term / (1 - a / c);
  return waiting / (sum + waiting);
}

/** Pollaczek and Khinchine's mean wait in M/G/1 at utilisation `rho`, for services of mean 1. */
export function pollaczekKhinchine(rho: number, squaredVariation: number): number {
  return (rho * (1 + squaredVariation)) / (2 * (1 - rho));
}

/** The time in the system of M/M/1 is exponential, of rate 1 - rho; its tail wants many more customers. */
function mm1(rho: number, t: number, thousands: number, forTail: number, quick?: true): readonly Queue[] {
  const quantile = (p: number): Measure => sojournQuantile(p, -Math.log(1 - p) / (1 - rho));
  const queue = {
    name: `M/M/1 at ${rho}`,
    service: 'exp:1ms',
    servers: 1,
    load: rho,
    source: 'Kleinrock 1975',
  };
  const body = [meanSojourn(1 / (1 - rho)), quantile(0.5), waitAbove(t, rho * Math.exp(-(1 - rho) * t))];
  return [
    { ...queue, measures: body, thousands, ...(quick && { quick }) },
    { ...queue, measures: [quantile(0.99)], thousands: forTail },
  ];
}

function mg1(
  name: string,
  service: string,
  variation: number,
  rho: number,
  thousands: number,
  quick?: true,
): Queue {
  return {
    name: `${name} at ${rho}`,
    service,
    servers: 1,
    load: rho,
    source: 'Pollaczek 1930, Khinchine 1932',
    measures: [meanWait(pollaczekKhinchine(rho, variation))],
    thousands,
    ...(quick && { quick }),
  };
}

function mmc(c: number, load: number, thousands: number, forWait: number): readonly Queue[] {
  const waits = erlangC(c, load);
  const queue = {
    name: `M/M/${c} at load ${load}`,
    service: 'exp:1ms',
    servers: c,
    load,
    source: 'Erlang 1917',
  };
  const probabilities = [waitAbove(0, waits), waitAbove(1, waits * Math.exp(-(c - load)))];
  return [
    { ...queue, measures: probabilities, thousands },
    { ...queue, measures: [meanWait(waits / (c - load))], thousands: forWait },
  ];
}

const QUEUES: readonly Queue[] = [
  ...mm1(0.5, 1, 350, 4_000, true),
  ...mm1(0.8, 5, 3_000, 18_000),
  mg1('M/D/1', 'const:1ms', 0, 0.5, 350, true),
  mg1('M/D/1', 'const:1ms', 0, 0.8, 2_000),
  // Services uniform between 0 and 2; exponential of mean .5 or 1.5 by the toss of a coin.
  mg1('M/G/1, uniform', 'uniform:0ms:2ms', 1 / 3, 0.8, 4_000),
  mg1('M/G/1, two phases', '0.5*exp:0.5ms+0.5*exp:1.5ms', 1.5, 0.5, 1_000),
  ...mmc(2, 1, 800, 1_800),
  ...mmc(4, 3.2, 4_000, 6_000),
];

/** Enough for the error itself to be known within a ninth. */
const RUNS = 40;

function rowsOf(queue: Queue): ReferenceRow[] {
  const seconds = Math.ceil(queue.thousands / RUNS / queue.load) + WARM_UP_US / 1e6;
  const firstSeed = SEEDS * (1 + QUEUES.indexOf(queue));
  const stays = Array.from({ length: RUNS }, (_, i) =>
    watch(
      aDesign({
        ...BARE,
        seed: String(firstSeed + i),
        duration: `${seconds}s`,
        'workload.gets': `${1000 * queue.load}/s`,
        'workload.keys': '1',
        'store.read': queue.service,
        'store.concurrency': String(queue.servers),
      }),
      WARM_UP_US,
    ),
  );
  const all = stays.reduce((sum, stay) => combined(sum, stay, 1));
  return queue.measures.map(({ name, unit, reference, of }) => {
    const estimate = jackknife(all, stays, (sum, one) => combined(sum, one, -1), of);
    return rowOf(`${queue.name}: ${name}`, reference, estimate, unit, queue.source);
  });
}

function combined(a: Stay, b: Stay, times: 1 | -1): Stay {
  return { wait: a.wait.plus(b.wait, times), sojourn: a.sojourn.plus(b.sojourn, times) };
}

function rowOf(
  name: string,
  reference: number,
  estimate: Estimate,
  unit: string,
  source: string,
): ReferenceRow {
  const { value: measured, standardError } = estimate;
  return { area: 'queueing', name, reference, measured, standardError, unit, source };
}

/** Exponential disks of 1 ms, never queued for; the leader's own copy is one of the w. */
const QUORUMS = [
  { rf: 1, w: 1, reference: 1 },
  // Its own and the first of two others.
  { rf: 3, w: 2, reference: 1 + 1 / 2 - 1 / 3 },
  { rf: 3, w: 3, reference: 1 + 1 / 2 + 1 / 3 },
];

function quorumRow({ rf, w, reference }: (typeof QUORUMS)[number]): ReferenceRow {
  const means = Array.from({ length: RUNS }, (_, i) => {
    const design = aDesign({
      ...BARE,
      seed: String(SEEDS * 100 + i),
      duration: '2s',
      'workload.gets': '0/s',
      'workload.puts': '500/s',
      'store.rf': String(rf),
      'store.w': String(w),
      'store.write': 'exp:1ms',
      'store.concurrency': '1000000',
    });
    return renderToEnd(design).put.meanMs;
  });
  const name = `a leader's write, w ${w} of ${rf}: mean`;
  return rowOf(name, reference, meanOf(means), 'ms', 'order statistics of Exp(1)');
}

/** All rows; `quick`: those that need few customers. */
export function queueingRows(quick = false): ReferenceRow[] {
  return [...QUEUES.filter((queue) => !quick || queue.quick).flatMap(rowsOf), ...QUORUMS.map(quorumRow)];
}
