/** Details of a run, written down by hand: a test names what it is about, everything else is zero. */
import {
  EVENT_COLUMNS,
  EVENTS,
  HOP_COLUMNS,
  LEVEL_COLUMNS,
  MESSAGES,
  type EventType,
  type MessageKind,
} from '../../src/design/readings.ts';
import type { Committed, FilmReading, Kept } from '../../src/engine/readings.ts';
import type { WatchedDetail } from '../../src/replay/detail.ts';

export type HopGiven = Partial<Record<(typeof HOP_COLUMNS)[number], number>> & {
  sentAt: number;
  arrivesAt: number;
  kind?: MessageKind;
};
export type EventGiven = Partial<Record<(typeof EVENT_COLUMNS)[number], number>> & {
  time: number;
  is: EventType;
};
export type LevelGiven = Record<(typeof LEVEL_COLUMNS)[number], number>;

export interface DetailGiven extends Partial<Omit<WatchedDetail, 'hops' | 'events' | 'levels' | 'held'>> {
  hops?: readonly HopGiven[];
  events?: readonly EventGiven[];
  levels?: readonly LevelGiven[];
  held?: readonly number[];
}

/** A cache node that keeps nothing of the key. */
export const NOTHING_KEPT: Kept = { until: -1, tombstone: -1, tombstoneUntil: -1 };

/** A key that nobody has written. */
export const NOTHING_COMMITTED: Committed = { newest: 0, later: new Map() };

/** A film on which nothing is. */
export const AN_EMPTY_FILM: FilmReading = {
  oneIn: 1,
  from: { hops: 0, events: 0 },
  hops: new Int32Array(0),
  events: new Int32Array(0),
};

export function aDetail({
  hops = [],
  events = [],
  levels = [],
  held = [-1, -1, -1],
  ...rest
}: DetailGiven = {}): WatchedDetail {
  return {
    from: 0,
    to: 1_000_000,
    oneIn: 1,
    truncated: false,
    key: 0,
    committed: NOTHING_COMMITTED,
    focus: new Set(),
    kept: NOTHING_KEPT,
    ofSession: [],
    ...rest,
    hops: Int32Array.from(
      hops.flatMap((hop) =>
        HOP_COLUMNS.map((column) =>
          column === 'message' && hop.kind !== undefined ? MESSAGES.indexOf(hop.kind) : (hop[column] ?? 0),
        ),
      ),
    ),
    events: Int32Array.from(
      events.flatMap((event) =>
        EVENT_COLUMNS.map((column) => (column === 'type' ? EVENTS.indexOf(event.is) : (event[column] ?? 0))),
      ),
    ),
    levels: Int32Array.from(levels.flatMap((level) => LEVEL_COLUMNS.map((column) => level[column]))),
    held: Int32Array.from(held),
  };
}
