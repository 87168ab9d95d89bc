/**
 * Waits in queues, services and timeouts of a window as events of a trace. A service stands on the lowest server of its
 * node that is free: the run does not say which of them it was.
 */
import { EVENT, EVENT_WIDTH, EVENTS } from '../../design/readings.ts';
import type { DetailReading } from '../../engine/readings.ts';
import { MESSAGES_TID, pidOf, type TraceEvent } from './traceEvent.ts';

/** What goes beyond the window's edges is cut at them. */
export function queuesAndServices({ events, from, to }: DetailReading): TraceEvent[] {
  const services = new Services(events);
  const { underWay, inOrder } = servicesIn(events);
  for (const row of underWay) services.begin(row, from);
  for (const row of inOrder) services.take(row);
  services.cutAt(to);
  return services.traced;
}

interface Begun {
  /** Microseconds. */
  readonly since: number;
  /** Of the event that began it. */
  readonly row: number;
}

/** What waits and what is served, as the rows of a window are taken one by one. */
class Services {
  readonly traced: TraceEvent[] = [];
  readonly #events: Int32Array;
  readonly #waiting = new Map<string, Begun>();
  readonly #serving = new Map<string, Begun & { readonly server: number }>();
  /** By node, the servers that are taken. */
  readonly #busy = new Map<number, Set<number>>();
  /** Servers that have their name. */
  readonly #named = new Set<string>();

  constructor(events: Int32Array) {
    this.#events = events;
  }

  begin(row: number, since: number): void {
    const events = this.#events;
    this.#serving.set(callAt(events, row), { since, row, server: this.#serverOf(events[row + EVENT.node]!) });
  }

  take(row: number): void {
    const events = this.#events;
    const time = events[row + EVENT.time]!;
    const key = callAt(events, row);
    switch (EVENTS[events[row + EVENT.type]!]) {
      case 'enqueue':
        this.#waiting.set(key, { since: time, row });
        break;
      case 'startService':
        this.#endWait(key, time);
        this.begin(row, time);
        break;
      case 'endService':
      // With its host goes what it had in service and in its queue.
      case 'lose':
        this.#endWait(key, time);
        this.#endService(key, row, time);
        break;
      case 'timeout':
        this.traced.push({
          ph: 'i',
          name: 'stops waiting',
          cat: 'timeout',
          s: 't',
          pid: this.#pidAt(row),
          tid: MESSAGES_TID,
          ts: time,
          args: this.#about(row),
        });
        break;
      default:
    }
  }

  /** What goes on at the end of the window ends with it. */
  cutAt(to: number): void {
    for (const [key, { since, row }] of this.#waiting) this.#wait(key, row, since, to);
    for (const { since, row, server } of this.#serving.values()) this.#service(row, server, since, to);
  }

  #endWait(key: string, time: number): void {
    const queued = this.#waiting.get(key);
    this.#waiting.delete(key);
    if (queued !== undefined && queued.since < time) this.#wait(key, queued.row, queued.since, time);
  }

  #endService(key: string, row: number, time: number): void {
    const begun = this.#serving.get(key);
    if (begun === undefined) return;
    this.#serving.delete(key);
    this.#busy.get(this.#events[row + EVENT.node]!)?.delete(begun.server);
    this.#service(row, begun.server, begun.since, time);
  }

  #wait(key: string, row: number, since: number, until: number): void {
    const id = `wait-${key}`;
    const edge = { name: 'in the queue', cat: 'queue', id, pid: this.#pidAt(row), tid: MESSAGES_TID };
    this.traced.push(
      { ph: 'b', ...edge, ts: since, args: this.#about(row) },
      { ph: 'e', ...edge, ts: until },
    );
  }

  #service(row: number, server: number, since: number, until: number): void {
    const pid = this.#pidAt(row);
    const tid = server + 1;
    this.#name(pid, tid);
    const dur = until - since;
    this.traced.push({
      ph: 'X',
      name: 'service',
      cat: 'service',
      pid,
      tid,
      ts: since,
      dur,
      args: this.#about(row),
    });
  }

  #name(pid: number, tid: number): void {
    const thread = `${pid} ${tid}`;
    if (this.#named.has(thread)) return;
    this.#named.add(thread);
    this.traced.push({ ph: 'M', name: 'thread_name', pid, tid, ts: 0, args: { name: `server ${tid}` } });
  }

  #serverOf(node: number): number {
    const taken = this.#busy.get(node) ?? new Set();
    this.#busy.set(node, taken);
    let server = 0;
    while (taken.has(server)) server++;
    taken.add(server);
    return server;
  }

  #pidAt(row: number): number {
    return pidOf(this.#events[row + EVENT.node]!);
  }

  #about(row: number): Readonly<Record<string, number>> {
    const events = this.#events;
    return {
      operation: events[row + EVENT.operation]!,
      call: events[row + EVENT.call]!,
      key: events[row + EVENT.key]!,
      version: events[row + EVENT.version]!,
    };
  }
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
  let instant = -1;
  /** Where in `inOrder` the next end of a service that began before this instant belongs: before what else it has. */
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
