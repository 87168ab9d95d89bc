/**
 * What a crash takes back where disks are synced periodically, instant by instant. Each instant is worked out from
 * `SMALL_STORE`.
 */
import { describe, it } from 'vitest';
import {
  comesToPass,
  COPIED,
  EVERYWHERE,
  FIRST,
  ONE_PUT,
  SECOND,
  THIRD,
  UNKNOWN,
  type Aftermath,
} from '../support/aftermath.ts';
import type { Act, Differences } from '../support/tales.ts';

/** Replica 1 syncs at 0, 30, 60 ms, replica 2 at 10, 40, 70, replica 3 at 20, 50, 80. */
const SYNCED: Differences = { 'store.fsync': 'periodic:30ms' };
const crashes = (...faults: readonly string[]): Differences => ({ ...SYNCED, fault: faults });
const ALL = (from: string, to: string): string[] =>
  [FIRST, SECOND, THIRD].map((replica) => `${replica}:crash@${from}-${to}`);

/** The second replica takes over where the leader has lost what it had not synced. */
const TAKEN_OVER = {
  differences: crashes(`${FIRST}:crash@25ms-200ms`),
  acts: ONE_PUT,
  lines: [...EVERYWHERE, '125 ms: replica-2 leads term 2'],
  committed: [1],
};
/** All crash when the second replica alone has synced it. */
const LEFT_WITH_ONE = {
  acts: ONE_PUT,
  // No entry is open, but its log is the longer one: what the others lost stood before the end of theirs.
  lines: [...EVERYWHERE, '115 ms: replica-2 leads term 2'],
  shown: [0, 1, 0],
  committed: [1],
};
/** The second replica is away; the third loses it before it has synced it. */
const AWAY_AND_LOST = [`${SECOND}:crash@3ms-1s`, `${THIRD}:crash@15ms-19ms`];
const WITHOUT_SECOND = [
  '6 ms: replica-1 has 1',
  '8 ms: replica-3 has 1',
  '10 ms: replica-1 commits 1, replica-1 shows 1',
  '11 ms: client 1 ok',
  '12 ms: replica-3 shows 1',
];
const TWO_PUTS: readonly Act[] = [
  [0, 'put'],
  [14, 'put'],
];
const SECOND_PUT = [
  '20 ms: replica-1 has 2',
  '22 ms: replica-2 has 2, replica-3 has 2',
  '24 ms: replica-1 commits 2, replica-1 shows 2',
  '25 ms: client 2 ok',
  '26 ms: replica-2 shows 2, replica-3 shows 2',
];

const UNSYNCED: readonly Aftermath[] = [
  {
    ...TAKEN_OVER,
    that: 'is no more with its replica, and the others have it still',
    until: 204,
    shown: [0, 1, 1],
  },
  {
    ...TAKEN_OVER,
    that: 'is caught up with',
    shown: [1, 1, 1],
  },
  {
    ...LEFT_WITH_ONE,
    that: 'is taken over from the one voter who had synced it',
    differences: crashes(...ALL('15ms', '20ms')),
    until: 116,
  },
  {
    ...LEFT_WITH_ONE,
    that: 'stays on the disk of that one when it crashes again',
    differences: crashes(...ALL('15ms', '20ms'), `${SECOND}:crash@117ms`),
    until: 118,
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
    differences: crashes(...AWAY_AND_LOST),
    acts: ONE_PUT,
    until: 999,
    lines: [...WITHOUT_SECOND, '23.5 ms: replica-3 shows 1'],
    shown: [1, 0, 1],
    committed: [1],
  },
  {
    that: 'is lost where one had not synced it, had not caught up with it yet, and the other loses it then',
    differences: crashes(...AWAY_AND_LOST, `${FIRST}:crash@20ms-60ms`),
    acts: ONE_PUT,
    until: 999,
    lines: [...WITHOUT_SECOND, '120 ms: replica-1 leads term 2'],
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
    acts: TWO_PUTS,
    until: 31,
    lines: [
      ...EVERYWHERE.slice(0, -1),
      // The notice to the third one comes at 62 ms.
      '12 ms: replica-2 shows 1',
      ...SECOND_PUT,
    ],
    shown: [2, 2, 1],
    committed: [1, 2],
  },
  {
    that: 'leaves nothing where the older one had not come at all',
    differences: crashes(`${THIRD}:delay:50ms@1500us-2500us`, `${THIRD}:crash@30ms-35ms`),
    acts: TWO_PUTS,
    until: 31,
    lines: [
      '6 ms: replica-1 has 1',
      '8 ms: replica-2 has 1',
      '10 ms: replica-1 commits 1, replica-1 shows 1',
      '11 ms: client 1 ok',
      '12 ms: replica-2 shows 1',
      ...SECOND_PUT,
    ],
    shown: [2, 2, 0],
    committed: [1, 2],
  },
];

describe('what a crash takes back of a disk that is not synced yet', () => {
  it.each(UNSYNCED)('$that', comesToPass);
});
