/**
 * What must hold of a world at every instant between two events, whatever has gone wrong in it: everything that is
 * alive is held by exactly one thing that will end it, and every count is the number of what it counts.
 */
import { NODE_STATE } from '../../src/design/readings.ts';
import { CALL, CALLER, NODE, PHASE, Phase, TIMER, WRITE } from '../../src/engine/calls.ts';
import { B_TIMER, BUFFERED } from '../../src/engine/flushBuffer.ts';
import { H_BUSY, H_QUEUED, H_SERVERS } from '../../src/engine/nodes.ts';
import { OP, OP_ATTEMPT, OP_TIMER } from '../../src/engine/operations.ts';
import { E_NEXT, E_PREVIOUS, E_SLOT, E_STATE, ENTRY, EntryState } from '../../src/engine/store.ts';
import { Event, type World } from '../../src/engine/world.ts';
import { host, read, type Claim } from './claims.ts';
import { callsAreHeld } from './heldCalls.ts';

/** Sentences about what does not hold; none in a sound world. */
export function flawsOf(w: World): string[] {
  const flaws: string[] = [];
  const claim = (holds: boolean, sentence: string): void => {
    if (!holds && flaws.length < 20) flaws.push(`${w.wheel.now}: ${sentence}`);
  };
  callsAreHeld(w, claim);
  nodesAddUp(w, claim);
  timersHaveOwners(w, claim);
  logIsLinked(w, claim);
  cacheAddsUp(w, claim);
  bufferIsFlushed(w, claim);
  return flaws;
}

function count(counts: Int32Array, index: number): void {
  counts[index] = read(counts, index) + 1;
}

function nodesAddUp(w: World, claim: Claim): void {
  const served = new Int32Array(w.nodes.count);
  for (let row = 1; row < w.calls.end; row++) {
    const phase = w.calls.at[row * CALL + PHASE];
    if (phase === Phase.served || phase === Phase.frozen) count(served, read(w.calls.at, row * CALL + NODE));
  }
  for (let node = 0; node < w.nodes.count; node++) {
    const busy = host(w, node, H_BUSY);
    claim(busy === served[node], `node ${node} counts ${busy} busy servers and has ${served[node]}`);
    claim(busy <= host(w, node, H_SERVERS), `node ${node} has more busy servers than servers`);
    claim(
      w.nodes.stateOf(node) !== NODE_STATE.crashed || busy + host(w, node, H_QUEUED) === 0,
      `node ${node} works while it is crashed`,
    );
    const idle = host(w, node, H_QUEUED) > 0 && busy < host(w, node, H_SERVERS);
    claim(
      !idle || w.nodes.stateOf(node) === NODE_STATE.paused,
      `node ${node} lets calls wait at a free server`,
    );
  }
}

function timersHaveOwners(w: World, claim: Claim): void {
  const ops = w.operations.at;
  let operations = 0;
  w.wheel.forEachPending((_time, kind, row, id) => {
    if (kind === Event.clientTimeout || kind === Event.retry) {
      operations++;
      claim(ops[row * OP + OP_TIMER] === id, `a client's timer runs for operation row ${row}, which is gone`);
      const attempt = read(ops, row * OP + OP_ATTEMPT);
      if (attempt !== 0)
        claim(
          w.calls.at[attempt * CALL + CALLER] === row,
          `operation row ${row} awaits the attempt of another`,
        );
    }
    if (kind === Event.readBack) operations++;
    if (kind === Event.callTimeout)
      claim(w.calls.at[row * CALL + TIMER] === id, `a timer runs for call ${row}, which has none`);
    if (kind === Event.flushDue)
      claim(
        w.buffered.at[row * BUFFERED + B_TIMER] === id,
        `a flush of slot ${row} is due that nobody awaits`,
      );
    if (kind === Event.expire)
      claim(w.cache.expiryOf(row) === id, `an entry of slot ${row} expires that is gone`);
  });
  claim(
    operations === w.operations.alive,
    `${w.operations.alive} operations are counted, ${operations} will end`,
  );
}

function bufferIsFlushed(w: World, claim: Claim): void {
  const { buffered, calls } = w;
  let held = 0;
  for (let slot = 0; slot < buffered.slots; slot++) {
    const [waits, timer, sent, call] = buffered.at.subarray(slot * BUFFERED, (slot + 1) * BUFFERED);
    claim((waits === 0) === (timer === 0), `what waits of slot ${slot} will not be flushed, or nothing will`);
    claim((sent === 0) === (call === 0), `a flush of slot ${slot} is on nobody's way`);
    if (waits !== 0) held++;
    if (sent === 0 || call === undefined) continue;
    held++;
    claim(read(calls.at, call * CALL + PHASE) === Phase.waiting, `the flush of slot ${slot} is gone`);
    claim(read(calls.at, call * CALL + WRITE) === sent, `slot ${slot} is flushed by the call of another`);
  }
  claim(held === buffered.held, `${buffered.held} values are counted in buffers, ${held} are there`);
}

function logIsLinked(w: World, claim: Claim): void {
  const { store } = w;
  const open = new Set<number>();
  for (let entry = 1; entry < store.end; entry++)
    if (store.at[entry * ENTRY + E_STATE] !== EntryState.free) open.add(entry);
  let chained = 0;
  for (let slot = 0; slot < store.slots; slot++) {
    let before = 0;
    for (let entry = store.firstOpen(slot); entry !== 0; entry = read(store.at, entry * ENTRY + E_NEXT)) {
      chained++;
      claim(open.has(entry), `a closed entry stands in the chain of slot ${slot}`);
      claim(
        store.at[entry * ENTRY + E_SLOT] === slot,
        `an entry of another key stands in the chain of slot ${slot}`,
      );
      claim(store.at[entry * ENTRY + E_PREVIOUS] === before, `the chain of slot ${slot} is torn`);
      before = entry;
      if (chained > open.size) break;
    }
  }
  claim(chained === open.size, `${open.size} entries are open, ${chained} are chained`);
}

function cacheAddsUp(w: World, claim: Claim): void {
  const live = new Int32Array(w.nodes.count);
  for (let slot = 0; slot < w.keys.size; slot++) {
    if (w.cache.held(slot) < 0) {
      claim(w.cache.expiryOf(slot) === 0, `nothing is held of slot ${slot}, and it will expire`);
      continue;
    }
    count(live, w.cacheNodeOf(slot));
    claim((w.cache.expiryOf(slot) !== 0) === (w.cache.ttl !== 0), `slot ${slot} has no end, or one too many`);
  }
  let total = 0;
  for (let node = 0; node < w.nodes.cacheNodes; node++) {
    total += read(w.cache.entries, node);
    claim(w.cache.entries[node] === live[w.nodes.firstCache + node], `cache ${node} miscounts its entries`);
    claim(read(w.cache.entries, node) <= w.cache.capacity, `cache ${node} holds more than it can`);
  }
  claim(total === w.cache.total, `${w.cache.total} entries are counted, ${total} are there`);
}
