/**
 * Quorums over a network that loses messages, or beside a replica that stands still: how many operations are answered and
 * how many replicas serve them, by the binomial distribution and by counting. Every duration is known and operations come
 * at equal gaps, one of each kind a millisecond, the first at 0.5 ms.
 */
import { describe, expect, it } from 'vitest';
import type { Summary } from '../../src/engine/summary.ts';
import { aDesign } from '../support/designs.ts';
import { render } from '../support/engineRuns.ts';

/** 1 ms to the app, 1 ms from there to the store; 1 ms to read and 2 ms to write. */
const CLOCKWORK: Readonly<Record<string, string>> = {
  policy: 'db-only',
  duration: '3s',
  'workload.arrivals': 'even',
  'workload.puts': '1000/s',
  'workload.gets': '1000/s',
  'workload.keys': '1000000',
  'workload.skew': '0',
  'workload.readBack': '0%',
  'client.timeout': '50ms',
  'app.nodes': '1',
  'app.concurrency': '1000000',
  'app.service': 'const:0ms',
  'store.shards': '1',
  'store.concurrency': '1000000',
  'store.read': 'const:1ms',
  'store.write': 'const:2ms',
  'store.failover': '300ms',
  'network.clientApp': 'const:1ms',
  'network.appStore': 'const:1ms',
  'network.replication': 'const:1ms',
  'network.crossZone': 'const:0ms',
  zones: '1',
};

const leaderless = (rf: number, w: number, r: number): Record<string, string> => ({
  'store.mode': 'leaderless',
  'store.rf': String(rf),
  'store.w': String(w),
  'store.r': String(r),
});

const of = (differences: Readonly<Record<string, string | readonly string[]>>): Summary =>
  render(aDesign({ ...CLOCKWORK, ...differences })).summary;

/** P(at least `least` of `n` succeed), each with probability `p`. */
function atLeast(n: number, least: number, p: number): number {
  let sum = 0;
  for (let k = 0, term = (1 - p) ** n; k <= n; term *= ((n - k) / (k + 1)) * (p / (1 - p)), k++)
    if (k >= least) sum += term;
  return sum;
}

/** Of `n` independent trials `count` succeeded: within three standard errors of `n` times `p`. */
function expectBinomial(count: number, n: number, p: number): void {
  expect(Math.abs(count - n * p)).toBeLessThanOrEqual(3 * Math.sqrt(n * p * (1 - p)));
}

const written = ({ writeAmplification, put }: Summary): number =>
  Math.round(writeAmplification.store * put.attempted);

describe('where each message between app and store is lost with a chance of its own', () => {
  it.each([
    [3, 2, 2, 0.2],
    [5, 3, 3, 0.3],
    [3, 1, 3, 0.1],
    [7, 4, 2, 0.5],
  ])(
    'of %d replicas enough answer for w %d and r %d, as the binomial distribution says',
    (rf, w, r, chance) => {
      const fault = `app-store:drop:${chance * 100}%@0s`;
      const summary = of({ ...leaderless(rf, w, r), seed: '913', duration: '6s', fault });
      const { get, put, store } = summary;
      expect([get.attempted, put.attempted]).toEqual([6000, 6000]);
      // There and back.
      const answers = (1 - chance) ** 2;
      expectBinomial(get.ok, 6000, atLeast(rf, r, answers));
      expectBinomial(put.ok, 6000, atLeast(rf, w, answers));
      expect(put.ok + put.unknown).toBe(6000);
      expectBinomial(store.reads, 6000 * rf, 1 - chance);
      expectBinomial(written(summary), 6000 * rf, 1 - chance);
    },
  );

  it('a quorum of reads asks all and outlives a loss, and a leader’s PUT does not', () => {
    const { get, put } = of({
      'store.readFrom': 'quorum',
      seed: '914',
      duration: '6s',
      fault: 'app-store:drop:20%@0s',
    });
    expectBinomial(get.ok, 6000, atLeast(3, 2, 0.64));
    expectBinomial(put.ok, 6000, 0.64);
  });

  it('both ends of a message between two nodes of a lossy zone may lose it', () => {
    const { get, put, store } = of({
      ...leaderless(3, 2, 2),
      seed: '915',
      duration: '6s',
      fault: 'zone-1:drop:20%@0s',
    });
    // The client is outside; its request and its answer meet the app node's chance alone.
    const ok = 0.8 ** 2 * atLeast(3, 2, 0.8 ** 4);
    expectBinomial(get.ok, 6000, ok);
    expectBinomial(put.ok, 6000, ok);
    // Of a GET that reaches its app node each of three parts arrives with 0.64: n p q and (n p)^2, in 0.8 of all GETs.
    const mean = 0.8 * 3 * 0.64;
    const variance = 0.8 * (3 * 0.64 * 0.36 + (3 * 0.64) ** 2) - mean ** 2;
    expect(Math.abs(store.reads - 6000 * mean)).toBeLessThanOrEqual(3 * Math.sqrt(6000 * variance));
  });
});

