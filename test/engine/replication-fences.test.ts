/** What a leader does with a PUT that comes late or twice, fenced and not; each instant is worked out from `SMALL_STORE`. */
import { describe, expect, it } from 'vitest';
import { taleOf, type Differences } from '../support/tales.ts';
import { ONCE, TWICE, isCopied, type Copying } from '../support/copying.ts';

const FENCES: readonly Copying[] = [
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

const ATTEMPTS: readonly (Copying & { readonly regressions: number })[] = [
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

describe('two PUTs of which the first arrives last:', () => {
  it.each(FENCES)('$that', isCopied);
});

describe('a PUT that is tried twice', () => {
  it.each(ATTEMPTS)('$that', ({ differences, acts, lines, messages, regressions }) => {
    const tale = taleOf(differences, acts);
    expect(tale.lines).toEqual(lines);
    expect(tale.messages).toEqual(messages);
    expect(tale.run.world.oracle.counts.storeRegression).toBe(regressions);
  });
});
