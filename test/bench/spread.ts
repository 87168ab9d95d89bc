/**
 * Whether an event costs the same whatever the design is: every policy, few keys and many, one shard and sixteen. Each is
 * rendered in turns with the seed's design, slice by slice, so that both meet the same machine.
 */
import type { Design } from '../../src/design/design.ts';
import { seedDesign } from '../../src/design/design.ts';
import { PRESETS } from '../../src/design/presets.ts';
import { Run } from '../../src/engine/run.ts';
import { median, type Measurement } from './budget.ts';

/** Microseconds of simulated time: what warms up, a slice, and the end. */
const WARM_UP = 1_500_000;
const SLICE = 50_000;
const END = 4_500_000;
/** An event may cost so many times what it costs in the seed's design. */
const FLAT = 1.5;

export function* benchSpread(): Iterable<Measurement> {
  for (const { name, design } of PRESETS) yield costOf(name, design);
  for (const keys of [1e4, 1e5, 1e6, 1e7])
    yield costOf(`${keys} keys`, { ...seedDesign, workload: { ...seedDesign.workload, keys } });
  for (const shards of [1, 2, 4, 8, 16])
    yield costOf(`${shards} shards`, { ...seedDesign, store: { ...seedDesign.store, shards } });
}

function costOf(name: string, design: Design): Measurement {
  const runs = [Run.start(design), Run.start(seedDesign)] as const;
  for (const run of runs) run.advance(WARM_UP);
  const costs: number[] = [];
  for (let until = WARM_UP + SLICE; until <= END; until += SLICE) {
    const [mine, seeds] = runs.map((run) => nanosecondsAnEvent(run, until));
    costs.push((mine ?? Number.NaN) / (seeds ?? Number.NaN));
  }
  return {
    what: `an event, ${name}`,
    measured: median(costs),
    unit: "x the seed's",
    budget: { atMost: FLAT },
  };
}

function nanosecondsAnEvent(run: Run, until: number): number {
  const before = run.world.events;
  const start = performance.now();
  run.advance(until);
  return ((performance.now() - start) * 1e6) / (run.world.events - before);
}
