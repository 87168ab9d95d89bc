/**
 * What must hold of a world at every instant between two events, whatever has gone wrong in it: everything that is
 * alive is held by exactly one thing that will end it, and every count is the number of what it counts.
 */
import { NODE_STATE } from '../../src/design/readings.ts';
import {
  AWAITED,
  CALL,
  CALLER,
  LINK,
  NODE,
  PHASE,
  Phase,
  STEP,
  TIMER,
  TIMER_HELD,
  WRITE,
} from '../../src/engine/calls.ts';
import { B_TIMER, BUFFERED } from '../../src/engine/flushBuffer.ts';
import { isGather, isPart, PARTS } from '../../src/engine/gathers.ts';
import { H_BUSY, H_HEAD, H_QUEUED, H_SERVERS, HOST, Tier } from '../../src/engine/nodes.ts';
import { F_FIRST, F_LEASE, F_NEXT, F_NODE, FLIGHT } from '../../src/engine/flights.ts';
import { OP, OP_ATTEMPT, OP_TIMER } from '../../src/engine/operations.ts';
import { E_NEXT, E_PREVIOUS, E_SLOT, E_STATE, E_WAITERS, ENTRY, EntryState } from '../../src/engine/store.ts';
import { Event, type World } from '../../src/engine/world.ts';

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

/** An element of a typed array, which is in range. */
function read(array: Int32Array, index: number): number {
  return array[index] ?? NaN;
}

/** A column of a host's row. */
function host(w: World, node: number, column: number): number {
  return read(w.nodes.at, node * HOST + column);
}

function count(counts: Int32Array, index: number): void {
  counts[index] = read(counts, index) + 1;
}

type Claim = (holds: boolean, sentence: string) => void;

/** Calls waiting for a log entry, by row. */
function waiters(w: World, claim: Claim): Set<number> {
  const waiting = new Set<number>();
  for (let entry = 1; entry < w.store.end; entry++) {
    if (w.store.at[entry * ENTRY + E_STATE] === EntryState.free) continue;
    for (
      let row = read(w.store.at, entry * ENTRY + E_WAITERS);
      row !== 0;
      row = read(w.calls.at, row * CALL + LINK)
    ) {
      claim(!waiting.has(row), `call ${row} waits for two entries`);
      claim(
        w.calls.at[row * CALL + PHASE] === Phase.waiting,
        `entry ${entry} has a waiter that does not wait`,
      );
      if (waiting.has(row)) break;
      waiting.add(row);
    }
  }
  return waiting;
}

/** Calls waiting for a load to land, by row. */
function passengers(w: World, claim: Claim): Set<number> {
  const { flights, calls } = w;
  const waiting = new Set<number>();
  for (let slot = 0; slot < w.keys.size; slot++) {
    const nodes = new Set<string>();
    for (let f = flights.of(slot); f !== 0; f = read(flights.at, f * FLIGHT + F_NEXT)) {
      const node = read(flights.at, f * FLIGHT + F_NODE);
      const lease = read(flights.at, f * FLIGHT + F_LEASE);
      claim(!nodes.has(`${node} ${lease}`), `node ${node} has two loads of slot ${slot} under one lease`);
      nodes.add(`${node} ${lease}`);
      claim(w.nodes.stateOf(node) !== NODE_STATE.crashed, `node ${node} loads while it is crashed`);
      for (
        let row = read(flights.at, f * FLIGHT + F_FIRST);
        row !== 0;
        row = read(calls.at, row * CALL + LINK)
      ) {
        claim(!waiting.has(row), `call ${row} waits for two loads`);
        claim(
          read(calls.at, row * CALL + PHASE) === Phase.waiting,
          `call ${row} waits for a load and is gone`,
        );
        claim(read(calls.at, row * CALL + NODE) === node, `call ${row} waits for a load elsewhere`);
        if (waiting.has(row)) break;
        waiting.add(row);
      }
    }
  }
  return waiting;
}

/** How many parts of each gather are alive. */
function partsOf(w: World): Map<number, number> {
  const parts = new Map<number, number>();
  for (let row = 1; row < w.calls.end; row++) {
    if (w.calls.at[row * CALL + PHASE] === Phase.free || !isPart(w.calls, row)) continue;
    const gather = read(w.calls.at, row * CALL + CALLER);
    parts.set(gather, (parts.get(gather) ?? 0) + 1);
  }
  return parts;
}

