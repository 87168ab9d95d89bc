/**
 * What a store without leaders does with a few operations, instant by instant: the coordinator is the app node; each
 * instant is worked out from `SMALL_STORE`.
 */
import { describe, expect, it } from 'vitest';
import { E_SHOWN, E_WRITE, ENTRY } from '../../src/engine/store.ts';
import { taleOf, TOLD, type Act, type Differences, type Tale } from '../support/tales.ts';

interface Case {
  readonly that: string;
  readonly differences: Differences;
  readonly acts: readonly Act[];
  readonly lines: readonly string[];
  readonly messages: Readonly<Record<string, number>>;
  /** Versions that replicas 1, 2 and 3 show in the end. */
  readonly shown: readonly number[];
  readonly lost?: readonly number[];
  /** Versions in the order in which they count as committed, if not in that of their PUTs. */
  readonly committed?: readonly number[];
  readonly dirtyReads?: number;
}

const LEADERLESS: Differences = { 'store.mode': 'leaderless', 'store.r': '2' };
const [FIRST, SECOND, THIRD] = ['shard-2.replica-1', 'shard-2.replica-2', 'shard-2.replica-3'];
const TWO_OF_THREE = [
  '16 ms: replica-1 has 1, replica-1 shows 1, replica-2 commits 1, replica-2 has 1, replica-2 shows 1',
  '17 ms: client 1 ok',
];

