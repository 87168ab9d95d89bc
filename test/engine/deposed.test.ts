/**
 * What becomes of a leader that was replaced while it was paused or cut off, instant by instant: how it hears of that,
 * and what happens to all that it has logged meanwhile. Each instant is worked out from `SMALL_STORE`.
 */
import { describe, it } from 'vitest';
import {
  caughtUpAt,
  comesToPass,
  EVERYWHERE,
  FIRST,
  ONE_PUT,
  SECOND,
  SURFACED,
  UNKNOWN,
  type Aftermath,
} from '../support/aftermath.ts';
import type { Act } from '../support/tales.ts';

/** Cut off when all have the first version, and back at 300 ms. */
const CUT_OFF = `${FIRST}:partition@12500us-300ms`;
const REPLACED = [...EVERYWHERE, '112.5 ms: replica-2 leads term 2'];
/** The PUT of app node 2 at 8 ms leaves it at 9 and meets so much on its way, to the leader of then. */
const lateBy = (delay: string): string => `app-2:delay:${delay}@8500us-9500us`;
const LATE: readonly Act[] = [
  [0, 'put'],
  [8, 'put', 2],
];

const DEPOSED: readonly Aftermath[] = [
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
    lines: [...REPLACED, '315 ms: replica-1 has 2', '603 ms: client 2 failed'],
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
    lines: [...REPLACED, '315 ms: client 2 failed'],
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
    lines: [...REPLACED, '314 ms: replica-1 has 2', '403 ms: client 2 failed'],
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
      '356 ms: client 2 failed',
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
      // Its own later one has not overtaken that: it knew nothing of the newer term.
      '606.5 ms: replica-1 shows 4',
    ],
    shown: [4, 4, 4],
    lost: [2],
    committed: [1, 3, 4, 2],
  },
  {
    that: 'fences by what it has logged too, of which nobody was told yet',
    differences: {
      'cache.fencing': 'version',
      fault: [
        CUT_OFF,
        'replication:partition@290ms-590ms',
        lateBy('301ms'),
        // The third PUT, of 10 ms, is there before the second, at 308 ms.
        'app-1:delay:296ms@10500us-11500us',
      ],
    },
    acts: [...LATE, [10, 'put']],
    lines: [
      '6 ms: replica-1 has 1',
      '8 ms: replica-2 has 1, replica-3 has 1',
      '10 ms: replica-1 commits 1, replica-1 shows 1',
      '12 ms: replica-2 shows 1, replica-3 shows 1',
      '112.5 ms: replica-2 leads term 2',
      // That answer is on the slow link too.
      '307 ms: client 1 ok',
      '311 ms: replica-1 refuses 2',
      '312 ms: replica-1 has 3',
      // The second waits for the third's commit, and both hear that there is none.
      '603 ms: client 3 failed, client 2 failed',
    ],
    shown: [1, 1, 1],
    committed: [1],
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

describe('a leader that was replaced', () => {
  it.each(DEPOSED)('$that', comesToPass);
});
