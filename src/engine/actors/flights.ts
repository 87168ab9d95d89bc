/** Single flight: who of those that miss a key at a node loads it, and who waits for that load to land. */
import { CALL, ID, LINK, NODE, PHASE, Phase, SLOT, STATUS } from '../calls.ts';
import { F_FIRST, F_LAST, F_LEADER, F_LEASE, F_NEXT, F_NODE, F_SINCE, FLIGHT } from '../flights.ts';
import type { World } from '../world.ts';

export const Seat = { leads: 0, comesSecond: 1, waits: 2 } as const;

/**
 * The call leads the load of its key at its node, unless there is one under way that began under the same lease: then
 * it waits for it, if it `mayWait`. A load older than the client's timeout has been given up on by everybody: the call
 * takes its place, and those who wait there.
 */
export function takeSeat(w: World, row: number, mayWait: boolean): number {
  const { flights } = w;
  const calls = w.calls.at;
  const o = row * CALL;
  const slot = calls[o + SLOT]!;
  const now = w.wheel.now;
  let led = 0;
  for (let flight = flights.of(slot); flight !== 0; flight = flights.at[flight * FLIGHT + F_NEXT]!) {
    const f = flight * FLIGHT;
    if (flights.at[f + F_NODE] !== calls[o + NODE]) continue;
    const ofLease = flights.at[f + F_LEASE] === calls[o + STATUS];
    if (now - flights.at[f + F_SINCE]! >= w.design.client.timeout) {
      // Of several, the one under its own lease: no lease has two loads at a node.
      if (led === 0 || ofLease) led = flight;
    } else if (ofLease) {
      if (!mayWait) return Seat.comesSecond;
      calls[o + PHASE] = Phase.waiting;
      calls[o + LINK] = 0;
      if (flights.at[f + F_FIRST] === 0) flights.at[f + F_FIRST] = row;
      else calls[flights.at[f + F_LAST]! * CALL + LINK] = row;
      flights.at[f + F_LAST] = row;
      return Seat.waits;
    }
  }
  if (led === 0) led = flights.open(slot, calls[o + NODE]!);
  const f = led * FLIGHT;
  flights.at[f + F_LEADER] = calls[o + ID]!;
  flights.at[f + F_SINCE] = now;
  flights.at[f + F_LEASE] = calls[o + STATUS]!;
  return Seat.leads;
}

/** The load that the call leads has landed: the first of those who waited for it, linked through LINK; 0: nobody. */
export function land(w: World, row: number): number {
  const { flights, calls } = w;
  const o = row * CALL;
  for (let flight = flights.of(calls.at[o + SLOT]!); flight !== 0;) {
    const f = flight * FLIGHT;
    if (flights.at[f + F_LEADER] === calls.at[o + ID]) {
      const first = flights.at[f + F_FIRST]!;
      flights.close(flight);
      return first;
    }
    flight = flights.at[f + F_NEXT]!;
  }
  return 0;
}
