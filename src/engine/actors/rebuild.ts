/**
 * Health of replicas without leaders: nobody is elected and nobody catches up. A crashed replica is back at once with
 * what its disk holds; what it missed comes by hints and read repair, or not at all. One whose disk was destroyed first
 * copies the newest versions from the peers that it can reach, and serves then.
 */
import { NODE_STATE } from '../../design/readings.ts';
import { Behind, R_BEHIND, R_CATCHING, R_EMPTY } from '../store.ts';
import { Event, type World } from '../world.ts';
import { returnToService } from './availability.ts';
import { copyingTime } from './catchUp.ts';
import { takeBack } from './losing.ts';
import { loseBeyondDisks, markLag, takeUp } from './peer.ts';
import { become } from './showing.ts';
import { RESEND_US } from './transport.ts';

/** A crash. What was not synced is gone. Where the disk is lost too, so are versions whose last copy it held. */
export function onPeerCrashed(w: World, node: number, diskLost: boolean): void {
  const { store } = w;
  const shard = w.shardOfNode(node);
  if (store.unsynced.periodic)
    for (const slot of takeBack(w, node).slots) {
      loseBeyondDisks(w, slot);
      markLag(w, slot);
    }
  if (!diskLost) return;
  store.replica[w.replicaRow(node) + R_EMPTY] = 1;
  store.replica[w.replicaRow(node) + R_BEHIND] = Behind.yes;
  for (const slot of w.slotsOf(shard)) {
    become(w, slot, w.replicaOf(node), 0);
    loseBeyondDisks(w, slot);
    markLag(w, slot);
  }
  rebuildThoseWaiting(w, shard);
}

/** Whom those without a disk can copy from may have changed. */
export function rebuildThoseWaiting(w: World, shard: number): void {
  for (let r = 0; r < w.store.rf; r++) {
    const node = w.replicaNode(shard, r);
    const waits = w.store.replica[w.replicaRow(node) + R_CATCHING] === 0;
    if (w.nodes.stateOf(node) === NODE_STATE.catchingUp && waits) rebuild(w, node);
  }
}

/** A replica without its disk begins to copy. Where no disk of the shard is left it begins anew, with nothing. */
export function rebuild(w: World, node: number): void {
  const { store, nodes } = w;
  const shard = w.shardOfNode(node);
  nodes.setState(node, NODE_STATE.catchingUp);
  const [source] = sourcesOf(w, node);
  if (source === undefined) {
    const peers = Array.from({ length: store.rf }, (_, r) => w.replicaNode(shard, r));
    if (peers.every((peer) => store.replica[w.replicaRow(peer) + R_EMPTY] === 1)) serve(w, node);
    // It can reach none of those that are up; of the others it hears when they return.
    else if (peers.some((peer) => nodes.isUp(peer))) schedule(w, RESEND_US, -node);
    return;
  }
  const missing = w.slotsOf(shard).filter((slot) => newestAt(w, node, slot) !== 0).length;
  schedule(w, copyingTime(w, node, source, missing), node);
}

function schedule(w: World, time: number, row: number): void {
  w.store.replica[w.replicaRow(Math.abs(row)) + R_CATCHING] = w.wheel.schedule(
    w.wheel.now + time,
    Event.caughtUp,
    row,
  );
}

/** It has what its peers have (below 0: it must ask again); if it can reach none of them any more, it begins anew. */
export function onRebuilt(w: World, row: number): void {
  const node = Math.abs(row);
  w.store.replica[w.replicaRow(node) + R_CATCHING] = 0;
  if (row < 0 || sourcesOf(w, node).length === 0) {
    rebuild(w, node);
    return;
  }
  for (const slot of w.slotsOf(w.shardOfNode(node))) {
    const newest = newestAt(w, node, slot);
    if (newest !== 0 && takeUp(w, slot, w.replicaOf(node), newest)) w.recorder?.becomes(node, slot, newest);
  }
  // What it was sent is on its disk.
  w.store.unsynced.settle(node - w.nodes.firstStore, w.wheel.now);
  serve(w, node);
}

function serve(w: World, node: number): void {
  const shard = w.shardOfNode(node);
  w.store.replica[w.replicaRow(node) + R_EMPTY] = 0;
  w.store.replica[w.replicaRow(node) + R_BEHIND] = Behind.no;
  for (const slot of w.slotsOf(shard)) markLag(w, slot);
  returnToService(w, node);
  rebuildThoseWaiting(w, shard);
}

/** The peers that a replica can copy from. */
function sourcesOf(w: World, node: number): number[] {
  const first = w.replicaNode(w.shardOfNode(node), 0);
  const sources: number[] = [];
  for (let peer = first; peer < first + w.store.rf; peer++)
    if (w.nodes.isUp(peer) && !w.isCut(peer, node)) sources.push(peer);
  return sources;
}

/** The newest version of a key at those peers. */
function newestAt(w: World, node: number, slot: number): number {
  let newest = 0;
  for (const source of sourcesOf(w, node)) {
    const shown = w.store.shown(slot, w.replicaOf(source));
    if (w.oracle.fencedBefore(newest, shown)) newest = shown;
  }
  return newest;
}
