/**
 * What a crash of a replica whose disk is synced periodically makes of its log, where other versions overtook what it
 * takes back, were overtaken by it, or are counted in an election. Each instant is worked out from `SMALL_STORE`.
 */
import { describe, it } from 'vitest';
import { comesToPass, COPIED, FIRST, ONE_PUT, SECOND, THIRD, type Aftermath } from '../support/aftermath.ts';
import type { Act, Differences } from '../support/tales.ts';

/** Replica 1 syncs at 0, 30, 60 ms, replica 2 at 10, 40, 70, replica 3 at 20, 50, 80. */
const crashes = (...faults: readonly string[]): Differences => ({
  'store.fsync': 'periodic:30ms',
  fault: faults,
});
const TWO_PUTS: readonly Act[] = [
  [0, 'put'],
  [14, 'put'],
];
const WITHOUT_SECOND = [
  '6 ms: replica-1 has 1',
  '8 ms: replica-3 has 1',
  '10 ms: replica-1 commits 1, replica-1 shows 1',
  '11 ms: client 1 ok',
  '12 ms: replica-3 shows 1',
];

/** The second one has the first version long after it has shown the next. */
const LATE_COPY = `${SECOND}:delay:50ms@1500us-2500us`;
const OVERTAKEN = {
  differences: { 'store.w': '1' },
  acts: TWO_PUTS,
  lines: [
    '6 ms: replica-1 has 1, replica-1 commits 1, replica-1 shows 1',
    '7 ms: client 1 ok',
    '8 ms: replica-3 has 1, replica-3 shows 1',
    '20 ms: replica-1 has 2, replica-1 commits 2, replica-1 shows 2',
    '21 ms: client 2 ok',
    '22 ms: replica-2 has 2, replica-2 shows 2',
    // The third one is back; at 58 ms the first version is on the second one's disk.
    '34.5 ms: replica-3 shows 1, replica-3 shows 2',
  ],
  shown: [2, 2, 2],
  committed: [1, 2],
};

const LOGS: readonly Aftermath[] = [
  {
    that: 'leaves what was synced, though an older one came after it: that one alone is gone',
    differences: {
      ...crashes(`${THIRD}:delay:20ms@1500us-2500us`, `${THIRD}:crash@35ms-40ms`),
      'store.w': '3',
    },
    acts: [
      [0, 'put'],
      [4, 'put'],
    ],
    until: 36,
    lines: [
      '6 ms: replica-1 has 1',
      '8 ms: replica-2 has 1',
      '10 ms: replica-1 has 2',
      '12 ms: replica-2 has 2, replica-3 has 2',
      '28 ms: replica-3 has 1',
      '30 ms: replica-1 commits 1, replica-1 shows 1, replica-1 commits 2, replica-1 shows 2',
      '31 ms: client 1 ok, client 2 ok',
      '32 ms: replica-2 shows 1, replica-3 shows 1, replica-2 shows 2, replica-3 shows 2',
    ],
    shown: [2, 2, 2],
    committed: [1, 2],
  },
  {
    that: 'is no more though it was written twice',
    differences: crashes(
      `${THIRD}:slow:30@3500us-4500us`,
      `${FIRST}:crash@9ms`,
      // It syncs at 110 and at 140 ms.
      `${THIRD}:crash@130ms-135ms`,
    ),
    acts: ONE_PUT,
    until: 131,
    lines: [
      '6 ms: replica-1 has 1',
      '8 ms: replica-2 has 1',
      '109 ms: replica-2 commits 1, replica-2 shows 1, replica-2 leads term 2',
      // The copy of the new leader, then that of the old one, which took it 120 ms.
      '115 ms: replica-3 has 1, replica-3 shows 1',
      '124 ms: replica-3 has 1',
    ],
    shown: [0, 1, 0],
    committed: [1],
  },
  {
    that: 'is not what was synced, which counts in an election though nobody was told of it',
    differences: {
      ...crashes(`${SECOND}:delay:300ms@1500us-2500us`, `${THIRD}:crash@25ms-30ms`, `${FIRST}:crash@26ms`),
      'store.w': '3',
    },
    acts: ONE_PUT,
    until: 140,
    lines: [
      '6 ms: replica-1 has 1',
      '8 ms: replica-3 has 1',
      '126 ms: replica-3 commits 1, replica-3 shows 1, replica-3 leads term 2',
      '132 ms: replica-2 has 1, replica-2 shows 1',
    ],
    shown: [0, 1, 1],
    committed: [1],
  },
  {
    that: 'takes no copy from anybody else, which counts in an election',
    differences: { ...crashes(`${THIRD}:crash@9ms-30ms`, `${FIRST}:crash@20ms`), 'store.w': '3' },
    acts: ONE_PUT,
    until: 140,
    lines: [
      ...COPIED,
      '120 ms: replica-2 commits 1, replica-2 shows 1, replica-2 leads term 2',
      '124.5 ms: replica-3 shows 1',
    ],
    shown: [0, 1, 1],
    committed: [1],
  },
  {
    that: 'takes what it had overtaken with it, where that had not come: nobody left has either',
    differences: {
      ...crashes(
        `${SECOND}:crash@3ms-50ms`,
        `${THIRD}:delay:50ms@1500us-2500us`,
        `${THIRD}:crash@30ms-45ms`,
        `${FIRST}:crash@40ms`,
      ),
      'store.w': '1',
    },
    acts: TWO_PUTS,
    until: 999,
    lines: [
      '6 ms: replica-1 has 1, replica-1 commits 1, replica-1 shows 1',
      '7 ms: client 1 ok',
      '20 ms: replica-1 has 2, replica-1 commits 2, replica-1 shows 2',
      '21 ms: client 2 ok',
      '22 ms: replica-3 has 2, replica-3 shows 2',
      '140 ms: replica-2 leads term 2',
    ],
    shown: [2, 0, 0],
    lost: [1, 2],
    committed: [1, 2],
    rpo: 33,
  },
  {
    that: 'is nothing of what was synced: it is shown all the time',
    differences: crashes(`${SECOND}:crash@3ms-1s`, `${THIRD}:crash@25ms-30ms`),
    acts: ONE_PUT,
    until: 999,
    lines: WITHOUT_SECOND,
    shown: [1, 0, 1],
    committed: [1],
  },
  {
    that: 'leaves what it overtook where that was synced, and is caught up with alone',
    differences: crashes(`${SECOND}:crash@3ms-1s`, `${THIRD}:crash@30ms-35ms`),
    acts: TWO_PUTS,
    until: 999,
    lines: [
      ...WITHOUT_SECOND,
      '20 ms: replica-1 has 2',
      '22 ms: replica-3 has 2',
      '24 ms: replica-1 commits 2, replica-1 shows 2',
      '25 ms: client 2 ok',
      '26 ms: replica-3 shows 2',
      '39.5 ms: replica-3 shows 2',
    ],
    shown: [2, 0, 2],
    committed: [1, 2],
  },
  {
    ...OVERTAKEN,
    that: 'changes nothing of what another one overtakes: a copy of that which comes later is of no effect',
    differences: { ...OVERTAKEN.differences, ...crashes(LATE_COPY, `${THIRD}:crash@10ms-30ms`) },
  },
  {
    ...OVERTAKEN,
    that: 'changes nothing of that either where the disk is destroyed',
    differences: { ...OVERTAKEN.differences, ...crashes(LATE_COPY, `${THIRD}:destroy@10ms-30ms`) },
  },
];

describe('what a crash takes back of a log that is not synced yet', () => {
  it.each(LOGS)('$that', comesToPass);
});
