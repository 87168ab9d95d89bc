/** Hands each event to the actor that it concerns. The order of digest and deed is part of what a digest means. */
import { NODE_STATE } from '../../design/readings.ts';
import { CALL, FROM, KIND, NODE, OPERATION, PHASE, Phase, WRITE } from '../calls.ts';
import { Tier } from '../nodes.ts';
import { OP, OP_ID, OP_WRITE } from '../operations.ts';
import { Event, type World } from '../world.ts';
import { expire } from './cache.ts';
import { onClientAnswer, onClientTimeout, onNextGet, onNextPut, onReadBack } from './clients.ts';
import { electIfDue, onCaughtUp, onHigherTerm } from './election.ts';
import { onCommitNotice, onReplicate, onReplicateServed } from './follower.ts';
import { reachSilentHost } from './health.ts';
import { onAcknowledged, onPut } from './leader.ts';
import { enter, onAnswer, onCallTimeout, onServed } from './policy.ts';
import { onReadServed } from './reader.ts';
import { join, release } from './service.ts';
import { COMMIT_NOTICE, GET, PUT, sendRequest } from './transport.ts';

/** Deals with the event that the wheel has just given. */
export function dispatch(w: World): void {
  const { wheel } = w;
  const { kind, row } = wheel;
  switch (kind) {
    case Event.arrive: {
      const node = note(w, kind, row, NODE);
      if (w.nodes.stateOf(node) !== NODE_STATE.up) reachSilentHost(w, node, kind, row);
      else if (w.nodes.tierOf(node) === Tier.store) arriveAtReplica(w, row);
      else enter(w, row);
      return;
    }
    case Event.served: {
      const node = note(w, kind, row, NODE);
      release(w, node);
      if (w.recording) w.recorder.event('endService', row, 0);
      if (w.nodes.tierOf(node) !== Tier.store) onServed(w, row);
      else if (w.calls.at[row * CALL + KIND] === GET) onReadServed(w, row);
      else onReplicateServed(w, row);
      return;
    }
    case Event.answer: {
      const node = note(w, kind, row, FROM);
      if (w.nodes.stateOf(node) !== NODE_STATE.up) reachSilentHost(w, node, kind, row);
      else if (node === 0) onClientAnswer(w, row);
      else onAnswer(w, row);
      return;
    }
    case Event.acknowledged: {
      const node = note(w, kind, row, FROM);
      if (w.nodes.stateOf(node) !== NODE_STATE.up) reachSilentHost(w, node, kind, row);
      else onAcknowledged(w, row);
      return;
    }
    case Event.callTimeout: {
      const node = note(w, kind, row, NODE);
      if (w.nodes.stateOf(node) === NODE_STATE.paused) reachSilentHost(w, node, kind, row);
      else onCallTimeout(w, row);
      return;
    }
    case Event.resend:
      note(w, kind, row, NODE);
      resend(w, row);
      return;
    case Event.nextPut:
      w.digest.event(wheel.now, kind, 0, w.operations.started + 1, 0);
      onNextPut(w);
      return;
    case Event.nextGet:
      w.digest.event(wheel.now, kind, 0, w.operations.started + 1, 0);
      onNextGet(w);
      return;
    case Event.readBack:
      noteOperation(w, kind, row);
      onReadBack(w, row);
      return;
    case Event.clientTimeout:
      noteOperation(w, kind, row);
      onClientTimeout(w, row);
      return;
    case Event.expire:
      w.digest.event(wheel.now, kind, 0, row, w.cache.held(row));
      expire(w, row);
      return;
    case Event.elect:
      w.digest.event(wheel.now, kind, row, 0, 0);
      electIfDue(w, row);
      return;
    case Event.hearTerm:
      w.digest.event(wheel.now, kind, row, 0, 0);
      onHigherTerm(w, row);
      return;
    case Event.caughtUp:
      w.digest.event(wheel.now, kind, row, 0, 0);
      onCaughtUp(w, row);
      return;
    default:
      throw new Error(`event of unknown kind ${kind}`);
  }
}

/** Digests an event of a call; returns the node that it reaches. */
function note(w: World, kind: number, row: number, end: number): number {
  const at = w.calls.at;
  const o = row * CALL;
  const node = at[o + end]!;
  w.digest.event(w.wheel.now, kind, node, at[o + OPERATION]!, at[o + WRITE]!);
  return node;
}

function noteOperation(w: World, kind: number, op: number): void {
  const at = w.operations.at;
  w.digest.event(w.wheel.now, kind, 0, at[op * OP + OP_ID]!, at[op * OP + OP_WRITE]!);
}

function arriveAtReplica(w: World, row: number): void {
  const kind = w.calls.at[row * CALL + KIND]!;
  if (kind === PUT) onPut(w, row);
  else if (kind === GET) join(w, row, false);
  else if (kind === COMMIT_NOTICE) onCommitNotice(w, row);
  else onReplicate(w, row);
}

/** A replication message goes out again, if what it says still matters and its sender lives. */
function resend(w: World, row: number): void {
  const at = w.calls.at;
  at[row * CALL + PHASE] = Phase.travelling;
  sendRequest(w, row);
}
