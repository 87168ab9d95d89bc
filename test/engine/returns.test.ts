/**
 * What becomes of replicas that were away, instant by instant: how they catch up, how one that was replaced as leader
 * hears of it, what it has logged meanwhile, and what a crash takes back where disks are synced periodically. Each
 * instant is worked out from `SMALL_STORE`.
 */
import { describe, expect, it } from 'vitest';
import { taleOf, TOLD, type Act, type Differences } from '../support/tales.ts';

interface Case {
  readonly that: string;
  readonly differences: Differences;
  readonly acts: readonly Act[];
  /** Up to when it is told, ms; absent: to the end. */
  readonly until?: number;
  readonly lines: readonly string[];
  /** By replica: the version that it shows then. */
  readonly shown: readonly number[];
  /** Versions. */
  readonly lost?: readonly number[];
  /** In the order in which they count as committed. */
  readonly committed: readonly number[];
  /** Before the fault that cost it, the oldest of those that are lost was acknowledged, ms. */
  readonly rpo?: number;
  /** Copies and their acknowledgements that left a replica. */
  readonly copies?: number;
}

const [FIRST, SECOND, THIRD] = ['shard-2.replica-1', 'shard-2.replica-2', 'shard-2.replica-3'];
const ONE_PUT: readonly Act[] = [[0, 'put']];
const COPIED = ['6 ms: replica-1 has 1', '8 ms: replica-2 has 1, replica-3 has 1'];
/** Every replica shows the first version. */
const EVERYWHERE = [
  ...COPIED,
  '10 ms: replica-1 commits 1, replica-1 shows 1',
  '11 ms: client 1 ok',
  '12 ms: replica-2 shows 1, replica-3 shows 1',
];

/** The leader crashes when a majority has what nobody was told of, and is back at 300 ms. */
const CRASHED = `${FIRST}:crash@9ms-300ms`;
const SURFACED = [
  ...COPIED,
  '109 ms: replica-2 commits 1, replica-2 shows 1, replica-2 leads term 2',
  '111 ms: replica-3 shows 1',
];
const UNKNOWN = '1000 ms: client 1 unknown';
const caughtUpAt = (ms: number): string[] => [...SURFACED, `${ms} ms: replica-1 shows 1`, UNKNOWN];
const CAUGHT_UP = { acts: ONE_PUT, shown: [1, 1, 1], committed: [1] };

