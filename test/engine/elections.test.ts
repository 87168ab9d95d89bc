/**
 * What an election keeps of a few writes when replicas go and come, and what it discards, instant by instant; each is
 * worked out from `SMALL_STORE`.
 */
import { describe, it } from 'vitest';
import type { Act } from '../support/tales.ts';
import {
  NOTHING_LOST,
  FIRST,
  SECOND,
  THIRD,
  FAR_AWAY,
  comesOfIt,
  type Election,
} from '../support/electing.ts';

const ELECTIONS: readonly Election[] = [
  {
    that: 'surfaces what a majority has and nobody was told of, and the old leader learns it when it returns',
    differences: { fault: [`${FIRST}:crash@9ms-300ms`] },
    acts: [[0, 'put']],
    lines: [
      '6 ms: replica-1 has 1',
      '8 ms: replica-2 has 1, replica-3 has 1',
      '109 ms: replica-2 commits 1, replica-2 shows 1, replica-2 leads term 2',
      '111 ms: replica-3 shows 1',
      '304.5 ms: replica-1 shows 1',
      '1000 ms: client 1 unknown',
    ],
    ...NOTHING_LOST,
    committed: [1],
  },
  {
    that: 'is won by the longest log, whose entries the others are sent',
    differences: { fault: [`${SECOND}:delay:5ms@0s-8500us`, `${FIRST}:crash@8500us-300ms`] },
    acts: [[0, 'put']],
    lines: [
      '6 ms: replica-1 has 1',
      '8 ms: replica-3 has 1',
      '108.5 ms: replica-3 commits 1, replica-3 shows 1, replica-3 leads term 2',
      '114.5 ms: replica-2 has 1, replica-2 shows 1',
      '304.5 ms: replica-1 shows 1',
      '1000 ms: client 1 unknown',
    ],
    ...NOTHING_LOST,
    committed: [1],
  },
  {
    that: 'keeps nothing of what had not left the old leader, and the next PUT is the first',
    differences: { fault: [`${FIRST}:crash@4ms-300ms`] },
    acts: [
      [0, 'put'],
      [50, 'put'],
      [200, 'put'],
      [400, 'get'],
    ],
    lines: [
      '104 ms: replica-2 leads term 2',
      '206 ms: replica-2 has 3',
      '208 ms: replica-3 has 3',
      '210 ms: replica-2 commits 3, replica-2 shows 3',
      '211 ms: client 3 ok',
      '212 ms: replica-3 shows 3',
      '304.5 ms: replica-1 shows 3',
      '406 ms: client 3 ok',
      '1000 ms: client 1 unknown',
      '1050 ms: client 2 unknown',
    ],
    ...NOTHING_LOST,
    committed: [3],
  },
  {
    that: 'waits for a majority, and a replica that has just returned is one of it',
    differences: { fault: [`${FIRST}:crash@10500us`, `${SECOND}:crash@10500us-300ms`] },
    acts: [[0, 'put']],
    lines: [
      '6 ms: replica-1 has 1',
      '8 ms: replica-2 has 1, replica-3 has 1',
      '10 ms: replica-1 commits 1, replica-1 shows 1',
      '300 ms: replica-2 shows 1, replica-2 leads term 2',
      '302 ms: replica-3 shows 1',
      '1000 ms: client 1 unknown',
    ],
    ...NOTHING_LOST,
    committed: [1],
  },
  {
    that: 'is not held where the leader is back before anybody took it for dead, unless it has crashed',
    differences: { fault: [`${FIRST}:partition@20ms-90ms`] },
    acts: [[100, 'get']],
    lines: ['106 ms: client 0 ok'],
    ...NOTHING_LOST,
    committed: [],
  },
  {
    that: 'is held where a leader that crashed is back before that: its memory is gone',
    differences: { fault: [`${FIRST}:crash@20ms-90ms`] },
    acts: [[200, 'put']],
    lines: [
      '120 ms: replica-1 leads term 2',
      '206 ms: replica-1 has 1',
      '208 ms: replica-2 has 1, replica-3 has 1',
      '210 ms: replica-1 commits 1, replica-1 shows 1',
      '211 ms: client 1 ok',
      '212 ms: replica-2 shows 1, replica-3 shows 1',
    ],
    ...NOTHING_LOST,
    committed: [1],
  },
  {
    that: 'is due when the leader has been silent for so long, from the very start on, and no sooner for anybody’s return',
    differences: { fault: [`${FIRST}:crash@0s`, `${THIRD}:partition@20ms-50ms`] },
    acts: [],
    lines: ['100 ms: replica-2 leads term 2'],
    ...NOTHING_LOST,
    committed: [],
  },
  {
    that: 'is not put off by a leader that returns meanwhile and crashes again',
    differences: { fault: [`${FIRST}:crash@20ms-60ms`, `${FIRST}:crash@70ms`] },
    acts: [],
    lines: ['120 ms: replica-2 leads term 2'],
    ...NOTHING_LOST,
    committed: [],
  },
  {
    that: 'waits until the link between replicas is whole',
    differences: { fault: [`${FIRST}:crash@10ms`, 'replication:partition@50ms-250ms'] },
    acts: [],
    lines: ['250 ms: replica-2 leads term 2'],
    ...NOTHING_LOST,
    committed: [],
  },
  {
    that: 'needs no link where there is one replica',
    differences: {
      'store.rf': '1',
      'store.w': '1',
      fault: [`${FIRST}:crash@10ms-20ms`, 'replication:partition@0s-1s'],
    },
    acts: [],
    lines: ['110 ms: replica-1 leads term 2'],
    ...NOTHING_LOST,
    committed: [],
  },
  {
    that: 'lets a leader take up, once followers are back, what it could not copy to anybody',
    differences: { fault: [`${SECOND}:crash@5ms-300ms`, `${THIRD}:crash@5ms-400ms`] },
    acts: [[10, 'put']],
    lines: [
      '16 ms: replica-1 has 1',
      '310 ms: replica-2 has 1',
      '312 ms: replica-1 commits 1, replica-1 shows 1',
      '313 ms: client 1 ok',
      '314 ms: replica-2 shows 1',
      '404.5 ms: replica-3 shows 1',
    ],
    ...NOTHING_LOST,
    committed: [1],
  },
];

