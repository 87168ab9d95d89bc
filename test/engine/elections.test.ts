/**
 * What becomes of a few writes when replicas go and come, instant by instant: what an election keeps, what it discards,
 * and what is lost by which fault. Each instant is worked out from `SMALL_STORE`.
 */
import { describe, expect, it } from 'vitest';
import { summarise } from '../../src/engine/summarise.ts';
import { taleOf, TOLD, type Act, type Differences } from '../support/tales.ts';

interface Case {
  readonly that: string;
  readonly differences: Differences;
  readonly acts: readonly Act[];
  readonly lines: readonly string[];
  /** Versions. */
  readonly lost: readonly number[];
  /** In the order in which they count as committed. */
  readonly committed: readonly number[];
  /** Before the fault that cost it, the oldest of those that are lost was acknowledged, ms. */
  readonly rpo: number;
  /** How many acknowledged writes were lost along the way, if not those that are lost in the end. */
  readonly counted?: number;
}

const NOTHING_LOST = { lost: [], rpo: 0 };
const [FIRST, SECOND, THIRD] = ['shard-2.replica-1', 'shard-2.replica-2', 'shard-2.replica-3'];
const EVERYWHERE = [
  '6 ms: replica-1 has 1, replica-1 commits 1, replica-1 shows 1',
  '7 ms: client 1 ok',
  '8 ms: replica-2 has 1, replica-3 has 1, replica-2 shows 1, replica-3 shows 1',
];
/** It is alone with what it has logged and acknowledged. */
const ALONE = ['6 ms: replica-1 has 1, replica-1 commits 1, replica-1 shows 1', '7 ms: client 1 ok'];
const FAR_AWAY = 'replication:delay:200ms@0s-10ms';

const ELECTIONS: readonly Case[] = [
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
const BOTH: readonly Act[] = [
  [0, 'put'],
  [8, 'put', 2],
];

const LOSSES: readonly Case[] = [
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
    differences: {
      'store.w': '1',
      fault: [
        FAR_AWAY,
        `${FIRST}:crash@20ms-280ms`,
        `${SECOND}:destroy@200ms-250ms`,
        `${THIRD}:destroy@200ms-260ms`,
      ],
    },
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
    differences: {
      'store.w': '1',
      fault: [
        FAR_AWAY,
        `${FIRST}:crash@20ms-280ms`,
        `${SECOND}:destroy@200ms-250ms`,
        `${THIRD}:destroy@200ms-260ms`,
      ],
    },
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
];

const LATE: readonly Act[] = [
  [0, 'put'],
  [1, 'put', 2],
];
const REFUSALS: readonly Case[] = [
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

/** How often somebody else leads than before. */
function changesIn(lines: readonly string[]): number {
  const leaders = lines.flatMap((line) => /replica-\d(?= leads)/.exec(line) ?? []);
  return leaders.filter((leader, i) => leader !== (leaders[i - 1] ?? 'replica-1')).length;
}

describe.each([
  ['an election', ELECTIONS],
  ['what is lost', LOSSES],
  ['an older version that was turned away', REFUSALS],
])('%s', (_, cases) => {
  it.each(cases)('$that', ({ differences, acts, lines, lost, committed, rpo, counted }) => {
    const tale = taleOf(differences, acts);
    const { oracle } = tale.run.world;
    expect(tale.lines).toEqual(lines);
    expect(tale.lost).toEqual(lost);
    expect(tale.committed).toEqual(committed);
    expect(oracle.rpo).toBe(rpo * 1000);
    expect(oracle.counts.lostAckedWrite).toBe(counted ?? lost.length);
    expect(summarise(tale.run).store.byShard[TOLD]?.leaderChanges).toBe(changesIn(lines));
  });
});
