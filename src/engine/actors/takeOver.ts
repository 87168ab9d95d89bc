/**
 * What an election does to the log. Entries become durable in parallel, so logs may have gaps; the new leader
 * therefore takes over what any member of the reachable majority has on disk. For logs without gaps this is the longest
 * log itself. Entries that nobody in the majority has are discarded everywhere.
 */
import { CALL, LINK, STATUS, Status } from '../calls.ts';
import {
  Behind,
  E_DURABLE,
  E_LEADER,
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
  R_BEHIND,
  R_EMPTY,
  R_TERM,
  REPLICA,
  S_LAST_FAULT,
  S_TERM,
  SHARD,
} from '../store.ts';
import type { World } from '../world.ts';
import { announce, commit, replicateTo } from './leader.ts';
import { loseBetween, standing, standingOf } from './losing.ts';
import { leads } from './reader.ts';
import { become, show } from './showing.ts';
import { tellTerm } from './terms.ts';

/** An election that was won; replicas by their number in the shard. */
interface Won {
  readonly shard: number;
  /** It has the highest last term of the voters. */
  readonly leader: number;
  readonly voters: readonly number[];
  /** The shard's open entries, oldest first. */
  readonly open: readonly number[];
  /** The leader had to catch up. */
  readonly wasBehind: boolean;
}

/** The new leader's log is what the majority has: the rest surfaces or is discarded. */
export function takeOver(w: World, { shard, leader, voters, open, wasBehind }: Won): void {
  const { store } = w;
  const { periodic } = store.unsynced;
  const row = (shard * store.rf + leader) * REPLICA;
  const reachable = voters.reduce((bits, r) => bits | (1 << r), 0);
  // Where disks may have lost what all replicas once showed, the log alone does not say what there is; nor where the
  // leader has what others have left behind.
  const isPartial = periodic || store.replica[row + R_EMPTY] === 1;
  const slots =
    isPartial || wasBehind
      ? w.slotsOf(shard)
      : new Set(open.map((entry) => store.at[entry * ENTRY + E_SLOT]!));
  const stood = standingOf(w, slots);
  if (periodic) for (const slot of slots) takeNewest(w, slot, leader, voters);
  // What a replaced leader went on to log, nobody who knows of the newer term takes from it.
  const known = store.replica[row + R_TERM]!;
  const isKept = (entry: number): boolean =>
    store.at[entry * ENTRY + E_TERM]! >= known &&
    ((store.at[entry * ENTRY + E_DURABLE]! | store.at[entry * ENTRY + E_SHOWN]!) & reachable) !== 0;
  const kept = open.filter(isKept);
  discard(
    w,
    open.filter((entry) => !isKept(entry)),
  );
  for (const entry of kept) adopt(w, entry, leader);
  store.replica[row + R_EMPTY] = 0;
  for (const [slot, before] of stood) settle(w, slot, leader, before);
  if (isPartial) markUnaware(w, shard, ~reachable);
}

/** An entry of the log before is the new leader's now: it commits if it had not, and goes to whoever lacks it. */
function adopt(w: World, entry: number, leader: number): void {
  const { store } = w;
  const e = entry * ENTRY;
  const shard = store.at[e + E_SHARD]!;
  const serial = store.at[e + E_SERIAL]!;
  const write = store.at[e + E_WRITE]!;
  const bit = 1 << leader;
  // Waiters stand at the old leader: if it lives, it will not know how this ended.
  store.at[e + E_WAITERS] = 0;
  store.at[e + E_TERM] = store.shard[shard * SHARD + S_TERM]!;
  store.at[e + E_LEADER] = leader;
  if (store.unsynced.periodic && (store.at[e + E_DURABLE]! & bit) === 0)
    store.unsynced.written(shard * store.rf + leader, store.at[e + E_SLOT]!, write, w.wheel.now);
  store.at[e + E_DURABLE]! |= bit;
  if (store.at[e + E_STATE] === EntryState.pending) commit(w, entry);
  else {
    show(w, entry, leader);
    announce(w, entry);
  }
  for (let r = 0; r < store.rf && store.isOpen(entry, serial); r++)
    if ((store.at[e + E_DURABLE]! & (1 << r)) === 0) replicateTo(w, entry, r, w.oracle.operationOf(write));
}

/** What a key has come to with the new leader's log. `before`: the version that stood until the election. */
function settle(w: World, slot: number, leader: number, before: number): void {
  const { store, oracle } = w;
  const shown = store.shown(slot, leader);
  // What was lost and is what the leader has is the truth again.
  if (oracle.isLost(shown)) oracle.commit(shown, w.wheel.now);
  const faultAt = store.shard[w.shardOf(slot) * SHARD + S_LAST_FAULT]!;
  loseBetween(w, slot, standing(w, slot, 1 << leader), before, faultAt);
  // What else is in the log it shows as well.
  store.setNewest(slot, store.shown(slot, leader));
}

/** The new leader shows the newest version of a key that any voter shows, and may lose it again before it syncs. */
function takeNewest(w: World, slot: number, leader: number, voters: readonly number[]): void {
  const { store, oracle, wheel } = w;
  const replica = w.shardOf(slot) * store.rf + leader;
  for (const voter of voters) {
    const before = store.shown(slot, leader);
    const write = store.shown(slot, voter);
    // The order of commits stands for the place in the log that a replica keeps with a version.
    if (oracle.isLost(write) || !oracle.committedBefore(before, write)) continue;
    store.unsynced.written(replica, slot, write, wheel.now);
    store.unsynced.shown(replica, slot, write, before, wheel.now);
    become(w, slot, leader, write);
  }
}

/** These replicas (bits) show what was discarded. They must hear of it, but for one that leads. */
function markUnaware(w: World, shard: number, replicas: number): void {
  for (let r = 0; r < w.store.rf; r++) {
    const node = w.replicaNode(shard, r);
    const behind = w.replicaRow(node) + R_BEHIND;
    if ((replicas & (1 << r)) === 0 || w.store.replica[behind] !== Behind.no || leads(w, node)) continue;
    w.store.replica[behind] = Behind.unaware;
    tellTerm(w, node);
  }
}

/** Nobody in the majority has them. Those who show one of them must hear of that. */
function discard(w: World, entries: readonly number[]): void {
  const { store } = w;
  for (const entry of entries) {
    const e = entry * ENTRY;
    const shard = store.at[e + E_SHARD]!;
    for (let row = store.at[e + E_WAITERS]!; row !== 0; row = w.calls.at[row * CALL + LINK]!)
      w.calls.at[row * CALL + STATUS] = Status.refused;
    markUnaware(w, shard, store.at[e + E_SHOWN]!);
    store.remove(entry);
  }
}

/** A replaced leader drops what only it, or its side, has logged since. What others do not have is lost. */
export function dropBehind(w: World, node: number, entries: readonly number[]): void {
  const { store } = w;
  const shard = w.shardOfNode(node);
  const stood = standingOf(w, new Set(entries.map((entry) => store.at[entry * ENTRY + E_SLOT]!)));
  discard(w, entries);
  const others = store.all & ~(1 << w.replicaOf(node));
  for (const [slot, before] of stood)
    loseBetween(w, slot, standing(w, slot, others), before, store.shard[shard * SHARD + S_LAST_FAULT]!);
}
