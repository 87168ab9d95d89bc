/**
 * The disk that a crash may still hit, where disks are synced periodically: a sync of it may come at any moment. What
 * other disks have not synced stays in memories that nothing takes away, and does not matter.
 */
import { Tier } from '../nodes.ts';
import type { Undone } from '../unsynced.ts';
import type { World } from '../world.ts';

/** The host that the crash would hit if it came now; -1: it has come, or there is none. */
export function crashTarget(w: World): number {
  const { faults } = w;
  const next = faults.instants[faults.passed];
  if (next?.begins !== true) return -1;
  const shard = faults.leaderOf(next.fault);
  return shard < 0 ? faults.namedNode(next.fault) : w.leaderNode(shard);
}

/** The hosts that a crash may hit, now or later. */
export function crashable(w: World): ReadonlySet<number> {
  const { faults, store } = w;
  return new Set(
    faults.faults.flatMap((_, fault) => {
      const shard = faults.leaderOf(fault);
      if (shard < 0) return [faults.namedNode(fault)];
      return Array.from({ length: store.rf }, (__, r) => w.replicaNode(shard, r));
    }),
  );
}

export class Disk {
  readonly #w: World;

  constructor(w: World) {
    this.#w = w;
  }

  /** What the crash would take back now, the latest first. */
  unsynced(): Undone[] {
    const replica = this.#atRisk();
    return replica < 0 ? [] : this.#w.store.unsynced.since(replica, this.#w.wheel.now);
  }

  sync(): void {
    this.#w.store.unsynced.settle(this.#atRisk(), this.#w.wheel.now);
  }

  /** The replica, over all shards, that the crash would hit now; -1: none, or one whose disk has all that it wrote. */
  #atRisk(): number {
    const { store, nodes } = this.#w;
    if (!store.unsynced.periodic) return -1;
    const target = crashTarget(this.#w);
    return target < 0 || nodes.tierOf(target) !== Tier.store ? -1 : target - nodes.firstStore;
  }
}
