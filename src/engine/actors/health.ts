/**
 * Health of hosts and links: what a fault does when it begins and when it ends. Crash, destroy, pause and partition
 * silence a host; slow, delay and drop do not. Whatever a fault means for elections stands in `replicas.ts`.
 */
import { NODE_STATE } from '../../design/readings.ts';
import { CALL, FROM, LINK, MARK, NODE, PHASE, Phase, TIMER, TIMER_HELD } from '../calls.ts';
import { Forced } from '../faults.ts';
import { H_ZONE, HOST, Tier } from '../nodes.ts';
import { Event, type World } from '../world.ts';
import { noteAvailability, returnToService } from './availability.ts';
import { flushOverdue, settleRisks } from './buffer.ts';
import { clearNode } from './cache.ts';
import { isBehind } from './catchUp.ts';
import { electIfDue } from './election.ts';
import { onReplicaAnswers, onReplicaCrashed, onReplicaReturns, onReplicaSilent } from './replicas.ts';
import { forgetHints } from './hints.ts';
import { onPeerCrashed, rebuild, rebuildThoseWaiting } from './rebuild.ts';
import { serveQueue } from './service.ts';
import { lose } from './transport.ts';
import { changePace } from './workload.ts';

/** Phases, each as a bit, of a call with an event to come: it leaves, is served, or returns. */
const DUE = (1 << Phase.travelling) | (1 << Phase.served) | (1 << Phase.returning);
/** And of all calls that a crash of their node ends, or of their sender while they travel. */
const DIES = DUE | (1 << Phase.queued) | (1 << Phase.frozen) | (1 << Phase.waiting);

/** Acts on the next fault instant; `wheel.now` stands at it. */
export function passFaultInstant(w: World): void {
  // While hosts and links change, every message is looked at.
  w.network.disturbed = true;
  act(w);
  settleRisks(w);
  w.network.settle();
}

function act(w: World): void {
  const { faults } = w;
  const { fault: index, begins } = faults.instants[faults.passed]!;
  faults.passed++;
  const fault = faults.faults[index]!;
  if (begins) {
    const shard = faults.leaderOf(index);
    faults.setTarget(index, shard < 0 ? faults.namedNode(index) : w.leaderNode(shard));
  }
  const hit = nodesHit(w, index);
  switch (fault.kind) {
    case 'flush':
      if (begins) for (const node of hit) clearNode(w, node);
      return;
    case 'slow':
      for (const node of hit)
        w.nodes.setSlowness(
          node,
          activeOn(w, node, 'slow').reduce((product, f) => product * (f.kind === 'slow' ? f.factor : 1), 1),
        );
      return;
    case 'delay':
    case 'drop':
      gatherNetwork(w);
      return;
    case 'partition':
      gatherNetwork(w);
      for (const node of hit) force(w, node, false);
      if (hit.length === 0) lookAtShards(w);
      else if (!begins) electAmong(w, hit);
      return;
    case 'crash':
    case 'destroy':
    case 'pause':
      for (const node of hit) force(w, node, begins && fault.kind === 'destroy');
      // A disk that is gone may leave the vote to those who answer.
      if (!begins || fault.kind === 'destroy') electAmong(w, hit);
      return;
    case 'surge':
    case 'hotkey':
      gatherWorkload(w);
      return;
  }
}

/** The nodes that a fault hits: none, one, or those of a zone. */
function nodesHit({ faults, nodes }: World, fault: number): number[] {
  const target = faults.targetOf(fault);
  if (target >= 0) return [target];
  const zone = faults.zoneOf(fault);
  const hit: number[] = [];
  if (zone > 0)
    for (let node = 0; node < nodes.count; node++)
      if (nodes.at[node * HOST + H_ZONE] === zone) hit.push(node);
  return hit;
}

function activeOn(w: World, node: number, kind: string): World['faults']['faults'][number][] {
  return w.faults.faults.filter(
    (fault, i) => fault.kind === kind && w.faults.isActive(i) && nodesHit(w, i).includes(node),
  );
}

