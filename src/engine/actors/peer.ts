/**
 * A replica of a store without leaders: it queues and serves every write that it is sent, keeps the newest by the
 * coordinator's timestamp (last write wins, by perfect clocks) and acknowledges an older one too, which it need not keep.
 * A version is committed when w disks hold it or a newer one; those that it overtook count as committed just before it.
 */
import { SYSTEM } from '../../design/readings.ts';
import { CALL, HINT, KIND, NODE, SLOT, STATUS, WRITE } from '../calls.ts';
import { inheritFate } from '../gathers.ts';
import { E_NEXT, E_SHOWN, E_STATE, E_WRITE, ENTRY, EntryState, R_EMPTY, REPLICA } from '../store.ts';
import { W_BEFORE, WRITE as VERSION } from '../versions.ts';
import { Event, type World } from '../world.ts';
import { loseBetween } from './losing.ts';
import { onReadServed } from './reader.ts';
import { Cost, join } from './service.ts';
import { GET, PUT, sendAnswer } from './transport.ts';

/** A request reaches a replica. Where legs are given, its service is part of the leg that it has just travelled. */
export function arriveAtPeer(w: World, row: number): void {
  const isRead = w.calls.at[row * CALL + KIND] === GET;
  if (w.network.legs === undefined) join(w, row, isRead ? Cost.read : Cost.write);
  else if (isRead) onReadServed(w, row);
  else onCopyServed(w, row);
}

/** A write has been served: the part of a PUT, a repair, or a hint. */
export function onCopyServed(w: World, row: number): void {
  const { calls, store, recorder } = w;
  const o = row * CALL;
  const slot = calls.at[o + SLOT]!;
  const write = calls.at[o + WRITE]!;
  const replica = w.replicaOf(calls.at[o + NODE]!);
  w.series.system[SYSTEM.storeWrites]!++;
  const taken = takeUp(w, slot, replica, write);
  if (taken) {
    recorder?.event('durable', row, 0);
    recorder?.event('expose', row, 0);
  } else if (write !== store.shown(slot, replica)) recorder?.event('refuse', row, 0);
  if (calls.at[o + KIND] === PUT) {
    inheritFate(calls, row);
    sendAnswer(w, row, Event.answer);
  } else if (calls.at[o + STATUS] === HINT) sendAnswer(w, row, Event.acknowledged);
  else calls.close(row);
}

/** A version is on a replica's disk, unless a newer one stands there. True if it is what the replica shows from now on. */
export function takeUp(w: World, slot: number, replica: number, write: number): boolean {
  const { store, oracle } = w;
  note(w, slot, write);
  if (!oracle.fencedBefore(store.shown(slot, replica), write)) return false;
  if (store.unsynced.periodic) {
    const of = w.shardOf(slot) * store.rf + replica;
    store.unsynced.written(of, slot, write, w.wheel.now);
    store.unsynced.shown(of, slot, write, store.shown(slot, replica), w.wheel.now);
  }
  store.setShown(slot, replica, write);
  const reached = reachedQuorum(w, slot);
  if (oracle.fencedBefore(oracle.latest(slot), reached)) commitUpTo(w, slot, reached, replica);
  markLag(w, slot);
  return true;
}

/**
 * A version has come to a disk for the first time. One newer than all that is committed is pending from now on; an older
 * one has been overtaken, and counts as committed just before the first committed version that is newer.
 */
function note(w: World, slot: number, write: number): void {
  const { store, oracle } = w;
  const latest = oracle.latest(slot);
  if (oracle.fencedBefore(latest, write)) {
    if (pendingEntry(w, slot, write) !== 0) return;
    const entry = store.append(write, slot, w.shardOf(slot), 0);
    if (!oracle.isCommitted(write)) oracle.setRemark(write, -entry);
    return;
  }
  if (oracle.isCommitted(write)) return;
  oracle.supersede(write, oracle.overtakenBy(write));
}

/** The open entry of a version that waits for its quorum; 0: none. */
function pendingEntry(w: World, slot: number, write: number): number {
  const { store, oracle } = w;
  if (!oracle.isCommitted(write)) return Math.max(0, -oracle.remark(write));
  // It was committed and lost, and comes back.
  for (let entry = store.firstOpen(slot); entry !== 0; entry = store.at[entry * ENTRY + E_NEXT]!)
    if (store.at[entry * ENTRY + E_WRITE] === write) return entry;
  return 0;
}

