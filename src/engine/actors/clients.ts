/**
 * Clients: what becomes of an operation once its session has begun it. Some acknowledged PUTs are read back by their
 * session. A client gives up on an attempt after its timeout, and what it set in motion goes on: the next attempt, if
 * there is one, is the same operation, and whichever is answered first ends it. When operations begin, the workload
 * says (`workload.ts`).
 */
import { SYSTEM } from '../../design/readings.ts';
import { CALL, CALLER, FLAGS, Flag, OPERATION, SLOT, STATUS, Status, WRITE } from '../calls.ts';
import { LAST_INSTANT } from '../kernel/wheel.ts';
import {
  OP,
  OP_ATTEMPT,
  OP_ID,
  OP_INSTANT,
  OP_KIND,
  OP_OWN,
  OP_READS_BACK,
  OP_RETRIES,
  OP_SEEN,
  OP_SESSION,
  OP_SLOT,
  OP_START,
  OP_TARGET,
  OP_TIMER,
  OP_WRITE,
  OpKind,
} from '../operations.ts';
import type { Probes } from '../probes.ts';
import { Event, Stream, type World } from '../world.ts';
import { forgetSettled } from './settled.ts';
import { GET, giveUpOn, PUT, sendRequest } from './transport.ts';

/** How an operation ended for its client: its place among OPERATION_ENDINGS. */
const Ending = { ok: 0, failed: 1, unknown: 2 } as const;

/** Where an attempt goes. */
export const drawApp = (w: World, routing: number): number => {
  return w.nodes.firstApp + w.streams.below(routing, w.nodes.appNodes);
};

/** A session writes a key. */
export const startPut = (w: World, session: number, slot: number, readsBack: boolean, app: number): void => {
  const op = w.operations.open(OpKind.put, w.wheel.now, session, slot);
  const at = w.operations.at;
  const o = op * OP;
  at[o + OP_WRITE] = w.oracle.newWrite(slot, at[o + OP_ID]!, session);
  at[o + OP_READS_BACK] = readsBack ? 1 : 0;
  w.series.system[SYSTEM.putsStarted]!++;
  firstAttempt(w, op, PUT, app);
};

/** A session reads the key that it wrote; `op` is the PUT's row, kept for this. */
export const onReadBack = (w: World, op: number): void => {
  const o = op * OP;
  const session = w.operations.at[o + OP_SESSION]!;
  const slot = w.operations.at[o + OP_SLOT]!;
  w.operations.close(op);
  w.arrivals.readBacksDue--;
  startGet(w, OpKind.readBack, session, slot, drawApp(w, Stream.readBackRouting));
};

/** A session reads a key: what it knows of it now is what it may expect. */
export const startGet = (w: World, kind: number, session: number, slot: number, app: number): void => {
  const op = w.operations.open(kind, w.wheel.now, session, slot);
  const at = w.operations.at;
  const o = op * OP;
  if (w.oracle.wasWritten(slot)) {
    at[o + OP_OWN] = w.oracle.floor(slot, session);
    const seen = w.oracle.seen.find(slot, session);
    if (seen >= 0) at[o + OP_SEEN] = w.oracle.seen.value(seen);
  }
  w.series.system[SYSTEM.getsStarted]!++;
  firstAttempt(w, op, GET, app);
};

const firstAttempt = (w: World, op: number, message: number, app: number): void => {
  w.retries.earn();
  const row = attempt(w, op, message, app);
  const session = w.operations.at[op * OP + OP_SESSION]!;
  w.recorder?.event('startOperation', row, session);
  w.camera?.ofClient('startOperation', op, row, session);
  sendRequest(w, row);
};

