import { describe, expect, it } from 'vitest';
import {
  EVENTS,
  EVENT,
  EVENT_WIDTH,
  HOP,
  HOP_WIDTH,
  MESSAGES,
  NODE_WIDTH,
  NODE,
} from '../../src/design/readings.ts';
import { nodesOf } from '../../src/design/nodes.ts';
import { dispatch } from '../../src/engine/actors/dispatch.ts';
import { detailOf } from '../../src/engine/detail.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { Run } from '../../src/engine/run.ts';
import { summarise } from '../../src/engine/summarise.ts';
import type { Summary } from '../../src/engine/summary.ts';
import { aSmallDesign, render } from '../support/engineRuns.ts';
import { flawsOf } from '../support/invariants.ts';

type Differences = Readonly<Record<string, string | readonly string[]>>;

/** No cache before the store: every read is the store's. */
const BARE: Differences = { policy: 'db-only', 'store.mode': 'leaderless' };
/** A few keys fought over by few sessions. */
const FOUGHT_OVER: Differences = {
  ...BARE,
  'workload.puts': '600/s',
  'workload.keys': '3',
  'workload.sessions': '4',
};
/** Hardly any key is written twice, so that nothing missed is overtaken. */
const MANY_KEYS: Differences = {
  ...BARE,
  'workload.keys': '1000000',
  'workload.skew': '0',
  'workload.gets': '0/s',
  'workload.readBack': '0%',
};

function run(differences: Differences): Summary {
  return render(aSmallDesign(differences)).summary;
}

function rendered(differences: Differences): Run {
  const one = Run.start(aSmallDesign(differences));
  one.advance(HORIZON);
  return one;
}

/** Lets everything that is still alive come to its end. */
function drain({ world: w }: Run): void {
  while (w.wheel.take(HORIZON)) dispatch(w);
}

/** Copies that show an older version than the newest committed one. */
function behind({ world: { keys, store, oracle } }: Run): number {
  let count = 0;
  for (let slot = 0; slot < keys.size; slot++)
    for (let r = 0; r < store.rf; r++)
      if (oracle.fencedBefore(store.shown(slot, r), oracle.latest(slot))) count++;
  return count;
}

describe('read and write quorums that meet', () => {
  it.each([
    ['2', '2'],
    ['3', '1'],
    ['1', '3'],
  ])('w %s and r %s of 3 never return a stale value, with nothing wrong or with a replica gone', (w, r) => {
    for (const seed of ['1', '2']) {
      for (const fault of [[], ['shard-1.replica-2:slow:30@300ms-900ms']]) {
        const { consistency, put, readBack } = run({
          ...FOUGHT_OVER,
          seed,
          fault,
          'store.w': w,
          'store.r': r,
        });
        expect(consistency.stale.reads).toBe(0);
        expect(consistency.readYourWrites.violations).toBe(0);
        expect(consistency.monotonicReads.violations).toBe(0);
        expect(consistency.storeRegressions).toBe(0);
        expect(consistency.readYourWrites.checked).toBeGreaterThan(500);
        expect(put.ok).toBeGreaterThan(500);
        expect(readBack.ok).toBeGreaterThan(100);
      }
    }
  });

  it('w 2 and r 2 of 3 go on without one replica, w 3 does not', () => {
    const fault = ['shard-1.replica-2:crash@300ms-1.5s'];
    const two = run({ ...FOUGHT_OVER, fault, 'store.w': '2', 'store.r': '2' });
    expect(two.availability).toBe(1);
    expect(two.consistency.stale.reads).toBe(0);
    const three = run({ ...FOUGHT_OVER, fault, 'store.w': '3' });
    expect(three.put.unknown).toBeGreaterThan(200);
  });

  it('w 1 and r 1 do return stale values', () => {
    const { consistency } = run({
      ...FOUGHT_OVER,
      'store.w': '1',
      'store.r': '1',
      'workload.readBackAfter': '0s',
    });
    expect(consistency.stale.reads).toBeGreaterThan(50);
    expect(consistency.readYourWrites.violations).toBeGreaterThan(10);
  });
});

