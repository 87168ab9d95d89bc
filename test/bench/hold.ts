/**
 * The yardstick of an engine's speed: a bare hold model on `flatqueue`, a good binary heap. A thousand events are
 * pending; each that comes due schedules the next one, and does nothing else. It knows nothing of the engine.
 */
import FlatQueue from 'flatqueue';
import { median } from './budget.ts';

/** Events pending at any time. */
const PENDING = 1000;
const EVENTS = 4_000_000;
const ROUNDS = 5;

/** Nanoseconds an event takes: the median of some rounds, after one to warm up. */
export function holdModelNanoseconds(): number {
  hold(EVENTS);
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    hold(EVENTS);
    return ((performance.now() - start) * 1e6) / EVENTS;
  });
  return median(rounds);
}

/** Exponential, mean one thousand. Drawn beforehand, so that the queue alone is measured; the same every time. */
const INTERVALS = intervals(1 << 16);

function intervals(length: number): Float64Array {
  let state = 1;
  return Float64Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return -Math.log(1 - state / 2 ** 32) * PENDING;
  });
}

function hold(events: number): number {
  const queue = new FlatQueue<number>();
  const last = INTERVALS.length - 1;
  for (let i = 0; i < PENDING; i++) queue.push(i, INTERVALS[i] ?? 0);
  let now = 0;
  for (let i = 0; i < events; i++) {
    now = queue.peekValue() ?? now;
    const event = queue.pop() ?? 0;
    queue.push(event, now + (INTERVALS[i & last] ?? 0));
  }
  return now;
}