const WRITES: readonly Case[] = [
  {
    that: 'is sent to every replica at once and committed when the second disk has it',
    differences: {},
    acts: [
      [0, 'put'],
      [8, 'get'],
    ],
    lines: [
      '6 ms: replica-1 has 1, replica-1 shows 1, replica-2 commits 1, replica-2 has 1, replica-2 shows 1, replica-3 has 1, replica-3 shows 1',
      '7 ms: client 1 ok',
      '14 ms: client 1 ok',
    ],
    messages: { put: 8, get: 8 },
    shown: [1, 1, 1],
  },
  {
    that: 'waits for nobody but the first w',
    differences: { fault: [`${THIRD}:slow:10@1500us-2500us`] },
    acts: [[0, 'put']],
    lines: [
      '6 ms: replica-1 has 1, replica-1 shows 1, replica-2 commits 1, replica-2 has 1, replica-2 shows 1',
      '7 ms: client 1 ok',
      '42 ms: replica-3 has 1, replica-3 shows 1',
    ],
    messages: { put: 8 },
    shown: [1, 1, 1],
  },
  {
    that: 'waits for the slowest where all are asked for',
    differences: { 'store.w': '3', fault: [`${THIRD}:slow:10@1500us-2500us`] },
    acts: [[0, 'put']],
    lines: [
      '6 ms: replica-1 has 1, replica-1 shows 1, replica-2 has 1, replica-2 shows 1',
      '42 ms: replica-3 commits 1, replica-3 has 1, replica-3 shows 1',
      '43 ms: client 1 ok',
    ],
    messages: { put: 8 },
    shown: [1, 1, 1],
  },
  {
    that: 'that comes late is acknowledged by replicas that hold a newer one, and not kept',
    differences: { fault: ['app-1:delay:6ms@500us-1500us'] },
    acts: [
      [0, 'put'],
      [1, 'put', 2],
    ],
    lines: [
      '7 ms: replica-1 has 2, replica-1 shows 2, replica-2 commits 2, replica-2 has 2, replica-2 shows 2, replica-3 has 2, replica-3 shows 2',
      '8 ms: client 2 ok',
      '12 ms: replica-1 refuses 1, replica-2 refuses 1, replica-3 refuses 1',
      '13 ms: client 1 ok',
    ],
    messages: { put: 16 },
    shown: [2, 2, 2],
  },
  {
    that: 'is unknown to its client without its quorum, is read all the same, and is committed by the repair of that',
    differences: {
      'store.readRepair': 'true',
      fault: [`${SECOND}:crash@0s-200ms`, `${THIRD}:crash@0s-200ms`],
    },
    acts: [
      [10, 'put'],
      [300, 'get'],
    ],
    lines: [
      '16 ms: replica-1 has 1, replica-1 shows 1',
      '306 ms: client 1 ok',
      '311 ms: replica-2 commits 1, replica-2 has 1, replica-2 shows 1, replica-3 has 1, replica-3 shows 1',
      '1010 ms: client 1 unknown',
    ],
    messages: { put: 5, get: 8, replicate: 2 },
    shown: [1, 1, 1],
    dirtyReads: 1,
  },
  {
    that: 'that was overtaken before it was committed counts as committed before the newer one, with that',
    differences: {
      'store.readRepair': 'true',
      fault: ['app-1:delay:6ms@500us-1500us', `${SECOND}:crash@0s-200ms`, `${THIRD}:crash@0s-200ms`],
    },
    acts: [
      [0, 'put'],
      [1, 'put', 2],
      [300, 'get'],
    ],
    lines: [
      '7 ms: replica-1 has 2, replica-1 shows 2',
      '12 ms: replica-1 refuses 1',
      '306 ms: client 2 ok',
      '311 ms: replica-2 commits 1, replica-2 commits 2, replica-2 has 2, replica-2 shows 2, replica-3 has 2, replica-3 shows 2',
      '1000 ms: client 1 unknown',
      '1001 ms: client 2 unknown',
    ],
    messages: { put: 10, get: 8, replicate: 2 },
    shown: [2, 2, 2],
    committed: [1, 2],
    dirtyReads: 1,
  },
  {
    that: 'is acknowledged though one of its disks was destroyed between two acknowledgements',
    differences: {
      fault: [`${SECOND}:slow:2@1500us-2500us`, `${THIRD}:crash@0s-50ms`, `${FIRST}:destroy@7500us-30ms`],
    },
    acts: [[0, 'put']],
    lines: [
      '6 ms: replica-1 has 1, replica-1 shows 1',
      '10 ms: replica-2 has 1, replica-2 shows 1',
      '11 ms: replica-1 commits 1, client 1 ok',
    ],
    messages: { put: 7 },
    shown: [1, 1, 0],
  },
  {
    that: 'is lost as soon as it is acknowledged where both of its disks were destroyed by then',
    differences: {
      fault: [
        `${SECOND}:slow:2@1500us-2500us`,
        `${THIRD}:crash@0s-50ms`,
        `${FIRST}:destroy@7500us-30ms`,
        // It has the second acknowledgement at 11 ms, and looks at it when it goes on.
        'app-1:pause@10500us-40ms',
        `${SECOND}:destroy@20ms-30ms`,
      ],
    },
    acts: [[0, 'put']],
    lines: [
      '6 ms: replica-1 has 1, replica-1 shows 1',
      '10 ms: replica-2 has 1, replica-2 shows 1',
      '40 ms: replica-1 commits 1, client 1 ok',
    ],
    messages: { put: 7 },
    shown: [0, 0, 0],
    lost: [1],
  },
  {
    that: 'whose only disk is destroyed before its quorum comes anew with a hint',
    differences: {
      'store.hintedHandoff': 'true',
      fault: [`${SECOND}:crash@0s-200ms`, `${THIRD}:crash@0s-200ms`, `${FIRST}:destroy@100ms-150ms`],
    },
    acts: [[10, 'put']],
    lines: [
      '16 ms: replica-1 has 1, replica-1 shows 1',
      '1010 ms: client 1 unknown',
      // Its coordinator waits for a second from 11 ms on, and tries every 100 ms then.
      '1116 ms: replica-2 has 1, replica-2 shows 1, replica-3 commits 1, replica-3 has 1, replica-3 shows 1',
    ],
    messages: { put: 5, replicate: 4 },
    shown: [0, 1, 1],
  },
  {
    that: 'on legs of its own waits in no queue, and a read on its own',
    differences: {
      'store.legs.write': 'const:20ms',
      'store.legs.ack': 'const:3ms',
      'store.legs.read': 'const:7ms',
      'store.legs.response': 'const:5ms',
    },
    acts: [
      [0, 'put'],
      [30, 'get'],
    ],
    lines: [
      '21 ms: replica-1 has 1, replica-1 shows 1, replica-2 commits 1, replica-2 has 1, replica-2 shows 1, replica-3 has 1, replica-3 shows 1',
      '24 ms: client 1 ok',
      '43 ms: client 1 ok',
    ],
    messages: { put: 8, get: 8 },
    shown: [1, 1, 1],
  },
];