/** An attempt at an operation, addressed to an app node and still to be sent. */
const attempt = (w: World, op: number, message: number, app: number): number => {
  const o = op * OP;
  const ops = w.operations.at;
  const row = w.calls.open(op, ops[o + OP_ID]!, message, app, 0);
  const at = w.calls.at;
  at[row * CALL + SLOT] = ops[o + OP_SLOT]!;
  at[row * CALL + WRITE] = ops[o + OP_WRITE]!;
  if (ops[o + OP_KIND] === OpKind.readBack) at[row * CALL + FLAGS] = Flag.readBack;
  ops[o + OP_ATTEMPT] = row;
  const until = Math.min(w.wheel.now + w.design.client.timeout, LAST_INSTANT);
  ops[o + OP_TIMER] = w.wheel.schedule(until, Event.clientTimeout, op) | 0;
  return row;
};

/**
 * The answer of an app node to its client, whichever attempt it was asked by. One that is too late for all of them
 * finds its client gone.
 */
export const onClientAnswer = (w: World, row: number): void => {
  const at = w.calls.at;
  const c = row * CALL;
  const op = at[c + CALLER]!;
  const o = op * OP;
  const ops = w.operations.at;
  const last = ops[o + OP_ATTEMPT]!;
  if (last !== row) {
    if (!w.operations.waits(op, at[c + OPERATION]!)) {
      w.calls.close(row);
      return;
    }
    if (last !== 0) giveUpOn(w, last, Flag.givenUp);
  }
  const status = at[c + STATUS]!;
  const write = at[c + WRITE]!;
  const dirty = (at[c + FLAGS]! & Flag.dirty) !== 0;
  w.wheel.cancel(ops[o + OP_TIMER]!);
  const ending = endingOf(ops, o, status);
  w.recorder?.event('endOperation', row, ending);
  w.calls.close(row);
  if (status === Status.ok) {
    if (ops[o + OP_KIND] === OpKind.put) {
      acknowledge(w, op);
      return;
    }
    if (ops[o + OP_KIND] === OpKind.probe)
      w.probes?.answered(ops[o + OP_INSTANT]!, ops[o + OP_TARGET]!, write, w.oracle);
    else read(w, o, write, dirty);
  }
  end(w, op, ending);
};

/**
 * How an operation ends with this answer. Only a refusal tells a writer that nothing happened, and only if there was
 * no other attempt, which may have come to something.
 */
const endingOf = (ops: Int32Array, o: number, status: number): number => {
  if (status === Status.ok) return Ending.ok;
  if (ops[o + OP_KIND] !== OpKind.put) return Ending.failed;
  return status === Status.refused && ops[o + OP_RETRIES] === 0 ? Ending.failed : Ending.unknown;
};

const acknowledge = (w: World, op: number): void => {
  const { operations, oracle, wheel, design } = w;
  const o = op * OP;
  const lost = oracle.counts.lostAckedWrite;
  oracle.acknowledge(operations.at[o + OP_WRITE]!, wheel.now, w.lastFaultOf(operations.at[o + OP_SLOT]!));
  w.series.system[SYSTEM.lostAckedWrites]! += oracle.counts.lostAckedWrite - lost;
  const at = wheel.now + design.workload.readBackAfter;
  const readsBack = operations.at[o + OP_READS_BACK] === 1 && at < design.duration;
  account(w, op, Ending.ok);
  if (w.probes?.takes() === true) probeAfter(w, op, w.probes);
  if (!readsBack) {
    operations.close(op);
    return;
  }
  // The row waits for its read-back; nothing answers it any more.
  operations.at[o + OP_ATTEMPT] = 0;
  operations.at[o + OP_TIMER] = 0;
  w.arrivals.readBacksDue++;
  wheel.schedule(at, Event.readBack, op);
};

/** Fresh sessions will look for the PUT that was acknowledged just now, one at each of the instants asked for. */
const probeAfter = (w: World, put: number, probes: Probes): void => {
  const { operations, wheel } = w;
  const slot = operations.at[put * OP + OP_SLOT]!;
  const target = operations.at[put * OP + OP_WRITE]!;
  probes.instants.forEach((after, instant) => {
    const op = operations.open(OpKind.probe, wheel.now + after, -1, slot);
    operations.at[op * OP + OP_TARGET] = target;
    operations.at[op * OP + OP_INSTANT] = instant;
    wheel.schedule(wheel.now + after, Event.probe, op);
    probes.alive++;
  });
};