describe('the last write wins', () => {
  it('whatever the order in which writes arrive: in the end all replicas hold the newest', () => {
    for (const fault of [
      'app-store:delay:60ms@300ms-900ms',
      'app-1:delay:150ms@300ms-900ms',
      'shard-1.replica-3:pause@300ms-900ms',
    ]) {
      const one = rendered({ ...FOUGHT_OVER, fault: [fault] });
      drain(one);
      expect([fault, behind(one)]).toEqual([fault, 0]);
      expect(summarise(one).consistency.storeRegressions).toBe(0);
      expect(one.world.store.openEntries(0)).toEqual([]);
      expect(one.world.store.openEntries(1)).toEqual([]);
    }
  });

  it('a call to the store costs rf writes, or rf reads, and elects nobody', () => {
    for (const rf of ['3', '5']) {
      const { store, put, get, writeAmplification } = run({ ...BARE, 'store.rf': rf });
      // The last answers are under way when the last client has its own.
      expect(store.reads).toBeLessThanOrEqual(Number(rf) * get.attempted);
      expect(store.reads).toBeGreaterThan(Number(rf) * get.attempted - 10);
      expect(writeAmplification.store * put.attempted).toBeGreaterThan(Number(rf) * put.attempted - 10);
      expect(store.byShard).toEqual(
        Array.from({ length: 2 }, () => ({ leaderChanges: 0, unavailableMs: 0 })),
      );
    }
  });
});

describe('a write that misses its quorum', () => {
  // Two of three replicas are cut off: every write reaches one disk, and every read asks it.
  const CUT_OFF: Differences = {
    ...BARE,
    'store.shards': '1',
    'workload.puts': '60/s',
    'workload.gets': '2000/s',
    'workload.keys': '200',
    'workload.skew': '0',
    fault: ['shard-1.replica-2:partition@300ms-800ms', 'shard-1.replica-3:partition@300ms-800ms'],
  };

  it('is unknown to its client, and surfaces in reads while it is nowhere committed', () => {
    const { put, consistency } = run(CUT_OFF);
    expect(put.failed).toBe(0);
    expect(put.unknown).toBeGreaterThan(10);
    expect(consistency.dirtyReads).toBeGreaterThan(50);
    // Some of them nothing ever brought to a second disk.
    expect(consistency.phantomReads).toBeGreaterThan(10);
  });

  it('is committed in the end where reads repair, or hints are kept', () => {
    for (const remedy of ['store.readRepair', 'store.hintedHandoff']) {
      const { put, consistency } = run({ ...CUT_OFF, [remedy]: 'true' });
      expect(put.unknown).toBeGreaterThan(10);
      expect(consistency.dirtyReads).toBeGreaterThan(50);
      expect([remedy, consistency.phantomReads]).toEqual([remedy, 0]);
    }
  });

  it('counts as no hint towards the quorum: two of three replicas dead are still an unknown PUT', () => {
    const hinted = run({ ...CUT_OFF, 'store.hintedHandoff': 'true' });
    expect(hinted.put.unknown).toBe(run(CUT_OFF).put.unknown);
  });
});

