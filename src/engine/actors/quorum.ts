/**
 * Quorums: a call to the store that is sent to every replica of a shard and answered once enough of them have answered.
 * A read then has the newest version among those answers. Without leaders that is every call; with leaders, reads by
 * `readFrom: quorum`. The coordinator of a leaderless store mends what it sees: old copies by read repair, missing ones
 * by hints. What a replica does with what it is sent stands elsewhere.
 */
import {
  CALL,
  CALLER,
  FLAGS,
  Flag,
  KIND,
  NODE,
  OPERATION,
  PHASE,
  Phase,
  SLOT,
  STATUS,
  Status,
  TIMER,
  WRITE,
} from '../calls.ts';
import { ANSWERED, CURRENT, endPart, HINTED, PARTS } from '../gathers.ts';
import { bitsIn } from '../kernel/bits.ts';
import { Event, type World } from '../world.ts';
import { keepHint } from './hints.ts';
import { settleAcknowledged } from './peer.ts';
import { takenAsDead } from './reader.ts';
import { GET, lose, PUT, REPLICATE, sendRequest } from './transport.ts';

/** Whether a call to the store asks all replicas. */
export function gathersFor(w: World, message: number): boolean {
  return w.gathers && (message === GET || w.leaderless);
}

/** Asks the replicas of the key's shard; `gather` has just been opened and its caller awaits it. */
export function ask(w: World, gather: number): void {
  const { calls, store, hints } = w;
  const g = gather * CALL;
  const kind = calls.at[g + KIND]!;
  const slot = calls.at[g + SLOT]!;
  const first = w.replicaNode(w.shardOf(slot), 0);
  calls.at[g + FLAGS]! |= Flag.gathers;
  calls.at[g + PHASE] = Phase.waiting;
  calls.at[g + ANSWERED] = 0;
  calls.at[g + CURRENT] = 0;
  if (kind === GET) calls.at[g + WRITE] = 0;
  // One for this call itself, so that it outlives parts that are lost at once.
  calls.at[g + PARTS] = 1;
  const asked = kind === GET ? readable(w, first) : store.all;
  for (let r = 0; r < store.rf; r++) {
    if ((asked & (1 << r)) === 0) continue;
    if (kind === PUT && hints.kept && takenAsDead(w, first + r)) {
      calls.at[g + HINTED]! |= 1 << r;
      keepHint(w, open(w, gather, 0, REPLICATE, first + r));
    } else {
      calls.at[g + PARTS]!++;
      const part = open(w, gather, gather, kind, first + r);
      calls.at[part * CALL + FLAGS]! |= Flag.part;
      sendRequest(w, part);
    }
  }
  // Who is lost on the way, even all at once, is missed only then.
  if (kind === PUT && hints.kept && calls.at[g + HINTED] !== store.all)
    calls.at[g + TIMER] = w.wheel.schedule(w.wheel.now + w.design.client.timeout, Event.callTimeout, gather);
  if (endPart(calls, gather)) lose(w, gather, false);
}

/** The replicas that a read asks: those not taken as dead, or all where too few are left. */
function readable(w: World, first: number): number {
  let mask = 0;
  for (let r = 0; r < w.store.rf; r++) if (!takenAsDead(w, first + r)) mask |= 1 << r;
  return bitsIn(mask) < needed(w, GET) ? w.store.all : mask;
}

function needed(w: World, kind: number): number {
  if (kind === PUT) return w.store.w;
  return w.leaderless ? w.design.store.r : w.store.majority;
}

/** A message from the coordinator to a replica, about the key and the version that it has gathered. */
function open(w: World, gather: number, caller: number, kind: number, replica: number): number {
  const { calls } = w;
  const g = gather * CALL;
  const row = calls.open(caller, calls.at[g + OPERATION]!, kind, replica, calls.at[g + NODE]!);
  const { at } = calls;
  const o = row * CALL;
  at[o + SLOT] = at[g + SLOT]!;
  at[o + WRITE] = at[g + WRITE]!;
  at[o + FLAGS] = at[g + FLAGS]! & (Flag.givenUp | Flag.readBack);
  return row;
}

