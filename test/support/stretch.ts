/** A stretch of a run in which clients were let down, a shard elected a leader, and apps stopped waiting. */
import { aDetail } from './details.ts';
import { violationsOf } from './violations.ts';

export const detail = aDetail({
  events: [
    { time: 100, is: 'timeout', node: 0 },
    { time: 200, is: 'timeout', node: 0 },
    { time: 250, is: 'timeout', node: 9 },
    { time: 300, is: 'elected', node: 2 },
    { time: 400, is: 'timeout', node: 0 },
  ],
});
export const found = violationsOf(
  { time: 350, kind: 'staleRead', operation: 1, session: 3, key: 7 },
  { time: 150, kind: 'readYourWrites', operation: 1, session: 417, key: 0 },
  { time: 500, kind: 'dirtyRead', operation: 1, session: 5, key: 1 },
);
