/**
 * What the disks of a store without leaders come to among themselves: which versions are committed, which are lost with
 * a disk or come back, and who is behind. Each instant is worked out from `SMALL_STORE`.
 */
import { describe, expect, it } from 'vitest';
import { E_SHOWN, E_STATE, E_WRITE, ENTRY, EntryState } from '../../src/engine/store.ts';
import { FIRST, SECOND, THIRD, TWO_OF_THREE } from '../support/gathering.ts';
import { taleOf, TOLD, type Act, type Differences, type Tale } from '../support/tales.ts';

interface Told {
  readonly that: string;
  readonly differences: Differences;
  readonly acts: readonly Act[];
  readonly lines: readonly string[];
  readonly shown: readonly number[];
  readonly committed: readonly number[];
  readonly lost?: readonly number[];
  /** Acknowledged writes that were lost along the way, if not those that are lost in the end. */
  readonly counted?: number;
  /** Versions that are looked after still: one that waits for its quorum, or the replicas that have the newest committed one. */
  readonly open?: readonly (readonly [version: number, of: 'pending' | readonly number[]])[];
}

function comesToPass({ differences, acts, lines, shown, committed, ...rest }: Told): void {
  const { lost = [], counted = lost.length, open = [] } = rest;
  const tale = taleOf({ 'store.mode': 'leaderless', 'store.r': '2', ...differences }, acts);
  expect(tale.lines).toEqual(lines);
  expect(tale.shown).toEqual(shown);
  expect(tale.committed).toEqual(committed);
  expect(tale.lost).toEqual(lost);
  expect(tale.run.world.oracle.counts.lostAckedWrite).toBe(counted);
  expect(openIn(tale)).toEqual(open);
}

function openIn({ run }: Tale): unknown[] {
  const { store } = run.world;
  return store.openEntries(TOLD).map((entry) => {
    const of = (column: number): number => store.at[entry * ENTRY + column] ?? NaN;
    const have = [1, 2, 3].filter((replica) => ((of(E_SHOWN) >> (replica - 1)) & 1) === 1);
    return [of(E_WRITE), of(E_STATE) === EntryState.pending ? 'pending' : have];
  });
}

/** The first PUT arrives at 8 ms, after the second one of 3 ms, when these replicas are not there. */
const LATE_FIRST: readonly Act[] = [
  [0, 'put'],
  [1, 'put', 2],
];
const late = (...faults: readonly string[]): string[] => ['app-1:delay:6ms@500us-1500us', ...faults];
const MISS_SECOND = [`${SECOND}:crash@2500us-3500us`, `${THIRD}:crash@2500us-3500us`];
/** They miss a PUT of 10 ms, and are back long before 300. */
const AWAY = [`${SECOND}:crash@0s-200ms`, `${THIRD}:crash@0s-200ms`];
const EVERYWHERE = [
  '6 ms: replica-1 has 1, replica-1 shows 1, replica-2 commits 1, replica-2 has 1, replica-2 shows 1, replica-3 has 1, replica-3 shows 1',
  '7 ms: client 1 ok',
];