describe('a replica that was away', () => {
  const away = (remedy: Differences): Differences => ({
    ...BARE,
    'workload.gets': '4000/s',
    'workload.keys': '300',
    'workload.skew': '0',
    'workload.puts': '150/s',
    fault: ['shard-1.replica-2:crash@300ms-1s'],
    ...remedy,
  });

  it('serves again at once, and what it missed makes reads stale until they are repaired', () => {
    const plain = run(away({}));
    const repaired = run(away({ 'store.readRepair': 'true' }));
    expect(plain.store.byShard[0]?.unavailableMs).toBe(0);
    expect(plain.consistency.stale.reads).toBeGreaterThan(100);
    expect(repaired.consistency.stale.reads).toBeLessThan(plain.consistency.stale.reads / 2);
    expect(repaired.writeAmplification.store).toBeGreaterThan(plain.writeAmplification.store);
  });

  it.each(['crash', 'partition', 'pause'])('is brought up to date by hints after a %s', (kind) => {
    const fault = [`shard-1.replica-2:${kind}@300ms-700ms`];
    const without = rendered({ ...MANY_KEYS, fault });
    const withHints = rendered({ ...MANY_KEYS, fault, 'store.hintedHandoff': 'true' });
    drain(without);
    drain(withHints);
    // What is sent to a paused replica is kept for it anyway.
    if (kind !== 'pause') expect(behind(without)).toBeGreaterThan(50);
    expect(behind(withHints)).toBe(0);
  });

  it('hints reach it over a link that was cut, and one coordinator after another that crashed loses its own', () => {
    const cut = rendered({
      ...MANY_KEYS,
      fault: ['app-store:partition@300ms-700ms'],
      'store.hintedHandoff': 'true',
    });
    drain(cut);
    expect(behind(cut)).toBe(0);
    expect(cut.world.calls.alive).toBe(0);
    const forgotten = rendered({
      ...MANY_KEYS,
      fault: ['shard-1.replica-2:crash@300ms-1.2s', 'app-1:crash@1s-1.1s', 'app-2:crash@1s-1.1s'],
      'store.hintedHandoff': 'true',
    });
    drain(forgotten);
    expect(behind(forgotten)).toBeGreaterThan(50);
    expect(forgotten.world.calls.alive).toBe(0);
  });

  it('copies everything from its peers first when its disk was destroyed', () => {
    const one = rendered({
      ...MANY_KEYS,
      'store.w': '3',
      fault: ['shard-1.replica-2:destroy@700ms-990ms'],
      duration: '1.5s',
    });
    expect(summarise(one).consistency.lostAckedWrites).toBe(0);
    const { world: w } = one;
    let missing = 0;
    for (let slot = 0; slot < w.keys.size; slot++)
      if (w.shardOf(slot) === 0 && w.store.shown(slot, 0) !== 0 && w.store.shown(slot, 1) === 0) missing++;
    // Only what was written while it was away and copied to it, or is under way at the end.
    expect(missing).toBeLessThan(5);
    const { nodes } = render(
      aSmallDesign({ ...MANY_KEYS, fault: ['shard-1.replica-2:destroy@700ms-990ms'] }),
    );
    const id = nodesOf(one.design).findIndex(({ name }) => name === 'shard-1.replica-2');
    const stateIn = (bucket: number) => nodes[(bucket * w.nodes.count + id) * NODE_WIDTH + NODE.state];
    expect([stateIn(8), stateIn(9), stateIn(10)]).toEqual([1, 4, 0]);
  });

  it('a shard counts as unavailable while fewer than max(r, w) replicas are up', () => {
    const fault = ['shard-1.replica-1:crash@300ms-900ms', 'shard-1.replica-3:partition@500ms-1.1s'];
    const unavailable = (w: string, r: string) =>
      run({ ...BARE, fault, 'store.w': w, 'store.r': r }).store.byShard.map(
        ({ unavailableMs }) => unavailableMs,
      );
    expect(unavailable('1', '1')).toEqual([0, 0]);
    expect(unavailable('2', '1')).toEqual([400, 0]);
    expect(unavailable('1', '2')).toEqual([400, 0]);
    expect(unavailable('3', '1')).toEqual([800, 0]);
  });
});

