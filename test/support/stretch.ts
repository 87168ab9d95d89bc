/** A stretch of a run in which clients were let down, a shard elected a leader, and apps stopped waiting. */
import { VIOLATION_KINDS, VIOLATION_WIDTH } from '../../src/design/readings.ts';
import { aDetail } from './details.ts';

/** Rows of violations: instant, kind, session and key. */
function violations(
  ...rows: readonly [number, (typeof VIOLATION_KINDS)[number], number, number][]
): Int32Array {
  const array = new Int32Array(rows.length * VIOLATION_WIDTH);
  rows.forEach(([time, kind, session, key], i) => {
    array.set([time, VIOLATION_KINDS.indexOf(kind), 1, session, key], i * VIOLATION_WIDTH);
  });
  return array;
}

export const detail = aDetail({
  events: [
    { time: 100, is: 'timeout', node: 0 },
    { time: 200, is: 'timeout', node: 0 },
    { time: 250, is: 'timeout', node: 9 },
    { time: 300, is: 'elected', node: 2 },
    { time: 400, is: 'timeout', node: 0 },
  ],
});
export const found = violations(
  [350, 'staleRead', 3, 7],
  [150, 'readYourWrites', 417, 0],
  [500, 'dirtyRead', 5, 1],
);
