/**
 * Transport: puts messages on their links and says what becomes of the ones that are lost. The only place where a
 * message is sent; nothing here knows what a message means.
 */
import { HOP_FLAGS, MESSAGES } from '../../design/readings.ts';
import {
  AWAITED,
  CALL,
  callAt,
  CALLER,
  FLAGS,
  FROM,
  HINT,
  KIND,
  LINK,
  MARK,
  NODE,
  PHASE,
  Phase,
  STATUS,
  Status,
  STEP,
  TIMER,
} from '../calls.ts';
import { endPart, isGather, isPart, PARTS } from '../gathers.ts';
import { ANSWERS, CROSSES, READS } from '../network.ts';
import { OP, OP_ATTEMPT } from '../operations.ts';
import { E_SERIAL, ENTRY } from '../store.ts';
import { Event, Stream, type World } from '../world.ts';

/** What a lost replication message costs: it is sent again after so many microseconds, until acknowledged. */
export const RESEND_US = 100_000;

export const PUT = MESSAGES.indexOf('put');
export const GET = MESSAGES.indexOf('get');
export const INVALIDATE = MESSAGES.indexOf('invalidate');
const FILL = MESSAGES.indexOf('fill');
export const REPLICATE = MESSAGES.indexOf('replicate');
export const COMMIT_NOTICE = MESSAGES.indexOf('commitNotice');

/** Sends a request on its way; its node will see `Event.arrive`. */
export const sendRequest = (w: World, row: number): void => {
  travel(w, row, Event.arrive);
};

/** Sends the answer home; its caller will see `Event.answer` (`acknowledged` for a durable copy). */
export const sendAnswer = (w: World, row: number, event: number): void => {
  travel(w, row, event);
};

const travel = (w: World, row: number, event: number): void => {
  const { network, wheel } = w;
  const at = w.calls.at;
  const o = callAt(row);
  const isRequest = event === Event.arrive;
  at[o + PHASE] = isRequest ? Phase.travelling : Phase.returning;
  const from = at[o + (isRequest ? FROM : NODE)]!;
  const to = at[o + (isRequest ? NODE : FROM)]!;
  const route = network.route(from, to);
  const { now } = wheel;
  at[o + MARK] = now;
  if (network.disturbed && isLost(w, network.passing(route, from, to))) {
    w.recorder?.hop(row, now + 1, HOP_FLAGS.lost);
    w.camera?.hop(row, now + 1, HOP_FLAGS.lost);
    lose(w, row, true);
    return;
  }
  if (route >= CROSSES) {
    if (carriesValue(at[o + KIND]!, at[o + PHASE]!, at[o + STATUS]!)) network.crossedWithValue++;
    else network.crossed++;
  }
  const leg = network.legs === undefined ? -1 : legOf(w, row);
  const arrivesAt =
    now +
    (leg < 0 ? network.delay(route, from, to, w.draws) : network.legDelay(leg, route, from, to, w.streams));
  at[o + LINK] = wheel.schedule(arrivesAt, event, row) | 0;
  w.recorder?.hop(row, arrivesAt, 0);
  w.camera?.hop(row, arrivesAt, 0);
};

/** The leg that a message travels; -1: it does not reach or leave a replica. */
const legOf = (w: World, row: number): number => {
  const at = w.calls.at;
  const o = callAt(row);
  if (at[o + NODE]! < w.nodes.firstStore) return -1;
  return (at[o + KIND] === GET ? READS : 0) + (at[o + PHASE] === Phase.returning ? ANSWERS : 0);
};

/** Whether a message is lost, by its chance to arrive: drawn only where that is in doubt. */
const isLost = (w: World, passing: number): boolean => {
  return passing === 0 || (passing < 1 && w.streams.unit(Stream.faults) >= passing);
};

/** Values travel with PUTs, fills and copies, and with the answers of GETs that found one. */
const carriesValue = (kind: number, phase: number, status: number): boolean => {
  if (phase === Phase.travelling) return kind === PUT || kind === FILL || kind === REPLICATE;
  return kind === GET && status === Status.ok;
};

/**
 * A message will never arrive. Whoever waits for it without a limit will wait in vain, and so will its caller, up to
 * the first one that has a timer: those rows go with it. `again`: the loss is the network's, so that replication
 * sends once more; a crashed host is caught up instead when it returns.
 */
export const lose = (w: World, row: number, again: boolean): void => {
  const { calls } = w;
  for (;;) {
    const at = calls.at;
    const o = row * CALL;
    const kind = at[o + KIND]!;
    w.recorder?.event('lose', row, -1);
    if (kind === REPLICATE || kind === COMMIT_NOTICE) {
      const live = w.leaderless
        ? at[o + STATUS] === HINT
        : again && w.store.at[at[o + STEP]! * ENTRY + E_SERIAL] === at[o + STATUS];
      if (live) {
        at[o + PHASE] = Phase.travelling;
        at[o + LINK] = w.wheel.schedule(w.wheel.now + RESEND_US, Event.resend, row);
      } else calls.close(row);
      return;
    }
    const caller = at[o + CALLER]!;
    const attempt = at[o + FROM] === 0;
    const part = isPart(calls, row);
    if (at[o + TIMER]! > 0) w.wheel.cancel(at[o + TIMER]!);
    at[o + TIMER] = 0;
    if (isGather(calls, row) && at[o + PARTS] !== 0) {
      // Its coordinator has crashed: what its parts bring is news to nobody.
      at[o + CALLER] = 0;
      at[o + STATUS] = Status.gaveUp;
      return;
    }
    calls.close(row);
    if (caller === 0) return;
    if (attempt) {
      // The client has a timer of its own.
      const awaited = caller * OP + OP_ATTEMPT;
      if (w.operations.at[awaited] === row) w.operations.at[awaited] = 0;
      return;
    }
    if (part) {
      if (!endPart(calls, caller)) return;
      row = caller;
      continue;
    }
    const c = caller * CALL;
    if (at[c + AWAITED] !== row) return;
    at[c + AWAITED] = 0;
    if (at[c + TIMER] !== 0) return;
    row = caller;
  }
};

/** Marks a call and what it waits for as given up on: alive, but of no use to whoever asked. */
export const giveUpOn = (w: World, row: number, flag: number): void => {
  const at = w.calls.at;
  for (let next = row; next !== 0; next = at[next * CALL + AWAITED]!) at[next * CALL + FLAGS]! |= flag;
};
