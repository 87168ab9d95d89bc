import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeIdOf } from '../../src/design/nodes.ts';
import { NODE_STATE } from '../../src/design/readings.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { Run } from '../../src/engine/run.ts';
import { summarise } from '../../src/engine/summarise.ts';
import { Behind, R_BEHIND } from '../../src/engine/store.ts';
import { leads } from '../../src/engine/actors/reader.ts';
import { Event, type World } from '../../src/engine/world.ts';
import { aSmallDesign, goOn, smallDesigns } from '../support/engineRuns.ts';

type Differences = Readonly<Record<string, string | readonly string[]>>;

/** One shard behind no cache, so that what the store does is all there is. */
function aStore(differences: Differences): Run {
  return Run.start(
    aSmallDesign({ policy: 'db-only', 'store.shards': '1', 'store.failover': '150ms', ...differences }),
  );
}

function replica(run: Run, index: number): number {
  return nodeIdOf(run.design, `shard-1.replica-${index}`) ?? NaN;
}

function stateAt(run: Run, index: number, ms: number): number {
  run.advance(ms * 1000);
  return run.world.nodes.stateOf(replica(run, index));
}

/** Acknowledged versions; with `lost`, those that are lost. */
function acknowledged({ oracle }: World, lost?: boolean): number[] {
  return Array.from({ length: oracle.writeCount }, (_, write) => write).filter(
    (write) =>
      write > 0 && oracle.isAcknowledged(write) && (lost === undefined || oracle.isLost(write) === lost),
  );
}

describe('what the replication link must carry', () => {
  it('a replica does not begin to catch up through a cut link, and does once it is whole again', () => {
    // A destroyed disk takes half a second to fill at this speed.
    const run = aStore({
      fault: [
        'shard-1.replica-2:slow:80@200ms',
        'shard-1.replica-2:destroy@300ms-500ms',
        'replication:partition@450ms-800ms',
      ],
    });
    expect(stateAt(run, 2, 501)).toBe(NODE_STATE.catchingUp);
    expect(stateAt(run, 2, 1000)).toBe(NODE_STATE.catchingUp);
    expect(stateAt(run, 2, 1900)).toBe(NODE_STATE.up);
  });

  it('a catch-up that the cut came upon does not end before the link is whole', () => {
    const run = aStore({
      fault: [
        'shard-1.replica-2:slow:80@300ms-600ms',
        'shard-1.replica-2:destroy@300ms-500ms',
        'replication:partition@700ms-1.5s',
      ],
    });
    expect(stateAt(run, 2, 690)).toBe(NODE_STATE.catchingUp);
    expect(stateAt(run, 2, 1499)).toBe(NODE_STATE.catchingUp);
    expect(stateAt(run, 2, 1900)).toBe(NODE_STATE.up);
  });

  it('a leader that was replaced leads on in its own eyes for as long as the link is cut', () => {
    const run = aStore({
      fault: ['shard-1.replica-1:partition@300ms-700ms', 'replication:partition@650ms-1.2s'],
    });
    run.advance(1_199_000);
    expect(leads(run.world, replica(run, 1))).toBe(true);
    expect(run.world.leaderNode(0)).not.toBe(replica(run, 1));
    run.advance(1_400_000);
    expect(leads(run.world, replica(run, 1))).toBe(false);
    expect(run.world.nodes.isUp(replica(run, 1))).toBe(true);
  });
});

describe('an election', () => {
  it('is news to a leader of an earlier term that votes in it', () => {
    const run = aStore({
      fault: [
        'shard-1.replica-1:partition@300ms-700ms',
        'replication:partition@650ms-1030ms',
        'shard-1.replica-2:crash@800ms',
      ],
    });
    run.advance(1_029_000);
    expect(leads(run.world, replica(run, 1))).toBe(true);
    run.advance(1_030_001);
    expect(run.world.leaderNode(0)).toBe(replica(run, 3));
    expect(leads(run.world, replica(run, 1))).toBe(false);
    expect(stateAt(run, 1, 1200)).toBe(NODE_STATE.up);
  });
});

