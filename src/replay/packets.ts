/**
 * Where every message is at the cursor, as marks to draw. A frame is a pure function of the detail, the cursor and the
 * options, so that scrubbing back finds the same picture. At 1/1000 and 1/100 a message is where it is; at 1/10 and 1 an
 * operation's messages are drawn stretched in time, since none would be seen for longer than a frame. Filling a frame
 * allocates nothing. Paths, sizes and colours are not known here.
 */
import { PACE, type Speed } from '../design/linkView.ts';
import { fmix32 } from '../design/placement.ts';
import {
  EVENT,
  EVENT_WIDTH,
  HOP,
  HOP_FLAGS,
  HOP_WIDTH,
  MESSAGES,
  type MessageKind,
} from '../design/readings.ts';
import { indexOf, isDrawn, type WatchedDetail } from './detail.ts';
import { createSpans, spansAt, type Spans } from './spans.ts';
import { stretchDetail, timeoutSpans, type Stretch, type StretchedDetail } from './stretch.ts';

/** Columns of a frame's data, one row a mark. */
export const MARK = {
  from: 0, // node id
  to: 1, // node id
  progress: 2, // 0 to 1 along the way
  shape: 3, // PACKET_SHAPES, and PACKET_HUES
  flags: 4, // MARK_FLAGS
  hop: 5, // row in detail.hops
  alpha: 6, // 0 to 1
} as const;
export const MARK_WIDTH = 7;

export const PACKET_SHAPES = ['square', 'circle', 'diamond', 'triangle'] as const;
export const PACKET_HUES = ['put', 'get', 'rep', 'inv'] as const;
export const MARK_FLAGS = {
  /** An answer: drawn hollow. */
  answer: 1,
  /** Given up on, still alive: drawn dashed. */
  givenUp: 2,
  stale: 4,
  dirty: 8,
} as const;

/** A message's shape and hue; the same number means the same mark in both lists. A fill is a read's value on its way. */
const LOOKS: Readonly<Record<MessageKind, number>> = {
  put: 0,
  get: 1,
  fill: 1,
  replicate: 2,
  commitNotice: 2,
  invalidate: 3,
};
const LOOK_OF_CODE = MESSAGES.map((message) => LOOKS[message]);

/** Marks in one frame, at the most. Past it whole operations are left out, and the frame says how many. */
export const MARKS_LIMIT = 2500;
/** Crosses in one frame, at the most. */
const CROSSES_LIMIT = 200;

/** How many times as long as it takes a message is seen at speed 1, unless the options say otherwise. */
export const DEFAULT_STRETCH = 1500;
/** Wall times at speeds 1 and 1/10, milliseconds: see `Stretch`. */
const FOLD_MS = 60;
const FLIGHT_MS = 700;
/**
 * A stretched operation is on screen for so long at the most, milliseconds of wall time. A little less than there is from
 * one checkpoint to the next: at full speed a window, which leads in for as long, then begins right behind one.
 */
export const DRAWN_FOR_MS = 950;
/** How long a timeout's cross stays, milliseconds of wall time. */
export const CROSS_FOR_MS = 700;

export interface PacketOptions {
  readonly speed: Speed;
  /** How many times as long as it takes a message is seen at speed 1; see `DEFAULT_STRETCH`. */
  readonly stretch: number;
}

export interface PacketFrame {
  count: number;
  /** Rows of MARK_WIDTH; the first `count` are this frame's. */
  readonly data: Float32Array;
  /** One in so many operations is drawn: the detail's sample, thinned where MARKS_LIMIT asks for it. */
  oneIn: number;
}

/** Columns of a frame of crosses. */
export const CROSS = { node: 0, age: 1 /* 0 to 1 */, event: 2 /* row in detail.events */ } as const;
export const CROSS_WIDTH = 3;

export interface CrossFrame {
  count: number;
  readonly data: Float32Array;
}

/** Room for so many marks at once, to be filled again every frame. */
export function createPacketFrame(limit = MARKS_LIMIT): PacketFrame {
  return { count: 0, data: new Float32Array(limit * MARK_WIDTH), oneIn: 1 };
}

/** Room for so many crosses at once. */
export function createCrossFrame(limit = CROSSES_LIMIT): CrossFrame {
  return { count: 0, data: new Float32Array(limit * CROSS_WIDTH) };
}

