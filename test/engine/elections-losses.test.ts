/** Which writes are lost when replicas go and come, and by which fault; each instant is worked out from `SMALL_STORE`. */
import { describe, it } from 'vitest';
import type { Act } from '../support/tales.ts';
import {
  NOTHING_LOST,
  FIRST,
  SECOND,
  THIRD,
  EVERYWHERE,
  ALONE,
  FAR_AWAY,
  comesOfIt,
  type Election,
} from '../support/electing.ts';

const REPLACED = [
  `${FIRST}:partition@10ms-300ms`,
  'replication:partition@290ms-590ms',
  'app-2:delay:300ms@8500us-9500us',
];
const ON_ITS_OWN = [
  ...EVERYWHERE,
  '110 ms: replica-2 leads term 2',
  '314 ms: replica-1 has 2, replica-1 commits 2, replica-1 shows 2',
  '315 ms: client 2 ok',
];
/** The first leader is elected again with what it alone had logged: by then no other disk is left. */
const LEFT_BEHIND = [
  FAR_AWAY,
  `${FIRST}:crash@20ms-280ms`,
  `${SECOND}:destroy@200ms-250ms`,
  `${THIRD}:destroy@200ms-260ms`,
];
const BOTH: readonly Act[] = [
  [0, 'put'],
  [8, 'put', 2],
];

