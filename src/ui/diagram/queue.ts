/**
 * The queue instrument's arithmetic: how full the strip is. The strip is measured in time, not in heads: its first quarter
 * is what a call that joins now can wait for without running out of time, so that the tick stays where it is and what
 * passes it is lost to its caller whatever the pace of the node.
 */
import { BUCKET_US } from '../../design/readings.ts';
import type { NodeReading } from '../../replay/frame.ts';
import type { Moment } from './moment.ts';
import type { Writable } from './slots.ts';

/** Above so many servers one bar stands for all of them. */
export const CELLS = 8;

/** Where on the strip the tick is. */
export const TICK = 0.25;

export interface QueueFill {
  /** Share of the strip filled up to the tick, and past it; of the whole strip. */
  readonly inTime: number;
  readonly late: number;
}

/** Mean service time by what the node did in this bucket, microseconds; NaN when it did nothing. */
export function serviceTime({ utilisation, served }: NodeReading, servers: number): number {
  return served > 0 && utilisation > 0 ? (utilisation * servers * BUCKET_US) / served : Number.NaN;
}

/** How many can wait until a call that joins them runs out of time; NaN when the node's pace is not known. */
export function lostDepth(reading: NodeReading, servers: number, timeout: number): number {
  return (timeout / serviceTime(reading, servers)) * servers;
}

/** @param depth see `lostDepth` */
export function queueFill(waiting: number, depth: number): QueueFill {
  if (!(waiting > 0) || !(depth > 0)) return { inTime: 0, late: 0 };
  const filled = Math.min(1, (waiting / depth) * TICK);
  return { inTime: Math.min(filled, TICK), late: Math.max(0, filled - TICK) };
}

/** @param timeout what a call to this node is given, microseconds */
export function paintQueue(
  slots: Writable,
  now: Moment,
  name: string,
  servers: number,
  timeout: number,
): void {
  const busy = now.busy(name);
  if (servers <= CELLS)
    for (let i = 0; i < servers; i++) slots.mark(`server-${i}`, 'on', i < busy ? '' : undefined);
  else slots.share('servers', busy / servers);
  const reading = now.node(name);
  const depth = reading === undefined ? Number.NaN : lostDepth(reading, servers, timeout);
  const { inTime, late } = queueFill(now.queue(name), depth);
  slots.share('waits', inTime);
  slots.share('late', late);
  slots.mark('strip', 'over', late > 0 ? '' : undefined);
}