/** What all active faults together do to links, and to the messages of nodes. */
function gatherNetwork(w: World): void {
  const { network, faults } = w;
  network.calm();
  faults.faults.forEach((fault, i) => {
    if (!faults.isActive(i)) return;
    const links = faults.linkOf(i) < 0 ? [] : [faults.linkOf(i)];
    const nodes = nodesHit(w, i);
    if (fault.kind === 'delay') {
      for (const link of links) network.linkDelay[link]! += fault.by;
      for (const node of nodes) network.nodeDelay[node]! += fault.by;
    } else if (fault.kind === 'drop') {
      for (const link of links) network.linkPass[link]! *= 1 - fault.share;
      for (const node of nodes) network.nodePass[node]! *= 1 - fault.share;
    } else if (fault.kind === 'partition') {
      for (const link of links) network.linkCut[link] = 1;
      const zone = faults.zoneOf(i);
      // Cut off by itself, a node does not reach its zone either.
      for (const node of nodes)
        if (network.island[node]! >= 0) network.island[node] = zone > 0 ? zone : -node;
    }
  });
}

/** A cut link may have held up elections. */
function lookAtShards(w: World): void {
  for (let shard = 0; shard < w.store.shards; shard++) {
    noteAvailability(w, shard);
    electIfDue(w, shard);
  }
}

/** Once all of them have answered: who leads on shall not be replaced by those who came a moment before. */
function electAmong(w: World, hit: readonly number[]): void {
  for (const node of hit) if (w.nodes.tierOf(node) === Tier.store) electIfDue(w, w.shardOfNode(node));
}

/** What all active faults together make of the workload. */
function gatherWorkload(w: World): void {
  let factor = 1;
  let spared = 1;
  w.faults.faults.forEach((fault, i) => {
    if (!w.faults.isActive(i)) return;
    if (fault.kind === 'surge') factor *= fault.factor;
    if (fault.kind === 'hotkey') spared *= 1 - fault.share;
  });
  w.arrivals.hot = 1 - spared;
  changePace(w, 1 / factor);
}

/** Brings a host to what the active faults force it to be. */
function force(w: World, node: number, destroyed: boolean): void {
  const { faults } = w;
  const active = (kind: string): boolean => activeOn(w, node, kind).length > 0;
  let to: number = Forced.nothing;
  if (active('crash') || active('destroy')) to = Forced.crashed;
  else if (active('pause')) to = Forced.paused;
  else if (active('partition')) to = Forced.cutOff;
  const from = faults.forced[node]!;
  faults.forced[node] = to;
  if (from === to) {
    if (destroyed && w.nodes.tierOf(node) === Tier.store) loseMemory(w, node, true);
    return;
  }
  if (w.nodes.silentSince(node) < 0) w.nodes.setSilentSince(node, w.wheel.now);
  switch (to) {
    case Forced.crashed:
      w.nodes.setState(node, NODE_STATE.crashed);
      crash(w, node, destroyed);
      break;
    case Forced.paused:
      w.nodes.setState(node, NODE_STATE.paused);
      freeze(w, node);
      break;
    case Forced.cutOff:
      if (from === Forced.paused) thaw(w, node);
      w.nodes.setState(node, NODE_STATE.cutOff);
      break;
    default:
      answerAgain(w, node, from);
      return;
  }
  if (w.nodes.tierOf(node) === Tier.store) onReplicaSilent(w, node);
}

/** Nothing forces the host any more. */
function answerAgain(w: World, node: number, from: number): void {
  const store = w.nodes.tierOf(node) === Tier.store;
  if (store && isBehind(w, node)) {
    if (from === Forced.paused) thaw(w, node);
    if (w.leaderless) rebuild(w, node);
    else onReplicaReturns(w, node);
    return;
  }
  returnToService(w, node);
  if (from === Forced.paused) thaw(w, node);
  if (!store) return;
  if (w.leaderless) rebuildThoseWaiting(w, w.shardOfNode(node));
  else onReplicaAnswers(w, node);
}

