/**
 * The workload: an open loop. PUTs and GETs arrive whatever happens to the ones before, at the design's rates, which a
 * surge changes, and for keys that a hot one may take the place of. What becomes of them is the clients' (`clients.ts`).
 */
import { A_APP, A_SESSION, A_SLOT, BATCH, type Ahead } from '../arrivals.ts';
import { wholeMicros } from '../kernel/draws.ts';
import { OpKind } from '../operations.ts';
import { Event, Stream, Tap, type World } from '../world.ts';
import { startGet, startPut } from './clients.ts';

/**
 * Schedules the first arrivals. Even ones begin half a gap after the start, so that as many come as the rate says: rate
 * times duration.
 */
export const beginArrivals = (w: World): void => {
  const { puts, gets, arrivals } = w.design.workload;
  if (arrivals === 'even') {
    w.arrivals.nextPut = -w.putGap.mean / 2;
    w.arrivals.nextGet = -w.getGap.mean / 2;
  }
  if (puts > 0) scheduleNextPut(w);
  if (gets > 0) scheduleNextGet(w);
};

const scheduleNextPut = (w: World): void => {
  const { arrivals } = w;
  const next = (arrivals.nextPut += w.draws.takeReal(Tap.putGap) * arrivals.pace);
  scheduleArrival(w, next, Event.nextPut);
};

const scheduleNextGet = (w: World): void => {
  const { arrivals } = w;
  const next = (arrivals.nextGet += w.draws.takeReal(Tap.getGap) * arrivals.pace);
  scheduleArrival(w, next, Event.nextGet);
};

const scheduleArrival = (w: World, next: number, kind: number): void => {
  const time = wholeMicros(next);
  if (time < w.design.duration) w.wheel.schedule(time, kind, 0);
};

/** From now on gaps are `pace` times what the workload says, and so is what is left of those that have begun. */
export const changePace = (w: World, pace: number): void => {
  const { wheel, arrivals, design } = w;
  const left = pace / arrivals.pace;
  if (left === 1) return;
  arrivals.pace = pace;
  const pending: number[] = [];
  wheel.forEachPending((_time, kind, _row, id) => {
    if (kind === Event.nextPut || kind === Event.nextGet) pending.push(id);
  });
  for (const id of pending) wheel.cancel(id);
  // One that is due in this microsecond may stand a fraction of it before now.
  const moved = (next: number): number => wheel.now + Math.max(0, next - wheel.now) * left;
  arrivals.nextPut = moved(arrivals.nextPut);
  arrivals.nextGet = moved(arrivals.nextGet);
  if (design.workload.puts > 0) scheduleArrival(w, arrivals.nextPut, Event.nextPut);
  if (design.workload.gets > 0) scheduleArrival(w, arrivals.nextGet, Event.nextGet);
};

/** Draws the next PUTs, or GETs. Each step does one thing for all of them, so that what it waits for overlaps. */
const drawAhead = (w: World, ahead: Ahead, keys: number, sessions: number, routing: number): void => {
  const { streams, zipf, design, nodes, cache, store, oracle } = w;
  const { at } = ahead;
  zipf.fill(streams, keys, at, A_SLOT, ahead.bits, BATCH);
  let read = w.keys.prefetch(at, A_SLOT, BATCH);
  for (let i = A_SLOT; i < A_SLOT + BATCH; i++) at[i] = w.slotOf(at[i]!);
  for (let i = A_SESSION; i < A_SESSION + BATCH; i++)
    at[i] = streams.below(sessions, design.workload.sessions);
  for (let i = A_APP; i < A_APP + BATCH; i++) at[i] = nodes.firstApp + streams.below(routing, nodes.appNodes);
  for (let i = 0; i < BATCH; i++) {
    const slot = at[A_SLOT + i]!;
    read ^= oracle.prefetch(slot, at[A_SESSION + i]!, Math.max(0, cache.held(slot))) ^ store.shown(slot, 0);
  }
  ahead.read = read;
  ahead.next = 0;
};

/** The key of an arrival: the one that was drawn, unless a hot key draws it. That is the most popular one, rank 0. */
const slotAsked = (w: World, drawn: number): number => {
  const { hot } = w.arrivals;
  return hot > 0 && w.streams.unit(Stream.faults) < hot ? w.slotOf(0) : drawn;
};

export const onNextPut = (w: World): void => {
  const { puts } = w.arrivals;
  if (puts.next === BATCH) drawAhead(w, puts, Stream.putKeys, Stream.putSessions, Stream.putRouting);
  const { at, next } = puts;
  puts.next++;
  // Drawn at the arrival, so that it is the same whatever becomes of the PUT.
  const readsBack = w.streams.unit(Stream.readBackChoice) < w.design.workload.readBack;
  startPut(w, at[next + A_SESSION]!, slotAsked(w, at[next + A_SLOT]!), readsBack, at[next + A_APP]!);
  scheduleNextPut(w);
};

export const onNextGet = (w: World): void => {
  const { gets } = w.arrivals;
  if (gets.next === BATCH) drawAhead(w, gets, Stream.getKeys, Stream.getSessions, Stream.getRouting);
  const { at, next } = gets;
  gets.next++;
  startGet(w, OpKind.get, at[next + A_SESSION]!, slotAsked(w, at[next + A_SLOT]!), at[next + A_APP]!);
  scheduleNextGet(w);
};
