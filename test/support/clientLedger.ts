/**
 * The ledger of clients who try again: their retry budget, told again token by token from what was seen to leave and
 * reach them, and how every operation ended. It shares nothing with what it is asked about but the names of the columns.
 */
import { assert } from '../../src/base/assert.ts';
import type { Design } from '../../src/design/design.ts';
import { EVENT, EVENT_WIDTH, EVENTS, HOP, HOP_WIDTH } from '../../src/design/readings.ts';
import { detailOf } from '../../src/engine/detail.ts';

export interface Ledger {
  readonly operations: number;
  /** Attempts beyond the first. */
  readonly sent: number;
  /** Timeouts for which there was a token, or no budget; those of them whose operation was answered while it waited. */
  readonly granted: number;
  readonly answeredInTheWait: number;
  /** Timeouts of clients who would have tried again, had there been a token. */
  readonly denied: number;
  /** Waits before the n-th retry, from 0, microseconds. */
  readonly waits: readonly (readonly number[])[];
  readonly ok: number;
  /** From beginning to end, in sum, microseconds. */
  readonly latencies: number;
  /** What contradicts the rules. */
  readonly flaws: readonly string[];
}

interface Operation {
  readonly start: number;
  /** When each attempt left. */
  readonly attempts: number[];
  end: number;
  ok: boolean;
  timeouts: number;
  /** How often its client is told to have stopped waiting. */
  told: number;
  mayRetry: boolean;
}

/** At one instant timeouts come before arrivals, which were scheduled later, and both before what a retry leads to. */
const ORDER = { timeout: 0, start: 1 };

export function ledgerOf(design: Design): Ledger {
  const { timeout, retries, retryBudget } = design.client;
  const operations = operationsOf(design);
  const instants = [...operations.values()].flatMap((operation) => [
    { time: operation.start, what: ORDER.start, operation },
    ...operation.attempts
      .map((left) => left + timeout)
      .filter((time) => time < operation.end || (time === operation.end && !operation.ok))
      .map((time) => ({ time, what: ORDER.timeout, operation })),
  ]);
  instants.sort((a, b) => a.time - b.time || a.what - b.what);
  const share = retryBudget === 'off' ? undefined : Math.round(retryBudget * 1e6);
  const flaws: string[] = [];
  const waits: number[][] = Array.from({ length: retries }, () => []);
  let tokens = 10e6;
  let [granted, denied] = [0, 0];
  for (const { time, what, operation } of instants) {
    if (what === ORDER.start) {
      tokens = Math.min(100e6, tokens + (share ?? 0));
      continue;
    }
    const next = operation.attempts[++operation.timeouts];
    operation.mayRetry = operation.timeouts <= retries && (share === undefined || tokens >= 1e6);
    if (operation.mayRetry) {
      granted++;
      tokens -= share === undefined ? 0 : 1e6;
      if (next !== undefined) waits[operation.timeouts - 1]?.push(next - time);
    } else {
      if (operation.timeouts <= retries) denied++;
      if (next !== undefined || operation.end !== time) flaws.push(`${time}: goes on without a token`);
    }
  }
  const all = [...operations.values()];
  for (const { ok, mayRetry, end, timeouts, told } of all) {
    if (!ok && mayRetry) flaws.push(`${end}: gives up with a token left for it`);
    if (told !== timeouts) flaws.push(`${end}: ${timeouts} timeouts, of which ${told} are told`);
  }
  const sum = (of: (operation: Operation) => number): number =>
    all.reduce((total, one) => total + of(one), 0);
  return {
    operations: all.length,
    sent: sum(({ attempts }) => attempts.length - 1),
    granted,
    answeredInTheWait: sum(({ mayRetry, ok, attempts, timeouts }) =>
      mayRetry && ok && attempts.length === timeouts ? 1 : 0,
    ),
    denied,
    waits,
    ok: sum(({ ok }) => Number(ok)),
    latencies: sum(({ start, end }) => end - start),
    flaws,
  };
}

/** When each operation began and ended, and when its attempts left the clients, whose node is 0. */
function operationsOf(design: Design): Map<number, Operation> {
  const whole = { from: 0, to: design.duration + 60_000_000, sample: 'all', focus: [], key: -1 } as const;
  const detail = detailOf(design, undefined, whole);
  assert(detail.ok && !detail.value.truncated, 'all of the run is told');
  const { events, hops } = detail.value;
  const operations = new Map<number, Operation>();
  for (let o = 0; o < events.length; o += EVENT_WIDTH) {
    const type = EVENTS[events[o + EVENT.type] ?? NaN];
    const id = events[o + EVENT.operation] ?? NaN;
    const time = events[o + EVENT.time] ?? NaN;
    if (type === 'startOperation')
      operations.set(id, {
        start: time,
        attempts: [],
        end: NaN,
        ok: false,
        timeouts: 0,
        told: 0,
        mayRetry: false,
      });
    const operation = operations.get(id);
    if (operation === undefined) continue;
    if (type === 'timeout' && events[o + EVENT.node] === 0) operation.told++;
    if (type !== 'endOperation') continue;
    assert(Number.isNaN(operation.end), 'an operation ends once');
    operation.end = time;
    operation.ok = events[o + EVENT.extra] === 0;
  }
  for (let o = 0; o < hops.length; o += HOP_WIDTH)
    if (hops[o + HOP.from] === 0)
      operations.get(hops[o + HOP.operation] ?? NaN)?.attempts.push(hops[o + HOP.sentAt] ?? NaN);
  return operations;
}