describe('a catch-up', () => {
  it('that a crash has overtaken does not end the one after it', () => {
    const run = aStore({
      fault: [
        'shard-1.replica-2:slow:80@200ms',
        'shard-1.replica-2:destroy@300ms-400ms',
        'shard-1.replica-2:crash@600ms-700ms',
      ],
    });
    // Its disk is to be filled, 80 times as slowly as usual.
    const { wheel } = run.world;
    run.advance(400_000);
    const ends: number[] = [];
    wheel.forEachPending((time, kind, row) => {
      if (kind === Event.caughtUp && row === replica(run, 2)) ends.push(time);
    });
    const [first] = ends;
    if (first === undefined) throw new Error('a catch-up is under way');
    expect(first).toBeGreaterThan(710_000);
    run.advance(first + 1000);
    expect(run.world.nodes.stateOf(replica(run, 2))).toBe(NODE_STATE.catchingUp);
    run.advance(1_900_000);
    expect(run.world.nodes.stateOf(replica(run, 2))).toBe(NODE_STATE.up);
  });

  it.each(['leader', 'leaderless'])(
    'of nothing takes a round trip, even where a write takes infinitely long in the mean (%s)',
    (mode) => {
      const run = aStore({
        'store.mode': mode,
        'store.write': 'pareto:1ms:1',
        'network.replication': 'const:2ms',
        'network.crossZone': 'const:0ms',
        'workload.puts': '0/s',
        fault: ['shard-1.replica-2:destroy@300ms-500ms'],
      });
      expect(stateAt(run, 2, 503)).toBe(NODE_STATE.catchingUp);
      expect(stateAt(run, 2, 504)).toBe(NODE_STATE.up);
    },
  );

  it('waits while nobody leads, and the replica does not serve meanwhile', () => {
    const run = aStore({
      fault: ['shard-1.replica-2:crash@300ms-500ms', 'shard-1.replica-1:crash@450ms'],
    });
    expect(stateAt(run, 2, 590)).toBe(NODE_STATE.catchingUp);
    expect(stateAt(run, 2, 700)).toBe(NODE_STATE.up);
    expect(run.world.store.unavailable[0]).toBeGreaterThan(149_000);
  });
});

describe('disks that are gone', () => {
  it('a destroyed replica has no vote while those that hold data may return: nothing is lost', () => {
    const run = aStore({
      fault: ['shard-1.replica-1:crash@500ms-1.2s', 'shard-1.replica-2:destroy@500ms-700ms'],
    });
    run.advance(1_199_000);
    expect(run.world.nodes.isUp(run.world.leaderNode(0))).toBe(false);
    run.advance(HORIZON);
    const { consistency, store } = summarise(run);
    expect(consistency.lostAckedWrites).toBe(0);
    expect(store.byShard[0]?.unavailableMs).toBeCloseTo(700, -1);
  });

  it('all of them: the shard elects from what there is, takes writes again, and all that was acknowledged is lost', () => {
    const fault = [1, 2, 3].map((r) => `shard-1.replica-${r}:destroy@500ms-${700 + r * 100}ms`);
    const run = aStore({ fault });
    run.advance(499_999);
    const before = acknowledged(run.world);
    expect(before.length).toBeGreaterThan(100);
    run.advance(HORIZON);
    expect(acknowledged(run.world, true)).toEqual(expect.arrayContaining(before));
    expect(summarise(run).consistency.lostAckedWrites).toBe(acknowledged(run.world, true).length);
    // Two of three are a majority.
    expect(summarise(run).store.byShard[0]?.unavailableMs).toBeCloseTo(400, -1);
    expect(acknowledged(run.world, false).length).toBeGreaterThan(100);
    expect(summarise(run).consistency.rpoMs).toBeGreaterThan(400);
  });

  it('all but one that is not there: they elect without it, and what it alone had is lost', () => {
    const run = aStore({
      fault: [
        'shard-1.replica-3:crash@500ms-1.5s',
        'shard-1.replica-1:destroy@600ms-700ms',
        'shard-1.replica-2:destroy@600ms-700ms',
      ],
    });
    run.advance(1_300_000);
    const { world } = run;
    expect(acknowledged(world, true).length).toBeGreaterThan(100);
    goOn(run, 20_000_000);
    for (const slot of world.slotsOf(0))
      for (let r = 0; r < 3; r++) expect(world.oracle.isLost(world.store.shown(slot, r))).toBe(false);
  });

  it('all but one that is there: it leads, and only what it had not is lost', () => {
    const run = aStore({
      fault: ['shard-1.replica-1:destroy@600ms-700ms', 'shard-1.replica-2:destroy@600ms-700ms'],
    });
    run.advance(HORIZON);
    expect(summarise(run).consistency.lostAckedWrites).toBeLessThan(10);
    expect(run.world.leaderNode(0)).toBe(replica(run, 3));
  });
});