const READS: readonly Case[] = [
  {
    that: 'of one replica may be of one that is behind',
    differences: { 'store.r': '1', fault: [`${FIRST}:crash@0s-50ms`] },
    acts: [
      [10, 'put'],
      [60, 'get'],
    ],
    lines: [
      '16 ms: replica-2 has 1, replica-2 shows 1, replica-3 commits 1, replica-3 has 1, replica-3 shows 1',
      '17 ms: client 1 ok',
      '66 ms: client 0 ok',
    ],
    messages: { put: 7, get: 8 },
    shown: [0, 1, 1],
  },
  {
    that: 'of two returns the newer one',
    differences: { fault: [`${FIRST}:crash@0s-50ms`] },
    acts: [
      [10, 'put'],
      [60, 'get'],
    ],
    lines: [
      '16 ms: replica-2 has 1, replica-2 shows 1, replica-3 commits 1, replica-3 has 1, replica-3 shows 1',
      '17 ms: client 1 ok',
      '66 ms: client 1 ok',
    ],
    messages: { put: 7, get: 8 },
    shown: [0, 1, 1],
  },
  {
    that: 'repairs what it finds behind, if only the last to answer is',
    differences: { 'store.readRepair': 'true', fault: [`${THIRD}:crash@0s-50ms`] },
    acts: [
      [10, 'put'],
      [60, 'get'],
    ],
    lines: [...TWO_OF_THREE, '66 ms: client 1 ok', '71 ms: replica-3 has 1, replica-3 shows 1'],
    messages: { put: 7, get: 8, replicate: 1 },
    shown: [1, 1, 1],
  },
  {
    that: 'asks only those that are not taken for dead, and all where too few of those are left',
    differences: { fault: [`${THIRD}:crash@0s`, `${SECOND}:crash@400ms`] },
    acts: [
      [150, 'get'],
      [600, 'get'],
    ],
    lines: ['156 ms: client 0 ok', '1600 ms: client 0 refused'],
    // Of the second, two of three questions meet nobody, and the first answer is not enough.
    messages: { get: 6 + 5 },
    shown: [0, 0, 0],
  },
  {
    that: 'leaves no hint with those who do not answer it, be they taken for dead or not',
    differences: { 'store.hintedHandoff': 'true', fault: [`${THIRD}:crash@0s`, `${SECOND}:crash@400ms`] },
    acts: [
      [20, 'get'],
      [150, 'get'],
      [600, 'get'],
    ],
    lines: ['26 ms: client 0 ok', '156 ms: client 0 ok', '1600 ms: client 0 refused'],
    messages: { get: 7 + 6 + 5 },
    shown: [0, 0, 0],
  },
  {
    that: 'repairs nothing when its coordinator has crashed and knows nothing of it any more',
    differences: {
      'store.readRepair': 'true',
      fault: [`${THIRD}:crash@0s-50ms`, 'app-1:crash@62500us-63ms'],
    },
    acts: [
      [10, 'put'],
      [60, 'get'],
    ],
    lines: [...TWO_OF_THREE, '1060 ms: client 0 refused'],
    messages: { put: 7, get: 7 },
    shown: [1, 1, 0],
  },
];

