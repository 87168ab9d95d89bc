/**
 * The leader of a shard: gives each PUT its place in the log on arrival, sends it to the followers in parallel with
 * its own disk, commits it when it holds the w-th durable copy, its own included in the count, and tells everybody.
 */
import { SYSTEM } from '../../design/readings.ts';
import { CALL, LINK, NODE, OPERATION, PHASE, Phase, SLOT, STATUS, Status, STEP, WRITE } from '../calls.ts';
import {
  E_ACKED,
  E_COMMITTED_AT,
  E_LEADER,
  E_NEXT,
  E_PASSED,
  E_PREVIOUS,
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
} from '../store.ts';
import { bitsIn } from '../kernel/bits.ts';
import { Event, type World } from '../world.ts';
import { leads } from './reader.ts';
import { Cost, join } from './service.ts';
import { show } from './showing.ts';
import { COMMIT_NOTICE, REPLICATE, sendAnswer, sendRequest } from './transport.ts';

/** A PUT reaches a replica: the leader logs it, anybody else refuses it. */
export const onPut = (w: World, row: number): void => {
  const at = w.calls.at;
  const o = row * CALL;
  const node = at[o + NODE]!;
  if (!leads(w, node)) {
    answerPut(w, row, Status.refused);
    return;
  }
  const slot = at[o + SLOT]!;
  const write = at[o + WRITE]!;
  const store = w.store;
  const shard = w.shardOf(slot);
  const leader = node - w.replicaNode(shard, 0);
  // One that was replaced and has not heard of it knows and changes its own log alone.
  const replaced = w.leaderNode(shard) !== node;
  if (w.fenced && refuse(w, row, replaced ? newestLoggedBy(w, slot, leader) : store.newest(slot), leader))
    return;
  const entry = store.append(write, slot, shard, leader);
  if (!replaced) store.setNewest(slot, write);
  wait(w, row, entry);
  for (let r = 0; r < store.rf; r++) replicateTo(w, entry, r, at[o + OPERATION]!);
};

/** Sends an entry to one replica; the leader's own copy needs no message. */
export const replicateTo = (w: World, entry: number, replica: number, operation: number): void => {
  const { store, calls } = w;
  const e = entry * ENTRY;
  const shard = store.at[e + E_SHARD]!;
  const leader = w.replicaNode(shard, store.at[e + E_LEADER]!);
  const node = w.replicaNode(shard, replica);
  const row = calls.open(0, operation, REPLICATE, node, leader);
  name(w, row, entry);
  if (node === leader) join(w, row, Cost.write);
  else sendRequest(w, row);
};

/** Says of which entry a replication message speaks. */
const name = (w: World, row: number, entry: number): void => {
  const at = w.calls.at;
  const o = row * CALL;
  const e = entry * ENTRY;
  at[o + SLOT] = w.store.at[e + E_SLOT]!;
  at[o + WRITE] = w.store.at[e + E_WRITE]!;
  at[o + STEP] = entry;
  at[o + STATUS] = w.store.at[e + E_SERIAL]!;
};

/** The leader learns of a durable copy. */
export const onAcknowledged = (w: World, row: number): void => {
  const at = w.calls.at;
  const o = row * CALL;
  const entry = at[o + STEP]!;
  const open = w.store.isOpen(entry, at[o + STATUS]!);
  const replica = w.replicaOf(at[o + NODE]!);
  w.calls.close(row);
  if (!open) return;
  w.store.at[entry * ENTRY + E_ACKED]! |= 1 << replica;
  commitIfDue(w, entry);
};

/** Commits an entry that has its w copies, once the key's earlier entries of the term are committed; then the next. */
const commitIfDue = (w: World, entry: number): void => {
  const store = w.store;
  for (let next = entry; next !== 0;) {
    const at = store.at;
    const e = next * ENTRY;
    const acked = at[e + E_ACKED]!;
    // The leader's own copy is one of the w.
    if (
      at[e + E_STATE] !== EntryState.pending ||
      (acked & (1 << at[e + E_LEADER]!)) === 0 ||
      bitsIn(acked) < store.w
    )
      return;
    // Entries of a term are committed in their order, so the one before says it of all.
    let earlier = at[e + E_PREVIOUS]!;
    while (earlier !== 0 && at[earlier * ENTRY + E_TERM] !== at[e + E_TERM])
      earlier = at[earlier * ENTRY + E_PREVIOUS]!;
    if (at[earlier * ENTRY + E_STATE] === EntryState.pending) return;
    const after = at[e + E_NEXT]!;
    commit(w, next);
    next = after;
  }
};

