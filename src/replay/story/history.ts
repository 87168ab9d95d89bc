/**
 * The history of one key in a window of detail: what happened to it at nodes, and the messages that spoke of it, as
 * plain rows in the order in which the engine wrote them. Built once, when somebody asks why; never for a frame.
 */
import type { Design } from '../../design/design.ts';
import { nodesOf, type NodeInfo } from '../../design/nodes.ts';
import { shardOf } from '../../design/placement.ts';
import {
  EVENT,
  EVENT_WIDTH,
  EVENTS,
  HOP,
  HOP_FLAGS,
  HOP_WIDTH,
  MESSAGES,
  VIOLATION,
  VIOLATION_KINDS,
  VIOLATION_WIDTH,
  type EventType,
  type MessageKind,
  type ViolationKind,
} from '../../design/readings.ts';
import type { Committed, DetailReading } from '../../engine/readings.ts';

/**
 * Something that happened at a node, at a time in microseconds. `place` is its place among all of them: what happens at one
 * instant has an order.
 */
export interface Happening {
  readonly place: number;
  readonly time: number;
  readonly type: EventType;
  readonly operation: number;
  readonly node: number;
  readonly call: number;
  readonly version: number;
  readonly extra: number;
}

/** A message on its way. Instants are microseconds. */
export interface Message {
  readonly sentAt: number;
  readonly arrivesAt: number;
  readonly operation: number;
  readonly from: number;
  readonly to: number;
  readonly kind: MessageKind;
  readonly answer: boolean;
  readonly version: number;
  readonly call: number;
  readonly givenUp: boolean;
  readonly lost: boolean;
}

export interface KeyHistory {
  /** Microseconds, the window [from, to). */
  readonly from: number;
  readonly to: number;
  readonly nodes: readonly NodeInfo[];
  readonly happenings: readonly Happening[];
  readonly messages: readonly Message[];
  /** By node: the version held at `from`, -1 where none. */
  readonly held: Int32Array;
  readonly committed: Committed;
}

/** One violation, by the names of its columns; its time in microseconds. */
export interface Violation {
  readonly kind: ViolationKind;
  readonly time: number;
  readonly operation: number;
  readonly session: number;
  readonly key: number;
  readonly version: number;
  readonly expected: number;
  readonly extra: number;
}

/** The violation in a row of a run's violations; undefined where there is none. */
export function violationAt(violations: Int32Array, row: number): Violation | undefined {
  const o = row * VIOLATION_WIDTH;
  const kind = VIOLATION_KINDS[violations[o + VIOLATION.kind] ?? -1];
  if (kind === undefined) return undefined;
  return {
    kind,
    time: violations[o + VIOLATION.time]!,
    operation: violations[o + VIOLATION.operation]!,
    session: violations[o + VIOLATION.session]!,
    key: violations[o + VIOLATION.key]!,
    version: violations[o + VIOLATION.version]!,
    expected: violations[o + VIOLATION.expected]!,
    extra: violations[o + VIOLATION.extra]!,
  };
}

/** What a detail that was asked for with `key` says of that key, and of who leads its shard. */
export function historyOf(detail: DetailReading, key: number, design: Design): KeyHistory {
  const { events, hops, from, to, held, committed } = detail;
  const nodes = nodesOf(design);
  const shard = shardOf(key, design.store.shards);
  const happenings: Happening[] = [];
  for (let o = 0; o < events.length; o += EVENT_WIDTH) {
    const type = EVENTS[events[o + EVENT.type]!];
    const concerns =
      type === 'elected' ? nodes[events[o + EVENT.node]!]?.shard === shard : events[o + EVENT.key] === key;
    if (type === undefined || !concerns) continue;
    happenings.push({
      place: happenings.length,
      time: events[o + EVENT.time]!,
      type,
      operation: events[o + EVENT.operation]!,
      node: events[o + EVENT.node]!,
      call: events[o + EVENT.call]!,
      version: events[o + EVENT.version]!,
      extra: events[o + EVENT.extra]!,
    });
  }
  const messages: Message[] = [];
  for (let o = 0; o < hops.length; o += HOP_WIDTH) {
    const kind = MESSAGES[hops[o + HOP.message]!];
    if (hops[o + HOP.key] !== key || kind === undefined) continue;
    const flags = hops[o + HOP.flags]!;
    messages.push({
      sentAt: hops[o + HOP.sentAt]!,
      arrivesAt: hops[o + HOP.arrivesAt]!,
      operation: hops[o + HOP.operation]!,
      from: hops[o + HOP.from]!,
      to: hops[o + HOP.to]!,
      kind,
      answer: hops[o + HOP.answer] === 1,
      version: hops[o + HOP.version]!,
      call: hops[o + HOP.call]!,
      givenUp: (flags & HOP_FLAGS.givenUp) !== 0,
      lost: (flags & HOP_FLAGS.lost) !== 0,
    });
  }
  return { from, to, nodes, happenings, messages, held, committed };
}

/** The PUT that brought a version into the world: its beginning, if that lies in the window. */
export function writerOf({ happenings }: KeyHistory, version: number): Happening | undefined {
  return happenings.find(({ type, version: v }) => type === 'startOperation' && v === version && v > 0);
}

/** How far before and after a violation a story is looked for, microseconds: further back each time it is not enough. */
export const LOOK_BACK_US: readonly number[] = [60_000, 400_000, 2_500_000, 15_000_000];
export const LOOK_AHEAD_US = 40_000;