export const onProbe = (w: World, op: number): void => {
  firstAttempt(w, op, GET, drawApp(w, Stream.probes));
};

/** The oracle judges what a GET returned. */
const read = (w: World, o: number, write: number, dirty: boolean): void => {
  const { operations, oracle, series } = w;
  const ops = operations.at;
  const { readYourWrites, monotonicReads } = oracle.counts;
  const checked = oracle.readYourWritesChecked;
  const staleness = oracle.read(
    ops[o + OP_ID]!,
    ops[o + OP_SESSION]!,
    ops[o + OP_SLOT]!,
    write,
    ops[o + OP_START]!,
    ops[o + OP_OWN]!,
    ops[o + OP_SEEN]!,
    dirty,
    w.wheel.now,
  );
  if (dirty) series.system[SYSTEM.dirtyReads]!++;
  if (staleness > 0) {
    series.system[SYSTEM.staleReads]!++;
    if (staleness > series.system[SYSTEM.maxStaleness]!) series.system[SYSTEM.maxStaleness] = staleness;
  }
  series.system[SYSTEM.readYourWrites]! += oracle.counts.readYourWrites - readYourWrites;
  series.system[SYSTEM.readYourWritesChecked]! += oracle.readYourWritesChecked - checked;
  series.system[SYSTEM.monotonicReads]! += oracle.counts.monotonicReads - monotonicReads;
  if (oracle.seen.size >= w.sweepAt) forgetSettled(w);
};

/**
 * The client stops waiting for an attempt. It tries again, or ends: a PUT's fate is unknown to it, a GET has failed. Who
 * would go on past the last instant gives up then, since every operation has its end.
 */
export const onClientTimeout = (w: World, op: number): void => {
  const o = op * OP;
  const ops = w.operations.at;
  const row = ops[o + OP_ATTEMPT]!;
  w.recorder?.ofClient('timeout', op, row, 0);
  w.camera?.ofClient('timeout', op, row, 0);
  if (row !== 0) giveUpOn(w, row, Flag.givenUp);
  const { retries, design, wheel } = w;
  const isInTime = wheel.now < LAST_INSTANT && ops[o + OP_RETRIES]! < design.client.retries;
  if (isInTime && retries.spend()) {
    // Doubled for each further one.
    const wait = w.backoff.sample(w.streams, Stream.retries) * (1 << ops[o + OP_RETRIES]!);
    ops[o + OP_ATTEMPT] = 0;
    const at = Math.min(wheel.now + Math.round(wait), LAST_INSTANT);
    ops[o + OP_TIMER] = wheel.schedule(at, Event.retry, op);
    return;
  }
  const ending = endingOf(ops, o, Status.gaveUp);
  w.recorder?.ofClient('endOperation', op, row, ending);
  end(w, op, ending);
};

/** The wait before a retry is over: the same operation once more, with the PUT's own version. */
export const onRetry = (w: World, op: number): void => {
  const o = op * OP;
  w.operations.at[o + OP_RETRIES]!++;
  w.retries.sent++;
  const message = w.operations.at[o + OP_KIND] === OpKind.put ? PUT : GET;
  sendRequest(w, attempt(w, op, message, drawApp(w, Stream.retries)));
};

const end = (w: World, op: number, ending: number): void => {
  account(w, op, ending);
  w.operations.close(op);
};

/** Counts an operation that has ended, and its latency, however it ended. */
const account = (w: World, op: number, ending: number): void => {
  const ops = w.operations.at;
  const o = op * OP;
  if (w.probes !== undefined && ops[o + OP_KIND] === OpKind.probe) {
    w.probes.alive--;
    if (ending !== Ending.ok) w.probes.unanswered(ops[o + OP_INSTANT]!);
    return;
  }
  const start = ops[o + OP_START]!;
  w.series.endOperation(ops[o + OP_KIND]!, ending, start, w.wheel.now - start);
};