describe('a PUT whose copies are lost on their way to the followers', () => {
  it('waits 100 ms for each time, be it the copy or its acknowledgement', () => {
    const { put } = of({
      seed: '916',
      duration: '6s',
      'client.timeout': '10s',
      fault: 'replication:drop:20%@0s',
    });
    // One follower's way: 4 ms, 100 more for each copy that is lost, 103 for each acknowledgement. The quicker one counts.
    const ways = new Map<number, number>();
    const add = (late: number, chance: number): void => {
      if (chance < 1e-9) return;
      ways.set(4 + late, (ways.get(4 + late) ?? 0) + chance * 0.64);
      add(late + 100, chance * 0.2);
      add(late + 103, chance * 0.16);
    };
    add(0, 1);
    let [mean, squares] = [0, 0];
    for (const [one, p] of ways)
      for (const [other, q] of ways) {
        mean += Math.min(one, other) * p * q;
        squares += Math.min(one, other) ** 2 * p * q;
      }
    const error = Math.sqrt((squares - mean ** 2) / put.attempted);
    expect(put.ok).toBe(6000);
    // And 4 ms between the client and its leader.
    expect(Math.abs(put.meanMs - 4 - mean)).toBeLessThanOrEqual(3 * error);
  });
});

describe('beside one replica of three that is away from 1 s to 2 s', () => {
  const away = (kind: string, w: number, r: number): Summary =>
    of({ ...leaderless(3, w, r), fault: `shard-1.replica-1:${kind}@1s-2s` });

  it('two answers are enough; a paused one serves late what it was sent before it was taken for dead', () => {
    const summary = away('pause', 2, 2);
    expect([summary.get.ok, summary.put.ok, summary.store.byShard[0]?.unavailableMs]).toEqual([
      3000, 3000, 0,
    ]);
    // Not sent to it: the reads that leave the app from 1300 ms on and before 2001 ms, at 1300.5, 1301.5 ... 2000.5.
    expect([summary.store.reads, written(summary)]).toEqual([9000 - 701, 9000]);
  });

  it('one that is cut off serves what has arrived before, and what leaves when it is believed alive again', () => {
    const summary = away('partition', 2, 2);
    expect([summary.get.ok, summary.put.ok]).toEqual([3000, 3000]);
    // At 2.5, 3.5 ... 999.5 ms, then what leaves the app at 2001.5, 2002.5 ... 3000.5 ms.
    expect(summary.store.reads).toBe(6000 + 998 + 1000);
  });

  it('all three answers are had no more from when it is gone to when it is back', () => {
    const reads = away('partition', 2, 3);
    // From the one that is served past 1000 ms, begun at 997.5, to the last that leaves the app before 2000, begun at 1998.5.
    expect(reads.get.failed).toBe(1002);
    expect(reads.store.byShard[0]?.unavailableMs).toBe(1000);
    // Written at 1000.5 ms and begun at 996 + 0.5 the first of those that wait; what is resumed is answered at 2004 ms at the
    // earliest, in time for whoever began at 1954.5 or later.
    expect(away('pause', 3, 2).put.unknown).toBe(1954 - 996);
  });

  it.each(['pause', 'partition'])(
    'a leader by %s: reads by quorum go on, PUTs wait for the next one',
    (kind) => {
      const { get, put, store } = of({ 'store.readFrom': 'quorum', fault: `shard-1.leader:${kind}@1s-2s` });
      // Committed 6 ms after they began, and sent at 1300 ms to who leads from then on.
      expect([get.ok, put.unknown]).toEqual([3000, 1299 - 994]);
      expect(store.byShard[0]).toEqual({ leaderChanges: 1, unavailableMs: 300 });
    },
  );
});
