import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Design } from '../../src/design/design.ts';
import { readLink, writeLink } from '../../src/design/links.ts';
import { aSmallDesign, smallDesigns } from '../support/engineRuns.ts';
import { judge, type Verdict } from '../support/judge/judge.ts';
import { Truth, Version } from '../support/judge/truth.ts';

/** Any small design with any faults, its disks synced always or now and then. */
const designs = smallDesigns(7).chain((design) =>
  fc
    .constantFrom('always' as const, 'always' as const, { periodic: 30_000 }, { periodic: 150_000 })
    .map((fsync): Design => ({ ...design, store: { ...design.store, fsync } })),
);
const DRAWN = [10, 11, 12].flatMap((seed) => fc.sample(designs, { seed, numRuns: 100 }));
const PORTION = 20;
/** Where a portion of the drawn designs begins. */
const portions = Array.from({ length: DRAWN.length / PORTION }, (_, i) => i * PORTION);

/** How many of each verdict the judge passed. */
function countsOf(verdict: Verdict): Record<string, number> {
  const { readYourWrites, monotonicReads, ...counts } = verdict;
  return {
    ...counts,
    readYourWrites: readYourWrites.violations,
    readYourWritesChecked: readYourWrites.checked,
    monotonicReads: monotonicReads.violations,
    monotonicReadsChecked: monotonicReads.checked,
  };
}

