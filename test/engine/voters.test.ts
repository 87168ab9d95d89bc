/** Who has a vote when a leader is elected, and what its vote is worth; each instant is worked out from `SMALL_STORE`. */
import { describe, it } from 'vitest';
import { comesToPass, EVERYWHERE, FIRST, ONE_PUT, SECOND, type Aftermath } from '../support/aftermath.ts';

const VOTES: readonly Aftermath[] = [
  {
    that: 'no replica of another shard: one that is left of three elects nobody, whoever comes after it',
    differences: { 'store.shards': '3', fault: [`${FIRST}:crash@20ms`, `${SECOND}:crash@20ms`] },
    acts: ONE_PUT,
    until: 1000,
    lines: EVERYWHERE,
    shown: [1, 1, 1],
    committed: [1],
  },
  {
    that: 'no empty disk, as long as others may be a majority: the election waits for one of them',
    // The second copies from the leader until 24.5 ms, and then stands by.
    differences: { fault: [`${SECOND}:destroy@15ms-20ms`, `${FIRST}:crash@22ms-300ms`] },
    acts: ONE_PUT,
    lines: [...EVERYWHERE, '300 ms: replica-1 leads term 2'],
    shown: [1, 1, 1],
    committed: [1],
  },
  {
    that: 'one that was behind, for what it has: of the term that it voted for it knows once it has caught up',
    // They stand by until 120 ms. The second would have caught up at 124.
    differences: { fault: [`${FIRST}:crash@20ms-60ms`, `${SECOND}:crash@20ms-70ms`, `${FIRST}:crash@122ms`] },
    acts: ONE_PUT,
    lines: [...EVERYWHERE, '120 ms: replica-1 leads term 2', '222 ms: replica-3 leads term 3'],
    shown: [1, 1, 1],
    committed: [1],
  },
];

describe('a vote has', () => {
  it.each(VOTES)('$that', comesToPass);
});
