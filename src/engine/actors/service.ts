/** Service: servers and the queue before them, the same for every tier. First come, first served. */
import { NODE_STATE } from '../../design/readings.ts';
import { CALL, FLAGS, Flag, LINK, MARK, NODE, PHASE, Phase } from '../calls.ts';
import { Event, Stream, type World } from '../world.ts';

/** A call asks its node for service: at once if a server is free, else it joins the queue. */
export function join(w: World, row: number, write: boolean): void {
  const nodes = w.nodes;
  const at = w.calls.at;
  const o = row * CALL;
  const node = at[o + NODE]!;
  if (nodes.busy[node]! < nodes.servers[node]! && nodes.state[node] !== NODE_STATE.paused) {
    nodes.served[node]!++;
    begin(w, row, node, write);
    return;
  }
  at[o + PHASE] = Phase.queued;
  at[o + MARK] = w.wheel.now;
  at[o + LINK] = 0;
  if (write) at[o + FLAGS]! |= Flag.write;
  else at[o + FLAGS]! &= ~Flag.write;
  const tail = nodes.tail[node]!;
  if (tail !== 0) at[tail * CALL + LINK] = row;
  else nodes.head[node] = row;
  nodes.tail[node] = row;
  nodes.queued[node]!++;
  if (w.recording) {
    w.recorder.event('enqueue', row, nodes.queued[node]!);
    w.recorder.level(node);
  }
}

function begin(w: World, row: number, node: number, write: boolean): void {
  const nodes = w.nodes;
  const now = w.wheel.now;
  nodes.integrate(node, now);
  nodes.busy[node]!++;
  const sampler = write ? nodes.writeTime[node]! : nodes.readTime[node]!;
  const time = Math.round(sampler.sample(w.streams, Stream.nodes + node) * nodes.slow[node]!);
  const at = w.calls.at;
  const o = row * CALL;
  at[o + PHASE] = Phase.served;
  at[o + LINK] = w.wheel.schedule(now + time, Event.served, row);
  if (w.recording) {
    w.recorder.event('startService', row, time);
    w.recorder.level(node);
  }
}

/** A server is free again; whoever waits longest takes it. */
export function release(w: World, node: number): void {
  const nodes = w.nodes;
  nodes.integrate(node, w.wheel.now);
  nodes.busy[node]!--;
  if (nodes.head[node] !== 0) beginNext(w, node);
  else if (w.recording) w.recorder.level(node);
}

/** Gives free servers to the queue: after a resumption there may be several of both. */
export function serveQueue(w: World, node: number): void {
  while (w.nodes.head[node] !== 0 && w.nodes.busy[node]! < w.nodes.servers[node]!) beginNext(w, node);
}

function beginNext(w: World, node: number): void {
  const nodes = w.nodes;
  const at = w.calls.at;
  const row = nodes.head[node]!;
  const o = row * CALL;
  nodes.head[node] = at[o + LINK]!;
  if (nodes.head[node] === 0) nodes.tail[node] = 0;
  nodes.queued[node]!--;
  nodes.served[node]!++;
  nodes.waited[node]! += w.wheel.now - at[o + MARK]!;
  begin(w, row, node, (at[o + FLAGS]! & Flag.write) !== 0);
}
