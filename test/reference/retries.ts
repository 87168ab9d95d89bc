/**
 * Clients that try again, and a trigger that outlives itself: one app node is the queue (FIFO, nobody is called off), and
 * for four seconds it is paused. While everybody in its queue has timed out for good, each operation comes 1 + n times:
 * at utilisation rho the queue empties if rho (1 + n) < 1, and grows for ever if not. A budget of a share b of a retry
 * for each first attempt makes that rho (1 + b).
 */
import { nodeIdOf } from '../../src/design/nodes.ts';
import { BUCKET_US, NODE, NODE_WIDTH, SYSTEM, SYSTEM_WIDTH } from '../../src/design/readings.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { Run } from '../../src/engine/run.ts';
import { aDesign } from '../support/designs.ts';
import { meanOf } from '../support/replications.ts';
import { BARE } from './queueing.ts';
import type { ReferenceRow } from './row.ts';

/** A second's services of the app node. */
const CAPACITY = 1000;
const SOURCE = 'Bronson et al. 2021, Huang et al. 2022';
const SEEDS = Array.from({ length: 16 }, (_, i) => i + 1);

/** What is tried at which utilisation, and with what for a budget. */
export interface Retrying {
  readonly utilisation: number;
  readonly retries: number;
  readonly budget: 'off' | '10%';
}

const TRIED: readonly Retrying[] = [
  { utilisation: 0.45, retries: 1, budget: 'off' },
  { utilisation: 0.55, retries: 1, budget: 'off' },
  { utilisation: 0.3, retries: 2, budget: 'off' },
  { utilisation: 0.3, retries: 3, budget: 'off' },
  { utilisation: 0.8, retries: 3, budget: '10%' },
];

/** Attempts for each operation, while all of them time out. */
const attemptsOf = ({ retries, budget }: Retrying): number => 1 + (budget === 'off' ? retries : 0.1);

export interface Aftermath {
  /** Attempts that come while the queue is long, as a share of what the node can serve. */
  readonly load: number;
  /** Share of the reads of the last second that were answered. */
  readonly answered: number;
}

/** One minute, of which the node is paused from the first to the fifth second. */
export function aftermathOf(tried: Retrying, seed: number): Aftermath {
  const design = aDesign({
    ...BARE,
    seed: String(seed),
    duration: '60s',
    'workload.gets': `${tried.utilisation * CAPACITY}/s`,
    'client.timeout': '100ms',
    'client.retries': String(tried.retries),
    'client.retryBudget': tried.budget,
    'client.backoff': 'const:0ms',
    'app.concurrency': '1',
    'app.service': 'exp:1ms',
    'store.read': 'const:0ms',
    'store.concurrency': '1000000',
    fault: ['app-1:pause@1s-5s'],
  });
  const run = Run.start(design);
  run.advance(HORIZON);
  const { nodes, nodeCount, system, buckets } = run.series();
  const app = nodeIdOf(design, 'app-1') ?? NaN;
  const queueAt = (second: number): number =>
    nodes[(((second * 1e6) / BUCKET_US - 1) * nodeCount + app) * NODE_WIDTH + NODE.queue] ?? NaN;
  let [ok, failed] = [0, 0];
  for (let bucket = buckets - 1e6 / BUCKET_US; bucket < buckets; bucket++) {
    ok += system[bucket * SYSTEM_WIDTH + SYSTEM.getsOk] ?? NaN;
    failed += system[bucket * SYSTEM_WIDTH + SYSTEM.failed] ?? NaN;
  }
  const [from, to] = [6, 26];
  return {
    load: 1 + (queueAt(to) - queueAt(from)) / (CAPACITY * (to - from)),
    answered: ok / (ok + failed),
  };
}

export function retryRows(): ReferenceRow[] {
  return TRIED.flatMap((tried): ReferenceRow[] => {
    const { utilisation, retries, budget } = tried;
    const load = utilisation * attemptsOf(tried);
    const what = `${retries} ${retries === 1 ? 'retry' : 'retries'} at ${utilisation}${budget === 'off' ? '' : `, budget ${budget}`}`;
    const runs = SEEDS.map((seed) => aftermathOf(tried, seed));
    const [loads, answered] = [meanOf(runs.map((run) => run.load)), meanOf(runs.map((run) => run.answered))];
    const row = { area: 'retries', source: SOURCE };
    return [
      {
        ...row,
        name: `${what}: load after the trigger`,
        reference: load,
        measured: loads.value,
        standardError: loads.standardError,
        unit: 'of capacity',
      },
      {
        ...row,
        name: `${what}: ${load < 1 ? 'recovers' : 'stays stuck'}`,
        reference: load < 1 ? 1 : 0,
        measured: answered.value,
        standardError: answered.standardError,
        unit: 'share',
      },
    ];
  });
}