describe('acknowledged writes', () => {
  // Replicas 2 and 3 are so slow that replica 1 alone has what w 1 acknowledges.
  const slow = ['shard-1.replica-2:slow:100@300ms', 'shard-1.replica-3:slow:100@300ms'];
  it('are lost with the disk that held their only copy, and not where a second one had to hold them', () => {
    const lost = (w: string): number =>
      run({
        ...MANY_KEYS,
        'store.shards': '1',
        'store.w': w,
        fault: [...slow, 'shard-1.replica-1:destroy@800ms'],
      }).consistency.lostAckedWrites;
    expect(lost('1')).toBeGreaterThan(20);
    expect(lost('2')).toBe(0);
  });

  it('are lost on f of three disks with the probability that none of the others had a copy yet', () => {
    // Each copy arrives at once or never, by the toss of a coin; one is enough for the client. Of those acknowledged,
    // 3/7 have one copy, 3/7 two and 1/7 three; k copies are all on f given disks with probability C(f, k) / C(3, k).
    const expected = [(3 / 7) * (1 / 3), (3 / 7) * (2 / 3) + (3 / 7) * (1 / 3), 1];
    const disks = [1, 2, 3].map((replica) => `shard-1.replica-${replica}:destroy@1.9999s`);
    expected.forEach((probability, i) => {
      const { consistency, put } = run({
        ...MANY_KEYS,
        'store.shards': '1',
        'store.w': '1',
        'store.legs.write': '0.5*const:0.1ms+0.5*const:500s',
        'workload.puts': '20000/s',
        fault: disks.slice(0, i + 1),
      });
      const error = Math.sqrt((probability * (1 - probability)) / put.ok);
      expect(put.ok).toBeGreaterThan(34_000);
      // Those of the last tenth of a millisecond had no time to be lost.
      expect(Math.abs(consistency.lostAckedWrites / put.ok - probability)).toBeLessThan(3 * error + 0.001);
    });
  });
});

describe('legs', () => {
  const CONST: Differences = {
    ...BARE,
    'app.service': 'const:0ms',
    'network.clientApp': 'const:0ms',
    'store.legs.write': 'const:4ms',
    'store.legs.ack': 'const:2ms',
    'store.legs.read': 'const:3ms',
    'store.legs.response': 'const:5ms',
  };
  it('take the place of network and service, without a queue', () => {
    const { put, get } = run({ ...CONST, 'store.concurrency': '1', 'workload.puts': '2000/s' });
    expect([put.meanMs, get.meanMs]).toEqual([6, 8]);
  });
  it('of writes and reads are multiplied at a slow replica, and a delay is added to each', () => {
    const slow = run({
      ...CONST,
      'store.w': '3',
      'store.r': '3',
      fault: ['shard-1.replica-1:slow:3@0s', 'shard-2.replica-2:slow:3@0s'],
    });
    expect([slow.put.meanMs, slow.get.meanMs]).toEqual([14, 14]);
    const delayed = run({ ...CONST, fault: ['app-store:delay:7ms@0s'] });
    expect([delayed.put.meanMs, delayed.get.meanMs]).toEqual([20, 22]);
  });
  it('are of no effect where a leader takes the writes', () => {
    expect(render(aSmallDesign({ ...CONST, 'store.mode': 'leader' })).digest).toBe(
      render(
        aSmallDesign({ 'app.service': 'const:0ms', 'network.clientApp': 'const:0ms', policy: 'db-only' }),
      ).digest,
    );
  });
});

describe('reads of a majority, with leaders', () => {
  it('ask every replica and are fresher than those of any one', () => {
    const design = {
      policy: 'db-only',
      'workload.keys': '3',
      'workload.puts': '600/s',
      fault: ['shard-1.replica-2:slow:10@300ms-900ms'],
    };
    const any = run(design);
    const majority = run({ ...design, 'store.readFrom': 'quorum' });
    // The run is over with the last answer, and a third replica may be about to read for it then.
    const unread = 3 * majority.get.attempted - majority.store.reads;
    expect(unread).toBeGreaterThanOrEqual(0);
    expect(unread).toBeLessThan(5);
    expect(any.consistency.stale.reads).toBeGreaterThan(50);
    expect(majority.consistency.stale.reads).toBeLessThan(any.consistency.stale.reads / 4);
    expect(majority.consistency.dirtyReads).toBe(0);
  });

  it('go on while a majority answers, and fail without one', () => {
    const gone = ['shard-1.replica-2:crash@300ms-1.5s', 'shard-1.replica-3:crash@300ms-1.5s'];
    const design = { policy: 'db-only', 'store.readFrom': 'quorum', 'store.shards': '1' };
    expect(run({ ...design, fault: gone.slice(1) }).get.failed).toBe(0);
    expect(run({ ...design, fault: gone }).get.failed).toBeGreaterThan(500);
  });
});

