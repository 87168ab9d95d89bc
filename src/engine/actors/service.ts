/** Service: servers and the queue before them, the same for every tier. First come, first served. */
import { NODE_STATE } from '../../design/readings.ts';
import { callAt, FLAGS, Flag, LINK, MARK, NODE, PHASE, Phase } from '../calls.ts';
import { wholeMicros } from '../kernel/draws.ts';
import {
  H_BUSY,
  H_HEAD,
  H_QUEUED,
  H_SERVED,
  H_SERVERS,
  H_STATE,
  H_TAIL,
  hostAt,
  N_BUSY_TIME,
  N_SLOW,
  N_WAITED,
  realAt,
} from '../nodes.ts';
import { Event, serviceTap, type World } from '../world.ts';

/** What a service costs: a number, which a row of ints can keep. */
export const Cost = { read: 0, write: Flag.write } as const;

/** A call asks its node for service: at once if a server is free, else it joins the queue. */
export const join = (w: World, row: number, cost: number): void => {
  const host = w.nodes.at;
  const at = w.calls.at;
  const o = callAt(row);
  const node = at[o + NODE]!;
  const h = hostAt(node);
  if (host[h + H_BUSY]! < host[h + H_SERVERS]! && host[h + H_STATE] !== NODE_STATE.paused) {
    begin(w, row, node, cost);
    return;
  }
  at[o + PHASE] = Phase.queued;
  at[o + MARK] = w.wheel.now;
  at[o + LINK] = 0;
  at[o + FLAGS] = (at[o + FLAGS]! & ~Flag.write) | cost;
  const tail = host[h + H_TAIL]!;
  if (tail !== 0) at[callAt(tail) + LINK] = row | 0;
  else host[h + H_HEAD] = row | 0;
  host[h + H_TAIL] = row | 0;
  host[h + H_QUEUED]!++;
  const { recorder } = w;
  if (recorder !== undefined) {
    recorder.event('enqueue', row, host[h + H_QUEUED]!);
    recorder.level(node);
  }
};

const begin = (w: World, row: number, node: number, cost: number): void => {
  const { wheel } = w;
  const host = w.nodes.at;
  const { real } = w.nodes;
  const { now } = wheel;
  const h = hostAt(node);
  const n = realAt(node);
  host[h + H_SERVED]!++;
  host[h + H_BUSY]!++;
  real[n + N_BUSY_TIME]! -= now;
  const slow = real[n + N_SLOW]!;
  const tap = serviceTap(node, cost);
  const time = slow === 1 ? w.draws.take(tap) : wholeMicros(w.draws.takeReal(tap) * slow);
  const at = w.calls.at;
  const o = callAt(row);
  at[o + PHASE] = Phase.served;
  at[o + LINK] = wheel.schedule(now + time, Event.served, row) | 0;
  const { recorder } = w;
  if (recorder !== undefined) {
    recorder.event('startService', row, time);
    recorder.level(node);
  }
};

/** A server is free again; whoever waits longest takes it. */
export const release = (w: World, node: number): void => {
  const host = w.nodes.at;
  const h = hostAt(node);
  host[h + H_BUSY]!--;
  w.nodes.real[realAt(node) + N_BUSY_TIME]! += w.wheel.now;
  if (host[h + H_HEAD] !== 0) beginNext(w, node);
  else w.recorder?.level(node);
};

/** Gives free servers to the queue: after a resumption there may be several of both. */
export const serveQueue = (w: World, node: number): void => {
  const host = w.nodes.at;
  const h = hostAt(node);
  while (host[h + H_HEAD] !== 0 && host[h + H_BUSY]! < host[h + H_SERVERS]!) beginNext(w, node);
};

const beginNext = (w: World, node: number): void => {
  const { nodes } = w;
  const host = nodes.at;
  const at = w.calls.at;
  const h = hostAt(node);
  const row = host[h + H_HEAD]!;
  const o = callAt(row);
  const next = at[o + LINK]!;
  host[h + H_HEAD] = next;
  if (next === 0) host[h + H_TAIL] = 0;
  host[h + H_QUEUED]!--;
  nodes.real[realAt(node) + N_WAITED]! += w.wheel.now - at[o + MARK]!;
  begin(w, row, node, at[o + FLAGS]! & Flag.write);
};
