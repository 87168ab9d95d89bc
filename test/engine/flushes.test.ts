/** What a write-behind cache brings to the store, instant by instant; each instant is worked out from `SMALL_CACHE`. */
import { describe, expect, it } from 'vitest';
import { SMALL_CACHE, taleOf, type Act, type Differences } from '../support/tales.ts';

interface Case {
  readonly that: string;
  readonly differences: Differences;
  readonly acts: readonly Act[];
  readonly lines: readonly string[];
  /** Versions in the order in which they count as committed. */
  readonly order: readonly number[];
  readonly lost: readonly number[];
  /** Before the fault, the oldest of those that are lost was acknowledged, ms. */
  readonly rpo: number;
}

const BEHIND: Differences = {
  ...SMALL_CACHE,
  policy: 'write-behind',
  'cache.flushDelay': '20ms',
  'store.rf': '1',
  'store.w': '1',
};
/** For 100 ms the lone replica is there and does not lead: it refuses what it is sent. */
const REFUSES = 'shard-2.replica-1:crash@10ms-15ms';
const TAKEN = ['3 ms: cache-1 holds 1', '4 ms: client 1 ok'];
const NOTHING_LOST = { lost: [], rpo: 0 };

const CASES: readonly Case[] = [
  {
    that: 'is the newest value that waits, the flush delay after the first',
    differences: {},
    acts: [
      [0, 'put'],
      [10, 'put'],
    ],
    lines: [
      ...TAKEN,
      '13 ms: cache-1 holds 2',
      '14 ms: client 2 ok',
      '28 ms: replica-1 has 2, replica-1 commits 2, replica-1 shows 2',
    ],
    order: [1, 2],
    ...NOTHING_LOST,
  },
  {
    that: 'is one value at a time: what comes due while another is under way goes when that is over',
    differences: { 'store.write': 'const:40ms' },
    acts: [
      [0, 'put'],
      [21, 'put'],
    ],
    lines: [
      ...TAKEN,
      '24 ms: cache-1 holds 2',
      '25 ms: client 2 ok',
      '64 ms: replica-1 has 1, replica-1 commits 1, replica-1 shows 1',
      '106 ms: replica-1 has 2, replica-1 commits 2, replica-1 shows 2',
    ],
    order: [1, 2],
    ...NOTHING_LOST,
  },
  {
    that: 'comes again where it was refused, no sooner than after 100 ms',
    differences: { fault: [REFUSES] },
    acts: [[0, 'put']],
    lines: [
      ...TAKEN,
      '110 ms: replica-1 leads term 2',
      '130 ms: replica-1 has 1, replica-1 commits 1, replica-1 shows 1',
    ],
    order: [1],
    ...NOTHING_LOST,
  },
  {
    that: 'is replaced, when it was refused, by what the cache took meanwhile',
    differences: { fault: [REFUSES] },
    acts: [
      [0, 'put'],
      [21, 'put'],
    ],
    lines: [
      ...TAKEN,
      '24 ms: cache-1 holds 2',
      '25 ms: client 2 ok',
      '110 ms: replica-1 leads term 2',
      '151 ms: replica-1 has 2, replica-1 commits 2, replica-1 shows 2',
    ],
    order: [1, 2],
    ...NOTHING_LOST,
  },
  // The first PUT comes to the cache late, when the second one's entry is gone and its flush under way.
  ...(['none', 'version'] as const).map((fencing): Case => ({
    that:
      fencing === 'none'
        ? 'is replaced by what the cache took meanwhile, be that the older write'
        : 'is not replaced, when it was refused, by an older version that the cache took meanwhile',
    differences: {
      'cache.fencing': fencing,
      'cache.ttl': '5ms',
      fault: ['app-1:delay:7ms@500us-1500us', 'shard-2.replica-1:crash@2ms-3ms'],
    },
    acts: [
      [0, 'put'],
      [1, 'put', 2],
    ],
    lines: [
      '4 ms: cache-1 holds 2',
      '5 ms: client 2 ok',
      '9 ms: cache-1 drops it',
      '10 ms: cache-1 holds 1',
      '11 ms: client 1 ok',
      '15 ms: cache-1 drops it',
      '102 ms: replica-1 leads term 2',
      fencing === 'none'
        ? '122 ms: replica-1 has 1, replica-1 commits 1, replica-1 shows 1'
        : '122 ms: replica-1 has 2, replica-1 commits 2, replica-1 shows 2',
    ],
    order: fencing === 'none' ? [2, 1] : [1, 2],
    ...NOTHING_LOST,
  })),
  {
    that: 'never comes of a node that crashes first: what it had acknowledged is lost, what it had replaced with it',
    differences: { fault: ['cache-1:crash@15ms-30ms'] },
    acts: [
      [0, 'put'],
      [5, 'put'],
    ],
    lines: [...TAKEN, '8 ms: cache-1 holds 2', '9 ms: client 2 ok'],
    order: [],
    lost: [1, 2],
    rpo: 11,
  },
  {
    that: 'arrives though its node has crashed since',
    differences: { fault: ['cache-1:crash@24500us-30ms'] },
    acts: [
      [0, 'put'],
      [5, 'put'],
    ],
    lines: [
      ...TAKEN,
      '8 ms: cache-1 holds 2',
      '9 ms: client 2 ok',
      '28 ms: replica-1 has 2, replica-1 commits 2, replica-1 shows 2',
    ],
    order: [1, 2],
    ...NOTHING_LOST,
  },
];

describe('what a write-behind cache flushes', () => {
  it.each(CASES)('$that', ({ differences, acts, lines, order, lost, rpo }) => {
    const tale = taleOf({ ...BEHIND, ...differences }, acts);
    const { oracle } = tale.run.world;
    expect(tale.lines).toEqual(lines);
    expect(tale.lost).toEqual(lost);
    expect([oracle.counts.lostAckedWrite, oracle.rpo]).toEqual([lost.length, rpo * 1000]);
    expect(tale.committed).toEqual(order);
  });
});