const CATCHING_UP: readonly Case[] = [
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

/** Cut off when all have the first version, and back at 300 ms. */
const CUT_OFF = `${FIRST}:partition@12500us-300ms`;
const REPLACED = [...EVERYWHERE, '112.5 ms: replica-2 leads term 2'];
/** The PUT of app node 2 at 8 ms leaves it at 9 and meets so much on its way, to the leader of then. */
const lateBy = (delay: string): string => `app-2:delay:${delay}@8500us-9500us`;
const LATE: readonly Act[] = [
  [0, 'put'],
  [8, 'put', 2],
];

const DEPOSED: readonly Case[] = [
  {
    that: 'tells nobody how a PUT ended that the majority took over: it does not know',
    differences: { fault: [`${FIRST}:partition@9ms-300ms`] },
    acts: ONE_PUT,
    // The news takes 2 ms, catching up 4.5.
    lines: caughtUpAt(306.5),
    shown: [1, 1, 1],
    committed: [1],
  },
  {
    that: 'answers nobody when the majority takes a PUT over, though its answer would arrive',
    differences: { fault: [`${FIRST}:pause@9ms-300ms`] },
    acts: ONE_PUT,
    // When it goes on, the notice is there first.
    lines: [...SURFACED, '300 ms: replica-1 shows 1', UNKNOWN],
    shown: [1, 1, 1],
    committed: [1],
  },
  {
    that: 'leads nobody again where its successor is gone when it returns: that one’s election is due all the same',
    differences: { fault: [CUT_OFF, `${SECOND}:crash@290ms`] },
    acts: ONE_PUT,
    lines: [...REPLACED, '390 ms: replica-3 leads term 3'],
    shown: [1, 1, 1],
    committed: [1],
  },
  {
    that: 'hears of the new term as soon as the link is whole, and refuses what it drops then',
    differences: { fault: [CUT_OFF, 'replication:partition@290ms-590ms', lateBy('301ms')] },
    acts: LATE,
    // It is told at 300, 400 and 500 ms in vain.
    lines: [...REPLACED, '315 ms: replica-1 has 2', '603 ms: client 2 refused'],
    shown: [1, 1, 1],
    committed: [1],
  },
  {
    that: 'hears of it from whoever is sent a copy of an older term',
    differences: {
      fault: [CUT_OFF, 'replication:partition@290ms-305ms', lateBy('300ms'), `${FIRST}:slow:2@300ms-400ms`],
    },
    acts: LATE,
    // Logged at 310 ms, at the others at 312, and never on a disk as an open entry.
    lines: [...REPLACED, '315 ms: client 2 refused'],
    shown: [1, 1, 1],
    committed: [1],
  },
  {
    that: 'does not hear of it so where that answer is cut',
    differences: {
      fault: [
        CUT_OFF,
        'replication:partition@290ms-305ms',
        lateBy('300ms'),
        'replication:partition@311ms-350ms',
      ],
    },
    acts: LATE,
    lines: [...REPLACED, '314 ms: replica-1 has 2', '403 ms: client 2 refused'],
    shown: [1, 1, 1],
    committed: [1],
  },
  {
    that: 'hears of it by what the new leader sends it, and is sent that again once it has caught up',
    differences: { fault: [CUT_OFF, 'replication:partition@290ms-305ms'] },
    acts: [
      [0, 'put'],
      [304.5, 'put'],
    ],
    lines: [
      ...REPLACED,
      '310.5 ms: replica-2 has 2',
      '312.5 ms: replica-3 has 2',
      '314.5 ms: replica-2 commits 2, replica-2 shows 2',
      '315.5 ms: client 2 ok',
      '316.5 ms: replica-3 shows 2',
      // It stepped down at 308.5 ms and had caught up, with nothing, at 312.5.
      '318.5 ms: replica-1 has 2, replica-1 shows 2',
    ],
    shown: [2, 2, 2],
    committed: [1, 2],
  },
  {
    that: 'drops nothing of what the new one has under way',
    differences: { fault: [CUT_OFF] },
    acts: [
      [0, 'put'],
      [296.5, 'put'],
    ],
    lines: [
      ...REPLACED,
      '302.5 ms: replica-2 has 2',
      '304.5 ms: replica-3 has 2',
      '306.5 ms: replica-2 commits 2, replica-2 shows 2',
      '307.5 ms: client 2 ok',
      '308.5 ms: replica-3 shows 2',
      // It stepped down at 302 ms and had caught up, with nothing, at 306.
      '312 ms: replica-1 has 2, replica-1 shows 2',
    ],
    shown: [2, 2, 2],
    committed: [1, 2],
  },
  {
    that: 'holds up nothing of the new one by what it has logged and cannot commit',
    differences: {
      fault: [
        CUT_OFF,
        'replication:partition@290ms-300500us',
        lateBy('292ms'),
        `${FIRST}:delay:50ms@301ms-304ms`,
      ],
    },
    acts: [...LATE, [301, 'put']],
    lines: [
      ...REPLACED,
      '306 ms: replica-1 has 2',
      '307 ms: replica-2 has 3',
      '309 ms: replica-3 has 3',
      '311 ms: replica-2 commits 3, replica-2 shows 3',
      '312 ms: client 3 ok',
      '313 ms: replica-3 shows 3',
      '356 ms: client 2 refused',
      '359.5 ms: replica-1 shows 3',
    ],
    shown: [3, 3, 3],
    committed: [1, 3],
  },
  {
    that: 'fences by its own log alone, and the new one by its own',
    differences: {
      'cache.fencing': 'version',
      'store.w': '1',
      fault: [
        CUT_OFF,
        'replication:partition@290ms-590ms',
        lateBy('301ms'),
        // It has taken in the third PUT, of 150 ms, and sends it on at 400.5; what comes meanwhile it keeps.
        'app-2:pause@150500us-400ms',
      ],
    },
    acts: [...LATE, [150, 'put', 2], [200, 'put']],
    lines: [
      '6 ms: replica-1 has 1, replica-1 commits 1, replica-1 shows 1',
      '7 ms: client 1 ok',
      '8 ms: replica-2 has 1, replica-3 has 1, replica-2 shows 1, replica-3 shows 1',
      '112.5 ms: replica-2 leads term 2',
      '206 ms: replica-2 has 4, replica-2 commits 4, replica-2 shows 4',
      '207 ms: client 4 ok',
      '208 ms: replica-3 has 4, replica-3 shows 4',
      '315 ms: replica-1 has 2, replica-1 commits 2, replica-1 shows 2',
      '400 ms: client 2 ok',
      '401.5 ms: replica-2 refuses 3',
      '402.5 ms: client 3 ok',
      // It catches up at 606.5 ms, with what its own later one had overtaken: no entry speaks of that any more.
    ],
    shown: [4, 4, 4],
    lost: [2],
    committed: [1, 3, 4, 2],
  },
  {
    that: 'and its copies that arrive when they were discarded are of no effect',
    differences: {
      'store.w': '1',
      fault: ['replication:delay:200ms@0s-10ms', `${FIRST}:pause@20ms-300ms`],
    },
    acts: [
      [0, 'put'],
      [150, 'put'],
    ],
    lines: [
      '6 ms: replica-1 has 1, replica-1 commits 1, replica-1 shows 1',
      '7 ms: client 1 ok',
      '120 ms: replica-2 leads term 2',
      '156 ms: replica-2 has 2, replica-2 commits 2, replica-2 shows 2',
      '157 ms: client 2 ok',
      // The first one's are there at 204 ms.
      '158 ms: replica-3 has 2, replica-3 shows 2',
      '304.5 ms: replica-1 shows 2',
    ],
    copies: 5,
    shown: [2, 2, 2],
    lost: [1],
    committed: [1, 2],
    rpo: 13,
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
const FOLLOWERS: readonly Case[] = [
  { that: 'goes on until it hears of it', ...UNAWARE, until: 506, shown: [1, 0, 0, 1, 0] },
  { that: 'and gives it up when it has caught up', ...UNAWARE, until: 507, shown: [1, 0, 0, 0, 0] },
];

/** Replica 1 syncs at 0, 30, 60 ms, replica 2 at 10, 40, 70, replica 3 at 20, 50, 80. */
const SYNCED: Differences = { 'store.fsync': 'periodic:30ms' };
const crashes = (...faults: readonly string[]): Differences => ({ ...SYNCED, fault: faults });
const ALL = (from: string, to: string): string[] =>
  [FIRST, SECOND, THIRD].map((replica) => `${replica}:crash@${from}-${to}`);

const UNSYNCED: readonly Case[] = [
  {
    that: 'is no more with its replica, and the others have it still',
    differences: crashes(`${FIRST}:crash@25ms-200ms`),
    acts: ONE_PUT,
    until: 204,
    lines: [...EVERYWHERE, '125 ms: replica-2 leads term 2'],
    shown: [0, 1, 1],
    committed: [1],
  },
  {
    that: 'is caught up with',
    differences: crashes(`${FIRST}:crash@25ms-200ms`),
    acts: ONE_PUT,
    lines: [...EVERYWHERE, '125 ms: replica-2 leads term 2'],
    shown: [1, 1, 1],
    committed: [1],
  },
  {
    that: 'is taken over from the one voter who had synced it',
    differences: crashes(...ALL('15ms', '20ms')),
    acts: ONE_PUT,
    until: 116,
    // No entry is open that would make one log longer than the others.
    lines: [...EVERYWHERE, '115 ms: replica-1 leads term 2'],
    shown: [1, 1, 0],
    committed: [1],
  },
  {
    that: 'is in the new leader’s memory only, too: its next crash takes it back once more',
    differences: crashes(...ALL('15ms', '20ms'), `${FIRST}:crash@117ms`),
    acts: ONE_PUT,
    until: 118,
    lines: [...EVERYWHERE, '115 ms: replica-1 leads term 2'],
    shown: [0, 1, 0],
    committed: [1],
  },
  {
    that: 'was never committed where nobody was told of it: it is discarded',
    differences: crashes(...ALL('9ms', '20ms')),
    acts: ONE_PUT,
    lines: [...COPIED, '109 ms: replica-1 leads term 2', UNKNOWN],
    shown: [0, 0, 0],
    committed: [],
  },
  {
    that: 'is shown again when it has been caught up with, while others have yet to show it',
    differences: crashes(`${SECOND}:crash@3ms-1s`, `${THIRD}:crash@15ms-19ms`),
    acts: ONE_PUT,
    until: 999,
    lines: [
      '6 ms: replica-1 has 1',
      '8 ms: replica-3 has 1',
      '10 ms: replica-1 commits 1, replica-1 shows 1',
      '11 ms: client 1 ok',
      '12 ms: replica-3 shows 1',
      '23.5 ms: replica-3 shows 1',
    ],
    shown: [1, 0, 1],
    committed: [1],
  },
  {
    that: 'is lost where one had not synced it, had not caught up with it yet, and the other loses it then',
    differences: crashes(`${SECOND}:crash@3ms-1s`, `${THIRD}:crash@15ms-19ms`, `${FIRST}:crash@20ms-60ms`),
    acts: ONE_PUT,
    until: 999,
    lines: [
      '6 ms: replica-1 has 1',
      '8 ms: replica-3 has 1',
      '10 ms: replica-1 commits 1, replica-1 shows 1',
      '11 ms: client 1 ok',
      '12 ms: replica-3 shows 1',
      '120 ms: replica-1 leads term 2',
    ],
    shown: [0, 0, 0],
    lost: [1],
    committed: [1],
    rpo: 9,
  },
  {
    that: 'is lost at once where nobody had synced it',
    differences: { ...crashes(...ALL('9500us', '20ms')), 'store.w': '1' },
    acts: ONE_PUT,
    until: 10,
    lines: [
      '6 ms: replica-1 has 1, replica-1 commits 1, replica-1 shows 1',
      '7 ms: client 1 ok',
      '8 ms: replica-2 has 1, replica-3 has 1, replica-2 shows 1, replica-3 shows 1',
    ],
    shown: [0, 0, 0],
    lost: [1],
    committed: [1],
    rpo: 2.5,
  },
  {
    that: 'leaves what was synced before it, be that never shown: the newer one had overtaken it',
    differences: crashes(`${THIRD}:delay:50ms@9500us-10500us`, `${THIRD}:crash@30ms-35ms`),
    acts: [
      [0, 'put'],
      [14, 'put'],
    ],
    until: 31,
    lines: [
      ...EVERYWHERE.slice(0, -1),
      // The notice to the third one comes at 62 ms.
      '12 ms: replica-2 shows 1',
      '20 ms: replica-1 has 2',
      '22 ms: replica-2 has 2, replica-3 has 2',
      '24 ms: replica-1 commits 2, replica-1 shows 2',
      '25 ms: client 2 ok',
      '26 ms: replica-2 shows 2, replica-3 shows 2',
    ],
    shown: [2, 2, 1],
    committed: [1, 2],
  },
  {
    that: 'leaves nothing where the older one had not come at all',
    differences: crashes(`${THIRD}:delay:50ms@1500us-2500us`, `${THIRD}:crash@30ms-35ms`),
    acts: [
      [0, 'put'],
      [14, 'put'],
    ],
    until: 31,
    lines: [
      '6 ms: replica-1 has 1',
      '8 ms: replica-2 has 1',
      '10 ms: replica-1 commits 1, replica-1 shows 1',
      '11 ms: client 1 ok',
      '12 ms: replica-2 shows 1',
      '20 ms: replica-1 has 2',
      '22 ms: replica-2 has 2, replica-3 has 2',
      '24 ms: replica-1 commits 2, replica-1 shows 2',
      '25 ms: client 2 ok',
      '26 ms: replica-2 shows 2, replica-3 shows 2',
    ],
    shown: [2, 2, 0],
    committed: [1, 2],
  },
];

describe.each([
  ['catching up', CATCHING_UP],
  ['a leader that was replaced', DEPOSED],
  ['a follower that shows what was discarded in its absence', FOLLOWERS],
  ['what a crash takes back of a disk that is not synced yet', UNSYNCED],
])('%s', (_, cases) => {
  it.each(cases)(
    '$that',
    ({ differences, acts, until, lines, shown, lost = [], committed, rpo = 0, copies }) => {
      const tale = taleOf(differences, acts, until);
      const { oracle, store, calls } = tale.run.world;
      expect(tale.lines).toEqual(lines);
      expect(tale.shown).toEqual(shown);
      expect(tale.committed).toEqual(committed);
      expect(tale.lost).toEqual(lost);
      expect(oracle.rpo).toBe(rpo * 1000);
      if (copies !== undefined) expect(tale.messages.replicate).toBe(copies);
      if (until !== undefined) return;
      expect(calls.alive).toBe(0);
      expect(store.openEntries(TOLD)).toEqual([]);
    },
  );
});
