/** What a leader and its followers do with a PUT, instant by instant; each instant is worked out from `SMALL_STORE`. */
import { describe, expect, it } from 'vitest';
import { taleOf, TOLD, type Act, type Differences } from '../support/tales.ts';

interface Case {
  readonly that: string;
  readonly differences: Differences;
  readonly acts: readonly Act[];
  readonly lines: readonly string[];
  readonly messages: Readonly<Record<string, number>>;
  /** Writes that replicas served, if not one for each that is on a disk now. */
  readonly writes?: number;
  readonly reads?: number;
}

/** A follower writes at 8 ms what the leader wrote at 6, and its acknowledgement is there at 10. */
const COPIED = ['6 ms: replica-1 has 1', '8 ms: replica-2 has 1, replica-3 has 1'];
/** One PUT: to the leader and back by way of the app; a copy and its acknowledgement, and a notice, for two followers. */
const ONCE = { put: 4, replicate: 4, commitNotice: 2 };
const TWICE = { put: 8, replicate: 8, commitNotice: 4 };

const PUTS: readonly Case[] = [
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
    lines: [
      ...COPIED,
      '10 ms: replica-1 commits 1, replica-1 shows 1',
      '11 ms: client 1 ok',
      '12 ms: replica-2 shows 1, replica-3 shows 1',
    ],
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
      ...COPIED,
      '10 ms: replica-1 commits 1, replica-1 shows 1',
      '11 ms: client 1 ok',
      '12 ms: replica-2 shows 1, replica-3 shows 1',
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

const FENCES: readonly Case[] = [
  {
    that: 'without versions the last to arrive is the newest',
    differences: { fault: ['app-1:delay:6ms@500us-1500us'] },
    acts: [
      [0, 'put'],
      [1, 'put', 2],
    ],
    lines: [
      '7 ms: replica-1 has 2',
      '9 ms: replica-2 has 2, replica-3 has 2',
      '11 ms: replica-1 commits 2, replica-1 shows 2',
      '12 ms: replica-1 has 1, client 2 ok',
      '13 ms: replica-2 shows 2, replica-3 shows 2',
      '14 ms: replica-2 has 1, replica-3 has 1',
      '16 ms: replica-1 commits 1, replica-1 shows 1',
      '17 ms: client 1 ok',
      '18 ms: replica-2 shows 1, replica-3 shows 1',
    ],
    messages: TWICE,
  },
  {
    that: 'with versions the older one is turned away, and its client hears of it when the newer one is committed',
    differences: { 'cache.fencing': 'version', fault: ['app-1:delay:6ms@500us-1500us'] },
    acts: [
      [0, 'put'],
      [1, 'put', 2],
    ],
    lines: [
      '7 ms: replica-1 has 2',
      '8 ms: replica-1 refuses 1',
      '9 ms: replica-2 has 2, replica-3 has 2',
      '11 ms: replica-1 commits 2, replica-1 shows 2',
      '12 ms: client 1 ok, client 2 ok',
      '13 ms: replica-2 shows 2, replica-3 shows 2',
    ],
    messages: { ...ONCE, put: 8 },
  },
  {
    that: 'that is the newest one, and not another that is committed before',
    differences: { 'cache.fencing': 'version', fault: ['app-1:delay:4ms@500us-1500us'] },
    acts: [
      [0, 'put'],
      [1, 'put', 2],
      [3.5, 'put', 2],
    ],
    lines: [
      '6 ms: replica-1 refuses 1',
      '7 ms: replica-1 has 2',
      '9 ms: replica-2 has 2, replica-3 has 2',
      '9.5 ms: replica-1 has 3',
      '11 ms: replica-1 commits 2, replica-1 shows 2',
      '11.5 ms: replica-2 has 3, replica-3 has 3',
      '12 ms: client 2 ok',
      '13 ms: replica-2 shows 2, replica-3 shows 2',
      '13.5 ms: replica-1 commits 3, replica-1 shows 3',
      '14.5 ms: client 1 ok, client 3 ok',
      '15.5 ms: replica-2 shows 3, replica-3 shows 3',
    ],
    messages: { put: 12, replicate: 8, commitNotice: 4 },
  },
  {
    that: 'or at once, where that has been committed already',
    differences: { 'cache.fencing': 'version', fault: ['app-1:delay:10ms@500us-1500us'] },
    acts: [
      [0, 'put'],
      [1, 'put', 2],
    ],
    lines: [
      '7 ms: replica-1 has 2',
      '9 ms: replica-2 has 2, replica-3 has 2',
      '11 ms: replica-1 commits 2, replica-1 shows 2',
      '12 ms: replica-1 refuses 1, client 2 ok',
      '13 ms: replica-2 shows 2, replica-3 shows 2, client 1 ok',
    ],
    messages: { ...ONCE, put: 8 },
  },
];

/** The first attempt comes 100 ms late, the second one at once. */
const ZOMBIE: Differences = {
  'client.timeout': '50ms',
  'client.retries': '1',
  'client.retryBudget': 'off',
  'client.backoff': 'const:0ms',
  fault: ['app-1:delay:100ms@500us-1500us'],
};
const RETRIED = [
  '56 ms: replica-1 has 1',
  '58 ms: replica-2 has 1, replica-3 has 1',
  '60 ms: replica-1 commits 1, replica-1 shows 1',
  '61 ms: client 1 ok',
  '62 ms: replica-2 shows 1, replica-3 shows 1',
];
const OVERWRITTEN = [
  '76 ms: replica-1 has 2',
  '78 ms: replica-2 has 2, replica-3 has 2',
  '80 ms: replica-1 commits 2, replica-1 shows 2',
  '81 ms: client 2 ok',
  '82 ms: replica-2 shows 2, replica-3 shows 2',
];

const ATTEMPTS: readonly (Case & { readonly regressions: number })[] = [
  {
    that: 'overwrites what is newer when an earlier attempt arrives at last',
    differences: ZOMBIE,
    acts: [
      [0, 'put'],
      [70, 'put', 2],
      [120, 'get'],
    ],
    lines: [
      ...RETRIED,
      ...OVERWRITTEN,
      '106 ms: replica-1 has 1',
      '108 ms: replica-2 has 1, replica-3 has 1',
      '110 ms: replica-1 commits 1, replica-1 shows 1',
      '112 ms: replica-2 shows 1, replica-3 shows 1',
      '126 ms: client 1 ok',
    ],
    messages: { put: 12, replicate: 12, commitNotice: 6, get: 4 },
    regressions: 1,
  },
  {
    that: 'is turned away by its version then',
    differences: { ...ZOMBIE, 'cache.fencing': 'version' },
    acts: [
      [0, 'put'],
      [70, 'put', 2],
      [120, 'get'],
    ],
    lines: [...RETRIED, ...OVERWRITTEN, '102 ms: replica-1 refuses 1', '126 ms: client 2 ok'],
    messages: { put: 12, replicate: 8, commitNotice: 4, get: 4 },
    regressions: 0,
  },
  {
    that: 'is turned away the second time, and both attempts are told when it is committed',
    differences: {
      ...ZOMBIE,
      'cache.fencing': 'version',
      fault: ['app-1:delay:53500us@500us-1500us'],
    },
    acts: [[0, 'put']],
    lines: ['55.5 ms: replica-1 refuses 1', ...RETRIED],
    messages: { put: 8, replicate: 4, commitNotice: 2 },
    regressions: 0,
  },
  {
    that: 'is no regression where it is the newest itself',
    differences: ZOMBIE,
    acts: [[0, 'put']],
    lines: [
      ...RETRIED,
      '106 ms: replica-1 has 1',
      '108 ms: replica-2 has 1, replica-3 has 1',
      '110 ms: replica-1 commits 1, replica-1 shows 1',
      '112 ms: replica-2 shows 1, replica-3 shows 1',
    ],
    messages: { put: 8, replicate: 8, commitNotice: 4 },
    regressions: 0,
  },
];

const CUTS: readonly Case[] = [
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

const READS: readonly Case[] = [
  {
    that: 'of the leader returns what is committed when it is served',
    differences: {},
    acts: [
      [0, 'put'],
      [4, 'get'],
      [6, 'get'],
    ],
    lines: [
      ...COPIED,
      '10 ms: replica-1 commits 1, replica-1 shows 1, client 0 ok',
      '11 ms: client 1 ok',
      '12 ms: replica-2 shows 1, replica-3 shows 1, client 1 ok',
    ],
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
    lines: [
      ...COPIED,
      '10 ms: replica-1 commits 1, replica-1 shows 1, client 0 ok',
      '11 ms: client 1 ok',
      '12 ms: replica-2 shows 1, replica-3 shows 1, client 1 ok',
    ],
    messages: { ...ONCE, get: 16 },
    reads: 6,
  },
];

describe.each([
  ['a PUT', PUTS],
  ['two PUTs of which the first arrives last:', FENCES],
  ['where the replication link is cut', CUTS],
  ['a GET', READS],
])('%s', (_, cases) => {
  it.each(cases)('$that', ({ differences, acts, lines, messages, writes, reads = 0 }) => {
    const tale = taleOf(differences, acts);
    expect(tale.lines).toEqual(lines);
    expect(tale.messages).toEqual(messages);
    expect(tale.served).toEqual({ reads, writes: writes ?? lines.join().match(/ has /g)?.length });
    expect(tale.lost).toEqual([]);
    expect(tale.run.world.calls.alive).toBe(0);
    expect(tale.run.world.store.openEntries(TOLD)).toEqual([]);
  });
});

describe('a PUT that is tried twice', () => {
  it.each(ATTEMPTS)('$that', ({ differences, acts, lines, messages, regressions }) => {
    const tale = taleOf(differences, acts);
    expect(tale.lines).toEqual(lines);
    expect(tale.messages).toEqual(messages);
    expect(tale.run.world.oracle.counts.storeRegression).toBe(regressions);
  });
});
