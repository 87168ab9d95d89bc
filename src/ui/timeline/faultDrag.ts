/**
 * What dragging a fault block, or one of its ends, or pressing an arrow key on it makes of the fault's time. Instants
 * snap to tenths of a second, or to hundredths for a steady hand. Numbers in, numbers out: it edits no document.
 */
import { clamp } from '../../base/clamp.ts';
import type { Fault } from '../../design/design.ts';
import { snap } from '../charts/axis.ts';

/** When a fault begins and how long it lasts, microseconds; `for` undefined: to the end of the run. */
export interface FaultTime {
  readonly at: number;
  readonly for?: number | undefined;
}

export type Handle = 'body' | 'start' | 'end';

export const SNAP_US = 100_000;
export const FINE_SNAP_US = 10_000;

/** The end of a fault; of one without a length, the end of the run, or its own start past that. */
export function endOf(fault: FaultTime, duration: number): number {
  return fault.for === undefined ? Math.max(fault.at, duration) : fault.at + fault.for;
}

/** What a drag keeps to, microseconds. */
interface Bounds {
  /** Instants are whole multiples of it, and no block is shorter. */
  readonly step: number;
  /** Of the run. */
  readonly duration: number;
}

/**
 * `fault` after its handle was dragged by `by` microseconds. The start stays in the run and before the end; a block
 * keeps at least one `step` of length. A fault that lasts to the end does so until its end is pulled into the run.
 */
export function dragged(fault: FaultTime, handle: Handle, by: number, { step, duration }: Bounds): FaultTime {
  switch (handle) {
    case 'body':
      return { at: clamp(snap(fault.at + by, step), 0, duration), for: fault.for };
    case 'start': {
      const end = endOf(fault, duration);
      const at = clamp(snap(fault.at + by, step), 0, Math.max(0, end - step));
      return { at, for: fault.for === undefined ? undefined : end - at };
    }
    case 'end': {
      const end = Math.max(snap(endOf(fault, duration) + by, step), fault.at + step);
      return { at: fault.at, for: fault.for === undefined && end >= duration ? undefined : end - fault.at };
    }
  }
}

export interface Held {
  readonly time: FaultTime;
  /** The instant that an edge of it stands on. */
  readonly at: number;
}

/** What holds an edge that comes near it, microseconds. */
interface Magnets {
  readonly instants: readonly number[];
  /** From so near. */
  readonly reach: number;
  /** They leave a block at least so much of its length. */
  readonly step: number;
}

/**
 * `time` with the edge that is dragged (of a body, the nearer one) on the nearest instant that holds it; undefined when
 * none does.
 */
export function heldBy(
  time: FaultTime,
  handle: Handle,
  { instants, reach, step }: Magnets,
): Held | undefined {
  const end = time.for === undefined ? undefined : time.at + time.for;
  const edges = [
    ...(handle === 'end' ? [] : [{ edge: time.at, first: true }]),
    ...(handle === 'start' || end === undefined ? [] : [{ edge: end, first: false }]),
  ];
  const [nearest] = edges
    .flatMap(({ edge, first }) => instants.map((at) => ({ at, first, by: at - edge })))
    .filter(({ by }) => Math.abs(by) <= reach)
    .sort((one, other) => Math.abs(one.by) - Math.abs(other.by));
  if (nearest === undefined) return undefined;
  const { at, first, by } = nearest;
  if (handle === 'body') {
    const moved = time.at + by;
    return moved < 0 ? undefined : { at, time: { at: moved, for: time.for } };
  }
  const start = first ? at : time.at;
  const until = first ? end : at;
  if (until !== undefined && until - start < step) return undefined;
  return { at, time: { at: start, for: until === undefined ? undefined : until - start } };
}

/** The time of a new fault drawn on the lane from one instant to another, whichever comes first. */
export function drawn(from: number, to: number, { step, duration }: Bounds): FaultTime {
  const at = clamp(snap(Math.min(from, to), step), 0, duration - step);
  const end = clamp(snap(Math.max(from, to), step), at + step, duration);
  return { at, for: end - at };
}

/** The fault at another time. */
export function timed(fault: Fault, time: FaultTime): Fault {
  const { for: _length, ...rest } = fault;
  return time.for === undefined ? { ...rest, at: time.at } : { ...rest, at: time.at, for: time.for };
}
