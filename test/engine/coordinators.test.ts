/**
 * What a store without leaders does with a few operations, instant by instant: the coordinator is the app node; each
 * instant is worked out from `SMALL_STORE`.
 */
import { describe, expect, it } from 'vitest';
import { taleOf, type Act, type Differences } from '../support/tales.ts';

interface Case {
  readonly that: string;
  readonly differences: Differences;
  readonly acts: readonly Act[];
  readonly lines: readonly string[];
  readonly messages: Readonly<Record<string, number>>;
  /** Versions that replicas 1, 2 and 3 show in the end. */
  readonly shown: readonly number[];
  readonly lost?: readonly number[];
}

const LEADERLESS: Differences = { 'store.mode': 'leaderless', 'store.r': '2' };
const [FIRST, SECOND, THIRD] = ['shard-1.replica-1', 'shard-1.replica-2', 'shard-1.replica-3'];
const TWO_OF_THREE = [
  '16 ms: replica-1 has 1, replica-1 shows 1, replica-2 commits 1, replica-2 has 1, replica-2 shows 1',
  '17 ms: client 1 ok',
];

const WRITES: readonly Case[] = [
  {
    that: 'is sent to every replica at once and committed when the second disk has it',
    differences: {},
    acts: [
      [0, 'put'],
      [8, 'get'],
    ],
    lines: [
      '6 ms: replica-1 has 1, replica-1 shows 1, replica-2 commits 1, replica-2 has 1, replica-2 shows 1, replica-3 has 1, replica-3 shows 1',
      '7 ms: client 1 ok',
      '14 ms: client 1 ok',
    ],
    messages: { put: 8, get: 8 },
    shown: [1, 1, 1],
  },
  {
    that: 'waits for nobody but the first w',
    differences: { fault: [`${THIRD}:slow:10@1500us-2500us`] },
    acts: [[0, 'put']],
    lines: [
      '6 ms: replica-1 has 1, replica-1 shows 1, replica-2 commits 1, replica-2 has 1, replica-2 shows 1',
      '7 ms: client 1 ok',
      '42 ms: replica-3 has 1, replica-3 shows 1',
    ],
    messages: { put: 8 },
    shown: [1, 1, 1],
  },
  {
    that: 'waits for the slowest where all are asked for',
    differences: { 'store.w': '3', fault: [`${THIRD}:slow:10@1500us-2500us`] },
    acts: [[0, 'put']],
    lines: [
      '6 ms: replica-1 has 1, replica-1 shows 1, replica-2 has 1, replica-2 shows 1',
      '42 ms: replica-3 commits 1, replica-3 has 1, replica-3 shows 1',
      '43 ms: client 1 ok',
    ],
    messages: { put: 8 },
    shown: [1, 1, 1],
  },
  {
    that: 'that comes late is acknowledged by replicas that hold a newer one, and not kept',
    differences: { fault: ['app-1:delay:6ms@500us-1500us'] },
    acts: [
      [0, 'put'],
      [1, 'put', 2],
    ],
    lines: [
      '7 ms: replica-1 has 2, replica-1 shows 2, replica-2 commits 2, replica-2 has 2, replica-2 shows 2, replica-3 has 2, replica-3 shows 2',
      '8 ms: client 2 ok',
      '12 ms: replica-1 refuses 1, replica-2 refuses 1, replica-3 refuses 1',
      '13 ms: client 1 ok',
    ],
    messages: { put: 16 },
    shown: [2, 2, 2],
  },
  {
    that: 'is unknown to its client without its quorum, is read all the same, and is committed by the repair of that',
    differences: {
      'store.readRepair': 'true',
      fault: [`${SECOND}:crash@0s-200ms`, `${THIRD}:crash@0s-200ms`],
    },
    acts: [
      [10, 'put'],
      [300, 'get'],
    ],
    lines: [
      '16 ms: replica-1 has 1, replica-1 shows 1',
      '306 ms: client 1 ok',
      '311 ms: replica-2 commits 1, replica-2 has 1, replica-2 shows 1, replica-3 has 1, replica-3 shows 1',
      '1010 ms: client 1 unknown',
    ],
    messages: { put: 5, get: 8, replicate: 2 },
    shown: [1, 1, 1],
  },
];