/** Hints that wait for the one before them, which must be alive. */
function keptHints(w: World, claim: Claim): Set<number> {
  const { ends } = w.hints;
  const kept = new Set<number>();
  for (let list = 0; list < ends.length; list += 2) {
    let last = read(ends, list);
    claim(
      last === 0 || w.calls.at[last * CALL + PHASE] !== Phase.free,
      `a list of hints begins with nothing`,
    );
    while (last !== 0 && read(w.calls.at, last * CALL + STEP) !== 0 && kept.size < w.calls.end) {
      last = read(w.calls.at, last * CALL + STEP);
      kept.add(last);
    }
    claim(last === read(ends, list + 1), `a list of hints ends elsewhere`);
  }
  return kept;
}

function callsAreHeld(w: World, claim: Claim): void {
  const { calls, wheel } = w;
  const at = calls.at;
  const events = new Map<number, { kind: number; row: number }>();
  wheel.forEachPending((_time, kind, row, id) => events.set(id, { kind, row }));
  const waiting = waiters(w, claim);
  for (const row of passengers(w, claim)) waiting.add(row);
  const parts = partsOf(w);
  const hints = keptHints(w, claim);
  const held = new Set<number>();
  for (let i = 0; i < w.faults.heldEnd; i += 3) {
    const row = read(w.faults.held, i + 2);
    if (read(w.faults.held, i + 1) !== Event.callTimeout) held.add(row);
    else
      claim(read(at, row * CALL + TIMER) === TIMER_HELD, `a timer is kept for call ${row}, which has none`);
  }
  const queued = new Set<number>();
  for (let node = 0; node < w.nodes.count; node++) {
    let length = 0;
    for (
      let row = host(w, node, H_HEAD);
      row !== 0 && length <= calls.end;
      row = read(at, row * CALL + LINK)
    ) {
      length++;
      claim(at[row * CALL + NODE] === node, `call ${row} stands in the queue of another node`);
      queued.add(row);
    }
    claim(
      length === host(w, node, H_QUEUED),
      `node ${node} counts ${host(w, node, H_QUEUED)} in a queue of ${length}`,
    );
  }
  let alive = 0;
  for (let row = 1; row < calls.end; row++) {
    const o = row * CALL;
    const phase = read(at, o + PHASE);
    if (phase === Phase.free) continue;
    alive++;
    const event = events.get(read(at, o + LINK));
    const moves = (...kinds: number[]): boolean =>
      event !== undefined && event.row === row && kinds.includes(event.kind);
    switch (phase) {
      case Phase.travelling:
        claim(moves(Event.arrive, Event.resend), `call ${row} travels and will never arrive`);
        break;
      case Phase.returning:
        claim(moves(Event.answer, Event.acknowledged), `call ${row} returns and will never arrive`);
        break;
      case Phase.served:
        claim(moves(Event.served), `call ${row} is served without end`);
        break;
      case Phase.queued:
        claim(queued.has(row), `call ${row} waits in no queue`);
        break;
      case Phase.held:
        // In an inbox, or on its way out of one.
        claim(
          held.has(row) || moves(Event.arrive, Event.answer, Event.acknowledged, Event.resend),
          `call ${row} is held by nobody`,
        );
        break;
      case Phase.frozen:
        claim(
          w.nodes.stateOf(read(at, o + NODE)) === NODE_STATE.paused,
          `call ${row} is frozen at a node that runs`,
        );
        break;
      case Phase.waiting: {
        const child = read(at, o + AWAITED);
        const timer = read(at, o + TIMER);
        if (child !== 0) claim(at[child * CALL + CALLER] === row, `call ${row} awaits the call of another`);
        if (child !== 0) claim(at[child * CALL + PHASE] !== Phase.free, `call ${row} awaits what is gone`);
        if (isGather(calls, row)) {
          claim(read(at, o + PARTS) === (parts.get(row) ?? 0), `gather ${row} miscounts its parts`);
          claim(read(at, o + PARTS) > 0 || timer !== 0, `gather ${row} waits for nothing`);
          break;
        }
        const orphan = w.nodes.tierOf(read(at, o + NODE)) === Tier.store && !waiting.has(row);
        if (!orphan) claim(child !== 0 || timer !== 0 || waiting.has(row), `call ${row} waits for nothing`);
        break;
      }
      case Phase.kept:
        claim(hints.has(row), `call ${row} is kept in no list`);
        break;
      default:
        claim(false, `call ${row} is in no phase`);
    }
    if (phase !== Phase.held) claim(!held.has(row), `call ${row} is in an inbox and elsewhere`);
    const timer = read(at, o + TIMER);
    if (timer === 0 || timer === TIMER_HELD) continue;
    const limit = events.get(timer);
    claim(
      limit?.kind === Event.callTimeout && limit.row === row,
      `call ${row} has a timer that is not its own`,
    );
  }
  claim(alive === calls.alive, `${calls.alive} calls are counted, ${alive} are there`);
  for (const row of held)
    claim(at[row * CALL + PHASE] === Phase.held, `an inbox holds call ${row}, which is gone`);
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
