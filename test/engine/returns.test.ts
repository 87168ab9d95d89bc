/**
 * What becomes of replicas that were away, instant by instant: how they catch up, and how a follower gives up what was
 * discarded. Each instant is worked out from `SMALL_STORE`.
 */
import { describe, expect, it } from 'vitest';
import { Run } from '../../src/engine/run.ts';
import {
  caughtUpAt,
  comesToPass,
  CRASHED,
  FIRST,
  ONE_PUT,
  SECOND,
  SURFACED,
  THIRD,
  UNKNOWN,
  type Aftermath,
} from '../support/aftermath.ts';
import { aSmallDesign } from '../support/engineRuns.ts';
import type { Differences } from '../support/tales.ts';

const CAUGHT_UP = { acts: ONE_PUT, shown: [1, 1, 1], committed: [1] };

const CATCHING_UP: readonly Aftermath[] = [
  {
    that: 'takes a round trip and the time to write what is missing with all servers',
    differences: { 'store.concurrency': '2', fault: [CRASHED] },
    lines: caughtUpAt(306),
    ...CAUGHT_UP,
  },
  {
    that: 'takes as much longer to write as the host is slow',
    differences: { fault: [CRASHED, `${FIRST}:slow:3@250ms-400ms`] },
    lines: caughtUpAt(305.5),
    ...CAUGHT_UP,
  },
  {
    that: 'is tried every 100 ms as long as the link between replicas is cut',
    differences: { fault: [CRASHED, 'replication:partition@250ms-450ms'] },
    lines: caughtUpAt(504.5),
    ...CAUGHT_UP,
  },
  {
    that: 'begins again, after 100 ms, where the cut came upon it',
    differences: { fault: [CRASHED, 'replication:partition@302ms-350ms'] },
    lines: caughtUpAt(409),
    ...CAUGHT_UP,
  },
  {
    that: 'begins anew after a crash, and the earlier one comes to nothing',
    differences: { fault: [CRASHED, `${FIRST}:crash@302ms-303ms`] },
    lines: caughtUpAt(307.5),
    ...CAUGHT_UP,
  },
  {
    that: 'waits where the leader falls silent, and begins again with the next one',
    differences: { fault: [CRASHED, `${SECOND}:crash@302ms`] },
    acts: ONE_PUT,
    lines: [...SURFACED, '402 ms: replica-3 leads term 3', '406.5 ms: replica-1 shows 1', UNKNOWN],
    shown: [1, 1, 1],
    committed: [1],
  },
  {
    that: 'brings no second copy of what the leader knows to be on its disk',
    differences: {
      'store.w': '3',
      fault: [`${SECOND}:slow:20@3500us-4500us`, `${THIRD}:crash@20ms-50ms`],
    },
    acts: ONE_PUT,
    lines: [
      '6 ms: replica-1 has 1',
      '8 ms: replica-3 has 1',
      '84 ms: replica-2 has 1',
      '86 ms: replica-1 commits 1, replica-1 shows 1',
      '87 ms: client 1 ok',
      '88 ms: replica-2 shows 1, replica-3 shows 1',
    ],
    copies: 4,
    shown: [1, 1, 1],
    committed: [1],
  },
  {
    that: 'brings one where its acknowledgement died with it, and it answers without writing again',
    differences: {
      'store.w': '3',
      fault: [`${SECOND}:slow:20@3500us-4500us`, `${THIRD}:crash@9ms-90ms`],
    },
    acts: ONE_PUT,
    lines: [
      '6 ms: replica-1 has 1',
      '8 ms: replica-3 has 1',
      '84 ms: replica-2 has 1',
      // Back at 90 ms, caught up at 94, sent a copy that is there at 96.
      '98 ms: replica-1 commits 1, replica-1 shows 1',
      '99 ms: client 1 ok',
      '100 ms: replica-2 shows 1, replica-3 shows 1',
    ],
    copies: 6,
    shown: [1, 1, 1],
    committed: [1],
  },
  {
    that: 'brings one to a disk that was destroyed, whose acknowledgement counts no more',
    differences: {
      'store.w': '3',
      fault: [`${SECOND}:slow:20@3500us-4500us`, `${THIRD}:destroy@20ms-100ms`],
    },
    acts: ONE_PUT,
    lines: [
      '6 ms: replica-1 has 1',
      '8 ms: replica-3 has 1',
      '84 ms: replica-2 has 1',
      // Back at 100 ms, caught up at 104, sent a copy that is there at 106.
      '110 ms: replica-3 has 1',
      '112 ms: replica-1 commits 1, replica-1 shows 1',
      '113 ms: client 1 ok',
      '114 ms: replica-2 shows 1, replica-3 shows 1',
    ],
    copies: 6,
    shown: [1, 1, 1],
    committed: [1],
  },
  {
    that: 'puts on its disk what it brings, which then counts in an election',
    differences: {
      fault: [`${SECOND}:crash@3ms-1s`, `${THIRD}:destroy@20ms-50ms`, `${FIRST}:crash@100ms`],
    },
    acts: ONE_PUT,
    lines: [
      '6 ms: replica-1 has 1',
      '8 ms: replica-3 has 1',
      '10 ms: replica-1 commits 1, replica-1 shows 1',
      '11 ms: client 1 ok',
      '12 ms: replica-3 shows 1',
      '54.5 ms: replica-3 shows 1',
      '1000 ms: replica-3 leads term 2',
      '1004.5 ms: replica-2 shows 1',
    ],
    shown: [1, 1, 1],
    committed: [1],
  },
];

