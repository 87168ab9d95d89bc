/**
 * Write-behind: what waits in a cache node's flush buffer, when it goes to the store, and what is lost with the node.
 * The flush itself is a routine of the policy's table; `flush.ts` begins it.
 */
import { NODE_STATE, SYSTEM } from '../../design/readings.ts';
import { CALL, KIND, PHASE, Phase, SLOT, TIMER, WRITE } from '../calls.ts';
import { B_CALL, B_SENT, B_TIMER, B_WAITS, BUFFERED, DUE } from '../flushBuffer.ts';
import { E_STATE, E_WRITE, ENTRY, EntryState } from '../store.ts';
import { Event, type World } from '../world.ts';
import { PUT, RESEND_US } from './transport.ts';

/**
 * The value that the call brought waits for its flush, `flushDelay` after the first that does; what waited before is
 * replaced by it. A flush that was refused brings its value back, below a newer one.
 */
export function buffer(w: World, row: number): void {
  const { buffered, oracle, wheel } = w;
  const calls = w.calls.at;
  const slot = calls[row * CALL + SLOT]!;
  const write = calls[row * CALL + WRITE]!;
  const o = buffered.row(slot);
  const at = buffered.at;
  const waits = at[o + B_WAITS]!;
  const refused = at[o + B_CALL] === row;
  if (!refused) oracle.buffer(write);
  if (waits !== write) {
    const older = w.cacheFenced ? oracle.fencedBefore(write, waits) : refused;
    if (waits !== 0 && older) oracle.supersede(write, waits);
    else {
      if (waits !== 0) oracle.supersede(waits, write);
      else buffered.held++;
      at[o + B_WAITS] = write;
    }
  }
  const delay = w.design.cache.flushDelay;
  if (at[o + B_TIMER] === 0)
    at[o + B_TIMER] = wheel.schedule(
      wheel.now + (refused ? Math.max(delay, RESEND_US) : delay),
      Event.flushDue,
      slot,
    );
}

/** The flush that this call was is over. */
export function clear(w: World, row: number): void {
  const { at } = w.buffered;
  const slot = w.calls.at[row * CALL + SLOT]!;
  const o = slot * BUFFERED;
  w.buffered.held--;
  at[o + B_SENT] = 0;
  at[o + B_CALL] = 0;
  if (at[o + B_TIMER] === DUE) flushNow(w, slot);
}

/** What waits of the key is flushed at once: its entry is gone, or what it waited for is over. */
export function flushNow(w: World, slot: number): void {
  const { buffered, wheel } = w;
  if (!buffered.holds(slot)) return;
  const { at } = buffered;
  const o = slot * BUFFERED;
  if (at[o + B_WAITS] === 0) return;
  if (at[o + B_TIMER]! > 0) wheel.cancel(at[o + B_TIMER]!);
  at[o + B_TIMER] = at[o + B_SENT] !== 0 ? DUE : wheel.schedule(wheel.now, Event.flushDue, slot);
}

/** A node goes on after a pause: what came due meanwhile is flushed. */
export function flushOverdue(w: World, node: number): void {
  for (let slot = 0; slot < w.buffered.slots; slot++)
    if (w.buffered.at[slot * BUFFERED + B_TIMER] === DUE && w.cacheNodeOf(slot) === node) flushNow(w, slot);
}

/** The version to flush now, taken out to be sent; 0: not now. */
export function takeDue(w: World, slot: number): number {
  const { at } = w.buffered;
  const o = slot * BUFFERED;
  at[o + B_TIMER] = 0;
  if (at[o + B_SENT] !== 0 || w.nodes.stateOf(w.cacheNodeOf(slot)) === NODE_STATE.paused) {
    at[o + B_TIMER] = DUE;
    return 0;
  }
  const write = at[o + B_WAITS]!;
  at[o + B_WAITS] = 0;
  at[o + B_SENT] = write;
  return write;
}

/** The node's memory is gone: a crash, or a flush of the cache. Flushes under way that still stand there go with it. */
export function loseBuffer(w: World, node: number): void {
  const { buffered, calls, faults, wheel } = w;
  for (let slot = 0; slot < buffered.slots; slot++) {
    if (w.cacheNodeOf(slot) !== node || !buffered.holds(slot)) continue;
    const { at } = buffered;
    const o = slot * BUFFERED;
    const row = at[o + B_CALL]! * CALL;
    if (at[o + B_SENT] !== 0 && calls.at[row + PHASE] === Phase.waiting) {
      if (calls.at[row + TIMER]! > 0) wheel.cancel(calls.at[row + TIMER]!);
      calls.at[row + TIMER] = 0;
      faults.forget(at[o + B_CALL]!);
      calls.close(at[o + B_CALL]!);
    }
    if (at[o + B_TIMER]! > 0) wheel.cancel(at[o + B_TIMER]!);
    for (const column of [B_SENT, B_WAITS]) {
      if (at[o + column] === 0) continue;
      buffered.risk(at[o + column]!, wheel.now);
      buffered.held--;
    }
    at.fill(0, o, o + BUFFERED);
  }
}

/**
 * Decides what can no longer come back of what nodes have lost: a version that no PUT under way and no open entry of a
 * log carries, with those that it had replaced. What had been replaced and is under way itself is still open.
 */
export function settleRisks(w: World): void {
  const { buffered, oracle, series, wheel } = w;
  if (buffered.risks === 0) return;
  const carried = unflushed(w);
  for (let row = 1; row < w.calls.end; row++) {
    const o = row * CALL;
    const phase = w.calls.at[o + PHASE]!;
    if (w.calls.at[o + KIND] === PUT && phase !== Phase.free && phase !== Phase.returning)
      carried.add(w.calls.at[o + WRITE]!);
  }
  for (let entry = 1; entry < w.store.end; entry++)
    if (w.store.at[entry * ENTRY + E_STATE] === EntryState.pending)
      carried.add(w.store.at[entry * ENTRY + E_WRITE]!);
  const { atRisk, risks } = buffered;
  buffered.risks = 0;
  const before = oracle.counts.lostAckedWrite;
  const due = [...atRisk.subarray(0, risks * 2)];
  for (let i = 0; i < due.length; i += 2) {
    const write = due[i]!;
    const faultAt = due[i + 1]!;
    if (oracle.isCommitted(write)) continue;
    if (carried.has(write)) {
      buffered.risk(write, faultAt);
      continue;
    }
    oracle.loseBuffered(write, wheel.now, faultAt);
    for (const held of oracle.heldBy(write)) due.push(held, faultAt);
  }
  series.system[SYSTEM.lostAckedWrites]! += oracle.counts.lostAckedWrite - before;
}

/** Every version that a live node's buffer holds, those that were replaced before their flush included. */
export function unflushed(w: World): Set<number> {
  const { buffered, oracle } = w;
  const writes = new Set<number>();
  for (let slot = 0; slot < buffered.slots; slot++)
    for (const column of [B_WAITS, B_SENT]) {
      const write = buffered.at[slot * BUFFERED + column]!;
      if (write !== 0) writes.add(write);
    }
  // Those that are added meanwhile have their turn too.
  for (const write of writes) for (const held of oracle.heldBy(write)) writes.add(held);
  return writes;
}
