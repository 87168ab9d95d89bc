/** Hands each event to the actor that it concerns. The order of digest and deed is part of what a digest means. */
import { NODE_STATE } from '../../design/readings.ts';
import { CALL, callAt, FROM, KIND, NODE, OPERATION, PHASE, Phase, WRITE } from '../calls.ts';
import { isGather, isPart } from '../gathers.ts';
import { H_STATE, H_TIER, hostAt, Tier } from '../nodes.ts';
import { OP, OP_ID, OP_WRITE } from '../operations.ts';
import { Event, type World } from '../world.ts';
import { expire } from './cache.ts';
import { onCaughtUp } from './catchUp.ts';
import { onClientAnswer, onClientTimeout, onProbe, onReadBack, onRetry } from './clients.ts';
import { electIfDue, onHearTerm } from './election.ts';
import { onFlushDue } from './flush.ts';
import { onCommitNotice, onReplicate, onReplicateServed } from './follower.ts';
import { reachesSilentHost } from './health.ts';
import { onCopyAcknowledged, tryHint } from './hints.ts';
import { onAcknowledged, onPut } from './leader.ts';
import { arriveAtPeer, onCopyServed } from './peer.ts';
import { enter, onAnswer, onCallTimeout, onServed } from './policy.ts';
import { onPartAnswered, onUnacknowledged } from './quorum.ts';
import { onReadServed } from './reader.ts';
import { onRebuilt } from './rebuild.ts';
import { Cost, join, release } from './service.ts';
import { COMMIT_NOTICE, GET, PUT, sendRequest } from './transport.ts';
import { onNextGet, onNextPut } from './workload.ts';

/** Kinds of event that are a call's, each as a bit: those that reach the node it asks, and those that reach who asked. */
const AT_NODE = (1 << Event.arrive) | (1 << Event.served) | (1 << Event.callTimeout) | (1 << Event.resend);
const AT_CALLER = (1 << Event.answer) | (1 << Event.acknowledged);

/** Deals with the event that the wheel has just given. Every call's event passes one digest, so that it is compiled into here. */
export const dispatch = (w: World): void => {
  const { wheel } = w;
  const { kind, row } = wheel;
  const kindBit = 1 << kind;
  if ((kindBit & (AT_NODE | AT_CALLER)) === 0) {
    dispatchOther(w, kind, row);
    return;
  }
  const at = w.calls.at;
  const o = callAt(row);
  const node = at[o + ((kindBit & AT_NODE) === 0 ? FROM : NODE)]!;
  w.digest.event(wheel.now, kind, node, at[o + OPERATION]!, at[o + WRITE]!);
  const host = w.nodes.at;
  const h = hostAt(node);
  switch (kind) {
    case Event.arrive:
      if (host[h + H_STATE] !== NODE_STATE.up && !reachesSilentHost(w, node, kind, row)) return;
      if (host[h + H_TIER] === Tier.store) arriveAtReplica(w, row);
      else enter(w, row);
      return;
    case Event.served:
      release(w, node);
      w.recorder?.event('endService', row, 0);
      if (host[h + H_TIER] !== Tier.store) onServed(w, row);
      else if (at[o + KIND] === GET) onReadServed(w, row);
      else if (w.leaderless) onCopyServed(w, row);
      else onReplicateServed(w, row);
      return;
    case Event.answer:
      if (host[h + H_STATE] !== NODE_STATE.up && !reachesSilentHost(w, node, kind, row)) return;
      if (node === 0) onClientAnswer(w, row);
      else if (w.gathers && isPart(w.calls, row)) answerGather(w, row);
      else onAnswer(w, row);
      return;
    case Event.acknowledged:
      if (host[h + H_STATE] !== NODE_STATE.up && !reachesSilentHost(w, node, kind, row)) return;
      if (w.leaderless) onCopyAcknowledged(w, row);
      else onAcknowledged(w, row);
      return;
    case Event.callTimeout:
      if (host[h + H_STATE] === NODE_STATE.paused) reachesSilentHost(w, node, kind, row);
      else if (w.gathers && isGather(w.calls, row)) onUnacknowledged(w, row);
      else onCallTimeout(w, row);
      return;
    default:
      if (w.leaderless) tryHint(w, row);
      else resend(w, row);
      return;
  }
};

/** An event that is no call's. */
const dispatchOther = (w: World, kind: number, row: number): void => {
  const { wheel } = w;
  switch (kind) {
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
    case Event.probe:
      noteOperation(w, kind, row);
      onProbe(w, row);
      return;
    case Event.clientTimeout:
      noteOperation(w, kind, row);
      onClientTimeout(w, row);
      return;
    case Event.retry:
      noteOperation(w, kind, row);
      onRetry(w, row);
      return;
    case Event.expire:
      w.digest.event(wheel.now, kind, 0, row, w.cache.held(row));
      expire(w, row);
      return;
    case Event.flushDue:
      w.digest.event(w.wheel.now, kind, 0, row, 0);
      onFlushDue(w, row);
      return;
    case Event.elect:
      w.digest.event(wheel.now, kind, row, 0, 0);
      electIfDue(w, row);
      return;
    case Event.hearTerm:
      w.digest.event(wheel.now, kind, row, 0, 0);
      onHearTerm(w, row);
      return;
    case Event.caughtUp:
      w.digest.event(wheel.now, kind, row, 0, 0);
      if (w.leaderless) onRebuilt(w, row);
      else onCaughtUp(w, row);
      return;
    default:
      throw new Error(`event of unknown kind ${kind}`);
  }
};

const noteOperation = (w: World, kind: number, op: number): void => {
  const at = w.operations.at;
  w.digest.event(w.wheel.now, kind, 0, at[op * OP + OP_ID]!, at[op * OP + OP_WRITE]!);
};

const arriveAtReplica = (w: World, row: number): void => {
  const kind = w.calls.at[row * CALL + KIND]!;
  if (w.leaderless) arriveAtPeer(w, row);
  else if (kind === PUT) onPut(w, row);
  else if (kind === GET) join(w, row, Cost.read);
  else if (kind === COMMIT_NOTICE) onCommitNotice(w, row);
  else onReplicate(w, row);
};

/** A replica's answer to one of several who were asked: it may be the one that settles it. */
const answerGather = (w: World, part: number): void => {
  const gather = onPartAnswered(w, part);
  if (gather !== 0) onAnswer(w, gather);
};

/** A replication message goes out again, once its sender is not paused; one that has crashed sends nothing. */
const resend = (w: World, row: number): void => {
  const at = w.calls.at;
  const sender = at[row * CALL + FROM]!;
  const state = w.nodes.stateOf(sender);
  if (state === NODE_STATE.crashed) {
    w.calls.close(row);
    return;
  }
  if (state === NODE_STATE.paused) {
    at[row * CALL + PHASE] = Phase.held;
    w.faults.hold(sender, Event.resend, row);
    return;
  }
  at[row * CALL + PHASE] = Phase.travelling;
  sendRequest(w, row);
};