/** A replica's answer has reached the coordinator. Returns the gather if its caller has its answer with it, else 0. */
export function onPartAnswered(w: World, part: number): number {
  const { calls, store } = w;
  const { at } = calls;
  const c = part * CALL;
  const gather = at[c + CALLER]!;
  const g = gather * CALL;
  const kind = at[g + KIND]!;
  const bit = 1 << w.replicaOf(at[c + NODE]!);
  const write = at[c + WRITE]!;
  calls.close(part);
  // After a crash its coordinator knows nothing of it.
  if (at[g + STATUS] !== Status.gaveUp) {
    at[g + ANSWERED]! |= bit;
    if (kind === GET) compare(w, gather, bit, write);
    else if (at[g + TIMER]! > 0 && (at[g + ANSWERED]! | at[g + HINTED]!) === store.all) {
      w.wheel.cancel(at[g + TIMER]!);
      at[g + TIMER] = 0;
    }
    if (bitsIn(at[g + ANSWERED]!) >= needed(w, kind)) {
      if (kind === GET && w.leaderless && w.design.store.readRepair) repair(w, gather);
      if (calls.at[g + CALLER] !== 0) {
        conclude(w, gather);
        calls.at[g + PARTS]!--;
        return gather;
      }
    }
  }
  if (endPart(calls, gather)) lose(w, gather, false);
  return 0;
}

/** Notes whether a replica's version is the newest so far: by its place in the log, or without one by its fence. */
function compare(w: World, gather: number, bit: number, write: number): void {
  const { at } = w.calls;
  const g = gather * CALL;
  const newest = at[g + WRITE]!;
  if (write === newest) at[g + CURRENT]! |= bit;
  else if (w.leaderless ? w.oracle.fencedBefore(newest, write) : w.oracle.committedBefore(newest, write)) {
    at[g + WRITE] = write;
    at[g + CURRENT] = bit;
  }
}

/** Sends the newest version to the replicas that answered with an older one. Nobody waits for it. */
function repair(w: World, gather: number): void {
  const g = gather * CALL;
  const answered = w.calls.at[g + ANSWERED]!;
  const old = answered & ~w.calls.at[g + CURRENT]!;
  w.calls.at[g + CURRENT] = answered;
  const first = w.replicaNode(w.shardOf(w.calls.at[g + SLOT]!), 0);
  for (let r = 0; r < w.store.rf; r++)
    if ((old & (1 << r)) !== 0) sendRequest(w, open(w, gather, 0, REPLICATE, first + r));
}

/** Enough replicas have answered. */
function conclude(w: World, gather: number): void {
  const { at } = w.calls;
  const g = gather * CALL;
  at[g + STATUS] = Status.ok;
  if (at[g + KIND] === PUT) settleAcknowledged(w, at[g + SLOT]!, at[g + WRITE]!);
  else if (!w.oracle.isCommitted(at[g + WRITE]!)) at[g + FLAGS]! |= Flag.dirty;
}

/** A client's patience is over: what a replica has not acknowledged by now is kept for it. */
export function onUnacknowledged(w: World, gather: number): void {
  const { calls, store } = w;
  const g = gather * CALL;
  const missing = store.all & ~(calls.at[g + ANSWERED]! | calls.at[g + HINTED]!);
  const first = w.replicaNode(w.shardOf(calls.at[g + SLOT]!), 0);
  calls.at[g + TIMER] = 0;
  for (let r = 0; r < store.rf; r++)
    if ((missing & (1 << r)) !== 0) keepHint(w, open(w, gather, 0, REPLICATE, first + r));
  calls.at[g + PARTS]!++;
  if (endPart(calls, gather)) lose(w, gather, false);
}
