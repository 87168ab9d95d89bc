/**
 * Notices of a commit that overtake each other while a disk is lost, or goes back to its last sync: what another replica
 * shows is the newest all the same. Each instant is worked out from `SMALL_STORE`.
 */
import { it } from 'vitest';
import { comesToPass, SECOND, THIRD } from '../support/aftermath.ts';

it.each([
  ['loses its disk', { fault: [`${SECOND}:destroy@11ms-300ms`] }],
  ['goes back to its last sync', { 'store.fsync': 'periodic:600ms', fault: [`${SECOND}:crash@11ms-300ms`] }],
])(
  'an older version that a replica is told of later is passed over, though another one %s meanwhile',
  (what, { fault, ...rest }) => {
    comesToPass({
      that: what,
      // The third hears of the second version at 12.5 ms, and of the first, whose notice leaves at 10, at 62.
      differences: { ...rest, fault: [...fault, `${THIRD}:delay:50ms@9900us-10100us`] },
      acts: [
        [0, 'put'],
        [0.5, 'put'],
      ],
      lines: [
        '6 ms: replica-1 has 1',
        '6.5 ms: replica-1 has 2',
        '8 ms: replica-2 has 1, replica-3 has 1',
        '8.5 ms: replica-2 has 2, replica-3 has 2',
        '10 ms: replica-1 commits 1, replica-1 shows 1',
        '10.5 ms: replica-1 commits 2, replica-1 shows 2',
        '11 ms: client 1 ok',
        '11.5 ms: client 2 ok',
        '12.5 ms: replica-3 shows 2',
        '304.5 ms: replica-2 shows 1, replica-2 shows 2',
      ],
      shown: [2, 2, 2],
      committed: [1, 2],
    });
  },
);
