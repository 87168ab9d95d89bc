/**
 * The interpreter of policy tables: takes app and cache nodes from step to step. It knows the kinds of step and no
 * policy by name.
 */
import { MESSAGES, SYSTEM } from '../../design/readings.ts';
import {
  AWAITED,
  CALL,
  callAt,
  CALLER,
  FLAGS,
  Flag,
  KIND,
  LINK,
  NODE,
  PHASE,
  Phase,
  SLOT,
  STATUS,
  Status,
  STEP,
  TIMER,
  WRITE,
} from '../calls.ts';
import { Tier } from '../nodes.ts';
import { letGo } from '../gathers.ts';
import { ARG, Do, LIMITED, ON, STEP_WIDTH } from '../program.ts';
import { Event, type World } from '../world.ts';
import { buffer, clear } from './buffer.ts';
import { applyEntry, invalidateEntry, lookUp, removeEntry } from './cache.ts';
import { land, Seat, takeSeat } from './flights.ts';
import { ask, gathersFor } from './quorum.ts';
import { chooseReplica } from './reader.ts';
import { Cost, join } from './service.ts';
import { GET, giveUpOn, INVALIDATE, PUT, sendAnswer, sendRequest } from './transport.ts';

/** Takes the steps from `step` on, until the call waits for something or has ended. */
export const runSteps = (w: World, row: number, step: number): void => {
  const steps = w.program.steps;
  const o = callAt(row);
  for (;;) {
    const s = (step & 0xffff) * STEP_WIDTH;
    w.calls.at[o + STEP] = step | 0;
    w.recorder?.event('step', row, step);
    switch (steps[s]!) {
      case Do.callCache:
      case Do.callStore: {
        call(w, row, steps[s], steps[s + ARG]!, steps[s + LIMITED]!);
        return;
      }
      case Do.sendCache: {
        const child = open(w, row, 0, w.cacheNodeOf(w.calls.at[o + SLOT]!), steps[s + ARG]!);
        w.calls.at[child * CALL + STATUS] = w.calls.at[o + STATUS]!;
        sendRequest(w, child);
        step = steps[s + ON]!;
        break;
      }
      case Do.sendSelf: {
        const self = open(w, row, 0, w.calls.at[o + NODE]!, steps[s + ARG]!);
        if (w.leases) w.calls.at[self * CALL + STATUS] = w.cache.lease(w.calls.at[o + SLOT]!);
        runSteps(w, self, entryOf(w, self));
        step = steps[s + ON]!;
        break;
      }
      case Do.lookup:
        step = steps[s + ON + lookUp(w, row)]!;
        break;
      case Do.join: {
        const seat = takeSeat(w, row, steps[s + LIMITED] === 1);
        if (seat === Seat.waits) return;
        step = steps[s + ON + seat]!;
        break;
      }
      case Do.land:
        bringTo(w, row, land(w, row));
        step = steps[s + ON]!;
        break;
      case Do.apply:
        applyEntry(w, row);
        step = steps[s + ON]!;
        break;
      case Do.remove:
        removeEntry(w, row);
        step = steps[s + ON]!;
        break;
      case Do.invalidate:
        invalidateEntry(w, row);
        step = steps[s + ON]!;
        break;
      case Do.buffer:
        buffer(w, row);
        step = steps[s + ON]!;
        break;
      case Do.clear:
        clear(w, row);
        step = steps[s + ON]!;
        break;
      case Do.serve:
        w.calls.at[o + STEP] = steps[s + ON]!;
        join(w, row, Cost.write);
        return;
      case Do.reply: {
        const at = w.calls.at;
        // A miss brings home the lease that it was given.
        at[o + STEP] = at[o + STATUS]!;
        at[o + STATUS] = steps[s + ARG]!;
        if (at[o + CALLER] === 0) w.calls.close(row);
        else sendAnswer(w, row, Event.answer);
        return;
      }
      default:
        w.calls.close(row);
        return;
    }
  }
};

/** Those who waited for a load go on with what it found. */
const bringTo = (w: World, row: number, first: number): void => {
  for (let waiter = first; waiter !== 0;) {
    const at = w.calls.at;
    const o = waiter * CALL;
    const next = at[o + LINK]!;
    at[o + WRITE] = at[row * CALL + WRITE]!;
    at[o + FLAGS]! |= at[row * CALL + FLAGS]! & Flag.dirty;
    runSteps(w, waiter, w.program.steps[at[o + STEP]! * STEP_WIDTH + ON + Seat.comesSecond]!);
    waiter = next;
  }
};

