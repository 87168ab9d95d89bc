/**
 * What a store without leaders does with a few PUTs, instant by instant: the coordinator is the app node; each instant is
 * worked out from `SMALL_STORE`.
 */
import { describe, it } from 'vitest';
import { ALL_THREE, FIRST, SECOND, THIRD, isGathered, type Gathering } from '../support/gathering.ts';

const WRITES: readonly Gathering[] = [
  {
    that: 'is sent to every replica at once and committed when the second disk has it',
    differences: {},
    acts: [
      [0, 'put'],
      [8, 'get'],
    ],
    lines: [...ALL_THREE, '14 ms: client 1 ok'],
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
    // It counts as committed just before the one that overtook it.
    committed: [1, 2],
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
    dirtyReads: 1,
  },
  {
    that: 'that was overtaken before it was committed counts as committed before the newer one, with that',
    differences: {
      'store.readRepair': 'true',
      fault: ['app-1:delay:6ms@500us-1500us', `${SECOND}:crash@0s-200ms`, `${THIRD}:crash@0s-200ms`],
    },
    acts: [
      [0, 'put'],
      [1, 'put', 2],
      [300, 'get'],
    ],
    lines: [
      '7 ms: replica-1 has 2, replica-1 shows 2',
      '12 ms: replica-1 refuses 1',
      '306 ms: client 2 ok',
      '311 ms: replica-2 commits 1, replica-2 commits 2, replica-2 has 2, replica-2 shows 2, replica-3 has 2, replica-3 shows 2',
      '1000 ms: client 1 unknown',
      '1001 ms: client 2 unknown',
    ],
    messages: { put: 10, get: 8, replicate: 2 },
    shown: [2, 2, 2],
    committed: [1, 2],
    dirtyReads: 1,
  },
  {
    that: 'is acknowledged though one of its disks was destroyed between two acknowledgements',
    differences: {
      fault: [`${SECOND}:slow:2@1500us-2500us`, `${THIRD}:crash@0s-50ms`, `${FIRST}:destroy@7500us-30ms`],
    },
    acts: [[0, 'put']],
    lines: [
      '6 ms: replica-1 has 1, replica-1 shows 1',
      '10 ms: replica-2 has 1, replica-2 shows 1',
      '11 ms: replica-1 commits 1, client 1 ok',
    ],
    messages: { put: 7 },
    shown: [1, 1, 0],
  },
  {
    that: 'is lost as soon as it is acknowledged where both of its disks were destroyed by then',
    differences: {
      fault: [
        `${SECOND}:slow:2@1500us-2500us`,
        `${THIRD}:crash@0s-50ms`,
        `${FIRST}:destroy@7500us-30ms`,
        // It has the second acknowledgement at 11 ms, and looks at it when it goes on.
        'app-1:pause@10500us-40ms',
        `${SECOND}:destroy@20ms-30ms`,
      ],
    },
    acts: [[0, 'put']],
    lines: [
      '6 ms: replica-1 has 1, replica-1 shows 1',
      '10 ms: replica-2 has 1, replica-2 shows 1',
      '40 ms: replica-1 commits 1, client 1 ok',
    ],
    messages: { put: 7 },
    shown: [0, 0, 0],
    lost: [1],
  },
  {
    that: 'whose only disk is destroyed before its quorum comes anew with a hint',
    differences: {
      'store.hintedHandoff': 'true',
      fault: [`${SECOND}:crash@0s-200ms`, `${THIRD}:crash@0s-200ms`, `${FIRST}:destroy@100ms-150ms`],
    },
    acts: [[10, 'put']],
    lines: [
      '16 ms: replica-1 has 1, replica-1 shows 1',
      '1010 ms: client 1 unknown',
      // Its coordinator waits for a second from 11 ms on, and tries every 100 ms then.
      '1116 ms: replica-2 has 1, replica-2 shows 1, replica-3 commits 1, replica-3 has 1, replica-3 shows 1',
    ],
    messages: { put: 5, replicate: 4 },
    shown: [0, 1, 1],
  },
  {
    that: 'none of whose copies arrives comes with hints all the same: its coordinator learns of that by the time alone',
    differences: { 'store.hintedHandoff': 'true', fault: ['app-store:partition@0s-200ms'] },
    acts: [[10, 'put']],
    lines: [
      '1010 ms: client 1 unknown',
      '1116 ms: replica-1 has 1, replica-1 shows 1, replica-2 commits 1, replica-2 has 1, replica-2 shows 1, replica-3 has 1, replica-3 shows 1',
    ],
    messages: { put: 4, replicate: 6 },
    shown: [1, 1, 1],
  },
  {
    that: 'on legs of its own waits in no queue, and a read on its own',
    differences: {
      'store.legs.write': 'const:20ms',
      'store.legs.ack': 'const:3ms',
      'store.legs.read': 'const:7ms',
      'store.legs.response': 'const:5ms',
    },
    acts: [
      [0, 'put'],
      [30, 'get'],
    ],
    lines: [
      '21 ms: replica-1 has 1, replica-1 shows 1, replica-2 commits 1, replica-2 has 1, replica-2 shows 1, replica-3 has 1, replica-3 shows 1',
      '24 ms: client 1 ok',
      '43 ms: client 1 ok',
    ],
    messages: { put: 8, get: 8 },
    shown: [1, 1, 1],
  },
];

describe('a PUT', () => {
  it.each(WRITES)('$that', isGathered);
});