const COMMITS: readonly Told[] = [
  {
    that: 'with w disks that have it or a newer one, and the newer one is not by that',
    differences: { fault: late(...MISS_SECOND) },
    acts: LATE_FIRST,
    lines: [
      '7 ms: replica-1 has 2, replica-1 shows 2',
      // The first one's second disk; the third hears of it at the same instant, and nothing more comes of that.
      '12 ms: replica-1 refuses 1, replica-2 commits 1, replica-2 has 1, replica-2 shows 1, replica-3 has 1, replica-3 shows 1',
      '13 ms: client 1 ok',
      '1001 ms: client 2 unknown',
    ],
    shown: [2, 1, 1],
    committed: [1],
    open: [[2, 'pending']],
  },
  {
    that: 'not at all where its only disk is destroyed before: nothing waits for it any more',
    differences: { fault: [...AWAY, `${FIRST}:destroy@100ms-150ms`] },
    acts: [[10, 'put']],
    lines: ['16 ms: replica-1 has 1, replica-1 shows 1', '1010 ms: client 1 unknown'],
    shown: [0, 0, 0],
    committed: [],
  },
  {
    that: 'none of several where their only disk is destroyed before',
    differences: { fault: [...AWAY, `${FIRST}:destroy@100ms-150ms`] },
    acts: [
      [10, 'put'],
      [20, 'put'],
    ],
    lines: [
      '16 ms: replica-1 has 1, replica-1 shows 1',
      '26 ms: replica-1 has 2, replica-1 shows 2',
      '1010 ms: client 1 unknown',
      '1020 ms: client 2 unknown',
    ],
    shown: [0, 0, 0],
    committed: [],
  },
  {
    that: 'again where it was lost with its disks and one that was late brings it back: once, with its quorum',
    differences: {
      'store.readRepair': 'true',
      fault: [`${THIRD}:slow:10@1500us-2500us`, `${FIRST}:destroy@10ms-30ms`, `${SECOND}:destroy@10ms-30ms`],
    },
    acts: [
      [0, 'put'],
      [100, 'get'],
    ],
    lines: [
      '6 ms: replica-1 has 1, replica-1 shows 1, replica-2 commits 1, replica-2 has 1, replica-2 shows 1',
      '7 ms: client 1 ok',
      '42 ms: replica-3 has 1, replica-3 shows 1',
      // The first two answers have nothing; the third one's mends that.
      '106 ms: client 0 ok',
      '111 ms: replica-1 commits 1, replica-1 has 1, replica-1 shows 1, replica-2 has 1, replica-2 shows 1',
    ],
    shown: [1, 1, 1],
    committed: [1],
    counted: 1,
  },
];

const PENDING: readonly Told[] = [
  {
    that: 'still when a disk is destroyed that does not have it',
    differences: { fault: [...AWAY, `${THIRD}:destroy@300ms`] },
    acts: [[10, 'put']],
    lines: ['16 ms: replica-1 has 1, replica-1 shows 1', '1010 ms: client 1 unknown'],
    shown: [1, 0, 0],
    committed: [],
    open: [[1, 'pending']],
  },
  {
    that: 'still when a disk is destroyed that has the one before it, which is not lost by that',
    differences: {
      fault: [`${SECOND}:crash@20ms-50ms`, `${THIRD}:crash@20ms-50ms`, `${THIRD}:destroy@100ms`],
    },
    acts: [
      [0, 'put'],
      [30, 'put'],
    ],
    lines: [...EVERYWHERE, '36 ms: replica-1 has 2, replica-1 shows 2', '1030 ms: client 2 unknown'],
    shown: [2, 1, 0],
    committed: [1],
    open: [[2, 'pending']],
  },
  {
    that: 'while an older one that was lost comes back, which finds its own quorum',
    differences: {
      fault: [
        // The first one is on its way into the third disk until 42 ms; the second one misses that.
        `${THIRD}:slow:10@1500us-2500us`,
        `${THIRD}:partition@35500us-41ms`,
        `${FIRST}:destroy@10ms-30ms`,
        `${SECOND}:destroy@10ms`,
      ],
    },
    acts: [
      [0, 'put'],
      [34, 'put'],
    ],
    lines: [
      '6 ms: replica-1 has 1, replica-1 shows 1, replica-2 commits 1, replica-2 has 1, replica-2 shows 1',
      '7 ms: client 1 ok',
      '40 ms: replica-1 has 2, replica-1 shows 2',
      '42 ms: replica-3 commits 1, replica-3 has 1, replica-3 shows 1',
      '1034 ms: client 2 unknown',
    ],
    shown: [2, 0, 1],
    committed: [1],
    counted: 1,
    open: [[2, 'pending']],
  },
];

