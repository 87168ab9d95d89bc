/**
 * What an election does to the log. Entries become durable in parallel, so logs may have gaps; the new leader
 * therefore takes over what any member of the reachable majority has on disk. For logs without gaps this is the longest
 * log itself. Entries that nobody in the majority has are discarded everywhere.
 */
import { CALL, LINK, STATUS, Status } from '../calls.ts';
import {
  E_DURABLE,
  E_LEADER,
  E_NEXT,
  E_NOTICED,
  E_SERIAL,
  E_SHARD,
  E_SHOWN,
  E_SLOT,
  E_STATE,
  E_TERM,
  E_WAITERS,
  E_WRITE,
  ENTRY,
  EntryState,
  S_LAST_FAULT,
  S_TERM,
  SHARD,
} from '../store.ts';
import type { World } from '../world.ts';
import { commit, replicateTo } from './leader.ts';
import { loseVersion } from './losing.ts';
import { show } from './showing.ts';

/** The new leader's log is what the majority has: the rest surfaces or is discarded. */
export function takeOver(
  w: World,
  shard: number,
  leader: number,
  voters: readonly number[],
  open: readonly number[],
): void {
  const store = w.store;
  const reach = voters.reduce((mask, r) => mask | (1 << r), 0);
  const term = store.shard[shard * SHARD + S_TERM]!;
  const touched = new Set(open.map((entry) => store.at[entry * ENTRY + E_SLOT]!));
  const isKept = (entry: number): boolean =>
    ((store.at[entry * ENTRY + E_DURABLE]! | store.at[entry * ENTRY + E_SHOWN]!) & reach) !== 0;
  const kept = open.filter(isKept);
  discard(
    w,
    open.filter((entry) => !isKept(entry)),
    leader,
  );
  for (const entry of kept) {
    const e = entry * ENTRY;
    // A later entry of its key may have overtaken it meanwhile.
    if (store.at[e + E_STATE] === EntryState.free) continue;
    // Waiters stand at the old leader: if it lives, it will not know how this ended.
    store.at[e + E_WAITERS] = 0;
    store.at[e + E_TERM] = term;
    store.at[e + E_LEADER] = leader;
    store.at[e + E_DURABLE]! |= 1 << leader;
    const serial = store.at[e + E_SERIAL]!;
    if (store.at[e + E_STATE] === EntryState.pending) commit(w, entry);
    else show(w, entry, leader);
    for (let r = 0; r < store.rf && store.isOpen(entry, serial); r++)
      if ((store.at[e + E_DURABLE]! & (1 << r)) === 0 || store.at[e + E_STATE] === EntryState.committed)
        resend(w, entry, r);
  }
  for (const slot of touched) restoreNewest(w, slot, leader);
}

/** Brings an entry to a replica that lacks it: the copy, and the news that it is committed. */
function resend(w: World, entry: number, replica: number): void {
  const { store } = w;
  const e = entry * ENTRY;
  if (replica === store.at[e + E_LEADER] || (store.at[e + E_SHOWN]! & (1 << replica)) !== 0) return;
  if (store.at[e + E_STATE] === EntryState.committed) store.at[e + E_NOTICED]! |= 1 << replica;
  if ((store.at[e + E_DURABLE]! & (1 << replica)) === 0)
    replicateTo(w, entry, replica, w.oracle.operationOf(store.at[e + E_WRITE]!));
  else if (store.at[e + E_STATE] === EntryState.committed) show(w, entry, replica);
}

/** Nobody in the majority has them. What was committed with fewer copies than that is lost. */
export function discard(w: World, entries: readonly number[], leader: number): void {
  const { store, oracle } = w;
  const lost: { slot: number; write: number; faultAt: number }[] = [];
  for (const entry of entries) {
    const e = entry * ENTRY;
    const shard = store.at[e + E_SHARD]!;
    for (let row = store.at[e + E_WAITERS]!; row !== 0; row = w.calls.at[row * CALL + LINK]!)
      w.calls.at[row * CALL + STATUS] = Status.refused;
    if (store.at[e + E_STATE] === EntryState.committed) {
      const faultAt = store.shard[shard * SHARD + S_LAST_FAULT]!;
      lost.push({ slot: store.at[e + E_SLOT]!, write: store.at[e + E_WRITE]!, faultAt });
    }
    store.remove(entry);
  }
  for (const { slot, write, faultAt } of lost) {
    let survivor = store.shown(slot, leader);
    for (let other = store.firstOpen(slot); other !== 0; other = store.at[other * ENTRY + E_NEXT]!) {
      const kept = store.at[other * ENTRY + E_WRITE]!;
      if (oracle.committedBefore(survivor, kept)) survivor = kept;
    }
    if (oracle.committedBefore(survivor, write)) loseVersion(w, write, survivor, faultAt);
  }
}

function restoreNewest(w: World, slot: number, leader: number): void {
  const store = w.store;
  let newest = store.shown(slot, leader);
  for (let entry = store.firstOpen(slot); entry !== 0; entry = store.at[entry * ENTRY + E_NEXT]!)
    newest = store.at[entry * ENTRY + E_WRITE]!;
  store.setNewest(slot, newest);
}
