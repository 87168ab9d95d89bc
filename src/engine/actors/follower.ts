/**
 * A replica's own work: makes replicated entries durable, reports them, and shows a write once it has it on disk
 * and knows that it is committed. A replica shows committed versions only.
 */
import { SYSTEM } from '../../design/readings.ts';
import { CALL, FROM, NODE, SLOT, STATUS, STEP, WRITE } from '../calls.ts';
import { E_DURABLE, E_NOTICED, E_TERM, ENTRY, R_TERM } from '../store.ts';
import { Event, type World } from '../world.ts';
import { stepDown } from './election.ts';
import { onOwnCopy } from './leader.ts';
import { Cost, join } from './service.ts';
import { show } from './showing.ts';
import { hasMissedTerm } from './terms.ts';
import { sendAnswer } from './transport.ts';

/** A replicated entry arrives. One of an older term is not taken; its sender hears of the newer one. */
export const onReplicate = (w: World, row: number): void => {
  const at = w.calls.at;
  const o = row * CALL;
  const entry = at[o + STEP]!;
  const store = w.store;
  if (!store.isOpen(entry, at[o + STATUS]!)) {
    w.calls.close(row);
    return;
  }
  const node = at[o + NODE]!;
  const r = w.replicaRow(node);
  const term = store.at[entry * ENTRY + E_TERM]!;
  if (term < store.replica[r + R_TERM]!) {
    const sender = at[o + FROM]!;
    w.calls.close(row);
    if (!w.isCut(node, sender))
      w.wheel.schedule(w.wheel.now + w.replicationDelay(node, sender), Event.hearTerm, sender);
    return;
  }
  if (hasMissedTerm(w, node) && term > store.replica[r + R_TERM]!) {
    // It hears of the term in this way; what it is sent it will catch up with.
    w.calls.close(row);
    stepDown(w, node);
    return;
  }
  store.replica[r + R_TERM] = term;
  // A second copy of the message: the first one's acknowledgement was lost.
  if ((store.at[entry * ENTRY + E_DURABLE]! & (1 << w.replicaOf(node))) !== 0)
    sendAnswer(w, row, Event.acknowledged);
  else join(w, row, Cost.write);
};

/** An entry is on this replica's disk. */
export const onReplicateServed = (w: World, row: number): void => {
  const at = w.calls.at;
  const o = row * CALL;
  const entry = at[o + STEP]!;
  const store = w.store;
  w.series.system[SYSTEM.storeWrites]!++;
  if (!store.isOpen(entry, at[o + STATUS]!)) {
    w.calls.close(row);
    return;
  }
  const node = at[o + NODE]!;
  const replica = w.replicaOf(node);
  store.at[entry * ENTRY + E_DURABLE]! |= 1 << replica;
  if (store.unsynced.periodic)
    store.unsynced.written(node - w.nodes.firstStore, at[o + SLOT]!, at[o + WRITE]!, w.wheel.now);
  w.recorder?.entryEvent('durable', node, entry);
  if (at[o + FROM] === node) {
    w.calls.close(row);
    onOwnCopy(w, entry, replica);
    return;
  }
  showIfKnown(w, entry, replica);
  sendAnswer(w, row, Event.acknowledged);
};

/** A replica hears that an entry is committed. */
export const onCommitNotice = (w: World, row: number): void => {
  const at = w.calls.at;
  const o = row * CALL;
  const entry = at[o + STEP]!;
  const replica = w.replicaOf(at[o + NODE]!);
  const open = w.store.isOpen(entry, at[o + STATUS]!);
  w.calls.close(row);
  if (!open) return;
  w.store.at[entry * ENTRY + E_NOTICED]! |= 1 << replica;
  showIfKnown(w, entry, replica);
};

const showIfKnown = (w: World, entry: number, replica: number): void => {
  const at = w.store.at;
  const e = entry * ENTRY;
  if ((at[e + E_DURABLE]! & at[e + E_NOTICED]! & (1 << replica)) !== 0) show(w, entry, replica);
};