const LOSSES: readonly Told[] = [
  {
    that: 'is the newest alone where another disk has the one before it',
    differences: {
      'store.w': '1',
      fault: [`${SECOND}:crash@50ms-200ms`, `${THIRD}:crash@50ms-200ms`, `${FIRST}:destroy@100ms-300ms`],
    },
    acts: [
      [0, 'put'],
      [60, 'put'],
      [400, 'get'],
    ],
    lines: [
      '6 ms: replica-1 commits 1, replica-1 has 1, replica-1 shows 1, replica-2 has 1, replica-2 shows 1, replica-3 has 1, replica-3 shows 1',
      '7 ms: client 1 ok',
      '66 ms: replica-1 commits 2, replica-1 has 2, replica-1 shows 2',
      '67 ms: client 2 ok',
      '406 ms: client 1 ok',
    ],
    shown: [1, 1, 1],
    committed: [1, 2],
    lost: [2],
  },
  {
    that: 'is nothing that was overtaken and stands on another disk: that is the truth then',
    differences: { 'store.w': '1', fault: late(...MISS_SECOND, `${FIRST}:destroy@20ms-300ms`) },
    acts: [...LATE_FIRST, [400, 'get']],
    lines: [
      '7 ms: replica-1 commits 2, replica-1 has 2, replica-1 shows 2',
      '8 ms: client 2 ok',
      '12 ms: replica-1 refuses 1, replica-2 has 1, replica-2 shows 1, replica-3 has 1, replica-3 shows 1',
      '13 ms: client 1 ok',
      '406 ms: client 1 ok',
    ],
    shown: [1, 1, 1],
    committed: [1, 2],
    lost: [2],
  },
];

const BEHIND: readonly Told[] = [
  {
    that: 'is who lacks the newest one, be the others two of w = 1',
    differences: { 'store.w': '1', fault: [`${THIRD}:crash@0s-50ms`] },
    acts: [[10, 'put']],
    lines: [
      '16 ms: replica-1 commits 1, replica-1 has 1, replica-1 shows 1, replica-2 has 1, replica-2 shows 1',
      '17 ms: client 1 ok',
    ],
    shown: [1, 1, 0],
    committed: [1],
    open: [[1, [1, 2]]],
  },
  {
    that: 'is who lacks the newest one, however many it has missed before',
    differences: { fault: [`${THIRD}:crash@0s-50ms`] },
    acts: [
      [10, 'put'],
      [20, 'put'],
    ],
    lines: [
      ...TWO_OF_THREE,
      '26 ms: replica-1 has 2, replica-1 shows 2, replica-2 commits 2, replica-2 has 2, replica-2 shows 2',
      '27 ms: client 2 ok',
    ],
    shown: [2, 2, 0],
    committed: [1, 2],
    open: [[2, [1, 2]]],
  },
  {
    that: 'is who was it before when another one’s disk is gone and has been filled again',
    differences: { fault: [`${THIRD}:crash@0s-50ms`, `${FIRST}:destroy@100ms-200ms`] },
    acts: [[10, 'put']],
    lines: TWO_OF_THREE,
    shown: [1, 1, 0],
    committed: [1],
    open: [[1, [1, 2]]],
  },
  {
    that: 'is nobody who has no disk',
    differences: { fault: [`${THIRD}:destroy@100ms`] },
    acts: [[0, 'put']],
    lines: EVERYWHERE,
    shown: [1, 1, 0],
    committed: [1],
  },
];

describe.each([
  ['a version is committed', COMMITS],
  ['a version is pending', PENDING],
  ['what is lost with a disk', LOSSES],
  ['behind', BEHIND],
])('%s', (_, cases) => {
  it.each(cases)('$that', comesToPass);
});

describe('a copy that comes late', () => {
  it('of what a replica has is neither taken up nor refused', () => {
    // It serves the PUT at 6 ms, and is cut off when its acknowledgement leaves. The hint sets out 1.1 s later.
    const differences = {
      'store.mode': 'leaderless',
      'store.hintedHandoff': 'true',
      fault: [`${THIRD}:partition@5500us-6500us`],
    };
    const { lines, messages, served } = taleOf(differences, [[0, 'put']]);
    expect(lines).toEqual(EVERYWHERE);
    expect([messages.replicate, served.writes]).toEqual([2, 4]);
  });

  it('does not move the instant from which older answers are stale', () => {
    // The second version is committed at 36 ms by its first disk, and there is another one at that instant.
    const differences = {
      'store.mode': 'leaderless',
      'store.r': '1',
      'store.w': '1',
      fault: [`${FIRST}:crash@20ms-50ms`],
    };
    const { run, shown } = taleOf(differences, [
      [0, 'put'],
      [30, 'put'],
      [60, 'get'],
    ]);
    expect(shown).toEqual([1, 2, 2]);
    expect([run.world.oracle.counts.staleRead, run.world.oracle.maxStaleness]).toEqual([1, 24_000]);
  });
});