describe('the oracle and a judge who compares everything with everything', () => {
  /** In how many designs each count is above zero. */
  const above = new Map<string, number>();

  it.each(portions)('agree on every count of 20 small designs, from number %i on', (from) => {
    for (const design of DRAWN.slice(from, from + PORTION)) {
      const { verdict, oracle } = judge(design);
      expect({ design: writeLink(design), ...oracle }).toEqual({ design: writeLink(design), ...verdict });
      for (const [count, value] of Object.entries(countsOf(verdict)))
        above.set(count, (above.get(count) ?? 0) + (value > 0 ? 1 : 0));
    }
  });

  it('and each of these counts is above zero in at least 20 of those designs', () => {
    expect(above.size).toBe(11);
    for (const [count, several] of above) expect([count, several >= 20]).toEqual([count, true]);
  });

  it('who saw every policy, order, fence and way to read, both kinds of store, syncs, retries and every fault', () => {
    const seen = new Set(
      DRAWN.flatMap(({ policy, cache, store, client, faults }) => [
        policy,
        cache.order,
        cache.fencing,
        store.mode === 'leader' ? store.readFrom : store.mode,
        store.fsync === 'always' ? 'always' : 'periodic',
        client.retries > 0 ? 'retries' : 'once',
        ...faults.map(({ kind }) => kind),
      ]),
    );
    expect([...seen].sort()).toEqual(
      [
        ...[
          'write-through',
          'write-through-aside',
          'look-aside',
          'write-around',
          'write-behind',
          'refresh-ahead',
        ],
        ...[
          'db-only',
          'cache-first',
          'store-first',
          'none',
          'version',
          'lease',
          'replica',
          'leader',
          'quorum',
        ],
        ...[
          'leaderless',
          'always',
          'periodic',
          'retries',
          'once',
          'crash',
          'destroy',
          'pause',
          'partition',
          'drop',
        ],
        ...['delay', 'slow', 'flush', 'surge', 'hotkey'],
      ].sort(),
    );
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
    const { verdict, oracle } = judge(
      aSmallDesign({ ...FOUGHT_OVER, policy, fault: [fault], 'cache.order': order }),
    );
    expect(oracle).toEqual(verdict);
    const { staleReads, monotonicReads, readYourWrites } = verdict;
    expect(staleReads).toBeGreaterThan(50);
    expect(readYourWrites.checked).toBeGreaterThan(500);
    expect(readYourWrites.violations + monotonicReads.violations).toBeGreaterThan(5);
  });

  it('agree that a destroyed disk costs nothing that the others had overwritten before', () => {
    const { verdict, oracle } = judge(
      aSmallDesign({
        ...FOUGHT_OVER,
        fault: ['cache-1:slow:60@200ms-600ms', 'shard-1.replica-3:destroy@650ms-900ms'],
      }),
    );
    expect(oracle).toEqual(verdict);
    expect(verdict.storeRegressions).toBeGreaterThan(5);
    expect(verdict.lostAckedWrites).toBe(0);
  });
  it('agree that sessions go back when every disk is destroyed, whatever was settled before', () => {
    const { verdict, oracle } = judge(
      aSmallDesign({
        policy: 'db-only',
        'workload.puts': '20/s',
        'workload.gets': '400/s',
        'workload.keys': '10',
        'store.rf': '2',
        'store.shards': '1',
        fault: ['shard-1.replica-1:destroy@500ms-600ms', 'shard-1.replica-2:destroy@500ms-600ms'],
      }),
    );
    expect(oracle).toEqual(verdict);
    expect(verdict.monotonicReads.violations).toBeGreaterThan(5);
  });

  it.each([
    [
      'an own write that waits for its flush, and one that a later buffer committed',
      '/z/W5gpg75jnfoLL3oOLbnHguShCK_JyrL6DAiXmKva3CWvDzubIsTXStJCOSn_-gQo-RD255xhpAunX9CmOmpE3vAhvXeMagtQBpX72K2S3FVPOB4aYxvqAlH7e6RziA8kZOpHX1lI_HeyKIJGhQx8K2rw39AkTiHd',
    ],
    [
      'a late older PUT that was committed, and took the place of newer ones in the buffer',
      '/z/W5gph3SdXEf-kHI4w1vUQVhiXdNX5gMjxVDDrmswXwpE0xaVmTURSZLr2xhmoLOYx6_r-Sv0vSF-Uvym77TuUsrAoyJyopmLAItfpRUK67m5',
    ],
    [
      'a disk that is destroyed with what it had not synced',
      '/z/W5gpeCe8DOjDZlriBFozoDAsM4XaLzo3F-R76TrfaQ0lpBLjvE9EjL74iObMPTr8FwVCGqg8aSJaVocCb5ifIyYPZ8jCLR8IL0WV4j1dBnKuPa4UHR50MZjOzPa8QXbTn0haMwbrFCyF9uIRo-f8hqzjc01NMpfQguRG5qEERFbCfj6JjKXJ7Q',
    ],
    [
      'what a cache lost, decided as its zone comes back',
      '/z/W5gpfEWdOVr9R5eZKLGKtmbB8K_9txoJxk_3aM3CywxQGrV0GVPFF6i1s-mWwgsMWC5pFvXJ5HtkvuW4-BZfoKvTvbOSiRTNRUA8gUqPislaZgmJ656pkpyAdmXIM3TRy0sGQIT4w1of0RMt9ncoru0Xost_qdYpTjSPQPBhqTpxIOalv3575WRIxQWBpCAOKJcr',
    ],
    [
      'what replaced newer ones in the buffer, refused by the disks',
      '/z/W5gpfWvrOtg34S1xS6kkWDZ7LSVnpFnLCBn2uUiT6FB-MY_wBDyf7G0ecrYhpsHR8WzMGhJIqCcs2RiRjz_iX005BTsO-IA5qsKL0UbfstJ8ziUqLQ9tSaxMd6MoilZoCvH-bHLeBERX7f_DVTO6bwE',
    ],
    [
      'an older write that an election commits over what a voter showed',
      '/z/W5gpg77in5gBgYd7cbD7OienMj5pfCIyey9oczvgXOM19oO5lK9aBWpoDHF74HU-39WdWMrSyDw_XJXBx5_CJRFK8kQ-VH_-4zYQ3Ap4rQOWoplGADjhoVyn2YIX381N0GGU3CgLqvkjxowGDhvwjB45OvaOdiMjD9G7xgGM7yvGgR1Rcc-jQOeo2kKGel308sCrxA1FutzF2QaUy427Rb-q2OoP',
    ],
    [
      'what the majority had and overwrote while its replaced leader was paused',
      '/z/W5gpg77in5gBgYd7cbD7OienMj5pfCIyey9oczvgXOM19oO5lK9aBWpoDHF74HU-39WdWMrSyDw_XJXBx5_CJRFK8kQ-VH_-4zYQ3Ap4rQOWoplGADjhoVyni2e24cyGfGiJcvIlTa7z3yQ2mkn_reX1ffvDDA',
    ],
    [
      'an older write that two copies bring, turned away in favour of one version and then of another',
      '/z/QiYxgnFpx-9VLIyIjNy12bOuChcN1VXjIgZnj_HqA5U7yz4q3P98KPqH1qCryOjatiqXl8ocAgx9MSybN3BajQMY_h27hvBgUXAIX22Guw',
    ],
  ])('agree on a design in which they once did not: %s', (_, link) => {
    const { design, problems } = readLink(link);
    expect(problems).toEqual([]);
    const { verdict, oracle } = judge(design);
    expect(oracle).toEqual(verdict);
  });
});

it('the judge follows a chain of replaced versions, however long', () => {
  const truth = new Truth(false);
  const chain = Array.from({ length: 100_000 }, (_, i) => new Version(i + 1, 0, i));
  for (const [i, version] of chain.entries()) {
    truth.versions.push(version);
    const next = chain[i + 1];
    if (next !== undefined) truth.supersede(version, next);
  }
  expect(truth.withReplaced(chain.slice(-1)).size).toBe(chain.length);
});
