import { describe, expect, it } from 'vitest';
import { NODE, NODE_WIDTH } from '../../src/design/readings.ts';
import { aSmallDesign, render } from '../support/engineRuns.ts';
import { aDesign } from '../support/designs.ts';
import { renderToEnd } from '../../src/engine/run.ts';

/** The network and every server but the store's take no time at all; one replica, read by all. */
const BARE: Readonly<Record<string, string>> = {
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

/** Mean, and its standard error, of a quantity over independent replications. */
function replicated(measure: (seed: string) => number, count: number): { mean: number; error: number } {
  const values = Array.from({ length: count }, (_, i) => measure(String(101 + i)));
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  return { mean, error: Math.sqrt(variance / count) };
}

/** Erlang's C: the probability that an arrival waits in M/M/c at an offered load of `a` erlangs. */
function erlangC(c: number, a: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < c; k++) sum += term *= a / k;
  term *= a / c;
  const waiting = term / (1 - a / c);
  return waiting / (sum + waiting);
}

const QUEUES = [
  // Mean sojourn in ms at a mean service of 1 ms.
  { name: 'M/M/1', service: 'exp:1ms', c: 1, load: 0.7, expected: 1 / (1 - 0.7) },
  { name: 'M/M/4', service: 'exp:1ms', c: 4, load: 0.8, expected: 1 + erlangC(4, 3.2) / (4 - 3.2) },
  // Pollaczek and Khinchine, without variance of the service.
  { name: 'M/D/1', service: 'const:1ms', c: 1, load: 0.7, expected: 1 + 0.7 / (2 * (1 - 0.7)) },
];

describe('queues that a textbook knows', () => {
  it.each(QUEUES)('$name at load $load: the mean time in the system', ({ service, c, load, expected }) => {
    const { mean, error } = replicated((seed) => {
      const design = aDesign({
        ...BARE,
        seed,
        duration: '20s',
        'workload.gets': `${1000 * c * load}/s`,
        'store.read': service,
        'store.concurrency': String(c),
      });
      return renderToEnd(design).get.meanMs;
    }, 12);
    expect(error / expected).toBeLessThan(0.03);
    expect(Math.abs(mean - expected)).toBeLessThan(3 * error + 0.001);
  });
});

describe('a write that waits for copies', () => {
  // Exponential disks of 1 ms, never queued for.
  const HARMONIC = [
    { rf: '1', w: '1', expected: 1 },
    // The leader's own copy is one of the w: of three, its own and the first of two others.
    { rf: '3', w: '2', expected: 1 + 1 / 2 - 1 / 3 },
    { rf: '3', w: '3', expected: 1 + 1 / 2 + 1 / 3 },
    { rf: '5', w: '1', expected: 1 },
  ];
  it.each(HARMONIC)('w $w of $rf: the mean of the order statistic', ({ rf, w, expected }) => {
    const { mean, error } = replicated((seed) => {
      const design = aDesign({
        ...BARE,
        seed,
        duration: '5s',
        'workload.gets': '0/s',
        'workload.puts': '1000/s',
        'store.rf': rf,
        'store.w': w,
        'store.write': 'exp:1ms',
        'store.concurrency': '1000000',
      });
      return renderToEnd(design).put.meanMs;
    }, 30);
    expect(error).toBeLessThan(0.02);
    expect(Math.abs(mean - expected)).toBeLessThan(3 * error + 0.001);
  });
});

describe('a cache filled on demand', () => {
  it('keys asked for alike at rate r hit with probability r T / (1 + r T), for a TTL of T from the fill', () => {
    const rate = 20;
    for (const ttl of [0.02, 0.1]) {
      const { mean, error } = replicated((seed) => {
        const design = aDesign({
          ...BARE,
          seed,
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
      }, 6);
      const expected = (rate * ttl) / (1 + rate * ttl);
      expect(Math.abs(mean - expected)).toBeLessThan(3 * error + 0.002);
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