/** Fills `into` with the messages that are under way at the cursor, and returns it. */
export function packetsAt(
  detail: WatchedDetail,
  cursor: number,
  options: PacketOptions,
  into: PacketFrame,
): PacketFrame {
  const schedule = scheduleOf(detail, options);
  const { hops: spans, givenUpAt, alive } = schedule;
  const { hops } = detail;
  const found = spansAt(spans, cursor, alive);
  const limit = into.data.length / MARK_WIDTH;
  const thin = thinning(found, limit);
  let count = 0;
  for (let i = 0; i < found && count < limit; i++) {
    const span = alive[i]!;
    const row = spans.rows[span]!;
    const at = row * HOP_WIDTH;
    const operation = hops[at + HOP.operation]!;
    if ((fmix32(operation) & (thin - 1)) !== 0 && !detail.focus.has(operation)) continue;
    const start = spans.starts[span]!;
    const progress = (cursor - start) / (spans.ends[span]! - start);
    const look = LOOK_OF_CODE[hops[at + HOP.message]!]!;
    const flags = hops[at + HOP.flags]!;
    const lost = (flags & HOP_FLAGS.lost) !== 0;
    const mark = count * MARK_WIDTH;
    into.data[mark + MARK.from] = hops[at + HOP.from]!;
    into.data[mark + MARK.to] = hops[at + HOP.to]!;
    into.data[mark + MARK.progress] = progress;
    into.data[mark + MARK.shape] = look;
    into.data[mark + MARK.flags] =
      (hops[at + HOP.answer]! !== 0 ? MARK_FLAGS.answer : 0) |
      (cursor >= givenUpAt[row]! ? MARK_FLAGS.givenUp : 0) |
      ((flags & HOP_FLAGS.stale) !== 0 ? MARK_FLAGS.stale : 0) |
      ((flags & HOP_FLAGS.dirty) !== 0 ? MARK_FLAGS.dirty : 0);
    into.data[mark + MARK.hop] = row;
    // What will not arrive fades on the second half of its way.
    into.data[mark + MARK.alpha] = lost && progress > 0.5 ? 2 * (1 - progress) : 1;
    count++;
  }
  into.count = count;
  into.oneIn = detail.oneIn * thin;
  return into;
}

/** Fills `into` with the crosses of the timeouts that were not long ago, newest last, and returns it. */
export function timeoutsAt(
  detail: WatchedDetail,
  cursor: number,
  options: PacketOptions,
  into: CrossFrame,
): CrossFrame {
  const { timeouts: spans, aliveTimeouts } = scheduleOf(detail, options);
  const found = spansAt(spans, cursor, aliveTimeouts);
  const count = Math.min(found, into.data.length / CROSS_WIDTH);
  for (let i = 0; i < count; i++) {
    const span = aliveTimeouts[found - count + i]!;
    const row = spans.rows[span]!;
    const start = spans.starts[span]!;
    const cross = i * CROSS_WIDTH;
    into.data[cross + CROSS.node] = detail.events[row * EVENT_WIDTH + EVENT.node]!;
    into.data[cross + CROSS.age] = (cursor - start) / (spans.ends[span]! - start);
    into.data[cross + CROSS.event] = row;
  }
  into.count = count;
  return into;
}

/** When what of a detail is drawn at one speed, with room to look it up in. */
interface Schedule {
  readonly speed: PacketOptions['speed'];
  readonly stretch: number;
  readonly hops: Spans;
  readonly givenUpAt: Float64Array;
  readonly timeouts: Spans;
  readonly alive: Int32Array;
  readonly aliveTimeouts: Int32Array;
}

/** The schedule that was used last for a detail: it is made again when speed or stretch change. */
const schedules = new WeakMap<WatchedDetail, Schedule>();

function scheduleOf(detail: WatchedDetail, { speed, stretch }: PacketOptions): Schedule {
  const known = schedules.get(detail);
  if (known?.speed === speed && known.stretch === stretch) return known;
  // Simulated microseconds in a millisecond of wall time.
  const perMs = 1000 * PACE[speed];
  const crossFor = CROSS_FOR_MS * perMs;
  const drawn =
    speed === '1' || speed === '1/10'
      ? stretchDetail(detail, stretchFor(stretch, perMs), crossFor)
      : asItWas(detail, crossFor);
  const schedule = {
    speed,
    stretch,
    ...drawn,
    alive: new Int32Array(drawn.hops.count),
    aliveTimeouts: new Int32Array(drawn.timeouts.count),
  };
  schedules.set(detail, schedule);
  return schedule;
}

function stretchFor(stretch: number, perMs: number): Stretch {
  return {
    factor: Math.max(1, (stretch * perMs) / 1000),
    fold: FOLD_MS * perMs,
    flight: FLIGHT_MS * perMs,
    whole: DRAWN_FOR_MS * perMs,
  };
}

/** Everything where and when it is. */
function asItWas(detail: WatchedDetail, crossFor: number): StretchedDetail {
  const { hops } = detail;
  const { givenUpAt, timeouts } = indexOf(detail);
  return {
    hops: createSpans(
      hops.length / HOP_WIDTH,
      (row) => {
        const at = row * HOP_WIDTH;
        return isDrawn(detail, hops[at + HOP.operation]!) ? hops[at + HOP.sentAt]! : Number.NaN;
      },
      (row) => hops[row * HOP_WIDTH + HOP.arrivesAt]!,
    ),
    givenUpAt,
    timeouts: timeoutSpans(detail, timeouts, (_, t) => t, crossFor),
  };
}

/** One in how many operations to draw so that `found` marks fit: a power of two, so that those drawn stay while it grows. */
function thinning(found: number, limit: number): number {
  let thin = 1;
  while (found / thin > limit) thin *= 2;
  return thin;
}
