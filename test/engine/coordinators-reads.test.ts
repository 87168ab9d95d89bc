/**
 * What a store without leaders answers to GETs, and how it mends what a replica has missed, instant by instant: each is
 * worked out from `SMALL_STORE`.
 */
import { describe, it } from 'vitest';
import {
  ALL_THREE,
  FIRST,
  OTHER_TWO,
  SECOND,
  THIRD,
  TWO_OF_THREE,
  isGathered,
  type Gathering,
} from '../support/gathering.ts';

const READS: readonly Gathering[] = [
  {
    that: 'of one replica may be of one that is behind',
    differences: { 'store.r': '1', fault: [`${FIRST}:crash@0s-50ms`] },
    acts: [
      [10, 'put'],
      [60, 'get'],
    ],
    lines: [...OTHER_TWO, '66 ms: client 0 ok'],
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
    lines: [...OTHER_TWO, '66 ms: client 1 ok'],
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
    lines: ['156 ms: client 0 ok', '1600 ms: client 0 failed'],
    // Of the second, two of three questions meet nobody, and the first answer is not enough.
    messages: { get: 6 + 5 },
    shown: [0, 0, 0],
  },
  {
    that: 'leaves no hint with those who do not answer it, be they taken for dead or not',
    differences: { 'store.hintedHandoff': 'true', fault: [`${THIRD}:crash@0s`, `${SECOND}:crash@400ms`] },
    acts: [
      [20, 'get'],
      [150, 'get'],
      [600, 'get'],
    ],
    lines: ['26 ms: client 0 ok', '156 ms: client 0 ok', '1600 ms: client 0 failed'],
    messages: { get: 7 + 6 + 5 },
    shown: [0, 0, 0],
  },
  {
    that: 'repairs nothing when its coordinator has crashed and knows nothing of it any more',
    differences: {
      'store.readRepair': 'true',
      fault: [`${THIRD}:crash@0s-50ms`, 'app-1:crash@62500us-63ms'],
    },
    acts: [
      [10, 'put'],
      [60, 'get'],
    ],
    lines: [...TWO_OF_THREE, '1060 ms: client 0 failed'],
    messages: { put: 7, get: 7 },
    shown: [1, 1, 0],
  },
];

const MENDED: readonly Gathering[] = [
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
    that: 'comes back to what was synced where a crash took the rest, and is mended by nobody',
    differences: { 'store.fsync': 'periodic:30ms', fault: [`${FIRST}:crash@25ms-27ms`] },
    acts: [[0, 'put']],
    // Replica 1 syncs at 0 and 30 ms, replica 2 at 10, replica 3 at 20.
    lines: ALL_THREE,
    messages: { put: 8 },
    shown: [0, 1, 1],
  },
  {
    that: 'is no more where no disk had synced it',
    differences: {
      'store.fsync': 'periodic:30ms',
      fault: [FIRST, SECOND, THIRD].map((replica) => `${replica}:crash@8ms-27ms`),
    },
    acts: [[0, 'put']],
    lines: ALL_THREE,
    messages: { put: 8 },
    shown: [0, 0, 0],
    lost: [1],
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
  ['a GET', READS],
  ['what a replica has missed', MENDED],
])('%s', (_, cases) => {
  it.each(cases)('$that', isGathered);
});