/** The newest version of which w disks hold it or a newer one. */
function reachedQuorum(w: World, slot: number): number {
  const { store, oracle } = w;
  let reached = 0;
  for (let r = 0; r < store.rf; r++) {
    const candidate = store.shown(slot, r);
    if (!oracle.fencedBefore(reached, candidate)) continue;
    let copies = 0;
    for (let other = 0; other < store.rf; other++)
      if (!oracle.fencedBefore(store.shown(slot, other), candidate)) copies++;
    if (copies >= store.w) reached = candidate;
  }
  return reached;
}

/** Commits a version, and before it the older ones that were pending. */
function commitUpTo(w: World, slot: number, write: number, replica: number): void {
  const { store, oracle } = w;
  const { at } = store;
  const due: number[] = [];
  for (let entry = store.firstOpen(slot); entry !== 0; entry = at[entry * ENTRY + E_NEXT]!)
    if (
      at[entry * ENTRY + E_STATE] === EntryState.pending &&
      !oracle.fencedBefore(write, at[entry * ENTRY + E_WRITE]!)
    )
      due.push(entry);
  const versionOf = (entry: number): number => at[entry * ENTRY + E_WRITE]!;
  due.sort((a, b) => (oracle.fencedBefore(versionOf(a), versionOf(b)) ? -1 : 1));
  for (const entry of due) {
    w.recorder?.entryEvent('commit', w.replicaNode(w.shardOf(slot), replica), entry);
    oracle.commit(versionOf(entry), w.wheel.now);
    store.writes++;
    store.remove(entry);
  }
}

/**
 * A coordinator has w acknowledgements. If a disk was destroyed between two of them, fewer copies stand; the client is
 * told all the same, so that the version is committed, and lost at once if no copy is left.
 */
export function settleAcknowledged(w: World, slot: number, write: number): void {
  if (w.oracle.isCommitted(write)) return;
  note(w, slot, write);
  if (!w.oracle.isCommitted(write)) commitUpTo(w, slot, write, 0);
  loseBeyondDisks(w, slot);
  markLag(w, slot);
}

/** What no disk holds any more, nor anything newer: pending versions never were, committed ones are lost. */
export function loseBeyondDisks(w: World, slot: number): void {
  const { store, oracle } = w;
  let standing = 0;
  for (let r = 0; r < store.rf; r++)
    if (oracle.fencedBefore(standing, store.shown(slot, r))) standing = store.shown(slot, r);
  for (let entry = store.firstOpen(slot), next = 0; entry !== 0; entry = next) {
    const e = entry * ENTRY;
    next = store.at[e + E_NEXT]!;
    const write = store.at[e + E_WRITE]!;
    if (store.at[e + E_STATE] !== EntryState.pending || !oracle.fencedBefore(standing, write)) continue;
    store.remove(entry);
    // Should it come once more, it is a new one.
    if (!oracle.isCommitted(write)) oracle.setRemark(write, oracle.latest(slot));
  }
  const latest = oracle.latest(slot);
  let survivor = latest;
  while (oracle.fencedBefore(standing, survivor)) survivor = oracle.writes[survivor * VERSION + W_BEFORE]!;
  // What is left may stand just before one that is gone.
  if (oracle.committedBefore(survivor, standing)) survivor = standing;
  loseBetween(w, slot, survivor, latest, w.wheel.now);
}

/** Keeps an entry of the newest committed version open while a replica lacks it, so that lag can be measured. */
export function markLag(w: World, slot: number): void {
  const { store, oracle } = w;
  const latest = oracle.latest(slot);
  const shard = w.shardOf(slot);
  let shown = 0;
  for (let r = 0; r < store.rf; r++)
    if (
      !oracle.fencedBefore(store.shown(slot, r), latest) ||
      store.replica[(shard * store.rf + r) * REPLICA + R_EMPTY] === 1
    )
      shown |= 1 << r;
  let entry = store.newest(slot);
  if (entry === 0) {
    if (shown === store.all) return;
    entry = store.append(latest, slot, shard, 0);
    store.at[entry * ENTRY + E_STATE] = EntryState.committed;
    store.setNewest(slot, entry);
  } else if (shown === store.all) {
    store.remove(entry);
    store.setNewest(slot, 0);
    return;
  }
  store.at[entry * ENTRY + E_WRITE] = latest;
  store.at[entry * ENTRY + E_SHOWN] = shown;
}