const MENDED: readonly Case[] = [
  {
    that: 'is kept by its coordinator: at once for one taken for dead, else when a client would have lost its patience',
    differences: { 'store.hintedHandoff': 'true', fault: [`${THIRD}:crash@0s-500ms`] },
    acts: [
      [10, 'put'],
      [150, 'put'],
    ],
    lines: [
      ...TWO_OF_THREE,
      '156 ms: replica-1 has 2, replica-1 shows 2, replica-2 commits 2, replica-2 has 2, replica-2 shows 2',
      '157 ms: client 2 ok',
      '556 ms: replica-3 has 2, replica-3 shows 2',
      '1116 ms: replica-3 refuses 1',
    ],
    messages: { put: 13, replicate: 4 },
    shown: [2, 2, 2],
  },
  {
    that: 'is forgotten with its coordinator’s memory',
    differences: {
      'store.hintedHandoff': 'true',
      fault: [`${THIRD}:crash@0s-500ms`, 'app-1:crash@300ms-400ms'],
    },
    acts: [[150, 'put']],
    lines: [
      '156 ms: replica-1 has 1, replica-1 shows 1, replica-2 commits 1, replica-2 has 1, replica-2 shows 1',
      '157 ms: client 1 ok',
    ],
    messages: { put: 6 },
    shown: [1, 1, 0],
  },
  {
    that: 'stays missing where nobody mends it',
    differences: { fault: [`${THIRD}:crash@0s-50ms`] },
    acts: [[10, 'put']],
    lines: TWO_OF_THREE,
    messages: { put: 7 },
    shown: [1, 1, 0],
  },
  {
    that: 'is copied from the others to a disk that was destroyed',
    differences: { fault: [`${THIRD}:destroy@100ms-200ms`] },
    acts: [[10, 'put']],
    lines: [
      '16 ms: replica-1 has 1, replica-1 shows 1, replica-2 commits 1, replica-2 has 1, replica-2 shows 1, replica-3 has 1, replica-3 shows 1',
      '17 ms: client 1 ok',
    ],
    messages: { put: 8 },
    shown: [1, 1, 1],
  },
  {
    that: 'comes back to what was synced where a crash took the rest, and is mended by nobody',
    differences: { 'store.fsync': 'periodic:30ms', fault: [`${FIRST}:crash@25ms-27ms`] },
    acts: [[0, 'put']],
    // Replica 1 syncs at 0 and 30 ms, replica 2 at 10, replica 3 at 20.
    lines: [
      '6 ms: replica-1 has 1, replica-1 shows 1, replica-2 commits 1, replica-2 has 1, replica-2 shows 1, replica-3 has 1, replica-3 shows 1',
      '7 ms: client 1 ok',
    ],
    messages: { put: 8 },
    shown: [0, 1, 1],
  },
  {
    that: 'is no more where no disk had synced it',
    differences: {
      'store.fsync': 'periodic:30ms',
      fault: [FIRST, SECOND, THIRD].map((replica) => `${replica}:crash@8ms-27ms`),
    },
    acts: [[0, 'put']],
    lines: [
      '6 ms: replica-1 has 1, replica-1 shows 1, replica-2 commits 1, replica-2 has 1, replica-2 shows 1, replica-3 has 1, replica-3 shows 1',
      '7 ms: client 1 ok',
    ],
    messages: { put: 8 },
    shown: [0, 0, 0],
    lost: [1],
  },
  {
    that: 'is lost with the only disk that had it',
    differences: {
      'store.w': '1',
      fault: [`${SECOND}:crash@0s-200ms`, `${THIRD}:crash@0s-200ms`, `${FIRST}:destroy@100ms-200ms`],
    },
    acts: [
      [10, 'put'],
      [300, 'get'],
    ],
    lines: [
      '16 ms: replica-1 commits 1, replica-1 has 1, replica-1 shows 1',
      '17 ms: client 1 ok',
      '306 ms: client 0 ok',
    ],
    messages: { put: 6, get: 8 },
    shown: [0, 0, 0],
    lost: [1],
  },
];

describe.each([
  ['a PUT', WRITES],
  ['a GET', READS],
  ['what a replica has missed', MENDED],
])('%s', (_, cases) => {
  it.each(cases)('$that', (told) => {
    const { differences, acts, lines, messages, shown, lost = [], dirtyReads = 0 } = told;
    const tale = taleOf({ ...LEADERLESS, ...differences }, acts);
    const { calls, oracle } = tale.run.world;
    expect(tale.lines).toEqual(lines);
    expect(tale.messages).toEqual(messages);
    expect(tale.served.writes).toBe(lines.join().match(/ has | refuses /g)?.length ?? 0);
    expect(tale.shown).toEqual(shown);
    expect(tale.lost).toEqual(lost);
    expect(tale.committed).toEqual(told.committed ?? tale.committed.toSorted());
    expect(oracle.counts.dirtyRead).toBe(dirtyReads);
    expect(calls.alive).toBe(0);
    // One entry stays open for as long as a replica lacks the newest committed version, and says which have it.
    const newest = tale.committed.findLast((version) => !tale.lost.includes(version)) ?? 0;
    const open = shown.every((version) => version === newest)
      ? []
      : [[newest, shown.map((v) => v === newest)]];
    expect(openIn(tale)).toEqual(open);
  });
});

/** Entries that are still open: their version, and by replica whether it shows that. */
function openIn({ run }: Tale): unknown[] {
  const { store } = run.world;
  return store.openEntries(TOLD).map((entry) => {
    const has = (r: number): boolean => (((store.at[entry * ENTRY + E_SHOWN] ?? NaN) >> r) & 1) === 1;
    return [store.at[entry * ENTRY + E_WRITE], [0, 1, 2].map(has)];
  });
}