/** A PUT leaves for the leader, which is cut off and replaced before it arrives, and does not hear of that. */

const LATE: readonly Act[] = [
  [0, 'put'],
  [1, 'put', 2],
];
const REFUSALS: readonly Election[] = [
  {
    that: 'stands just before the newer one that an election surfaces, though the leader that turned it away has crashed',
    differences: {
      'cache.fencing': 'version',
      fault: ['app-1:delay:6ms@500us-1500us', `${FIRST}:crash@10ms`],
    },
    acts: LATE,
    lines: [
      '7 ms: replica-1 has 2',
      '8 ms: replica-1 refuses 1',
      '9 ms: replica-2 has 2, replica-3 has 2',
      '110 ms: replica-2 commits 2, replica-2 shows 2, replica-2 leads term 2',
      '112 ms: replica-3 shows 2',
      '1000 ms: client 1 unknown',
      '1001 ms: client 2 unknown',
    ],
    ...NOTHING_LOST,
    committed: [1, 2],
  },
  {
    that: 'comes to nothing with the newer one that nobody else has',
    differences: {
      'cache.fencing': 'version',
      fault: [FAR_AWAY, 'app-1:delay:6ms@500us-1500us', `${FIRST}:crash@10ms`],
    },
    acts: LATE,
    lines: [
      '7 ms: replica-1 has 2',
      '8 ms: replica-1 refuses 1',
      '110 ms: replica-2 leads term 2',
      '1000 ms: client 1 unknown',
      '1001 ms: client 2 unknown',
    ],
    ...NOTHING_LOST,
    committed: [],
  },
  {
    that: 'is lost with the newer one, if that was acknowledged by its leader alone',
    differences: {
      'cache.fencing': 'version',
      'store.w': '1',
      fault: [FAR_AWAY, 'app-1:delay:6ms@500us-1500us', `${FIRST}:crash@10ms`],
    },
    acts: LATE,
    lines: [
      '7 ms: replica-1 has 2, replica-1 commits 2, replica-1 shows 2',
      '8 ms: replica-1 refuses 1, client 2 ok',
      '9 ms: client 1 ok',
      '110 ms: replica-2 leads term 2',
    ],
    lost: [1, 2],
    committed: [1, 2],
    rpo: 2,
  },
];

describe.each([
  ['an election', ELECTIONS],
  ['an older version that was turned away', REFUSALS],
])('%s', (_, cases) => {
  it.each(cases)('$that', comesOfIt);
});
