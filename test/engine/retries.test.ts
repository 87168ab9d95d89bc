import { describe, expect, it } from 'vitest';
import { aDesign } from '../support/designs.ts';
import { render } from '../support/engineRuns.ts';
import { aftermathOf, type Retrying } from '../reference/retries.ts';

/** Reads alone, at equal gaps, of clients who lose patience after 101 ms: no two things happen at one instant. */
const READS = {
  duration: '1s',
  policy: 'db-only',
  'workload.puts': '0/s',
  'workload.gets': '250/s',
  'workload.arrivals': 'even',
  'client.timeout': '101ms',
  'client.retries': '3',
  'client.backoff': 'const:7.3ms',
  'client.retryBudget': 'off',
};
/** Everything takes no time but the way from the client to the app: 20 ms, and back. */
const DISTANT = {
  ...READS,
  'network.clientApp': 'const:20ms',
  'network.appStore': 'const:0ms',
  'network.crossZone': 'const:0ms',
  'app.service': 'const:0ms',
  'store.read': 'const:0ms',
};
const NOBODY_ANSWERS = ['client-app:partition@0s'];

interface Modelled {
  retries: number;
  meanMs: number;
}

/**
 * The same clients, whom nobody answers, written down plainly: every 4 ms one begins; whoever times out takes a token if
 * there is one, waits 7.3 ms, then 14.6, then 29.2, and tries again. In microseconds.
 */
function modelled(share: number, most: number): Modelled {
  const plan = Array.from({ length: 250 }, (_, i) => ({
    at: 2000 + 4000 * i,
    start: 2000 + 4000 * i,
    tried: -1,
  }));
  let tenths = 100;
  let retries = 0;
  let latencies = 0;
  for (;;) {
    plan.sort((a, b) => a.at - b.at);
    const next = plan.shift();
    if (next === undefined) return { retries, meanMs: latencies / 250_000 };
    if (next.tried < 0) {
      tenths = Math.min(1000, tenths + 10 * share);
      plan.push({ ...next, at: next.at + 101_000, tried: 0 });
    } else if (next.tried < most && tenths >= 10) {
      tenths -= 10;
      retries++;
      plan.push({ ...next, at: next.at + 7300 * 2 ** next.tried + 101_000, tried: next.tried + 1 });
    } else latencies += next.at - next.start;
  }
}

describe('whom nobody answers', () => {
  it.each([
    ['10%', 0.1],
    ['30%', 0.3],
    ['100%', 1],
    ['0%', 0],
  ])('spends no more than the budget of %s, as a plain model has it', (budget, share) => {
    const { summary } = render(aDesign({ ...READS, 'client.retryBudget': budget, fault: NOBODY_ANSWERS }));
    const model = modelled(share, 3);
    expect(summary.retries).toBe(model.retries);
    expect(summary.get.meanMs).toBeCloseTo(model.meanMs, 9);
    expect(summary.get).toMatchObject({ attempted: 250, failed: 250 });
  });

  it('tries as often as it may where there is no budget, and waits twice as long each time', () => {
    for (const retries of [0, 1, 2, 10]) {
      const { summary } = render(
        aDesign({ ...READS, 'client.retries': String(retries), fault: NOBODY_ANSWERS }),
      );
      expect(summary.retries).toBe(250 * retries);
      expect(summary.get.meanMs).toBeCloseTo(101 * (retries + 1) + 7.3 * (2 ** retries - 1), 9);
    }
  });

  it('has a hundred tokens at the most, however long all went well', () => {
    // A thousand reads could earn 110. The bucket is full until the first unanswered read (of 3.982 s) spends, at 4.083 s;
    // the 104 reads that still come earn ten more. Of 130 that are not answered, 110 are tried again.
    const fault = ['client-app:partition@4s'];
    const { summary } = render(
      aDesign({ ...DISTANT, duration: '4.5s', 'client.retries': '1', 'client.retryBudget': '10%', fault }),
    );
    expect(summary.get.attempted).toBe(1125);
    expect(summary.get.failed).toBe(130);
    expect(summary.retries).toBe(110);
  });
});

