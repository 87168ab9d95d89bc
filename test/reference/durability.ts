/**
 * Durability: the probability that an acknowledged write is lost when f of N replicas, chosen at random, are destroyed
 * at once. With W copies it is the chance that all of them are among the f. Every write is acknowledged by one copy and
 * travels to each other replica at once or not at all, by the toss of a coin, so that all numbers of copies occur; every
 * choice of f replicas is met by one shard as often as by another.
 */
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { Run } from '../../src/engine/run.ts';
import { E_DURABLE, E_STATE, E_WRITE, ENTRY, EntryState } from '../../src/engine/store.ts';
import type { World } from '../../src/engine/world.ts';
import { aDesign } from '../support/designs.ts';
import { meanOf } from '../support/replications.ts';
import { BARE } from './queueing.ts';
import type { ReferenceRow } from './row.ts';

const N = 3;
const SEED = 700_000;
const DESTROYED_US = 2_000_000;
/** Runs by f. Only where two copies meet two losses does it depend on the coins. */
const RUNS = [0, 2, 10, 2];

/** n over k. */
function choose(n: number, k: number): number {
  let product = 1;
  for (let i = 1; i <= k; i++) product *= (n - k + i) / i;
  return k > n ? 0 : product;
}

/** All sets of f of the replicas from 1 to N. */
function setsOf(f: number): number[][] {
  const all = Array.from({ length: 2 ** N }, (_, mask) =>
    [1, 2, 3].filter((replica) => (mask & (1 << (replica - 1))) !== 0),
  );
  return all.filter((set) => set.length === f);
}

/** Writes that are acknowledged and the newest of their key, with the number of their copies. */
function copiesOf(w: World, shard: number): Map<number, number> {
  const { store, oracle, keys } = w;
  const copies = new Map<number, number>();
  for (let slot = 0; slot < keys.size; slot++) {
    const write = oracle.latest(slot);
    // What is not in the log any more is everywhere.
    if (w.shardOf(slot) === shard && write !== 0 && oracle.isAcknowledged(write)) copies.set(write, N);
  }
  for (let entry = 1; entry < store.end; entry++) {
    const [write = 0, state, durable = 0] = [E_WRITE, E_STATE, E_DURABLE].map(
      (c) => store.at[entry * ENTRY + c],
    );
    if (state !== EntryState.free && copies.has(write))
      copies.set(write, [0, 1, 2].filter((r) => (durable & (1 << r)) !== 0).length);
  }
  return copies;
}

/** Share of the writes with `w` copies that are lost, by w, as the mean over all ways to destroy f replicas. */
function lostShares(f: number, seed: number): number[] {
  const sets = setsOf(f);
  const fault = sets.flatMap((set, i) => set.map((r) => `shard-${i + 1}.replica-${r}:destroy@2s-2500ms`));
  const run = Run.start(
    aDesign({
      ...BARE,
      seed: String(seed),
      duration: '3s',
      'workload.gets': '0/s',
      'workload.puts': `${sets.length * 2500}/s`,
      'workload.keys': '1000000',
      'workload.skew': '0',
      'client.timeout': '1s',
      'store.shards': String(sets.length),
      'store.rf': String(N),
      'store.w': '1',
      'store.concurrency': '1000000',
      // What reached a replica is on its disk at once, so that a copy exists or does not when the replicas go.
      'store.write': 'const:0ms',
      'store.failover': '600ms',
      'network.replication': '0.5*const:0ms+0.5*const:600s',
      fault,
    }),
  );
  run.advance(DESTROYED_US - 1);
  const byShard = sets.map((_, shard) => copiesOf(run.world, shard));
  run.advance(HORIZON);
  return [1, 2, 3].map((w) => {
    const shares = byShard.map((copies) => {
      const writes = [...copies].filter(([, count]) => count === w).map(([write]) => write);
      return writes.filter((write) => run.world.oracle.isLost(write)).length / writes.length;
    });
    return shares.reduce((sum, share) => sum + share, 0) / shares.length;
  });
}

export function durabilityRows(): ReferenceRow[] {
  return [1, 2, 3].flatMap((f) => {
    const runs = Array.from({ length: RUNS[f] ?? 0 }, (_, i) => lostShares(f, SEED + i));
    return [1, 2, 3].map((w): ReferenceRow => {
      const { value, standardError } = meanOf(runs.map((shares) => shares[w - 1] ?? NaN));
      return {
        area: 'durability',
        name: `${f} of ${N} destroyed at once: a write with ${w} copies is lost`,
        reference: choose(f, w) / choose(N, w),
        measured: value,
        standardError,
        unit: 'probability',
        source: 'hypergeometric',
      };
    });
  });
}
