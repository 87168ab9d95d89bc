/**
 * A window of a run in the Trace Event Format, which Perfetto and chrome://tracing open: every node is a process, every
 * server of it a thread whose slices are services, every message an arrow from sender to receiver. Waits in queues and
 * the clients' operations are asynchronous slices, since they overlap; what nodes hold in queue and service are counters.
 * Instants are the run's own microseconds. It reads a window of detail and knows nothing that does not stand in it.
 *
 * Format: "Trace Event Format", docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU.
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
} from '../../design/readings.ts';
import type { DetailReading } from '../../engine/readings.ts';

/** One event of the format. `ph`: M name, X slice, b and e asynchronous, s and f ends of an arrow, i instant, C counter. */
export interface TraceEvent {
  readonly ph: 'M' | 'X' | 'b' | 'e' | 's' | 'f' | 'i' | 'C';
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly id?: string;
  readonly bp?: 'e';
  readonly s?: 't';
  readonly args?: Readonly<Record<string, string | number>>;
}

export interface Trace {
  readonly traceEvents: readonly TraceEvent[];
  readonly displayTimeUnit: 'ms';
  readonly otherData: Readonly<Record<string, string>>;
}

/** The thread of a node on which messages leave and arrive; its servers are the threads after it. */
const MESSAGES_TID = 0;
/** What leaves or arrives takes no time; a slice of no length would have no arrows. */
const INSTANT_US = 1;

const ENDINGS = ['ok', 'failed', 'unknown'];

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

/** Process numbers begin at 1: 0 is the idle process to some readers. */
function pidOf(node: number): number {
  return node + 1;
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
    edge('e', operation, name, time, { ending: ENDINGS[extra] ?? 'unknown', version });
  }
  for (const [operation, name] of begun) edge('e', operation, name, to, undefined);
  return traced;
}

/** Waits, services and timeouts. A service stands on the lowest server of its node that is free. */
function queuesAndServices({ events, from, to }: DetailReading): TraceEvent[] {
  const traced: TraceEvent[] = [];
  const waiting = new Map<string, { readonly since: number; readonly row: number }>();
  const serving = new Map<
    string,
    { readonly since: number; readonly row: number; readonly server: number }
  >();
  const busy = new Map<number, Set<number>>();
  const named = new Set<string>();

  const about = (row: number) => ({
    operation: events[row + EVENT.operation]!,
    call: events[row + EVENT.call]!,
    key: events[row + EVENT.key]!,
    version: events[row + EVENT.version]!,
  });
  const wait = (key: string, row: number, since: number, until: number) => {
    const id = `wait-${key}`;
    const edge = { name: 'in the queue', cat: 'queue', id, pid: pidOf(events[row + EVENT.node]!), tid: 0 };
    traced.push({ ph: 'b', ...edge, ts: since, args: about(row) }, { ph: 'e', ...edge, ts: until });
  };
  const service = (row: number, server: number, since: number, until: number) => {
    const pid = pidOf(events[row + EVENT.node]!);
    const tid = server + 1;
    const thread = `${pid} ${tid}`;
    if (!named.has(thread))
      traced.push({
        ph: 'M',
        name: 'thread_name',
        pid,
        tid,
        ts: 0,
        args: { name: `server ${server + 1}` },
      });
    named.add(thread);
    traced.push({
      ph: 'X',
      name: 'service',
      cat: 'service',
      pid,
      tid,
      ts: since,
      dur: until - since,
      args: about(row),
    });
  };
  const serverOf = (node: number): number => {
    const taken = busy.get(node) ?? new Set();
    busy.set(node, taken);
    let server = 0;
    while (taken.has(server)) server++;
    taken.add(server);
    return server;
  };

  const { underWay, inOrder } = servicesIn(events);
  for (const row of underWay)
    serving.set(callAt(events, row), { since: from, row, server: serverOf(events[row + EVENT.node]!) });
  for (const row of inOrder) {
    const node = events[row + EVENT.node]!;
    const time = events[row + EVENT.time]!;
    const key = callAt(events, row);
    switch (EVENTS[events[row + EVENT.type]!]) {
      case 'enqueue':
        waiting.set(key, { since: time, row });
        break;
      case 'startService': {
        const queued = waiting.get(key);
        waiting.delete(key);
        if (queued !== undefined && queued.since < time) wait(key, queued.row, queued.since, time);
        serving.set(key, { since: time, row, server: serverOf(node) });
        break;
      }
      case 'endService':
      // With its host goes what it had in service and in its queue.
      case 'lose': {
        const queued = waiting.get(key);
        if (queued !== undefined) wait(key, queued.row, queued.since, time);
        waiting.delete(key);
        const begun = serving.get(key);
        if (begun === undefined) break;
        serving.delete(key);
        busy.get(node)?.delete(begun.server);
        service(row, begun.server, begun.since, time);
        break;
      }
      case 'timeout':
        traced.push({
          ph: 'i',
          name: 'stops waiting',
          cat: 'timeout',
          s: 't',
          pid: pidOf(node),
          tid: MESSAGES_TID,
          ts: time,
          args: about(row),
        });
        break;
      default:
    }
  }
  for (const [key, { since, row }] of waiting) wait(key, row, since, to);
  for (const { since, row, server } of serving.values()) service(row, server, since, to);
  return traced;
}

/** A call at its node. */
function callAt(events: Int32Array, row: number): string {
  return `${events[row + EVENT.node]!}-${events[row + EVENT.call]!}`;
}

/**
 * `underWay`: rows of the ends of services that began before the window. `inOrder`: all rows, what ends at an instant
 * before what begins at it, since a server is free before the next one takes it.
 */
function servicesIn(events: Int32Array): { readonly underWay: number[]; readonly inOrder: number[] } {
  const begun = new Map<string, number>();
  const underWay: number[] = [];
  const inOrder: number[] = [];
  /** How many rows of this instant are ends of services that began before it. */
  let instant = -1;
  let ends = 0;
  for (let row = 0; row < events.length; row += EVENT_WIDTH) {
    const time = events[row + EVENT.time]!;
    const type = EVENTS[events[row + EVENT.type]!];
    const call = callAt(events, row);
    if (time !== instant) {
      instant = time;
      ends = inOrder.length;
    }
    const since = begun.get(call);
    if (type === 'endService' && since !== time) {
      if (since === undefined) underWay.push(row);
      inOrder.splice(ends++, 0, row);
    } else inOrder.push(row);
    if (type === 'startService') begun.set(call, time);
    else if (type === 'endService') begun.delete(call);
  }
  return { underWay, inOrder };
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
