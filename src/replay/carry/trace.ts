/**
 * A window of a run in the Trace Event Format, which Perfetto and chrome://tracing open: every node is a process, every
 * server of it a thread whose slices are services, every message an arrow from sender to receiver. Waits in queues and
 * the clients' operations are asynchronous slices, since they overlap; what nodes hold in queue and service are counters.
 * Instants are the run's own microseconds. It reads a window of detail and knows nothing that does not stand in it.
 */
import type { Design } from '../../design/design.ts';
import { CLIENTS, nodesOf } from '../../design/nodes.ts';
import {
  EVENT,
  EVENT_WIDTH,
  EVENTS,
  HOP,
  HOP_FLAGS,
  HOP_WIDTH,
  LEVEL,
  LEVEL_WIDTH,
  MESSAGES,
  OPERATION_ENDINGS,
} from '../../design/readings.ts';
import type { DetailReading } from '../../engine/readings.ts';
import { MESSAGES_TID, pidOf, type TraceEvent } from './traceEvent.ts';
import { queuesAndServices } from './traceServices.ts';

export interface Trace {
  readonly traceEvents: readonly TraceEvent[];
  readonly displayTimeUnit: 'ms';
  readonly otherData: Readonly<Record<string, string>>;
}

/** What leaves or arrives takes no time; a slice of no length would have no arrows. */
const INSTANT_US = 1;

/** The trace of a window; `link` says where it is from. */
export function traceOf(detail: DetailReading, design: Design, link: string): Trace {
  const traceEvents = [
    ...namesOf(design),
    ...operationsOf(detail),
    ...queuesAndServices(detail),
    ...messagesOf(detail, design),
    ...levelsOf(detail),
  ];
  return {
    traceEvents,
    displayTimeUnit: 'ms',
    otherData: {
      link,
      window: `${detail.from} to ${detail.to} us`,
      ...(detail.truncated ? { cut: 'a limit cut the window short' } : {}),
    },
  };
}

function namesOf(design: Design): TraceEvent[] {
  return nodesOf(design).flatMap(({ id, name, zone }): TraceEvent[] => {
    const about = { ph: 'M', pid: pidOf(id), tid: MESSAGES_TID, ts: 0 } as const;
    return [
      { ...about, name: 'process_name', args: { name: name === CLIENTS ? name : `${name} (zone ${zone})` } },
      { ...about, name: 'process_sort_index', args: { sort_index: id } },
      { ...about, name: 'thread_name', args: { name: 'messages' } },
    ];
  });
}

/** The clients' operations; one that began before the window begins with it, one that goes on ends with it. */
function operationsOf({ events, from, to }: DetailReading): TraceEvent[] {
  const traced: TraceEvent[] = [];
  const begun = new Map<number, string>();
  const edge = (ph: 'b' | 'e', operation: number, name: string, ts: number, args: TraceEvent['args']) =>
    traced.push({
      ph,
      name,
      cat: 'operation',
      id: `op-${operation}`,
      pid: pidOf(0),
      tid: MESSAGES_TID,
      ts,
      ...(args === undefined ? {} : { args }),
    });
  for (let o = 0; o < events.length; o += EVENT_WIDTH) {
    const type = EVENTS[events[o + EVENT.type]!];
    if (type !== 'startOperation' && type !== 'endOperation') continue;
    const operation = events[o + EVENT.operation]!;
    const [time, extra, version] = [
      events[o + EVENT.time]!,
      events[o + EVENT.extra]!,
      events[o + EVENT.version]!,
    ];
    if (type === 'startOperation') {
      const name = version > 0 ? 'PUT' : 'GET';
      begun.set(operation, name);
      edge('b', operation, name, time, { operation, session: extra, key: events[o + EVENT.key]! });
      continue;
    }
    const name = begun.get(operation) ?? 'operation';
    if (!begun.has(operation)) edge('b', operation, name, from, { operation });
    begun.delete(operation);
    edge('e', operation, name, time, { ending: OPERATION_ENDINGS[extra] ?? 'unknown', version });
  }
  for (const [operation, name] of begun) edge('e', operation, name, to, undefined);
  return traced;
}

/** A slice where a message leaves, one where it arrives, and the arrow between them; what is lost has no end. */
function messagesOf({ hops }: DetailReading, design: Design): TraceEvent[] {
  const nodes = nodesOf(design);
  const traced: TraceEvent[] = [];
  for (let row = 0; row < hops.length; row += HOP_WIDTH) {
    const flags = hops[row + HOP.flags]!;
    const kind = MESSAGES[hops[row + HOP.message]!] ?? 'message';
    const name = hops[row + HOP.answer] === 1 ? `answer to ${kind}` : kind;
    const id = `hop-${row / HOP_WIDTH}`;
    const at = (node: number, ts: number) => ({ pid: pidOf(node), tid: MESSAGES_TID, ts, cat: 'message' });
    const args = {
      operation: hops[row + HOP.operation]!,
      call: hops[row + HOP.call]!,
      key: hops[row + HOP.key]!,
      version: hops[row + HOP.version]!,
      to: nodes[hops[row + HOP.to]!]?.name ?? '',
      said: FLAG_WORDS.filter(([flag]) => (flags & flag) !== 0)
        .map(([, word]) => word)
        .join(', '),
    };
    const sent = at(hops[row + HOP.from]!, hops[row + HOP.sentAt]!);
    traced.push({ ph: 'X', name, dur: INSTANT_US, ...sent, args }, { ph: 's', name, id, ...sent });
    if ((flags & HOP_FLAGS.lost) !== 0) continue;
    const taken = at(hops[row + HOP.to]!, hops[row + HOP.arrivesAt]!);
    traced.push({ ph: 'X', name, dur: INSTANT_US, ...taken, args }, { ph: 'f', bp: 'e', name, id, ...taken });
  }
  return traced;
}

const FLAG_WORDS = [
  [HOP_FLAGS.givenUp, 'given up on'],
  [HOP_FLAGS.lost, 'lost'],
  [HOP_FLAGS.stale, 'stale'],
  [HOP_FLAGS.dirty, 'dirty'],
  [HOP_FLAGS.negative, 'says no'],
] as const;

function levelsOf({ levels }: DetailReading): TraceEvent[] {
  const traced: TraceEvent[] = [];
  for (let row = 0; row < levels.length; row += LEVEL_WIDTH)
    traced.push({
      ph: 'C',
      name: 'load',
      pid: pidOf(levels[row + LEVEL.node]!),
      tid: MESSAGES_TID,
      ts: levels[row + LEVEL.time]!,
      args: { 'busy servers': levels[row + LEVEL.busy]!, waiting: levels[row + LEVEL.queue]! },
    });
  return traced;
}
