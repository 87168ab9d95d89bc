/** Who holds each call of a world: the wheel, a queue, an inbox, a log entry, a load, a gather, or a list of hints. */
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
} from '../../src/engine/calls.ts';
import { F_FIRST, F_LEASE, F_NEXT, F_NODE, FLIGHT } from '../../src/engine/flights.ts';
import { isGather, isPart, PARTS } from '../../src/engine/gathers.ts';
import { H_HEAD, H_QUEUED, Tier } from '../../src/engine/nodes.ts';
import { E_STATE, E_WAITERS, ENTRY, EntryState } from '../../src/engine/store.ts';
import { Event, type World } from '../../src/engine/world.ts';
import { host, read, type Claim } from './claims.ts';

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

/** Every call that is alive is held by exactly one thing that will end it. */
export function callsAreHeld(w: World, claim: Claim): void {
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
