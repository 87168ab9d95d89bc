/** Service: servers and the queue before them, the same for every tier. First come, first served. */
import { NODE_STATE } from '../../design/readings.ts';
import { CALL, FLAGS, Flag, LINK, MARK, NODE, PHASE, Phase } from '../calls.ts';
import { H_BUSY, H_HEAD, H_QUEUED, H_SERVED, H_SERVERS, H_STATE, H_TAIL, HOST } from '../nodes.ts';
import { Event, Stream, type World } from '../world.ts';

/** A call asks its node for service: at once if a server is free, else it joins the queue. */
export function join(w: World, row: number, write: boolean): void {
  const host = w.nodes.at;
  const at = w.calls.at;
  const o = row * CALL;
  const node = at[o + NODE]!;
  const h = node * HOST;
  if (host[h + H_BUSY]! < host[h + H_SERVERS]! && host[h + H_STATE] !== NODE_STATE.paused) {
    begin(w, row, node, write);
    return;
  }
  at[o + PHASE] = Phase.queued;
  at[o + MARK] = w.wheel.now;
  at[o + LINK] = 0;
  if (write) at[o + FLAGS]! |= Flag.write;
  else at[o + FLAGS]! &= ~Flag.write;
  const tail = host[h + H_TAIL]!;
  if (tail !== 0) at[tail * CALL + LINK] = row;
  else host[h + H_HEAD] = row;
  host[h + H_TAIL] = row;
  host[h + H_QUEUED]!++;
  if (w.recording) {
    w.recorder.event('enqueue', row, host[h + H_QUEUED]!);
    w.recorder.level(node);
  }
}

function begin(w: World, row: number, node: number, write: boolean): void {
  const { nodes, wheel } = w;
  const now = wheel.now;
  const h = node * HOST;
  nodes.at[h + H_SERVED]!++;
  nodes.at[h + H_BUSY]!++;
  nodes.busyTime[node]! -= now;
  const sampler = write ? nodes.writeTime[node]! : nodes.readTime[node]!;
  const time = Math.round(sampler.sample(w.streams, Stream.nodes + node) * nodes.slow[node]!);
  const at = w.calls.at;
  const o = row * CALL;
  at[o + PHASE] = Phase.served;
  at[o + LINK] = wheel.schedule(now + time, Event.served, row);
  if (w.recording) {
    w.recorder.event('startService', row, time);
    w.recorder.level(node);
  }
}

/** A server is free again; whoever waits longest takes it. */
export function release(w: World, node: number): void {
  const { nodes, wheel } = w;
  const h = node * HOST;
  nodes.at[h + H_BUSY]!--;
  nodes.busyTime[node]! += wheel.now;
  if (nodes.at[h + H_HEAD] !== 0) beginNext(w, node);
  else if (w.recording) w.recorder.level(node);
}

/** Gives free servers to the queue: after a resumption there may be several of both. */
export function serveQueue(w: World, node: number): void {
  const host = w.nodes.at;
  const h = node * HOST;
  while (host[h + H_HEAD] !== 0 && host[h + H_BUSY]! < host[h + H_SERVERS]!) beginNext(w, node);
}

function beginNext(w: World, node: number): void {
  const { nodes } = w;
  const host = nodes.at;
  const at = w.calls.at;
  const h = node * HOST;
  const row = host[h + H_HEAD]!;
  const o = row * CALL;
  const next = at[o + LINK]!;
  host[h + H_HEAD] = next;
  if (next === 0) host[h + H_TAIL] = 0;
  host[h + H_QUEUED]!--;
  nodes.waited[node]! += w.wheel.now - at[o + MARK]!;
  begin(w, row, node, (at[o + FLAGS]! & Flag.write) !== 0);
}