/** Opens a call that this row makes, with the key, the version and the fate of the one who makes it. */
const open = (w: World, row: number, caller: number, node: number, message: number): number => {
  if (message === INVALIDATE) w.series.invalidations++;
  return w.calls.openFrom(row, caller, message, node);
};

const call = (w: World, row: number, kind: number, message: number, limited: number): void => {
  const slot = w.calls.at[callAt(row) + SLOT]!;
  const gathers = kind === Do.callStore && gathersFor(w, message);
  let node: number;
  if (kind === Do.callCache) {
    node = w.cacheNodeOf(slot);
  } else if (gathers) {
    node = w.calls.at[callAt(row) + NODE]!;
  } else {
    const shard = w.shardOf(slot);
    node = message === GET ? chooseReplica(w, shard) : w.leaderNode(shard);
  }
  const child = open(w, row, row, node, message);
  const at = w.calls.at; // the pool may have grown
  const o = callAt(row);
  at[o + AWAITED] = child;
  at[o + PHASE] = Phase.waiting;
  const limit = limited === 0 ? 0 : limited === 1 ? w.cacheTimeout : w.design.client.timeout;
  if (limit !== 0) at[o + TIMER] = w.wheel.schedule(w.wheel.now + limit, Event.callTimeout, row) | 0;
  if (gathers) ask(w, child);
  else sendRequest(w, child);
};

/** The answer to a call that an app or cache node made. Late answers find nobody who waits. */
export const onAnswer = (w: World, child: number): void => {
  const { calls } = w;
  const at = calls.at;
  const c = callAt(child);
  const row = at[c + CALLER]!;
  const o = callAt(row);
  if (at[o + AWAITED] !== child) {
    letGo(calls, child);
    return;
  }
  if (at[o + TIMER] !== 0) {
    w.wheel.cancel(at[o + TIMER]!);
    at[o + TIMER] = 0;
  }
  at[o + AWAITED] = 0;
  const status = at[c + STATUS]!;
  if (at[o + KIND] !== PUT) {
    at[o + WRITE] = at[c + WRITE]!;
    at[o + FLAGS]! |= at[c + FLAGS]! & Flag.dirty;
    if (status === Status.miss) at[o + STATUS] = at[c + STEP]!;
  }
  letGo(calls, child);
  runSteps(w, row, w.program.steps[(at[o + STEP]! & 0xffff) * STEP_WIDTH + ON + (status & 3)]!);
};

/** The time for a call has run out: the caller goes on without it, and the message lives on. */
export const onCallTimeout = (w: World, row: number): void => {
  const at = w.calls.at;
  const o = row * CALL;
  const child = at[o + AWAITED]!;
  at[o + TIMER] = 0;
  at[o + AWAITED] = 0;
  const step = at[o + STEP]! * STEP_WIDTH;
  w.recorder?.timeout(row, child);
  w.camera?.timeout(row, child);
  if (child !== 0) giveUpOn(w, child, Flag.givenUp);
  const next = w.program.steps[step + ON + Status.gaveUp]!;
  if (w.program.steps[step + LIMITED] === 1) {
    w.series.system[SYSTEM.cacheTimeouts]!++;
    w.series.timeouts[at[o + NODE]!]!++;
    w.series.timeouts[w.cacheNodeOf(at[o + SLOT]!)]!++;
    if (w.program.steps[next * STEP_WIDTH] === Do.callStore) w.series.system[SYSTEM.fallbacks]!++;
  }
  runSteps(w, row, next);
};

/** A request has been served by an app or cache node: its routine goes on, or begins. */
export const onServed = (w: World, row: number): void => {
  runSteps(w, row, w.calls.at[callAt(row) + STEP]!);
};

/** Where a fresh request begins. */
export const enter = (w: World, row: number): void => {
  const at = w.calls.at;
  const o = callAt(row);
  const kind = at[o + KIND]!;
  if (at[o + NODE]! >= w.nodes.firstCache) {
    at[o + STEP] = w.program.entry[MESSAGES.length + kind]!;
    join(w, row, kind === GET ? Cost.read : Cost.write);
    return;
  }
  at[o + STEP] = w.program.entry[kind]!;
  if (kind === PUT) w.oracle.arrivedAtApp(at[o + WRITE]!, w.wheel.now);
  join(w, row, Cost.read);
};

/** The first step of the routine that a node has for a message. */
const entryOf = (w: World, row: number): number => {
  const o = callAt(row);
  const actor = w.nodes.tierOf(w.calls.at[o + NODE]!) === Tier.app ? 0 : 1;
  return w.program.entry[actor * MESSAGES.length + w.calls.at[o + KIND]!]!;
};
