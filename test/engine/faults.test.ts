import { describe, expect, it } from 'vitest';
import { NODE, NODE_STATE, NODE_WIDTH, SYSTEM, SYSTEM_WIDTH } from '../../src/design/readings.ts';
import { nodeIdOf, nodesOf } from '../../src/design/nodes.ts';
import { Event } from '../../src/engine/world.ts';
import { FaultState, instantsOf } from '../../src/engine/faults.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { Run } from '../../src/engine/run.ts';
import { summarise } from '../../src/engine/summarise.ts';
import { aSmallDesign, render } from '../support/engineRuns.ts';

const instants = (fault: string[]) =>
  instantsOf(aSmallDesign({ fault })).map((each) => [each.time / 1000, each.fault, each.begins]);

describe('the instants of faults', () => {
  it('come in order of time; at one instant ends come first, then the document’s order', () => {
    const faults = [
      'cache-1:crash@300ms-500ms',
      'cache-2:pause@500ms-900ms',
      'app-1:pause@300ms',
      'cache-1:flush@500ms',
    ];
    expect(instants(faults)).toEqual([
      [300, 0, true],
      [300, 2, true],
      [500, 0, false],
      [500, 1, true],
      [500, 3, true],
      [900, 1, false],
    ]);
  });
  it('past the duration are kept', () => {
    expect(instants(['cache-1:crash@300s-500s'])).toEqual([
      [300_000, 0, true],
      [500_000, 0, false],
    ]);
  });
});

describe('what is kept for paused hosts', () => {
  it('is handed over in order of arrival, each to its own, however much it is', () => {
    const state = new FaultState(aSmallDesign());
    for (let i = 0; i < 500; i++) state.hold(i % 3, Event.arrive, i);
    expect(state.takeHeld(1).map(({ row }) => row)).toEqual(Array.from({ length: 167 }, (_, i) => i * 3 + 1));
    expect(state.takeHeld(1)).toEqual([]);
    expect(state.takeHeld(2)).toHaveLength(166);
    expect(state.takeHeld(0)).toHaveLength(167);
    expect(state.heldEnd).toBe(0);
  });
});

/** A column of a node at a bucket's end. */
function nodeAt(
  design: ReturnType<typeof aSmallDesign>,
  name: string,
  column: keyof typeof NODE,
  seconds: number,
) {
  const { nodes } = render(design);
  const bucket = Math.round(seconds * 10) - 1;
  const row = bucket * nodesOf(design).length + (nodeIdOf(design, name) ?? NaN);
  return nodes[row * NODE_WIDTH + NODE[column]];
}

