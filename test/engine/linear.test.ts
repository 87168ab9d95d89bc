/** What an event costs does not grow with what has happened before: counted in ints that are read, never in time. */
import { describe, expect, it } from 'vitest';
import { aDesign } from '../support/designs.ts';
import { countedRun } from '../support/steps.ts';

/** Every operation asks for one key, and a follower of each shard is down. */
const HOT_AND_BEHIND = {
  duration: '4s',
  'workload.puts': '50/s',
  'workload.gets': '50/s',
  fault: [
    'workload:hotkey:100%@0s',
    'workload:surge:4@0s',
    'shard-1.replica-3:crash@0s',
    'shard-2.replica-3:crash@0s',
  ],
};

/** Ints that are read for an event, in each quarter of the duration. */
function readsByQuarter(differences: Parameters<typeof aDesign>[0]): number[] {
  const design = aDesign({ ...HOT_AND_BEHIND, ...differences });
  const { run, reads } = countedRun(design);
  return [1, 2, 3, 4].map((quarter) => {
    const [before, eventsBefore] = [reads(), run.world.events];
    run.advance((design.duration * quarter) / 4);
    return (reads() - before) / (run.world.events - eventsBefore);
  });
}

describe('while a follower is down and every write is of one key', () => {
  it.each<[string, Parameters<typeof aDesign>[0]]>([
    ['where disks are always synced', {}],
    ['where they are synced now and then', { 'store.fsync': 'periodic:1s' }],
    [
      'where versions fence, and the cache is so slow that they overtake each other',
      {
        'cache.fencing': 'version',
        'cache.write': 'exp:30ms',
        'cache.concurrency': '64',
        'cache.timeout': '40ms',
      },
    ],
  ])('an event costs as much in the end as at first: %s', (_, differences) => {
    const [first = NaN, ...later] = readsByQuarter(differences);
    // Lag is looked for in all open entries ten times a second, and grows with them: that much more it may be.
    for (const reads of later) expect(reads).toBeLessThan(first * 1.6);
  });
});
