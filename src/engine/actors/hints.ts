/**
 * Hinted handoff: what a replica has not acknowledged its coordinator keeps, in its memory, and sends when the replica
 * answers again: the oldest first, one at a time for each replica, the next when the one before is acknowledged. What
 * was lost on the way is tried again after RESEND_US. A hint does not count towards a write's quorum.
 */
import { CALL, FROM, HINT, LINK, NODE, PHASE, Phase, STATUS, Status, STEP } from '../calls.ts';
import { Event, type World } from '../world.ts';
import { takenAsDead } from './reader.ts';
import { RESEND_US, sendRequest } from './transport.ts';

/** A copy for a replica joins its coordinator's list. */
export function keepHint(w: World, row: number): void {
  const { ends } = w.hints;
  const { at } = w.calls;
  const o = row * CALL;
  const list = w.hints.list(at[o + FROM]!, at[o + NODE]!);
  at[o + STATUS] = HINT;
  at[o + STEP] = 0;
  at[o + PHASE] = Phase.kept;
  const last = ends[list + 1]!;
  ends[list + 1] = row;
  if (last !== 0) {
    at[last * CALL + STEP] = row;
    return;
  }
  ends[list] = row;
  wait(w, row);
}

function wait(w: World, row: number): void {
  const o = row * CALL;
  w.calls.at[o + PHASE] = Phase.travelling;
  w.calls.at[o + LINK] = w.wheel.schedule(w.wheel.now + RESEND_US, Event.resend, row);
}

/** The first of a list is due: it goes if its coordinator can send and does not take the replica as dead. */
export function tryHint(w: World, row: number): void {
  const o = row * CALL;
  if (w.nodes.isUp(w.calls.at[o + FROM]!) && !takenAsDead(w, w.calls.at[o + NODE]!)) sendRequest(w, row);
  else wait(w, row);
}

/** A replica has acknowledged a copy. If it was a hint, the next one of its list goes. */
export function onCopyAcknowledged(w: World, row: number): void {
  const { ends } = w.hints;
  const { at } = w.calls;
  const o = row * CALL;
  const isHint = at[o + STATUS] === HINT;
  const next = at[o + STEP]!;
  const list = w.hints.list(at[o + FROM]!, at[o + NODE]!);
  w.calls.close(row);
  if (!isHint) return;
  ends[list] = next;
  if (next === 0) ends[list + 1] = 0;
  else tryHint(w, next);
}

/** A coordinator crashes: what it kept is gone. What is under way arrives, and is acknowledged to nobody. */
export function forgetHints(w: World, coordinator: number): void {
  const { ends } = w.hints;
  const { at } = w.calls;
  for (let replica = w.nodes.firstStore; replica < w.nodes.count; replica++) {
    const list = w.hints.list(coordinator, replica);
    const first = ends[list]!;
    if (first === 0) continue;
    ends[list] = 0;
    ends[list + 1] = 0;
    at[first * CALL + STATUS] = Status.ok;
    for (let row = at[first * CALL + STEP]!; row !== 0;) {
      const next = at[row * CALL + STEP]!;
      w.calls.close(row);
      row = next;
    }
  }
}
