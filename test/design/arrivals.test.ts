/** Which differences of two designs change what arrives: said by keys, and held against what the engine makes arrive. */
import { expect, test } from 'vitest';
import { otherArrivals } from '../../src/design/arrivals.ts';
import { Run } from '../../src/engine/run.ts';
import { SYSTEM, SYSTEM_WIDTH } from '../../src/design/readings.ts';
import type { Design } from '../../src/design/design.ts';
import { aDesign } from '../support/designs.ts';

const base = aDesign({ duration: '1s', 'workload.keys': '1000', 'workload.readBack': '0' });

/** Operations started in each bucket. */
function arrivals(design: Design): number[] {
  const run = Run.start(design);
  run.advance(design.duration);
  const { buckets, system } = run.series();
  return Array.from({ length: buckets }, (_, bucket) =>
    (['putsStarted', 'getsStarted'] as const).reduce(
      (sum, column) => sum + (system[bucket * SYSTEM_WIDTH + SYSTEM[column]] ?? 0),
      0,
    ),
  );
}

test.each([
  [{ 'cache.ttl': '1s', 'cache.timeout': 'off' }],
  [{ policy: 'look-aside' }],
  [{ policy: 'db-only', 'store.w': '3' }],
  [{ fault: 'cache-1:slow:50@0.2s' }],
  [{ 'workload.value': '4KiB' }],
])('%j leaves the arrivals as they are', (differences) => {
  const other = aDesign(differences, base);
  expect(otherArrivals(base, other)).toEqual([]);
  expect(arrivals(other)).toEqual(arrivals(base));
});

test.each([
  [{ 'workload.puts': '100/s' }, ['workload.puts']],
  [{ 'workload.arrivals': 'even' }, ['workload.arrivals']],
  [{ fault: 'workload:surge:2@0.2s' }, ['fault']],
])('%j gives other arrivals, and is named', (differences, keys) => {
  const other = aDesign(differences, base);
  expect(otherArrivals(base, other)).toEqual(keys);
  expect(arrivals(other)).not.toEqual(arrivals(base));
});