const LOSSES: readonly Election[] = [
  {
    that: 'by an election is what the leader alone had acknowledged',
    differences: { 'store.w': '1', fault: [FAR_AWAY, `${FIRST}:crash@20ms-300ms`] },
    acts: [
      [0, 'put'],
      [400, 'get'],
    ],
    lines: [...ALONE, '120 ms: replica-2 leads term 2', '406 ms: client 0 ok'],
    lost: [1],
    committed: [1],
    rpo: 13,
  },
  {
    that: 'at once is what a destroyed disk alone had',
    differences: { 'store.w': '1', fault: [FAR_AWAY, `${FIRST}:destroy@20ms-300ms`] },
    acts: [[0, 'put']],
    lines: [...ALONE, '120 ms: replica-2 leads term 2'],
    lost: [1],
    committed: [1],
    rpo: 13,
  },
  {
    that: 'by a destroyed disk is nothing that another has',
    differences: { 'store.w': '1', fault: [`${FIRST}:destroy@20ms-300ms`] },
    acts: [[0, 'put']],
    lines: [...EVERYWHERE, '120 ms: replica-2 leads term 2'],
    ...NOTHING_LOST,
    committed: [1],
  },
  {
    that: 'when it steps down is what a replaced leader went on to acknowledge',
    differences: { 'store.w': '1', fault: REPLACED },
    acts: BOTH,
    lines: ON_ITS_OWN,
    lost: [2],
    committed: [1, 2],
    // It was acknowledged long after its leader had been cut off.
    rpo: 0,
  },
  {
    that: 'when it steps down is nothing that was overwritten in the new term',
    differences: { 'store.w': '1', fault: REPLACED },
    acts: [...BOTH, [400, 'put']],
    lines: [
      ...ON_ITS_OWN,
      '406 ms: replica-2 has 3, replica-2 commits 3, replica-2 shows 3',
      '407 ms: client 3 ok',
      '606.5 ms: replica-1 shows 3',
      '608 ms: replica-3 has 3, replica-3 shows 3',
    ],
    ...NOTHING_LOST,
    committed: [1, 2, 3],
  },
  {
    that: 'when it steps down is measured by what all others have, be the new leader’s disk gone or not',
    differences: { 'store.w': '1', fault: [...REPLACED, `${SECOND}:destroy@500ms-900ms`] },
    acts: BOTH,
    lines: [...ON_ITS_OWN, '600 ms: replica-3 leads term 3'],
    lost: [2],
    committed: [1, 2],
    rpo: 185,
  },
  {
    that: 'is what a replaced leader logged, though it votes with that on its disk: others know of a newer term',
    differences: {
      'store.w': '1',
      fault: [
        `${FIRST}:partition@10ms-300ms`,
        'replication:partition@290ms-450ms',
        'app-2:delay:300ms@8500us-9500us',
        `${FIRST}:crash@360ms-500ms`,
        `${SECOND}:crash@400ms`,
      ],
    },
    acts: [...BOTH, [700, 'get']],
    lines: [...ON_ITS_OWN, '500 ms: replica-3 leads term 3', '706 ms: client 1 ok'],
    lost: [2],
    committed: [1, 2],
    rpo: 85,
  },
  {
    that: 'comes back with a replica that was behind and is elected, though no log speaks of it any more',
    differences: { 'store.w': '1', fault: LEFT_BEHIND },
    acts: [
      [0, 'put'],
      [150, 'get'],
      [500, 'get'],
    ],
    lines: [
      ...ALONE,
      '120 ms: replica-2 leads term 2',
      '156 ms: client 0 ok',
      '300 ms: replica-1 leads term 3',
      '506 ms: client 1 ok',
    ],
    lost: [],
    committed: [1],
    rpo: 13,
    counted: 1,
  },
  {
    that: 'no more is what the only disk left has, which had been discarded: it is elected, and that is the truth again',
    differences: { 'store.w': '1', fault: LEFT_BEHIND },
    acts: [
      [0, 'put'],
      [150, 'put'],
      [500, 'get'],
    ],
    lines: [
      ...ALONE,
      '120 ms: replica-2 leads term 2',
      '156 ms: replica-2 has 2, replica-2 commits 2, replica-2 shows 2',
      '157 ms: client 2 ok',
      '158 ms: replica-3 has 2, replica-3 shows 2',
      '300 ms: replica-1 leads term 3',
      '506 ms: client 1 ok',
    ],
    lost: [2],
    committed: [2, 1],
    rpo: 43,
    counted: 2,
  },
  {
    that: 'is what nobody has who answers, though a replaced leader of an older term showed its own at a later time',
    differences: {
      'store.w': '1',
      fault: [
        `${FIRST}:partition@10ms-300ms`,
        'replication:partition@290ms-590ms',
        'app-2:delay:300ms@8500us-9500us',
        `${SECOND}:crash@400ms`,
      ],
    },
    // The third PUT is the second leader's alone: no copy of it can leave before 590 ms.
    acts: [...BOTH, [302, 'put'], [700, 'get']],
    lines: [
      ...EVERYWHERE,
      '110 ms: replica-2 leads term 2',
      '308 ms: replica-2 has 3, replica-2 commits 3, replica-2 shows 3',
      '309 ms: client 3 ok',
      '314 ms: replica-1 has 2, replica-1 commits 2, replica-1 shows 2',
      '315 ms: client 2 ok',
      '590 ms: replica-3 leads term 3',
      '706 ms: client 1 ok',
    ],
    lost: [2, 3],
    committed: [1, 3, 2],
    rpo: 91,
  },
  {
    that: 'is nothing that a disk was sent after it had been destroyed: that needs no sync, and nothing before it counts',
    differences: {
      // The second one's are at 10 and 40 ms.
      'store.fsync': 'periodic:30ms',
      fault: [
        `${SECOND}:destroy@23ms-24ms`,
        `${SECOND}:crash@32ms-60ms`,
        `${FIRST}:destroy@34ms`,
        `${THIRD}:destroy@34ms`,
      ],
    },
    acts: [[9, 'put']],
    lines: [
      '15 ms: replica-1 has 1',
      '17 ms: replica-2 has 1, replica-3 has 1',
      '19 ms: replica-1 commits 1, replica-1 shows 1',
      '20 ms: client 1 ok',
      '21 ms: replica-2 shows 1, replica-3 shows 1',
    ],
    ...NOTHING_LOST,
    committed: [1],
  },
];

describe('what is lost', () => {
  it.each(LOSSES)('$that', comesOfIt);
});