/** The entry is committed: the truth moves on, the leader shows it, waiters are answered, followers are told. */
export const commit = (w: World, entry: number): void => {
  const { store, oracle, wheel } = w;
  const e = entry * ENTRY;
  const write = store.at[e + E_WRITE]!;
  const slot = store.at[e + E_SLOT]!;
  const shard = store.at[e + E_SHARD]!;
  const leader = store.at[e + E_LEADER]!;
  store.at[e + E_STATE] = EntryState.committed;
  store.at[e + E_COMMITTED_AT] = wheel.now;
  // Whoever passed it before it was committed, as one of a replaced leader's, has not passed it now.
  for (let later = store.at[e + E_NEXT]! * ENTRY; store.at[later + E_PASSED] !== 0;) {
    store.at[later + E_PASSED] = 0;
    later = store.at[later + E_NEXT]! * ENTRY;
  }
  const before = store.shown(slot, leader);
  oracle.commit(write, wheel.now);
  if (oracle.committedBefore(write, before)) {
    oracle.regression(write, before, wheel.now);
    w.series.system[SYSTEM.regressions]!++;
  }
  store.writes++;
  w.recorder?.entryEvent('commit', w.replicaNode(shard, leader), entry);
  answerWaiters(w, entry);
  show(w, entry, leader);
  announce(w, entry);
};

/** Tells the replicas that do not show an entry that it is committed; its leader does, and once all do it is closed. */
export const announce = (w: World, entry: number): void => {
  const { store } = w;
  const e = entry * ENTRY;
  const shard = store.at[e + E_SHARD]!;
  const leader = store.at[e + E_LEADER]!;
  const operation = w.oracle.operationOf(store.at[e + E_WRITE]!);
  for (let r = 0; r < store.rf; r++) {
    if ((store.at[e + E_SHOWN]! & (1 << r)) !== 0) continue;
    const row = w.calls.open(
      0,
      operation,
      COMMIT_NOTICE,
      w.replicaNode(shard, r),
      w.replicaNode(shard, leader),
    );
    name(w, row, entry);
    sendRequest(w, row);
  }
};

/**
 * Answers every PUT that waits for this entry, those that a fence turned away in its favour among them. These are committed
 * with it, even if another copy of them has been turned away in favour of a newer one since.
 */
const answerWaiters = (w: World, entry: number): void => {
  const e = entry * ENTRY;
  const write = w.store.at[e + E_WRITE]!;
  let row = w.store.at[e + E_WAITERS]!;
  w.store.at[e + E_WAITERS] = 0;
  while (row !== 0) {
    const o = row * CALL;
    const next = w.calls.at[o + LINK]!;
    if (w.calls.at[o + WRITE] !== write) w.oracle.supersede(w.calls.at[o + WRITE]!, write);
    answerPut(w, row, Status.ok);
    row = next;
  }
};

const answerPut = (w: World, row: number, status: number): void => {
  w.calls.at[row * CALL + STATUS] = status;
  sendAnswer(w, row, Event.answer);
};

/**
 * Fenced by version: an older write than the newest logged is not taken. Its client is told ok when its superseder
 * commits; the same write a second time waits for the first.
 */
const refuse = (w: World, row: number, newest: number, leader: number): boolean => {
  const slot = w.calls.at[row * CALL + SLOT]!;
  const write = w.calls.at[row * CALL + WRITE]!;
  if (write !== newest && !w.oracle.fencedBefore(write, newest)) return false;
  w.recorder?.event('refuse', row, 0);
  w.oracle.supersede(write, newest);
  // The newest is among the last ones, of a log that may be long.
  const { at } = w.store;
  let entry = w.store.lastOpen(slot);
  while (entry !== 0 && (at[entry * ENTRY + E_WRITE] !== newest || at[entry * ENTRY + E_LEADER] !== leader))
    entry = at[entry * ENTRY + E_PREVIOUS]!;
  if (at[entry * ENTRY + E_STATE] === EntryState.pending) wait(w, row, entry);
  else answerPut(w, row, Status.ok);
  return true;
};

/** The newest version that this replica logged or shows. */
const newestLoggedBy = (w: World, slot: number, replica: number): number => {
  const { store } = w;
  for (let entry = store.lastOpen(slot); entry !== 0; entry = store.at[entry * ENTRY + E_PREVIOUS]!)
    if (store.at[entry * ENTRY + E_LEADER] === replica) return store.at[entry * ENTRY + E_WRITE]!;
  return store.shown(slot, replica);
};

const wait = (w: World, row: number, entry: number): void => {
  const o = row * CALL;
  w.calls.at[o + PHASE] = Phase.waiting;
  w.calls.at[o + LINK] = w.store.at[entry * ENTRY + E_WAITERS]!;
  w.store.at[entry * ENTRY + E_WAITERS] = row;
};

/** The leader's own disk has it. */
export const onOwnCopy = (w: World, entry: number, replica: number): void => {
  w.store.at[entry * ENTRY + E_ACKED]! |= 1 << replica;
  commitIfDue(w, entry);
};