describe('when all is over', () => {
  it.each([
    ['leaderless', {}],
    ['leaderless, mended', { 'store.readRepair': 'true', 'store.hintedHandoff': 'true', 'store.r': '2' }],
    ['leaderless, by legs', { 'store.legs.write': 'exp:8ms', 'store.w': '1', 'store.readRepair': 'true' }],
    ['reads of a majority', { 'store.mode': 'leader', 'store.readFrom': 'quorum' }],
  ])('%s: no message is left alive', (_name, differences) => {
    for (const policy of ['write-through', 'look-aside', 'db-only']) {
      const one = rendered({ 'store.mode': 'leaderless', ...differences, policy });
      drain(one);
      expect([policy, one.world.calls.alive]).toEqual([policy, 0]);
      expect(flawsOf(one.world)).toEqual([]);
    }
  });

  it('nor after a fault, once everybody answers again', () => {
    for (const fault of [
      'shard-1.replica-1:crash@300ms-600ms',
      'shard-1.replica-1:destroy@300ms-600ms',
      'shard-1.replica-1:partition@300ms-600ms',
      'shard-1.replica-1:pause@300ms-600ms',
      'app-1:crash@300ms-600ms',
      'app-1:pause@300ms-600ms',
      'cache-1:crash@300ms-600ms',
      'cache-1:pause@300ms-600ms',
      'cache-store:partition@300ms-600ms',
      'app-store:partition@300ms-600ms',
    ]) {
      const one = rendered({
        'store.mode': 'leaderless',
        'store.hintedHandoff': 'true',
        'store.readRepair': 'true',
        fault: [fault],
      });
      drain(one);
      expect([fault, one.world.calls.alive]).toEqual([fault, 0]);
    }
  });
});

describe('the detail of a leaderless operation', () => {
  const PUT = MESSAGES.indexOf('put');
  const design = aSmallDesign({
    ...BARE,
    'store.readRepair': 'true',
    fault: ['shard-1.replica-2:crash@300ms-600ms'],
  });
  const reading = detailOf(design, undefined, { from: 0, to: 1_500_000, sample: 'all', focus: [], key: 0 });
  if (!reading.ok) throw new Error(reading.error);
  const { hops, events } = reading.value;
  const rows = (array: Int32Array, width: number): number[][] =>
    Array.from({ length: array.length / width }, (_, i) => [...array.subarray(i * width, (i + 1) * width)]);
  const at = (row: readonly number[], column: number): number => row[column] ?? NaN;
  const isReplica = (node: number): boolean => nodesOf(design)[node]?.tier === 'store';

  it('shows the coordinator ask every replica of the shard and each of them answer', () => {
    const asked = new Map<number, number[]>();
    const answered = new Map<number, number>();
    for (const hop of rows(hops, HOP_WIDTH)) {
      if (at(hop, HOP.message) !== PUT || at(hop, HOP.arrivesAt) > 300_000) continue;
      const operation = at(hop, HOP.operation);
      if (at(hop, HOP.answer) === 1) {
        if (isReplica(at(hop, HOP.from))) answered.set(operation, (answered.get(operation) ?? 0) + 1);
      } else if (isReplica(at(hop, HOP.to)))
        asked.set(operation, [...(asked.get(operation) ?? []), at(hop, HOP.to)]);
    }
    const complete = [...answered].filter(([, count]) => count === 3);
    expect(complete.length).toBeGreaterThan(50);
    for (const [operation] of complete) expect(new Set(asked.get(operation)).size).toBe(3);
  });

  it('shows copies sent by read repair, what each replica holds from then on, and commits', () => {
    const repairs = rows(hops, HOP_WIDTH).filter(
      (hop) => at(hop, HOP.message) === MESSAGES.indexOf('replicate'),
    );
    expect(repairs.length).toBeGreaterThan(20);
    expect(
      repairs.filter(
        (hop) => at(hop, HOP.to) === nodesOf(design).findIndex(({ name }) => name === 'shard-1.replica-2'),
      ).length,
    ).toBeGreaterThan(10);
    for (const type of ['durable', 'expose', 'commit'] as const)
      expect([type, rows(events, EVENT_WIDTH).some((row) => EVENTS[at(row, EVENT.type)] === type)]).toEqual([
        type,
        true,
      ]);
  });
});