/** Two of five have the first version: one crashes, the other is cut off, and the rest discards it. */
const DISCARDED: Differences = {
  'store.rf': '5',
  'store.w': '1',
  fault: [
    ...[2, 3, 5].map((replica) => `shard-2.replica-${replica}:delay:60ms@0s-5ms`),
    `${FIRST}:crash@20ms`,
    'shard-2.replica-4:partition@20ms-300ms',
    'replication:partition@290ms-450ms',
  ],
};
const UNAWARE = {
  differences: DISCARDED,
  acts: ONE_PUT,
  lines: [
    '6 ms: replica-1 has 1, replica-1 commits 1, replica-1 shows 1',
    '7 ms: client 1 ok',
    '8 ms: replica-4 has 1, replica-4 shows 1',
    '120 ms: replica-2 leads term 2',
  ],
  lost: [1],
  committed: [1],
  rpo: 13,
};
const FOLLOWERS: readonly Aftermath[] = [
  { that: 'goes on until it hears of it', ...UNAWARE, until: 506, shown: [1, 0, 0, 1, 0] },
  { that: 'and gives it up when it has caught up', ...UNAWARE, until: 507, shown: [1, 0, 0, 0, 0] },
];

describe.each([
  ['catching up', CATCHING_UP],
  ['a follower that shows what was discarded in its absence', FOLLOWERS],
])('%s', (_, cases) => {
  it.each(cases)('$that', comesToPass);
});

/** How long a replica writes, microseconds, that comes back without a second's PUTs of forty keys. */
function writingFor(write: string): number {
  const back = 1_000_000;
  const run = Run.start(
    aSmallDesign({
      policy: 'db-only',
      'workload.gets': '0/s',
      'workload.readBack': '0%',
      'client.timeout': '600s',
      'store.shards': '1',
      'store.concurrency': '2',
      'store.write': write,
      'network.replication': 'const:1ms',
      zones: '1',
      fault: ['shard-1.replica-2:crash@0s-1s'],
    }),
  );
  const { nodes } = run.world;
  let time = back;
  run.advance(time);
  while (!nodes.isUp(nodes.firstStore + 1) && !run.done) run.advance(++time);
  return time - back - 2_000;
}

describe('a replica whose writes take times without a mean', () => {
  it('writes each key that it lacks in as long as is drawn for it', () => {
    // With constant times it is known how many keys that are: two servers write 2 a millisecond.
    const missing = (writingFor('const:1ms') * 2) / 1_000;
    expect(missing).toBeGreaterThan(35);
    expect(missing).toBeLessThanOrEqual(40);
    // Of n draws from a Pareto of shape 1 the sum is about n ln n times its scale, and above n times in any case.
    const sums = writingFor('pareto:1ms:1') * 2;
    expect(sums).toBeGreaterThan(missing * 1_000);
    expect(sums).toBeLessThan(3 * missing * Math.log(missing) * 1_000);
  });
});
