/** Whom a read of the store asks: one replica by chance, never one that is taken as dead while another is not. */
import { describe, expect, it } from 'vitest';
import { chooseReplica, takenAsDead } from '../../src/engine/actors/reader.ts';
import { Run } from '../../src/engine/run.ts';
import type { World } from '../../src/engine/world.ts';
import { aDesign } from '../support/designs.ts';
import { SMALL_STORE, TOLD, type Differences } from '../support/tales.ts';

const READS = 6000;

/** The world of `SMALL_STORE` at an instant, ms. */
function worldAt(ms: number, differences: Differences): World {
  const run = Run.start(aDesign({ ...SMALL_STORE, ...differences }));
  run.advance(ms * 1000);
  run.world.wheel.moveTo(ms * 1000);
  return run.world;
}

/** How many of so many reads each replica of the shard is asked for. */
function asked(world: World): number[] {
  const counts = [0, 0, 0];
  for (let read = 0; read < READS; read++) {
    const replica = chooseReplica(world, TOLD) - world.replicaNode(TOLD, 0);
    counts[replica] = (counts[replica] ?? NaN) + 1;
  }
  return counts;
}

/** Four standard deviations of a count that is binomial. */
const tolerance = (share: number): number => 4 * Math.sqrt(READS * share * (1 - share));

const crashed = (...replicas: readonly number[]): Differences => ({
  fault: replicas.map((replica) => `shard-2.replica-${replica}:crash@10ms-500ms`),
});

describe('a read', () => {
  it.each([
    { that: 'asks each replica as often as any other', ms: 200, silent: [], shares: [1 / 3, 1 / 3, 1 / 3] },
    {
      that: 'asks one that is silent, too, while nobody takes it as dead',
      ms: 109,
      silent: [2],
      shares: [1 / 3, 1 / 3, 1 / 3],
    },
    ...[1, 2, 3].map((dead) => ({
      that: `asks the two others equally often when replica ${dead} is taken as dead`,
      ms: 110,
      silent: [dead],
      shares: [1, 2, 3].map((replica) => (replica === dead ? 0 : 1 / 2)),
    })),
    { that: 'asks the one that is left', ms: 200, silent: [1, 3], shares: [0, 1, 0] },
    {
      that: 'asks any where all are taken as dead',
      ms: 200,
      silent: [1, 2, 3],
      shares: [1 / 3, 1 / 3, 1 / 3],
    },
  ])('by any replica $that', ({ ms, silent, shares }) => {
    const counts = asked(worldAt(ms, { 'store.readFrom': 'replica', ...crashed(...silent) }));
    counts.forEach((count, replica) => {
      const share = shares[replica] ?? NaN;
      expect(Math.abs(count - READS * share)).toBeLessThanOrEqual(tolerance(share));
    });
  });

  it('by the leader asks whoever leads, dead or not', () => {
    expect(asked(worldAt(105, crashed(1)))).toEqual([READS, 0, 0]);
    expect(asked(worldAt(111, crashed(1)))).toEqual([0, READS, 0]);
  });
});

describe('a replica', () => {
  it('is taken as dead when it has been silent for so long, until one link delay after it answers again', () => {
    const fault = ['shard-2.replica-3:pause@10ms-200ms'];
    const dead = [109.999, 110, 199.999, 200, 201.999, 202].map((ms) => {
      const world = worldAt(ms, { fault });
      return takenAsDead(world, world.replicaNode(TOLD, 2));
    });
    expect(dead).toEqual([false, true, true, true, true, false]);
  });
  it('stays taken as dead where the word of its return would come after time itself has ended', () => {
    const late = Array.from({ length: 4 }, () => 'replication:delay:600s@0s');
    const world = worldAt(300, { fault: ['shard-2.replica-3:pause@10ms-200ms', ...late] });
    expect(takenAsDead(world, world.replicaNode(TOLD, 2))).toBe(true);
  });

  it('is not taken as dead at all where it answers before that', () => {
    const world = worldAt(105.001, { fault: ['shard-2.replica-3:pause@10ms-105ms'] });
    expect(takenAsDead(world, world.replicaNode(TOLD, 2))).toBe(false);
  });
});
