/**
 * What a leader that hears of a newer term takes with it, and what it leaves alone: the log of who leads now, and that of
 * another one who was replaced. Each instant is worked out from `SMALL_STORE`.
 */
import { describe, expect, it } from 'vitest';
import { comesToPass, EVERYWHERE, FIRST, ONE_PUT, SECOND, type Aftermath } from '../support/aftermath.ts';
import { leads } from '../../src/engine/actors/reader.ts';
import { taleOf } from '../support/tales.ts';

const CUT_OFF = `${FIRST}:partition@20ms-300ms`;

const LEFT_ALONE: readonly Aftermath[] = [
  {
    that: 'what the new leader has logged and not committed yet',
    differences: { fault: [CUT_OFF] },
    // It hears of the new term at 302 ms, and asks for what it lacks until 306.
    acts: [
      [0, 'put'],
      [297, 'put'],
    ],
    lines: [
      ...EVERYWHERE,
      '120 ms: replica-2 leads term 2',
      '303 ms: replica-2 has 2',
      '305 ms: replica-3 has 2',
      '307 ms: replica-2 commits 2, replica-2 shows 2',
      '308 ms: client 2 ok',
      '309 ms: replica-3 shows 2',
      '312 ms: replica-1 has 2, replica-1 shows 2',
    ],
    shown: [2, 2, 2],
    committed: [1, 2],
  },
  {
    that: 'what another one who was replaced has logged, of a term between the two',
    differences: {
      'store.rf': '5',
      'store.w': '1',
      fault: [
        // The first is replaced by the second, the second by the third; news of that reach the first at 402 ms.
        `${FIRST}:partition@10ms-400ms`,
        `${SECOND}:partition@120ms-255ms`,
        // To the second they are on their way until 557 ms. So are its copies, and its disk takes until 466 ms.
        `${SECOND}:delay:300ms@254ms-270ms`,
        `${SECOND}:slow:50@265ms-267ms`,
        // The PUT was sent to the second while that led.
        'app-2:delay:150ms@114500us-115500us',
      ],
    },
    acts: [
      [0, 'put'],
      [114, 'put', 2],
    ],
    lines: [
      '6 ms: replica-1 has 1, replica-1 commits 1, replica-1 shows 1',
      '7 ms: client 1 ok',
      '8 ms: replica-2 has 1, replica-3 has 1, replica-4 has 1, replica-5 has 1, replica-2 shows 1, replica-3 shows 1, replica-4 shows 1, replica-5 shows 1',
      '110 ms: replica-2 leads term 2',
      '220 ms: replica-3 leads term 3',
      '466 ms: replica-2 has 2, replica-2 commits 2, replica-2 shows 2',
      '467 ms: client 2 ok',
    ],
    shown: [1, 1, 1, 1, 1],
    committed: [1, 2],
    lost: [2],
  },
];

describe('a replaced leader that steps down', () => {
  it.each(LEFT_ALONE)('leaves alone $that', comesToPass);

  it('leads no more: it has caught up, and nobody takes himself for the leader but the new one, in any shard', () => {
    const { world } = taleOf({ fault: [CUT_OFF] }, ONE_PUT).run;
    const leaders = [0, 1].map((shard) =>
      [0, 1, 2].filter((replica) => leads(world, world.replicaNode(shard, replica))),
    );
    expect(leaders).toEqual([[0], [1]]);
  });
});