function loseMemory(w: World, node: number, diskLost: boolean): void {
  if (w.leaderless) onPeerCrashed(w, node, diskLost);
  else onReplicaCrashed(w, node, diskLost);
}

/** Memory, queue and send buffer are gone. Rows elsewhere that wait for this host learn nothing. */
function crash(w: World, node: number, diskLost: boolean): void {
  const { calls, nodes, wheel, faults } = w;
  if (nodes.tierOf(node) === Tier.store) loseMemory(w, node, diskLost);
  else if (w.hints.kept) forgetHints(w, node);
  for (let row = 1; row < calls.end; row++) {
    const o = row * CALL;
    const phase = calls.at[o + PHASE]!;
    const place = phase === Phase.travelling ? FROM : NODE;
    if ((DIES & (1 << phase)) === 0 || calls.at[o + place] !== node) continue;
    if ((DUE & (1 << phase)) !== 0) wheel.cancel(calls.at[o + LINK]!);
    lose(w, row, false);
  }
  // What had reached it while it was paused dies with it; its own calls are gone already, and their timers with them.
  for (const { event, row } of faults.takeHeld(node)) if (event !== Event.callTimeout) lose(w, row, false);
  nodes.empty(node, wheel.now);
  w.flights.clear(node);
  if (nodes.tierOf(node) === Tier.cache) clearNode(w, node);
  w.recorder?.level(node);
}

/** Work in service stands still with what is left of it. */
function freeze(w: World, node: number): void {
  const { calls, wheel } = w;
  for (let row = 1; row < calls.end; row++) {
    const o = row * CALL;
    if (calls.at[o + NODE] !== node || calls.at[o + PHASE] !== Phase.served) continue;
    calls.at[o + MARK] = wheel.timeOf(calls.at[o + LINK]!) - wheel.now;
    wheel.cancel(calls.at[o + LINK]!);
    calls.at[o + PHASE] = Phase.frozen;
  }
}

/** Work goes on where it stood; then, in order, what was sent meanwhile. */
function thaw(w: World, node: number): void {
  const { calls, wheel, faults } = w;
  for (let row = 1; row < calls.end; row++) {
    const o = row * CALL;
    if (calls.at[o + NODE] !== node || calls.at[o + PHASE] !== Phase.frozen) continue;
    calls.at[o + PHASE] = Phase.served;
    calls.at[o + LINK] = wheel.schedule(wheel.now + calls.at[o + MARK]!, Event.served, row);
  }
  for (const { event, row } of faults.takeHeld(node)) {
    const o = row * CALL;
    // An answer that was kept before a timer comes first, and calls it off. Messages stay `held` until they are dealt
    // with: they have arrived, and nothing that happens to the network now can lose them.
    calls.at[o + (event === Event.callTimeout ? TIMER : LINK)] = wheel.schedule(wheel.now, event, row);
  }
  serveQueue(w, node);
  flushOverdue(w, node);
}

/**
 * A message or a timer reaches a host that is not up. Paused: it is kept. Cut off: the network lost it, unless it comes
 * from the same side, or had arrived before. True when the host deals with it all the same.
 */
export function reachesSilentHost(w: World, node: number, event: number, row: number): boolean {
  const { calls, nodes, network, faults } = w;
  const at = calls.at;
  const o = row * CALL;
  const state = nodes.stateOf(node);
  if (event === Event.callTimeout) {
    at[o + TIMER] = TIMER_HELD;
    faults.hold(node, event, row);
    return false;
  }
  const parted = at[o + PHASE] !== Phase.held && network.isParted(at[o + FROM]!, at[o + NODE]!);
  if (state === NODE_STATE.paused && !parted) {
    at[o + PHASE] = Phase.held;
    faults.hold(node, event, row);
    return false;
  }
  const isServing = state === NODE_STATE.cutOff && !(nodes.tierOf(node) === Tier.store && isBehind(w, node));
  if (isServing && !parted) return true;
  lose(w, row, parted && state !== NODE_STATE.crashed);
  return false;
}