const READS: readonly Case[] = [
  {
    that: 'of one replica may be of one that is behind',
    differences: { 'store.r': '1', fault: [`${FIRST}:crash@0s-50ms`] },
    acts: [
      [10, 'put'],
      [60, 'get'],
    ],
    lines: [
      '16 ms: replica-2 has 1, replica-2 shows 1, replica-3 commits 1, replica-3 has 1, replica-3 shows 1',
      '17 ms: client 1 ok',
      '66 ms: client 0 ok',
    ],
    messages: { put: 7, get: 8 },
    shown: [0, 1, 1],
  },
  {
    that: 'of two returns the newer one',
    differences: { fault: [`${FIRST}:crash@0s-50ms`] },
    acts: [
      [10, 'put'],
      [60, 'get'],
    ],
    lines: [
      '16 ms: replica-2 has 1, replica-2 shows 1, replica-3 commits 1, replica-3 has 1, replica-3 shows 1',
      '17 ms: client 1 ok',
      '66 ms: client 1 ok',
    ],
    messages: { put: 7, get: 8 },
    shown: [0, 1, 1],
  },
  {
    that: 'repairs what it finds behind, if only the last to answer is',
    differences: { 'store.readRepair': 'true', fault: [`${THIRD}:crash@0s-50ms`] },
    acts: [
      [10, 'put'],
      [60, 'get'],
    ],
    lines: [...TWO_OF_THREE, '66 ms: client 1 ok', '71 ms: replica-3 has 1, replica-3 shows 1'],
    messages: { put: 7, get: 8, replicate: 1 },
    shown: [1, 1, 1],
  },
  {
    that: 'asks only those that are not taken for dead, and all where too few of those are left',
    differences: { fault: [`${THIRD}:crash@0s`, `${SECOND}:crash@400ms`] },
    acts: [
      [150, 'get'],
      [600, 'get'],
    ],
    lines: ['156 ms: client 0 ok', '1600 ms: client 0 refused'],
    // Of the second, two of three questions meet nobody, and the first answer is not enough.
    messages: { get: 6 + 5 },
    shown: [0, 0, 0],
  },
];

const MENDED: readonly Case[] = [
  {
    that: 'is kept by its coordinator: at once for one taken for dead, else when a client would have lost its patience',
    differences: { 'store.hintedHandoff': 'true', fault: [`${THIRD}:crash@0s-500ms`] },
    acts: [
      [10, 'put'],
      [150, 'put'],
    ],
    lines: [
      ...TWO_OF_THREE,
      '156 ms: replica-1 has 2, replica-1 shows 2, replica-2 commits 2, replica-2 has 2, replica-2 shows 2',
      '157 ms: client 2 ok',
      '556 ms: replica-3 has 2, replica-3 shows 2',
      '1116 ms: replica-3 refuses 1',
    ],
    messages: { put: 13, replicate: 4 },
    shown: [2, 2, 2],
  },
  {
    that: 'is forgotten with its coordinator’s memory',
    differences: {
      'store.hintedHandoff': 'true',
      fault: [`${THIRD}:crash@0s-500ms`, 'app-1:crash@300ms-400ms'],
    },
    acts: [[150, 'put']],
    lines: [
      '156 ms: replica-1 has 1, replica-1 shows 1, replica-2 commits 1, replica-2 has 1, replica-2 shows 1',
      '157 ms: client 1 ok',
    ],
    messages: { put: 6 },
    shown: [1, 1, 0],
  },
  {
    that: 'stays missing where nobody mends it',
    differences: { fault: [`${THIRD}:crash@0s-50ms`] },
    acts: [[10, 'put']],
    lines: TWO_OF_THREE,
    messages: { put: 7 },
    shown: [1, 1, 0],
  },
  {
    that: 'is copied from the others to a disk that was destroyed',
    differences: { fault: [`${THIRD}:destroy@100ms-200ms`] },
    acts: [[10, 'put']],
    lines: [
      '16 ms: replica-1 has 1, replica-1 shows 1, replica-2 commits 1, replica-2 has 1, replica-2 shows 1, replica-3 has 1, replica-3 shows 1',
      '17 ms: client 1 ok',
    ],
    messages: { put: 8 },
    shown: [1, 1, 1],
  },
  {
    that: 'is lost with the only disk that had it',
    differences: {
      'store.w': '1',
      fault: [`${SECOND}:crash@0s-200ms`, `${THIRD}:crash@0s-200ms`, `${FIRST}:destroy@100ms-200ms`],
    },
    acts: [
      [10, 'put'],
      [300, 'get'],
    ],
    lines: [
      '16 ms: replica-1 commits 1, replica-1 has 1, replica-1 shows 1',
      '17 ms: client 1 ok',
      '306 ms: client 0 ok',
    ],
    messages: { put: 6, get: 8 },
    shown: [0, 0, 0],
    lost: [1],
  },
];

describe.each([
  ['a PUT', WRITES],
  ['a GET', READS],
  ['what a replica has missed', MENDED],
])('%s', (_, cases) => {
  it.each(cases)('$that', ({ differences, acts, lines, messages, shown, lost = [] }) => {
    const tale = taleOf({ ...LEADERLESS, ...differences }, acts);
    const { store, calls } = tale.run.world;
    expect(tale.lines).toEqual(lines);
    expect(tale.messages).toEqual(messages);
    expect([0, 1, 2].map((replica) => store.shown(0, replica))).toEqual(shown);
    expect(tale.lost).toEqual(lost);
    expect(calls.alive).toBe(0);
  });
});
