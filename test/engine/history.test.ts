import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Design } from '../../src/design/design.ts';
import type { Summary } from '../../src/engine/summary.ts';
import { aSmallDesign, render, smallDesigns } from '../support/engineRuns.ts';
import { judge, type Judgement } from '../support/history.ts';

/** What the engine's oracle says, in the judge's words. */
function verdictOf({ consistency }: Summary): Judgement {
  const { readYourWrites, monotonicReads, stale, dirtyReads, phantomReads, storeRegressions } = consistency;
  return {
    readYourWrites,
    monotonicReads,
    staleReads: stale.reads,
    maxStalenessMs: stale.maxMs,
    dirtyReads,
    phantomReads,
    storeRegressions,
  };
}

/** Designs whose history tells everything: one attempt an operation, commits on a majority's disks for good, no fences. */
const tellable = smallDesigns(5).map((design): Design => {
  const { rf } = design.store;
  return {
    ...design,
    // What a write-behind cache replaces before its flush has no commit of its own.
    policy: design.policy === 'write-behind' ? 'write-through' : design.policy,
    client: { ...design.client, retries: 0 },
    cache: { ...design.cache, fencing: 'none' },
    // A coordinator's judgement of what it reads leaves no line.
    store: { ...design.store, mode: 'leader', w: Math.max(design.store.w, (rf >> 1) + 1) },
    faults: design.faults.filter(({ kind }) => kind !== 'destroy'),
  };
});

/** Replicas that catch up take over what others show without a line in the history. */
function expectAgreement(design: Design): void {
  const { summary } = render(design);
  const expected = judge(design);
  const verdict = verdictOf(summary);
  const caughtUp = design.faults.some(({ target }) => target.startsWith('shard-'));
  expect(caughtUp ? { ...verdict, storeRegressions: 0 } : verdict).toEqual(
    caughtUp ? { ...expected, storeRegressions: 0 } : expected,
  );
}

describe('the oracle and a judge who compares everything with everything', () => {
  it('agree on any small design with any faults', () => {
    fc.assert(fc.property(tellable, expectAgreement), { seed: 40_001, numRuns: 130 });
  });

  // A few keys fought over, so that every verdict is passed many times.
  const FOUGHT_OVER = {
    duration: '1s',
    'workload.puts': '1000/s',
    'workload.gets': '2000/s',
    'workload.keys': '3',
    'workload.sessions': '4',
    'cache.timeout': '4ms',
  };
  it.each([
    ['write-through', 'cache-1:slow:60@200ms-600ms', 'store-first'],
    ['write-through', 'cache-1:slow:60@200ms-600ms', 'cache-first'],
    ['look-aside', 'shard-1.replica-2:slow:30@200ms-600ms', 'cache-first'],
    ['write-around', 'shard-1.replica-3:delay:30ms@200ms-600ms', 'cache-first'],
    ['db-only', 'replication:delay:20ms@200ms-600ms', 'cache-first'],
  ])('agree on %s with %s, %s', (policy, fault, order) => {
    const design = aSmallDesign({ ...FOUGHT_OVER, policy, fault: [fault], 'cache.order': order });
    expectAgreement(design);
    const { staleReads, monotonicReads, readYourWrites } = judge(design);
    expect(staleReads).toBeGreaterThan(50);
    expect(readYourWrites.checked).toBeGreaterThan(500);
    expect(readYourWrites.violations + monotonicReads.violations).toBeGreaterThan(5);
  });
});
