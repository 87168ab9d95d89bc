/** The busiest node of a run against the utilisation law, rho = lambda E[S] / servers, and a fluid queue after a surge. */
import { describe, expect, it } from 'vitest';
import type { Design } from '../../src/design/design.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { Run } from '../../src/engine/run.ts';
import { busiestOf } from '../../src/replay/busiest.ts';
import { aDesign } from '../support/designs.ts';

/** One replica of five servers, read 400 times a second; whoever asks it takes no time. */
const READ_ALONE: Readonly<Record<string, string>> = {
  policy: 'db-only',
  duration: '20s',
  'workload.puts': '0/s',
  'workload.gets': '400/s',
  'workload.readBack': '0%',
  'workload.arrivals': 'even',
  'client.timeout': '600s',
  'app.service': 'const:0ms',
  'store.shards': '1',
  'store.rf': '1',
  'store.w': '1',
  'store.concurrency': '5',
  'store.read': 'const:10ms',
  'network.clientApp': 'const:0ms',
  'network.appStore': 'const:0ms',
  zones: '1',
};
const REPLICA = 'shard-1.replica-1';

function busiest(differences: Readonly<Record<string, string | readonly string[]>>) {
  const design: Design = aDesign({ ...READ_ALONE, ...differences });
  const run = Run.start(design);
  run.advance(HORIZON);
  return busiestOf(run.series(), design);
}

describe('the busiest node', () => {
  it.each([
    ['20s', '400/s', 'const:10ms', '5', 0.8],
    ['2050ms', '400/s', 'const:10ms', '5', 0.8],
    ['20s', '300/s', 'const:2ms', '1', 0.6],
  ])(
    'of %s with %s reads that take %s of %s servers is as busy as the law says',
    (duration, gets, read, servers, rho) => {
      const all = busiest({
        duration,
        'workload.gets': gets,
        'store.read': read,
        'store.concurrency': servers,
      });
      expect(all.map(({ name, full }) => [name, full])).toEqual([[REPLICA, undefined]]);
      expect(all[0]?.utilisation).toBeCloseTo(rho, 2);
    },
  );

  it('is so in the mean where arrivals and services are drawn', () => {
    const [lambda, mean, servers, seconds] = [400, 0.01, 8, 60];
    const [replica] = busiest({
      duration: `${seconds}s`,
      'workload.arrivals': 'poisson',
      'store.read': 'exp:10ms',
      'store.concurrency': String(servers),
    });
    const rho = (lambda * mean) / servers;
    // The work that comes is compound Poisson: its variance is lambda t E[S^2], and E[S^2] = 2 E[S]^2.
    const error = Math.sqrt(lambda * seconds * 2 * mean * mean) / (servers * seconds);
    expect(3 * error).toBeLessThan(0.02);
    expect(Math.abs((replica?.utilisation ?? NaN) - rho)).toBeLessThan(3 * error);
  });

  it('is full from the beginning of a surge until what came of it is worked off', () => {
    // Twice 0.8 for 3 s leaves 0.6 x 3 s of work, which goes at 1 - 0.8 of it a second: 9 s later it is gone.
    const [replica, ...others] = busiest({ fault: ['workload:surge:2@5s-8s'] });
    expect(others).toEqual([]);
    expect(replica?.name).toBe(REPLICA);
    expect(Math.abs((replica?.full?.from ?? NaN) - 5e6)).toBeLessThanOrEqual(100_000);
    expect(Math.abs((replica?.full?.to ?? NaN) - 17e6)).toBeLessThanOrEqual(200_000);
  });

  it('stands before the one that was full for longest, where that is another', () => {
    // A cache node that has little to do, but for a second in which it takes a thousand times as long.
    const all = busiest({
      policy: 'look-aside',
      'workload.keys': '1',
      'workload.gets': '300/s',
      'cache.nodes': '1',
      'cache.timeout': 'off',
      'cache.ttl': '10ms',
      'cache.concurrency': '1',
      'cache.read': 'const:0.1ms',
      'cache.write': 'const:0.1ms',
      'app.nodes': '1',
      'app.concurrency': '1',
      'app.service': 'const:2ms',
      'network.appCache': 'const:0ms',
      fault: ['cache-1:slow:1000@5s-6s'],
    });
    expect(all.map(({ name, full }) => [name, full !== undefined])).toEqual([
      ['app-1', false],
      ['cache-1', true],
    ]);
  });

  it('is nobody where nobody had anything to do', () => {
    expect(busiest({ 'workload.gets': '0/s' })).toEqual([]);
  });
});
