/** Clients who try again while much is wrong: every token that they earn and spend, every wait, and how they end. */
import { describe, expect, it } from 'vitest';
import { ledgerOf, type Ledger } from '../support/clientLedger.ts';
import { aDesign } from '../support/designs.ts';
import { render } from '../support/engineRuns.ts';
import { kolmogorovLimit } from '../support/statistics.ts';

/** Two app nodes, each a queue that is near its limit. */
const BUSY: Readonly<Record<string, string>> = {
  duration: '3s',
  'workload.puts': '150/s',
  'workload.gets': '700/s',
  'workload.keys': '300',
  'client.timeout': '40ms',
  'app.nodes': '2',
  'app.concurrency': '1',
  'app.service': 'exp:1ms',
  'cache.timeout': 'off',
};

type Differences = Readonly<Record<string, string | readonly string[]>>;

const CASES: readonly (readonly [that: string, differences: Differences])[] = [
  [
    'a surge, of a tenth of a token for each operation',
    {
      'client.retries': '3',
      'client.retryBudget': '10%',
      'client.backoff': 'exp:20ms',
      fault: ['workload:surge:4@1s-1.6s'],
    },
  ],
  [
    'a slow app node, of a token for each',
    {
      'client.retries': '2',
      'client.retryBudget': '100%',
      'client.backoff': 'uniform:5ms:30ms',
      fault: ['app-1:slow:8@1s-1.5s'],
    },
  ],
  [
    'messages that are lost and a node that stands still, without any wait',
    {
      'client.retries': '1',
      'client.retryBudget': '7%',
      'client.backoff': 'const:0ms',
      fault: ['client-app:drop:30%@1s', 'app-2:pause@1.5s-2s'],
    },
  ],
  [
    'a slow cache node and a surge, with timeouts of the app’s own',
    {
      'client.retries': '2',
      'client.retryBudget': '20%',
      'client.backoff': 'exp:3ms',
      'cache.timeout': '10ms',
      fault: ['cache-1:slow:300@1s-2s', 'workload:surge:3@1.5s-2s'],
    },
  ],
  [
    'a leader and an app node that crash, with many retries',
    {
      'client.retries': '5',
      'client.retryBudget': '10%',
      'client.backoff': 'exp:3ms',
      'store.shards': '1',
      'store.failover': '300ms',
      fault: ['shard-1.leader:crash@1s-2s', 'app-1:crash@2.2s-2.4s'],
    },
  ],
  [
    'whom hardly anybody answers, with no more than the first ten tokens',
    {
      'client.retries': '8',
      'client.retryBudget': '0%',
      'client.backoff': 'exp:3ms',
      fault: ['client-app:drop:30%@1s'],
    },
  ],
];

/** What the run says of itself is what the ledger says; returns that. */
function balanced(differences: Differences, seed: number): Ledger {
  const design = aDesign({ ...BUSY, ...differences, seed: String(seed) });
  const ledger = ledgerOf(design);
  const { put, get, retries, availability } = render(design).summary;
  expect(ledger.flaws).toEqual([]);
  expect(retries).toBe(ledger.sent);
  expect(ledger.granted).toBe(ledger.sent + ledger.answeredInTheWait);
  expect([put.attempted + get.attempted, put.ok + get.ok]).toEqual([ledger.operations, ledger.ok]);
  expect(availability).toBe(ledger.ok / ledger.operations);
  const meanMs = (put.meanMs * put.attempted + get.meanMs * get.attempted) / ledger.operations;
  expect(meanMs).toBeCloseTo(ledger.latencies / ledger.operations / 1000, 9);
  return ledger;
}

describe('clients who try again', () => {
  it.each(CASES.map(([that, differences], i) => [that, differences, i] as const))(
    'in %s, spend the tokens that they have, and no other',
    (_, differences, i) => {
      const { denied, granted, operations } = balanced(differences, 8100 + i);
      expect(granted).toBeGreaterThan(0);
      const share = differences['client.retryBudget'];
      // A bucket that is full earns nothing: the bound is strict where it ever was.
      expect(granted).toBeLessThanOrEqual(10 + (operations * Number.parseInt(String(share))) / 100);
      expect(denied > 0).toBe(share !== '100%');
    },
  );

  it.each([
    ['exp:20ms', (us: number) => 1 - Math.exp(-us / 20_000)],
    ['uniform:5ms:30ms', (us: number) => Math.min(1, Math.max(0, (us - 5000) / 25_000))],
  ])('wait as %s has it, twice as long each time, whom nobody answers', (backoff, shareBelow) => {
    const differences = {
      'client.retries': '3',
      'client.retryBudget': 'off',
      'client.backoff': backoff,
      fault: ['client-app:drop:100%@0s'],
    };
    const { waits, operations } = balanced(differences, 8200);
    for (const [n, list] of waits.entries()) {
      expect(list).toHaveLength(operations);
      const sorted = list.map((wait) => wait / 2 ** n).sort((a, b) => a - b);
      // Half a microsecond of rounding is nothing beside the distance that is allowed.
      const distance = Math.max(
        ...sorted.map((wait, i) => Math.abs(shareBelow(wait) - (i + 0.5) / operations)),
      );
      expect(distance).toBeLessThan(kolmogorovLimit(operations));
    }
  });
});
