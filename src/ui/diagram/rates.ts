/**
 * How much travels on each edge, for the bands that lie over them. The series count per node and for the whole system,
 * not per edge, so this is an estimate, and only a width on the screen: what a tier sends on is shared out among its
 * edges in proportion to what each end has served in the same bucket. Rates that are printed as numbers are exact
 * counts of the whole system.
 */
import { BUCKETS_PER_SECOND } from '../../design/readings.ts';
import type { NodeReading, SystemReading } from '../../replay/frame.ts';
import type { Use } from './wiring.ts';

/** Operations per second, reads and writes apart, so that the hue can say what dominates. */
export interface Rate {
  reads: number;
  writes: number;
}

/** One bucket's numbers: the whole system's, and each node's by tier. */
export interface Flow {
  readonly system: SystemReading;
  readonly app: readonly NodeReading[];
  readonly cache: readonly NodeReading[];
  /** Of each shard, all replicas together. */
  readonly shardServed: readonly number[];
}

/** Band width in CSS pixels: it grows with the square root of the rate. */
export function bandWidth(rate: Rate): number {
  const total = rate.reads + rate.writes;
  if (!(total > 0)) return 0;
  return Math.min(14, Math.max(1, 0.105 * Math.sqrt(total)));
}

/** What the clients send, and its share to one app node. */
export function clientRate({ system, app }: Flow, node: number): Rate {
  const share = shareOf(
    app.map((reading) => reading.served),
    node,
  );
  return {
    reads: system.getsStarted * BUCKETS_PER_SECOND * share,
    writes: system.putsStarted * BUCKETS_PER_SECOND * share,
  };
}

/** From one app node to one cache node: what arrives there in one of the app nodes' shares. */
export function cacheRate(flow: Flow, uses: readonly Use[], from: number, to: number): Rate {
  const share = shareOf(
    flow.app.map((reading) => reading.served),
    from,
  );
  const reads = ((flow.cache[to]?.hits ?? 0) + (flow.cache[to]?.misses ?? 0)) * BUCKETS_PER_SECOND;
  const putsArrive = uses.some(
    (use) => use.link === 'app-cache' && use.why === 'always' && use.within === 'put',
  );
  const writes = putsArrive ? flow.system.putsStarted * BUCKETS_PER_SECOND * readShare(flow, to) : 0;
  return { reads: finite(reads * share), writes: finite(writes * share) };
}

/** From one cache node to one shard: its misses, and the writes that it forwards. */
export function forwardRate(flow: Flow, uses: readonly Use[], from: number, to: number): Rate {
  const share = shareOf(flow.shardServed, to);
  const forwards = (message: 'get' | 'put') =>
    uses.some((use) => use.link === 'cache-store' && use.message === message);
  const reads = forwards('get') ? (flow.cache[from]?.misses ?? 0) * BUCKETS_PER_SECOND : 0;
  const writes = forwards('put') ? flow.system.putsStarted * BUCKETS_PER_SECOND * readShare(flow, from) : 0;
  return { reads: finite(reads * share), writes: finite(writes * share) };
}

/** What goes from the app straight to the store, all of it. Calls given up on are shared between reads and writes as their starts are. */
export function straightRate({ system }: Flow, uses: readonly Use[]): Rate {
  const rate: Rate = { reads: 0, writes: 0 };
  const started = system.getsStarted + system.putsStarted;
  const counted = new Set<string>();
  for (const use of uses) {
    if (use.link !== 'app-store') continue;
    const kind = use.message === 'put' ? 'writes' : 'reads';
    const key = `${kind} ${use.why}`;
    if (counted.has(key)) continue;
    counted.add(key);
    const all = kind === 'writes' ? system.putsStarted : system.getsStarted;
    if (use.why === 'always') rate[kind] += all * BUCKETS_PER_SECOND;
    else if (use.why === 'miss') rate[kind] += system.misses * BUCKETS_PER_SECOND;
    else if (started > 0) rate[kind] += (system.fallbacks * BUCKETS_PER_SECOND * all) / started;
  }
  return { reads: finite(rate.reads), writes: finite(rate.writes) };
}

/** One node's part of what all of them did; equal parts when nothing was done. */
export function shareOf(counts: readonly number[], index: number): number {
  const sum = counts.reduce((a, b) => a + finite(b), 0);
  return sum > 0 ? finite(counts[index] ?? 0) / sum : 1 / Math.max(1, counts.length);
}

function readShare({ cache }: Flow, node: number): number {
  return shareOf(
    cache.map(({ hits, misses }) => finite(hits) + finite(misses)),
    node,
  );
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