/** Replicas that serve, have missed no term, and show what is lost. */
function discardedButShown(w: World): string[] {
  const found: string[] = [];
  for (let node = w.nodes.firstStore; node < w.nodes.count; node++) {
    const deposed = leads(w, node) && w.leaderNode(w.shardOfNode(node)) !== node;
    const unaware = w.store.replica[w.replicaRow(node) + R_BEHIND] === Behind.unaware;
    if (!w.nodes.isUp(node) || deposed || unaware) continue;
    for (const slot of w.slotsOf(w.shardOfNode(node)))
      if (w.oracle.isLost(w.store.shown(slot, w.replicaOf(node))))
        found.push(`${w.wheel.now}: node ${node} shows a lost version of slot ${slot}`);
  }
  return found;
}

describe('whatever silences replicas', () => {
  it('a stepped-down leader that finds nobody to catch up with shows nothing that was discarded', () => {
    // Acknowledged by the leader alone, discarded at 450 ms; then the next leader falls silent, too.
    const run = aStore({
      'store.w': '1',
      'workload.keys': '2000',
      fault: [
        'replication:partition@250ms-440ms',
        'shard-1.replica-1:partition@300ms-600ms',
        'shard-1.replica-2:crash@601ms',
        'shard-1.replica-3:crash@650ms-1s',
      ],
    });
    run.advance(600_000);
    expect(acknowledged(run.world, true).length).toBeGreaterThan(3);
    for (let at = 602_000; at < 1_900_000; at += 7_000) {
      run.advance(at);
      expect(discardedButShown(run.world)).toEqual([]);
    }
    expect(run.world.nodes.isUp(replica(run, 1))).toBe(true);
  });

  it('a follower that showed what was discarded in its absence gives it up when it hears of it', () => {
    // Two of five have the last writes; one of these crashes, the other is cut off.
    const run = aStore({
      'store.rf': '5',
      'store.w': '1',
      'workload.keys': '2000',
      fault: [
        ...[2, 3, 5].map((r) => `shard-1.replica-${r}:delay:60ms@100ms-500ms`),
        'shard-1.replica-1:crash@400ms-1.2s',
        'shard-1.replica-4:partition@400ms-800ms',
      ],
    });
    run.advance(800_000);
    const { oracle, store } = run.world;
    const lost = acknowledged(run.world, true).filter((write) =>
      run.world.slotsOf(0).some((slot) => store.shown(slot, 3) === write),
    );
    expect(lost.length).toBeGreaterThan(3);
    run.advance(850_000);
    for (const slot of run.world.slotsOf(0)) expect(oracle.isLost(store.shown(slot, 3))).toBe(false);
  });

  const fsync = fc.constantFrom('always' as const, { periodic: 30_000 }, { periodic: 300_000 });
  const silenced = fc.tuple(smallDesigns(8), fsync).map(([design, fsync]) => ({
    ...design,
    policy: 'db-only' as const,
    store: { ...design.store, mode: 'leader' as const, fsync },
    faults: design.faults.map((fault) =>
      'for' in fault
        ? { ...fault, for: Math.min(fault.for ?? 100_000, 600_000) }
        : { ...fault, for: 100_000 },
    ),
  }));

  it('no replica that has heard of all terms shows what is lost', () => {
    fc.assert(
      fc.property(silenced, (design) => {
        const run = Run.start(design);
        for (let at = 20_000; !run.done; at += 20_000) {
          run.advance(at);
          expect(discardedButShown(run.world)).toEqual([]);
        }
      }),
      { seed: 40_001, numRuns: 60 },
    );
  });

  it('once every fault is over nothing is alive, no entry is open, and all replicas serve the same', () => {
    fc.assert(
      fc.property(silenced, (design) => {
        const run = Run.start(design);
        run.advance(HORIZON);
        goOn(run, 60_000_000);
        const { world } = run;
        const { store, nodes } = world;
        expect(world.calls.alive).toBe(0);
        for (let shard = 0; shard < store.shards; shard++) {
          expect(store.openEntries(shard)).toEqual([]);
          for (let r = 0; r < store.rf; r++) {
            const node = world.replicaNode(shard, r);
            expect(nodes.stateOf(node)).toBe(NODE_STATE.up);
            expect(leads(world, node)).toBe(world.leaderNode(shard) === node);
            for (const slot of world.slotsOf(shard)) {
              expect(store.shown(slot, r)).toBe(store.shown(slot, 0));
              expect(world.oracle.isLost(store.shown(slot, r))).toBe(false);
            }
          }
        }
      }),
      { seed: 40_002, numRuns: 60 },
    );
  });
});
