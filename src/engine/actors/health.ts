/**
 * Health of hosts and links: what a fault does when it begins and when it ends. Crash, destroy, pause and partition
 * silence a host; slow and delay do not. Whatever a fault means for elections stands in `replicas.ts`.
 */
import { LINKS } from '../../design/nodes.ts';
import { NODE_STATE } from '../../design/readings.ts';
import { CALL, FROM, LINK, MARK, NODE, PHASE, Phase, TIMER, TIMER_HELD } from '../calls.ts';
import { Forced } from '../faults.ts';
import { Tier } from '../nodes.ts';
import { Event, type World } from '../world.ts';
import { noteAvailability, returnToService } from './availability.ts';
import { flushOverdue } from './buffer.ts';
import { clearNode } from './cache.ts';
import { isBehind } from './catchUp.ts';
import { electIfDue } from './election.ts';
import { onReplicaAnswers, onReplicaCrashed, onReplicaReturns, onReplicaSilent } from './replicas.ts';
import { forgetHints } from './hints.ts';
import { onPeerCrashed, rebuild, rebuildThoseWaiting } from './rebuild.ts';
import { serveQueue } from './service.ts';
import { lose } from './transport.ts';

/** Acts on the next fault instant; `wheel.now` stands at it. */
export function passFaultInstant(w: World): void {
  // While hosts and links change, every message is looked at.
  w.network.disturbed = true;
  act(w);
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
  const target = faults.targetOf(index);
  switch (fault.kind) {
    case 'flush':
      if (begins) clearNode(w, target);
      return;
    case 'slow':
      w.nodes.slow[target] = activeOn(w, target, 'slow').reduce(
        (product, f) => product * (f.kind === 'slow' ? f.factor : 1),
        1,
      );
      return;
    case 'delay':
      gatherNetwork(w);
      return;
    case 'partition':
      if (target < 0) gatherNetwork(w);
      else force(w, target, false);
      return;
    case 'crash':
    case 'destroy':
    case 'pause':
      force(w, target, begins && fault.kind === 'destroy');
      return;
    case 'drop':
    case 'surge':
    case 'hotkey':
      return; // the document's reader refuses these by name
  }
}

function activeOn(w: World, node: number, kind: string): World['faults']['faults'][number][] {
  return w.faults.faults.filter(
    (fault, i) => fault.kind === kind && w.faults.isActive(i) && w.faults.targetOf(i) === node,
  );
}

/** What all active faults add to links and nodes, and which links they cut. */
function gatherNetwork(w: World): void {
  const linkDelay = new Float64Array(LINKS.length);
  const nodeDelay = new Float64Array(w.nodes.count);
  const linkCut = new Int32Array(LINKS.length);
  w.faults.faults.forEach((fault, i) => {
    if (!w.faults.isActive(i)) return;
    const node = w.faults.targetOf(i);
    const link = w.faults.linkOf(i);
    if (fault.kind === 'delay' && node >= 0) nodeDelay[node]! += fault.by;
    if (fault.kind === 'delay' && link >= 0) linkDelay[link]! += fault.by;
    if (fault.kind === 'partition' && link >= 0) linkCut[link] = 1;
  });
  w.network.setFaults(linkDelay, nodeDelay, linkCut);
  for (let shard = 0; shard < w.store.shards; shard++) {
    noteAvailability(w, shard);
    // It may have been the cut that held up an election.
    electIfDue(w, shard);
  }
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
    const at = calls.at;
    const phase = at[o + PHASE]!;
    const here = at[o + NODE] === node;
    switch (phase) {
      case Phase.travelling:
        if (at[o + FROM] !== node) continue;
        wheel.cancel(at[o + LINK]!);
        break;
      case Phase.returning:
        if (!here) continue;
        wheel.cancel(at[o + LINK]!);
        break;
      case Phase.served:
        if (!here) continue;
        wheel.cancel(at[o + LINK]!);
        break;
      case Phase.queued:
      case Phase.frozen:
      case Phase.waiting:
        if (!here) continue;
        break;
      default:
        continue;
    }
    lose(w, row, false);
  }
  // What had reached it while it was paused dies with it; its own calls are gone already, and their timers with them.
  for (const { event, row } of faults.takeHeld(node)) if (event !== Event.callTimeout) lose(w, row, false);
  nodes.empty(node, wheel.now);
  w.flights.clear(node);
  if (nodes.tierOf(node) === Tier.cache) clearNode(w, node);
  if (w.recording) w.recorder.level(node);
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
    if (event === Event.callTimeout) {
      // An answer that was kept before it comes first, and calls it off.
      calls.at[o + TIMER] = wheel.schedule(wheel.now, event, row);
      continue;
    }
    calls.at[o + PHASE] = event === Event.arrive ? Phase.travelling : Phase.returning;
    calls.at[o + LINK] = wheel.schedule(wheel.now, event, row);
  }
  serveQueue(w, node);
  flushOverdue(w, node);
}

/** A message or a timer reaches a host that is not up. Paused: it is kept. Cut off: the network lost it. */
export function reachSilentHost(w: World, node: number, event: number, row: number): void {
  const state = w.nodes.stateOf(node);
  const o = row * CALL;
  if (state === NODE_STATE.paused) {
    if (event === Event.callTimeout) w.calls.at[o + TIMER] = TIMER_HELD;
    else w.calls.at[o + PHASE] = Phase.held;
    w.faults.hold(node, event, row);
  } else lose(w, row, state === NODE_STATE.cutOff);
}
