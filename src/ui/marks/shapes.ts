/**
 * The vocabulary of marks as data: which shape, hue and finish means what, and the outline of each shape. The SVG
 * components, the canvas over the diagram and the timeline all draw from here, so that a mark looks the same wherever
 * it appears. It knows no theme: hues are names, `palette.ts` turns them into colours.
 *
 * Shape repeats what colour says: every mark can be told apart in grey.
 */
import type { MessageKind } from '../../design/readings.ts';

export type Hue = 'put' | 'get' | 'rep' | 'inv' | 'bad' | 'ink';

/** Filled is a request, hollow its answer, dashed given up on but still alive. */
export type Finish = 'filled' | 'hollow' | 'alive';

/**
 * Outlines as SVG path data around (0, 0), in CSS pixels at scale 1. A triangle points along +x.
 * All are closed but the cross, which is stroked.
 */
export const SHAPE_PATHS = {
  square:
    'M-3.5-4.5H3.5A1 1 0 0 1 4.5-3.5V3.5A1 1 0 0 1 3.5 4.5H-3.5A1 1 0 0 1-4.5 3.5V-3.5A1 1 0 0 1-3.5-4.5Z',
  circle: 'M-5 0A5 5 0 1 1 5 0A5 5 0 1 1-5 0Z',
  diamond: 'M0-6L6 0L0 6L-6 0Z',
  triangle: 'M-4-5.4L6 0L-4 5.4Z',
  cross: 'M-4-4L4 4M4-4L-4 4',
  hexagon: 'M-3-5.4H3L6 0L3 5.4H-3L-6 0Z',
} as const;

export type Shape = keyof typeof SHAPE_PATHS;

/** Stroke widths of the finishes and of the cross, CSS pixels at scale 1. */
export const HOLLOW_STROKE = 1.75;
export const ALIVE_STROKE = 1.5;
export const CROSS_STROKE = 2.25;
export const ALIVE_DASH = [2.6, 1.8] as const;

export interface MarkStyle {
  readonly shape: Shape;
  readonly hue: Hue;
  readonly finish: Finish;
}

function mark(shape: Shape, hue: Hue, finish: Finish = 'filled'): MarkStyle {
  return { shape, hue, finish };
}

export const MARKS = {
  put: mark('square', 'put'),
  putAnswer: mark('square', 'put', 'hollow'),
  get: mark('circle', 'get'),
  getAnswer: mark('circle', 'get', 'hollow'),
  replication: mark('diamond', 'rep'),
  copyDurable: mark('diamond', 'rep', 'hollow'),
  invalidation: mark('triangle', 'inv'),
  invalidationAnswer: mark('triangle', 'inv', 'hollow'),
  givenUp: mark('square', 'put', 'alive'),
  timeout: mark('cross', 'bad'),
  violation: mark('hexagon', 'bad'),
} as const;

export type MarkName = keyof typeof MARKS;

/** Fills are a read's value on its way into the cache: they look like the read. */
const REQUESTS: Readonly<Record<MessageKind, MarkName>> = {
  put: 'put',
  get: 'get',
  invalidate: 'invalidation',
  fill: 'get',
  replicate: 'replication',
  commitNotice: 'replication',
};
const ANSWERS: Readonly<Record<MessageKind, MarkName>> = {
  put: 'putAnswer',
  get: 'getAnswer',
  invalidate: 'invalidationAnswer',
  fill: 'getAnswer',
  replicate: 'copyDurable',
  commitNotice: 'copyDurable',
};

/** The mark of a message on its way: its request, its answer, or either of them after its caller gave up. */
export function markOfMessage(message: MessageKind, answer: boolean, givenUp: boolean): MarkStyle {
  const style: MarkStyle = MARKS[answer ? ANSWERS[message] : REQUESTS[message]];
  return givenUp ? { ...style, finish: 'alive' } : style;
}
