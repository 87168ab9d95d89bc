/** In which tenth of a second something first happens that play can stop at, by the series of a whole run. */
import { expect, it } from 'vitest';
import { drivenRun } from '../../src/engine/render.ts';
import { bucketOf } from '../../src/replay/stops.ts';
import { aDesign } from '../support/designs.ts';

const FAULT_AT = 150_000;
const design = aDesign({
  duration: '400ms',
  'workload.puts': '100/s',
  'workload.gets': '100/s',
  'store.failover': '100ms',
  fault: `shard-1.leader:crash@${FAULT_AT}us`,
});

it('a failover is where another replica leads, and not where the first one does from the beginning', () => {
  const run = drivenRun(design);
  run.advance(design.duration);
  expect(bucketOf(run.series(), design, 'failover', 0)).toBe(2);
  expect(bucketOf(run.series(), design, 'failover', 300_000)).toBeUndefined();
});
