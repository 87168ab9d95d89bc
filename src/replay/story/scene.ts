/**
 * The space-time picture of a story: lanes for the places that its messages touched, time to the right, stretches in
 * which nothing happens folded. Only numbers; what they look like is the screen's business.
 */
import type { KeyHistory, Message, Violation } from './history.ts';

export interface Scene {
  /** Node ids, top to bottom; 0 is the client. */
  readonly lanes: readonly number[];
  /** Microseconds. */
  readonly from: number;
  readonly to: number;
  readonly arrows: readonly Message[];
  /** Waiting in a node's queue. */
  readonly waits: readonly { readonly node: number; readonly from: number; readonly to: number }[];
  /** A place holds another version from here on. */
  readonly changes: readonly { readonly node: number; readonly time: number; readonly version: number }[];
  readonly timeouts: readonly { readonly node: number; readonly time: number }[];
}

/** What lies further apart than this is folded, microseconds. */
export const FOLD_US = 2_000;

export function sceneOf(history: KeyHistory, violation: Violation, operations: ReadonlySet<number>): Scene {
  const told = history.happenings.filter(({ operation }) => operations.has(operation));
  const until = violation.time + FOLD_US;
  const arrows = history.messages.filter(
    ({ operation, sentAt }) => operations.has(operation) && sentAt <= until,
  );
  const from = Math.min(
    violation.time,
    ...arrows.map(({ sentAt }) => sentAt),
    ...told.map(({ time }) => time),
  );
  const lanes = [...new Set(arrows.flatMap((arrow) => [arrow.from, arrow.to]))].sort((a, b) => a - b);
  const asked = new Set(arrows.filter(({ kind }) => kind !== 'replicate').map(({ call }) => call));
  const queued = told.filter(
    ({ type, time, call }) => type === 'enqueue' && time <= until && asked.has(call),
  );
  const waits = queued.map(({ node, time, call }) => ({
    node,
    from: time,
    to:
      history.happenings.find((each) => each.type === 'startService' && each.call === call)?.time ??
      history.to,
  }));
  const changes = told
    .filter(({ type, time }) => (type === 'apply' || type === 'commit' || type === 'expose') && time <= until)
    .map(({ node, time, version }) => ({ node, time, version }));
  const timeouts = told
    .filter(({ type, time }) => type === 'timeout' && time <= until)
    .map(({ node, time }) => ({ node, time }));
  return { lanes, from, to: until, arrows, waits, changes, timeouts };
}

/** Where time runs on the picture: straight pieces, folds between them. */
export interface Scale {
  xOf(time: number): number;
  /** The folded stretches: their middle, and how long they last, microseconds. */
  readonly folds: readonly { readonly x: number; readonly length: number }[];
}

/** Lays the instants of a scene out over `width` pixels; a fold takes `foldWidth`. */
export function scaleOf({ from, to, arrows, timeouts }: Scene, width: number, foldWidth: number): Scale {
  const instants = [
    ...new Set([
      from,
      to,
      ...arrows.flatMap(({ sentAt, arrivesAt }) => [sentAt, Math.min(arrivesAt, to)]),
      ...timeouts.map(({ time }) => time),
    ]),
  ]
    .filter((time) => time >= from && time <= to)
    .sort((a, b) => a - b);
  const gaps = instants.slice(1).map((time, i) => time - (instants[i] ?? time));
  const folded = gaps.map((gap) => gap > FOLD_US);
  const straight = gaps.reduce((sum, gap, i) => sum + (folded[i] === true ? 0 : gap), 0);
  const room = Math.max(1, width - foldWidth * folded.filter(Boolean).length);
  const perMicrosecond = room / Math.max(1, straight);
  const xs = [0];
  gaps.forEach((gap, i) => xs.push((xs[i] ?? 0) + (folded[i] === true ? foldWidth : gap * perMicrosecond)));
  return {
    xOf(time) {
      const i = Math.max(
        0,
        instants.findLastIndex((instant) => instant <= time),
      );
      const left = xs[i] ?? 0;
      const right = xs[i + 1] ?? left;
      const gap = gaps[i] ?? 0;
      return gap === 0 ? left : left + ((right - left) * Math.min(gap, time - (instants[i] ?? 0))) / gap;
    },
    folds: gaps.flatMap((gap, i) =>
      folded[i] === true ? [{ x: ((xs[i] ?? 0) + (xs[i + 1] ?? 0)) / 2, length: gap }] : [],
    ),
  };
}