describe('a fault', () => {
  it.each([
    ['crash', NODE_STATE.crashed],
    ['destroy', NODE_STATE.crashed],
    ['pause', NODE_STATE.paused],
    ['partition', NODE_STATE.cutOff],
  ])('%s puts its host in a state of its own, and lets go of it', (kind, state) => {
    for (const name of ['app-1', 'cache-1', 'shard-2.replica-3']) {
      const design = aSmallDesign({ fault: [`${name}:${kind}@450ms-850ms`] });
      expect(nodeAt(design, name, 'state', 0.4)).toBe(NODE_STATE.up);
      expect(nodeAt(design, name, 'state', 0.6)).toBe(state);
      expect(nodeAt(design, name, 'state', 1)).toBe(NODE_STATE.up);
    }
  });
  it('slow and delay leave their host up', () => {
    for (const kind of ['slow:20', 'delay:50ms']) {
      const design = aSmallDesign({ fault: [`cache-1:${kind}@450ms`] });
      expect(nodeAt(design, 'cache-1', 'state', 0.6)).toBe(NODE_STATE.up);
    }
  });
  it('of several kinds on one host: the worst wins, until it ends', () => {
    const fault = ['app-1:partition@150ms-950ms', 'app-1:pause@250ms-750ms', 'app-1:crash@350ms-550ms'];
    const design = aSmallDesign({ fault });
    const states = [0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1].map((at) => nodeAt(design, 'app-1', 'state', at));
    const { up, cutOff, paused, crashed } = NODE_STATE;
    expect(states).toEqual([up, cutOff, paused, crashed, paused, cutOff, up]);
  });
  it('slow several times over multiplies, delay adds, and both go when they end', () => {
    const run = Run.start(
      aSmallDesign({
        fault: [
          'cache-1:slow:3@100ms-500ms',
          'cache-1:slow:5@200ms-400ms',
          'cache-1:delay:10ms@100ms-500ms',
          'cache-1:delay:30ms@200ms-400ms',
          'app-cache:delay:7ms@200ms-400ms',
        ],
      }),
    );
    const id = nodeIdOf(run.design, 'cache-1') ?? NaN;
    const seen = [50_000, 150_000, 300_000, 450_000, 550_000].map((at) => {
      run.advance(at);
      const { nodes, network } = run.world;
      return [
        nodes.slowness(id),
        (network.nodeDelay[id] ?? NaN) / 1000,
        (network.linkDelay[1] ?? NaN) / 1000,
      ];
    });
    expect(seen).toEqual([
      [1, 0, 0],
      [3, 10, 0],
      [15, 40, 7],
      [3, 10, 0],
      [1, 0, 0],
    ]);
  });
  it('at a shard’s leader stays with whom it found there', () => {
    const fault = ['shard-1.leader:crash@300ms', 'shard-1.leader:slow:9@1s'];
    const run = Run.start(aSmallDesign({ fault }));
    run.advance(1_500_000);
    const { faults, nodes } = run.world;
    const first = nodeIdOf(run.design, 'shard-1.replica-1');
    expect(faults.targetOf(0)).toBe(first);
    expect(faults.targetOf(1)).not.toBe(first);
    expect(nodes.slowness(faults.targetOf(1))).toBe(9);
  });
  it('comes before everything else of its microsecond', () => {
    const fault = ['client-app:partition@0s'];
    const { summary } = render(aSmallDesign({ fault }));
    expect(summary.availability).toBe(0);
    expect(summary.put.unknown).toBe(summary.put.attempted);
    expect(summary.get.failed).toBe(summary.get.attempted);
  });
  it('flush empties its node and no other', () => {
    const run = Run.start(aSmallDesign({ fault: ['cache-1:flush@700ms'], 'cache.ttl': 'off' }));
    run.advance(699_999);
    const before = [...run.world.cache.entries];
    run.advance(700_000);
    const after = [...run.world.cache.entries];
    expect(before[0]).toBeGreaterThan(5);
    expect(after[0]).toBeLessThan(3);
    expect(after[1]).toBeGreaterThanOrEqual(before[1] ?? NaN);
  });
  it('has recovered when the contract holds again, and never if it does not', () => {
    const [crash] = render(aSmallDesign({ fault: ['shard-1.leader:crash@500ms-900ms'] })).summary.faults;
    expect(crash?.recoveredAfterMs).toBeGreaterThanOrEqual(200);
    expect(crash?.recoveredAfterMs).toBeLessThan(1200);
    const [cut] = render(aSmallDesign({ fault: ['client-app:partition@500ms'] })).summary.faults;
    expect(cut?.recoveredAfterMs).toBeNull();
  });

  /** A contract of one line, if any. */
  const LAX = {
    'contract.getP99': '60s',
    'contract.putP99': '60s',
    'contract.staleness': '60s',
    'contract.rpo': '60s',
    'contract.availability': '0%',
    'contract.readYourWrites': '0%',
  };
  it('has recovered at once where only the next one breaks the contract, even one that begins within a tenth of a second', () => {
    const recovered = (at: string) => {
      const fault = ['app-1:slow:1@500ms', `client-app:delay:20ms@${at}`];
      return render(aSmallDesign({ ...LAX, 'contract.getP99': '30ms', fault })).summary.faults.map(
        ({ recoveredAfterMs }) => recoveredAfterMs,
      );
    };
    expect(recovered('1s')).toEqual([0, null]);
    expect(recovered('1050ms')).toEqual([0, null]);
  });
  it('has recovered of nothing where the run does not come to it', () => {
    const fault = ['app-1:slow:1@1900ms', 'app-1:slow:1@2049ms', 'app-1:slow:1@2050ms', 'app-1:slow:1@5s'];
    const { faults } = render(aSmallDesign({ ...LAX, duration: '2050ms', fault })).summary;
    expect(faults.map(({ recoveredAfterMs }) => recoveredAfterMs)).toEqual([0, 0, null, null]);
  });
  it('has what it does at the instant of its beginning in the tenth of a second that begins then, none before', () => {
    const fault = ['cache-1:flush@500ms', 'cache-1:flush@1s'];
    const run = Run.start(aSmallDesign({ ...LAX, 'contract.rpo': '0s', policy: 'write-behind', fault }));
    run.advance(HORIZON);
    const { buckets, system } = run.series();
    const lost = Array.from(
      { length: buckets },
      (_, b) => system[b * SYSTEM_WIDTH + SYSTEM.lostAckedWrites] ?? NaN,
    );
    expect(lost.flatMap((count, bucket) => (count > 0 ? [bucket] : []))).toEqual([5, 10]);
    expect(summarise(run).faults.map(({ recoveredAfterMs }) => recoveredAfterMs)).toEqual([100, 100]);
  });
  it('has not recovered where read-your-writes is broken more often than promised, of the reads that it is promised to', () => {
    const fault = ['cache-1:flush@500ms'];
    const broken = {
      policy: 'write-around',
      'cache.ttl': '2s',
      'workload.keys': '4000',
      'workload.sessions': '600',
    };
    const { faults, consistency, get } = render(
      aSmallDesign({ ...LAX, ...broken, 'contract.readYourWrites': '70%', fault }),
    ).summary;
    const { checked, violations } = consistency.readYourWrites;
    expect(violations / checked).toBeGreaterThan(0.5);
    expect(violations / get.ok).toBeLessThan(0.15);
    expect(faults[0]?.recoveredAfterMs).toBeNull();
  });
  it('has not recovered while more than one in a hundred waits for longer than operations may take, whoever else ends', () => {
    const waiting = { 'client.timeout': '10s', 'contract.readYourWrites': '0%' };
    const recovered = (contract: Readonly<Record<string, string>>, ...fault: string[]) =>
      render(aSmallDesign({ ...waiting, ...contract, fault })).summary.faults.map(
        ({ recoveredAfterMs, brokenLast }) => [recoveredAfterMs, ...brokenLast],
      );
    // Who was cut off waits past the end of the run: no bucket has any of them in it. All are, a part, or the writers.
    const both = ['getP99', 'putP99'];
    for (const target of ['client-app', 'app-1']) {
      expect(recovered({}, `${target}:partition@1s-1500ms`)).toEqual([[600, ...both]]);
      expect(recovered({}, `${target}:partition@1s`)).toEqual([[null, ...both]]);
    }
    expect(recovered({ 'store.w': '3' }, 'shard-1.replica-3:crash@1s')).toEqual([[null, 'putP99']]);
    const apart = recovered({}, 'client-app:partition@500ms-1500ms', 'app-1:slow:1@1s');
    expect(apart).toEqual([
      [null, ...both],
      [600, ...both],
    ]);
    const patient = { ...LAX, 'contract.getP99': '250ms', 'contract.putP99': '200ms' };
    expect(recovered(patient, 'client-app:partition@1s-1200ms')).toEqual([[500, 'getP99']]);
    expect(recovered({ ...patient, 'contract.getP99': '60s' }, 'client-app:partition@1s')).toEqual([
      [null, 'putP99'],
    ]);
    expect(recovered(LAX, 'client-app:partition@1s')).toEqual([[0]]);
    expect(recovered({ 'workload.puts': '0/s', 'workload.gets': '2/s' }, 'app-1:slow:1@0s')).toEqual([[0]]);
  });
  it('has not recovered where nothing ends until the next one begins', () => {
    // All of them end within the run, though after the next fault has begun.
    const fault = ['client-app:partition@500ms-900ms', 'app-1:slow:1@900ms'];
    const { faults } = render(aSmallDesign({ 'client.timeout': '600ms', fault })).summary;
    expect(faults[0]).toMatchObject({ recoveredAfterMs: null, brokenLast: ['getP99', 'putP99'] });
  });
  it('breaks no contract by shares that are exactly as large as promised', () => {
    const promised = { 'contract.availability': '56%', 'contract.readYourWrites': '93%' };
    const quiet = { duration: '100ms', 'workload.puts': '0/s', 'workload.gets': '0/s' };
    const run = Run.start(aSmallDesign({ ...LAX, ...promised, ...quiet, fault: ['app-1:slow:1@0s'] }));
    run.advance(HORIZON);
    const { oracle, series } = run.world;
    const keep = (checked: number, violations: number, ok: number, failed: number) => {
      oracle.readYourWritesChecked = series.systemRows[SYSTEM.readYourWritesChecked] = checked;
      oracle.counts.readYourWrites = series.systemRows[SYSTEM.readYourWrites] = violations;
      series.systemRows[SYSTEM.getsOk] = ok;
      series.systemRows[SYSTEM.failed] = failed;
      const { contract, faults } = summarise(run);
      return [contract.find(({ line }) => line === 'readYourWrites')?.holds, faults[0]?.recoveredAfterMs];
    };
    expect(keep(100, 7, 56, 44)).toEqual([true, 0]);
    expect(keep(100, 8, 56, 44)).toEqual([false, null]);
    expect(keep(100, 7, 55, 45)).toEqual([true, null]);
    expect(keep(0, 0, 0, 0)).toEqual([true, 0]);
  });
  it('breaks no contract by writes that are lost and were acknowledged within its RPO', () => {
    const lossy = (rpo: string) =>
      render(
        aSmallDesign({
          ...LAX,
          'contract.rpo': rpo,
          'store.w': '1',
          fault: ['replication:delay:100ms@0s', 'shard-1.leader:crash@1s'],
        }),
      ).summary;
    const { consistency, faults } = lossy('60s');
    expect(consistency.lostAckedWrites).toBeGreaterThan(5);
    expect(faults.map(({ recoveredAfterMs }) => recoveredAfterMs)).toEqual([0, 0]);
    expect(lossy('0s').faults[1]?.recoveredAfterMs).toBeGreaterThan(100);
  });
});
