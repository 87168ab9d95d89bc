/**
 * What is acknowledged before it is durable: write-behind by renewal theory, and disks that are synced periodically by
 * arithmetic. A key that is written at rate w waits for its flush with probability wD/(1+wD); a disk that is synced every
 * ten seconds and loses power just before the next time loses all that it acknowledged in between.
 */
import type { Design } from '../../src/design/design.ts';
import { Run } from '../../src/engine/run.ts';
import { aDesign } from '../support/designs.ts';
import { render } from '../support/engineRuns.ts';
import { meanOf } from '../support/replications.ts';
import { BARE } from './queueing.ts';
import type { ReferenceRow } from './row.ts';

const WRITES_ALONE = { policy: 'write-behind', 'workload.gets': '0/s', 'workload.readBack': '0%', seed: '7' };
const RENEWAL = 'renewal theory: a cycle of D + 1/w';

export function behindRows(): ReferenceRow[] {
  return [dirtyKeys(), flushedWrites(), lostToPower()];
}

/** A key is dirty for D of every cycle. */
function dirtyKeys(): ReferenceRow {
  const [keys, w, delay] = [5000, 0.5, 1];
  const design = aDesign({
    ...WRITES_ALONE,
    duration: '80s',
    'workload.keys': String(keys),
    'workload.skew': '0',
    'workload.puts': `${keys * w}/s`,
    'store.rf': '1',
    'store.w': '1',
    'store.write': 'const:0.01ms',
    'network.cacheStore': 'const:0.01ms',
    zones: '1',
  });
  const run = Run.start(design);
  const dirty = new Float64Array(keys);
  let looks = 0;
  // From the second on in which the first values could have been flushed.
  for (let at = 5_000_000; at < design.duration; at += 200_000, looks++) {
    run.advance(at);
    const { buffered, keys: index } = run.world;
    dirty.forEach((seen, key) => {
      const slot = index.find(key);
      // What nobody has written yet has no slot.
      if (slot >= 0 && buffered.holds(slot)) dirty[key] = seen + 1;
    });
  }
  const { value, standardError } = meanOf([...dirty].map((count) => count / looks));
  return {
    area: 'behind',
    name: 'write-behind: a key waits for its flush, w 0.5/s, D 1 s',
    reference: (w * delay) / (1 + w * delay),
    measured: value,
    standardError,
    unit: 'probability',
    source: RENEWAL,
  };
}

/** Of the seed's writes, those of a key within D are one. */
function flushedWrites(): ReferenceRow {
  const design = aDesign({ ...WRITES_ALONE, duration: '20s' });
  const { puts } = design.workload;
  const [delay, seconds] = [design.cache.flushDelay / 1e6, design.duration / 1e6];
  // Up to t there are t w/(1+wD) + (wD/(1+wD))^2 / 2 cycles begun; the last ones are flushed while the run drains.
  let flushes = 0;
  for (const share of sharesOf(design)) {
    const w = puts * share;
    flushes += (seconds * w) / (1 + w * delay) + ((w * delay) / (1 + w * delay)) ** 2 / 2;
  }
  return {
    area: 'behind',
    name: "write-behind: store writes a PUT, the seed's keys, D 1 s",
    reference: (3 * flushes) / (puts * seconds),
    measured: render(design).summary.writeAmplification.store,
    // Flushes of different keys are independent, and no burstier than a Poisson process.
    standardError: (3 * Math.sqrt(flushes)) / (puts * seconds),
    unit: 'writes',
    source: RENEWAL,
  };
}

/** The probability of each key, by Zipf's law. */
function sharesOf({ workload: { keys, skew } }: Design): Float64Array {
  const p = Float64Array.from({ length: keys }, (_, k) => (k + 1) ** -skew);
  const sum = p.reduce((a, b) => a + b, 0);
  return p.map((each) => each / sum);
}

/** The disk is synced at 10 s, and loses power 10 ms before it is again. */
function lostToPower(): ReferenceRow {
  const rate = 1000;
  const design = aDesign({
    ...BARE,
    duration: '21s',
    'workload.puts': `${rate}/s`,
    'workload.gets': '0/s',
    'workload.arrivals': 'even',
    'store.write': 'const:0ms',
    'store.concurrency': '1000',
    'store.fsync': 'periodic:10s',
    fault: 'shard-1.replica-1:crash@19990ms-20500ms',
  });
  return {
    area: 'behind',
    name: 'synced every 10 s, power lost after 9.99 s at 1000 PUT/s: lost',
    reference: rate * 9.99,
    measured: render(design).summary.consistency.lostAckedWrites,
    standardError: 0,
    unit: 'writes',
    source: "arithmetic; Cassandra's default period",
  };
}
