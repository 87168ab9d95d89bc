/** What a leader and its followers do with a PUT, instant by instant; each instant is worked out from `SMALL_STORE`. */
import { describe, it } from 'vitest';
import { COPIED, ONCE, READ_MEANWHILE, SHOWN, TWICE, isCopied, type Copying } from '../support/copying.ts';

const PUTS: readonly Copying[] = [
  {
    that: 'is committed with the leader’s own copy where one is enough, and shown by followers with their own',
    differences: { 'store.w': '1' },
    acts: [[0, 'put']],
    lines: [
      '6 ms: replica-1 has 1, replica-1 commits 1, replica-1 shows 1',
      '7 ms: client 1 ok',
      '8 ms: replica-2 has 1, replica-3 has 1, replica-2 shows 1, replica-3 shows 1',
    ],
    messages: ONCE,
  },
  {
    that: 'waits for a second copy where two are asked for, and followers show it when they hear of that',
    differences: {},
    acts: [[0, 'put']],
    lines: SHOWN,
    messages: ONCE,
  },
  {
    that: 'waits for the slower follower where all three copies are asked for',
    differences: { 'store.w': '3', fault: ['shard-2.replica-3:slow:5@3500us-4500us'] },
    acts: [[0, 'put']],
    lines: [
      '6 ms: replica-1 has 1',
      '8 ms: replica-2 has 1',
      '24 ms: replica-3 has 1',
      '26 ms: replica-1 commits 1, replica-1 shows 1',
      '27 ms: client 1 ok',
      '28 ms: replica-2 shows 1, replica-3 shows 1',
    ],
    messages: ONCE,
  },
  {
    that: 'waits for the leader’s own disk, which is always one of those that are asked for',
    differences: { fault: ['shard-2.replica-1:slow:5@1500us-2500us'] },
    acts: [[0, 'put']],
    lines: [
      '8 ms: replica-2 has 1, replica-3 has 1',
      '22 ms: replica-1 has 1, replica-1 commits 1, replica-1 shows 1',
      '23 ms: client 1 ok',
      '24 ms: replica-2 shows 1, replica-3 shows 1',
    ],
    messages: ONCE,
  },
  {
    that: 'has no followers to wait for where there is one replica',
    differences: { 'store.rf': '1', 'store.w': '1' },
    acts: [[0, 'put']],
    lines: ['6 ms: replica-1 has 1, replica-1 commits 1, replica-1 shows 1', '7 ms: client 1 ok'],
    messages: { put: 4 },
  },
  {
    that: 'is committed after those that were logged before it, however early its own copies are there',
    differences: { fault: ['shard-2.replica-1:slow:10@1500us-2500us'] },
    acts: [
      [0, 'put'],
      [1, 'put'],
    ],
    lines: [
      '7 ms: replica-1 has 2',
      '8 ms: replica-2 has 1, replica-3 has 1',
      '9 ms: replica-2 has 2, replica-3 has 2',
      '42 ms: replica-1 has 1, replica-1 commits 1, replica-1 shows 1, replica-1 commits 2, replica-1 shows 2',
      '43 ms: client 1 ok, client 2 ok',
      '44 ms: replica-2 shows 1, replica-3 shows 1, replica-2 shows 2, replica-3 shows 2',
    ],
    messages: TWICE,
  },
  {
    that: 'that a follower has behind a newer one is never shown there, and needs no acknowledgement any more',
    differences: { fault: ['shard-2.replica-2:slow:10@3500us-4500us'] },
    acts: [
      [0, 'put'],
      [1, 'put'],
    ],
    lines: [
      '6 ms: replica-1 has 1',
      '7 ms: replica-1 has 2',
      '8 ms: replica-3 has 1',
      '9 ms: replica-2 has 2, replica-3 has 2',
      '10 ms: replica-1 commits 1, replica-1 shows 1',
      '11 ms: replica-1 commits 2, replica-1 shows 2, client 1 ok',
      '12 ms: replica-3 shows 1, client 2 ok',
      '13 ms: replica-2 shows 2, replica-3 shows 2',
    ],
    messages: { ...TWICE, replicate: 7 },
    writes: 6,
  },
  {
    that: 'is not committed by an acknowledgement that comes late, of an earlier one that is over',
    differences: { fault: ['shard-2.replica-3:delay:50ms@7500us-8500us'] },
    acts: [
      [0, 'put'],
      [57, 'put'],
    ],
    lines: [
      ...SHOWN,
      // The acknowledgement comes at 60 ms.
      '63 ms: replica-1 has 2',
      '65 ms: replica-2 has 2, replica-3 has 2',
      '67 ms: replica-1 commits 2, replica-1 shows 2',
      '68 ms: client 2 ok',
      '69 ms: replica-2 shows 2, replica-3 shows 2',
    ],
    messages: TWICE,
  },
];

const CUTS: readonly Copying[] = [
  {
    that: 'copies are sent again every 100 ms until they arrive',
    differences: { fault: ['replication:partition@0s-150ms'] },
    acts: [[0, 'put']],
    lines: [
      '6 ms: replica-1 has 1',
      '208 ms: replica-2 has 1, replica-3 has 1',
      '210 ms: replica-1 commits 1, replica-1 shows 1',
      '211 ms: client 1 ok',
      '212 ms: replica-2 shows 1, replica-3 shows 1',
    ],
    messages: { ...ONCE, replicate: 8 },
  },
  {
    that: 'so they are when their acknowledgement was lost, and are acknowledged without being written again',
    differences: { fault: ['replication:partition@7ms-20ms'] },
    acts: [[0, 'put']],
    lines: [
      ...COPIED,
      '112 ms: replica-1 commits 1, replica-1 shows 1',
      '113 ms: client 1 ok',
      '114 ms: replica-2 shows 1, replica-3 shows 1',
    ],
    messages: { ...ONCE, replicate: 8 },
  },
  {
    that: 'so are notices of what is committed',
    differences: { fault: ['replication:partition@9ms-20ms'] },
    acts: [[0, 'put']],
    lines: [
      ...COPIED,
      '10 ms: replica-1 commits 1, replica-1 shows 1',
      '11 ms: client 1 ok',
      '112 ms: replica-2 shows 1, replica-3 shows 1',
    ],
    messages: { ...ONCE, commitNotice: 4 },
  },
];

const READS: readonly Copying[] = [
  {
    that: 'of the leader returns what is committed when it is served',
    differences: {},
    acts: [
      [0, 'put'],
      [4, 'get'],
      [6, 'get'],
    ],
    lines: READ_MEANWHILE,
    messages: { ...ONCE, get: 8 },
    reads: 2,
  },
  {
    that: 'of a quorum asks all three and returns the newest that the first two of them show',
    differences: { 'store.readFrom': 'quorum', fault: ['shard-2.replica-3:slow:10@7500us-8500us'] },
    acts: [
      [0, 'put'],
      [4, 'get'],
      [6, 'get'],
    ],
    lines: READ_MEANWHILE,
    messages: { ...ONCE, get: 16 },
    reads: 6,
  },
];

describe.each([
  ['a PUT', PUTS],
  ['where the replication link is cut', CUTS],
  ['a GET', READS],
])('%s', (_, cases) => {
  it.each(cases)('$that', isCopied);
});
