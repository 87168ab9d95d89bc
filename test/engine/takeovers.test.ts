/**
 * What a new leader makes of the log that it finds: what it takes over, what it fences by, and who must hear that
 * something was discarded. Each instant is worked out from `SMALL_STORE`.
 */
import { describe, expect, it } from 'vitest';
import {
  comesToPass,
  EVERYWHERE,
  FIRST,
  ONE_PUT,
  SECOND,
  THIRD,
  type Aftermath,
} from '../support/aftermath.ts';
import { taleOf, TOLD, type Act, type Differences } from '../support/tales.ts';

const FAR_AWAY = 'replication:delay:200ms@0s-10ms';
const TWO_PUTS: readonly Act[] = [
  [0, 'put'],
  [4, 'put'],
];

const TAKEN_OVER: readonly Aftermath[] = [
  {
    that: 'is what another voter has and the longest log lacks: it counts as the leader’s own from then on',
    differences: {
      'store.w': '3',
      fault: [
        `${SECOND}:delay:300ms@1500us-2500us`,
        `${THIRD}:delay:300ms@5500us-6500us`,
        `${FIRST}:crash@20ms`,
      ],
    },
    acts: TWO_PUTS,
    until: 140,
    lines: [
      '6 ms: replica-1 has 1',
      '8 ms: replica-3 has 1',
      '10 ms: replica-1 has 2',
      '12 ms: replica-2 has 2',
      '120 ms: replica-2 commits 1, replica-2 shows 1, replica-2 commits 2, replica-2 shows 2, replica-2 leads term 2',
      '122 ms: replica-3 shows 1',
      '126 ms: replica-3 has 2, replica-3 shows 2',
    ],
    shown: [0, 2, 2],
    committed: [1, 2],
  },
  {
    that: 'is sent to the replicas of its own shard alone',
    differences: { 'store.shards': '3', fault: [`${FIRST}:crash@9ms`] },
    acts: ONE_PUT,
    until: 120,
    lines: [
      '6 ms: replica-1 has 1',
      '8 ms: replica-2 has 1, replica-3 has 1',
      '109 ms: replica-2 commits 1, replica-2 shows 1, replica-2 leads term 2',
      '111 ms: replica-3 shows 1',
    ],
    shown: [0, 1, 1],
    committed: [1],
    // Two there and two acknowledged; nobody lacks it when it is taken over.
    copies: 4,
  },
  {
    that: 'is all that disks have and nobody has shown yet, where that of the leader is destroyed: nothing is lost',
    differences: { fault: [`${FIRST}:destroy@11750us`] },
    acts: [
      [0, 'put'],
      [0.5, 'put'],
    ],
    until: 140,
    lines: [
      '6 ms: replica-1 has 1',
      '6.5 ms: replica-1 has 2',
      '8 ms: replica-2 has 1, replica-3 has 1',
      '8.5 ms: replica-2 has 2, replica-3 has 2',
      '10 ms: replica-1 commits 1, replica-1 shows 1',
      '10.5 ms: replica-1 commits 2, replica-1 shows 2',
      '11 ms: client 1 ok',
      '11.5 ms: client 2 ok',
      // The notices of 12 and 12.5 ms went with the leader.
      '111.75 ms: replica-2 shows 1, replica-2 shows 2, replica-2 leads term 2',
      '113.75 ms: replica-3 shows 1, replica-3 shows 2',
    ],
    shown: [0, 2, 2],
    committed: [1, 2],
  },
  {
    that: 'is no fence that was discarded: an older write than that is taken',
    differences: {
      'cache.fencing': 'version',
      'store.w': '1',
      // The first PUT has arrived at the app when that stands still.
      fault: [FAR_AWAY, 'app-1:pause@500us-150ms', `${FIRST}:crash@20ms-300ms`],
    },
    acts: [
      [0, 'put'],
      [1, 'put', 2],
    ],
    lines: [
      '7 ms: replica-1 has 2, replica-1 commits 2, replica-1 shows 2',
      '8 ms: client 2 ok',
      '120 ms: replica-2 leads term 2',
      '155.5 ms: replica-2 has 1, replica-2 commits 1, replica-2 shows 1',
      '156.5 ms: client 1 ok',
      '157.5 ms: replica-3 has 1, replica-3 shows 1',
      '304.5 ms: replica-1 shows 1',
    ],
    shown: [1, 1, 1],
    lost: [2],
    committed: [2, 1],
    rpo: 12,
  },
  {
    that: 'is nothing where no disk is left among those who answer, who vote from then on; the rest hears of it',
    differences: {
      fault: [
        `${FIRST}:destroy@20ms-30ms`,
        `${SECOND}:destroy@25ms-35ms`,
        `${THIRD}:partition@22ms-300ms`,
        `${FIRST}:crash@500ms-505ms`,
      ],
    },
    acts: [...ONE_PUT, [400, 'get']],
    // The third shows the first version until it has caught up, at 306.5 ms.
    lines: [
      ...EVERYWHERE,
      '120 ms: replica-1 leads term 2',
      '406 ms: client 0 ok',
      '600 ms: replica-1 leads term 3',
    ],
    shown: [0, 0, 0],
    lost: [1],
    committed: [1],
    rpo: 9,
  },
];

describe('what is taken over', () => {
  it.each(TAKEN_OVER)('$that', comesToPass);
});

/** Which of these replicas serve, at `ms`. */
function serving(ms: number, replicas: readonly number[], differences: Differences, acts: readonly Act[]) {
  const { world } = taleOf(differences, acts, ms).run;
  return replicas.filter((replica) => world.nodes.isUp(world.replicaNode(TOLD, replica - 1)));
}

describe('of what an election discards', () => {
  it('nobody hears who shows nothing of it: a follower that was cut off serves at once', () => {
    const differences = { fault: [`${THIRD}:partition@15ms-300ms`, `${FIRST}:crash@20ms-30ms`] };
    // The news would be there at 302 ms.
    for (const ms of [301, 303]) expect(serving(ms, [1, 2, 3], differences, ONE_PUT)).toEqual([1, 2, 3]);
  });

  it('nobody hears who shows a newer version, be it one that was discarded that this one had overtaken', () => {
    const differences = {
      'store.rf': '5',
      'store.w': '1',
      fault: [
        // The first version is under way to three for 50 ms; it goes with its leader. The second is there at 22 ms.
        ...[3, 4, 5].map((replica) => `shard-2.replica-${replica}:delay:50ms@1500us-2500us`),
        `${SECOND}:crash@1ms-60ms`,
        `${FIRST}:crash@30ms`,
      ],
    };
    const acts: readonly Act[] = [
      [0, 'put'],
      [14, 'put'],
    ];
    const { lost, shown } = taleOf(differences, acts);
    expect([lost, shown]).toEqual([[], [2, 2, 2, 2, 2]]);
    expect(serving(133, [3, 4, 5], differences, acts)).toEqual([3, 4, 5]);
  });

  it('one who crashed with it hears as it catches up, and does not serve before', () => {
    const differences = { 'store.w': '1', fault: [FAR_AWAY, `${FIRST}:crash@20ms-300ms`] };
    // A round trip of 4 ms, and half a millisecond to give up the key.
    for (const ms of [300, 301, 304]) expect(serving(ms, [1], differences, ONE_PUT)).toEqual([]);
    expect(serving(305, [1], differences, ONE_PUT)).toEqual([1]);
  });
});