describe('an attempt that is answered late', () => {
  it('ends the operation while its client waits to try again', () => {
    const { summary } = render(
      aDesign({ ...DISTANT, 'client.timeout': '30ms', 'client.backoff': 'const:50ms' }),
    );
    expect(summary.retries).toBe(0);
    expect(summary.get).toMatchObject({ attempted: 250, ok: 250, meanMs: 40 });
  });

  it('ends it after the next one has left', () => {
    const { summary } = render(
      aDesign({ ...DISTANT, 'client.timeout': '30ms', 'client.backoff': 'const:5ms' }),
    );
    expect(summary.retries).toBe(250);
    expect(summary.get).toMatchObject({ attempted: 250, ok: 250, meanMs: 40 });
  });

  it('is too late for an operation that has ended, though another stands in its place', () => {
    // Each gives up after 25 ms and is answered after 40: by then its row is in use again, six times over.
    const { summary } = render(aDesign({ ...DISTANT, 'client.timeout': '25ms', 'client.retries': '0' }));
    expect(summary.get).toMatchObject({ attempted: 250, failed: 250, meanMs: 25 });
  });
});

describe('a PUT that is tried again', () => {
  const writes = (differences: Readonly<Record<string, string>>) =>
    render(
      aDesign({
        ...DISTANT,
        'workload.puts': '250/s',
        'workload.gets': '0/s',
        'workload.readBack': '0%',
        'client.timeout': '30ms',
        'client.backoff': 'const:1ms',
        'client.retries': '2',
        ...differences,
      }),
    ).summary;

  it('is the same write: a log that knows versions takes it once', () => {
    const fenced = writes({ 'cache.fencing': 'version' });
    expect(fenced.put).toMatchObject({ attempted: 250, ok: 250 });
    expect(fenced.retries).toBe(250);
    expect(fenced.store.writes).toBe(250);
  });

  it('is written as often as it arrives where nothing fences', () => {
    // The last ones arrive when all clients have their end, and the run its own.
    expect(writes({}).store.writes).toBeGreaterThan(490);
  });
});

describe('a queue in which everybody has timed out, once the node that was paused goes on', () => {
  it.each<[string, Retrying, number]>([
    [
      'empties where all attempts together are fewer than it can serve',
      { utilisation: 0.3, retries: 2, budget: 'off' },
      1,
    ],
    ['never empties where they are more', { utilisation: 0.3, retries: 3, budget: 'off' }, 0],
    ['empties where a budget keeps them fewer', { utilisation: 0.8, retries: 3, budget: '10%' }, 1],
  ])('%s', (_what, tried, answered) => {
    expect(aftermathOf(tried, 1).answered).toBe(answered);
  });
});

describe('a definite answer', () => {
  it('is not asked for again', () => {
    const { summary } = render(
      aDesign({
        ...READS,
        policy: 'write-through',
        'cache.onTimeout': 'fail',
        fault: ['cache-1:crash@0s', 'cache-2:crash@0s'],
      }),
    );
    expect(summary.get.failed).toBe(250);
    expect(summary.retries).toBe(0);
  });
});

describe('even arrivals', () => {
  it('are as many as the rate says, of PUTs and of GETs', () => {
    const { summary } = render(
      aDesign({
        duration: '1s',
        'workload.puts': '333/s',
        'workload.gets': '1000/s',
        'workload.readBack': '0%',
        'workload.arrivals': 'even',
      }),
    );
    expect(summary.put.attempted).toBe(333);
    expect(summary.get.attempted).toBe(1000);
  });

  it('come at equal gaps: a server that is just quick enough makes nobody wait', () => {
    const exact = { ...DISTANT, 'app.nodes': '1', 'app.concurrency': '1', 'app.service': 'const:4ms' };
    expect(render(aDesign(exact)).summary.get).toMatchObject({ ok: 250, meanMs: 44 });
    expect(render(aDesign({ ...exact, 'workload.arrivals': 'poisson' })).summary.get.meanMs).toBeGreaterThan(
      50,
    );
  });
});
