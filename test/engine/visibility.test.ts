import { describe, expect, it } from 'vitest';
import type { Design } from '../../src/design/design.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { Probes } from '../../src/engine/probes.ts';
import { resume } from '../../src/engine/resume.ts';
import { Run } from '../../src/engine/run.ts';
import { summarise } from '../../src/engine/summarise.ts';
import { VisibilityRun, visibilityOf } from '../../src/engine/visibility.ts';
import { FIRST_TAP, Stream, Tap } from '../../src/engine/world.ts';
import { aDesign } from '../support/designs.ts';
import { aSmallDesign } from '../support/engineRuns.ts';

const MS = 1000;

/** Share of fresh reads at each time after the acknowledgement, ms. */
function freshness(design: Design, afterMs: readonly number[], trials: number): readonly number[] {
  const { points } = visibilityOf(design, { instants: afterMs.map((ms) => ms * MS), trials });
  return points.map((point) => {
    expect(point.trials).toBe(trials);
    expect(point.unanswered).toBe(0);
    return point.fresh ?? Number.NaN;
  });
}

/** Within three standard errors of a share that `trials` independent reads were drawn with. */
function expectShare(measured: number | undefined, expected: number, trials: number): void {
  const error = Math.sqrt((expected * (1 - expected)) / trials);
  expect(Math.abs((measured ?? Number.NaN) - expected)).toBeLessThanOrEqual(3 * error);
}

function renderedToEnd(design: Design): Run {
  const run = Run.start(design);
  run.advance(HORIZON);
  return run;
}

/** A small generator of its own: the models below share nothing with the engine. */
function mulberry32(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One shard of three replicas that never queue, so that only the ways of messages matter; hardly a key is written twice. */
const UNHURRIED: Readonly<Record<string, string>> = {
  policy: 'db-only',
  duration: '1s',
  'workload.puts': '5000/s',
  'workload.gets': '0/s',
  'workload.readBack': '0%',
  'workload.keys': '10000000',
  'workload.skew': '0',
  'app.concurrency': '1000000',
  'app.service': 'const:0.1ms',
  'store.shards': '1',
  'store.concurrency': '1000000',
  'store.write': 'const:1ms',
  'store.read': 'const:1ms',
  'network.clientApp': 'const:0.2ms',
  'network.appStore': 'const:0.5ms',
  zones: '1',
};

/** From the leader's commit to the moment at which a probe that starts at the acknowledgement reads a replica, ms. */
const COMMIT_TO_READ = 0.5 + 0.2 + 0.2 + 0.1 + 0.5 + 1;

describe('the curve of freshness', () => {
  it('is flat at one where every read asks the leader', () => {
    const design = aDesign({ ...UNHURRIED, 'store.readFrom': 'leader' });
    expect(freshness(design, [0, 1, 30], 5000)).toEqual([1, 1, 1]);
  });

  it('is a step where all delays are constant: the leader alone, then everybody', () => {
    // A follower shows a write when the notice of its commit arrives, one replication delay after the commit.
    const design = aDesign({ ...UNHURRIED, 'network.replication': 'const:5ms' });
    const step = 5 - COMMIT_TO_READ;
    const trials = 50_000;
    const [atOnce, before, after] = freshness(design, [0, step - 0.01, step + 0.01], trials);
    expectShare(atOnce, 1 / 3, trials);
    expectShare(before, 1 / 3, trials);
    expect(after).toBe(1);
  });

  it('follows random delays as a model of three replicas and their notices says', () => {
    const design = aDesign({ ...UNHURRIED, 'network.replication': 'exp:4ms' });
    const random = mulberry32(20_121);
    const delay = (): number => -4 * Math.log(1 - random());
    const samples = 400_000;
    const instants = [0, 2, 5, 10];
    const fresh = instants.map(() => 0);
    for (let sample = 0; sample < samples; sample++) {
      const durable = [delay() + 1, delay() + 1];
      // Two copies of three: the leader's own, and the first that a follower reports.
      const commit = Math.min(...durable.map((at) => at + delay()));
      const shown = [commit, ...durable.map((at) => Math.max(at, commit + delay()))];
      const asked = shown[Math.floor(random() * 3)] ?? Number.NaN;
      for (const [i, after] of instants.entries())
        if (commit + COMMIT_TO_READ + after >= asked) fresh[i] = (fresh[i] ?? 0) + 1;
    }
    const trials = 25_000;
    for (const [i, measured] of freshness(design, instants, trials).entries()) {
      const expected = (fresh[i] ?? 0) / samples;
      const variance = expected * (1 - expected);
      const error = Math.sqrt(variance / trials + variance / samples);
      expect(3 * error).toBeLessThanOrEqual(0.02 * expected);
      expect(Math.abs(measured - expected)).toBeLessThanOrEqual(3 * error);
    }
  });

  it('rises with the age of entries that nobody invalidates: 1 / (1 + rT) at once, then t / T of the rest', () => {
    const [reads, ttl, keys] = [200, 0.5, 20];
    const design = aDesign({
      ...UNHURRIED,
      policy: 'write-around',
      duration: '60s',
      'workload.puts': '100/s',
      'workload.gets': `${reads * keys}/s`,
      'workload.keys': String(keys),
      'cache.ttl': '500ms',
      'cache.concurrency': '1000000',
      'store.readFrom': 'leader',
      // Next to the TTL, nothing takes any time.
      ...Object.fromEntries(
        [
          'app.service',
          'cache.read',
          'cache.write',
          'store.read',
          'store.write',
          ...['clientApp', 'appCache', 'cacheStore', 'appStore', 'replication'].map(
            (link) => `network.${link}`,
          ),
        ].map((key) => [key, 'const:0.002ms']),
      ),
    });
    const cached = (reads * ttl) / (1 + reads * ttl);
    const trials = 6000;
    const instants = [0, 100, 250, 400, 501];
    for (const [i, measured] of freshness(design, instants, trials).entries()) {
      const after = (instants[i] ?? 0) / 1000;
      expectShare(measured, after > ttl ? 1 : 1 - cached + cached * (after / ttl), trials);
    }
  });

  it('is one from the first moment where versions fence cache and store, and is not where nothing does', () => {
    const contended = { 'workload.readBack': '0%', 'cache.ttl': '2s', 'workload.keys': '5' };
    const fenced = aSmallDesign({ ...contended, 'cache.fencing': 'version' });
    const bare = aSmallDesign({
      ...contended,
      'network.appStore': 'exp:5ms',
      'network.cacheStore': 'exp:5ms',
    });
    expect(freshness(fenced, [0, 1, 5, 100], 2000)).toEqual([1, 1, 1, 1]);
    const [atOnce = Number.NaN] = freshness(bare, [0], 2000);
    expect(atOnce).toBeLessThan(1);
  });
});

describe('the trials', () => {
  it('are spread evenly over the acknowledgements, however the numbers divide', () => {
    for (const [trials, outOf] of [
      [100, 997],
      [7, 7],
      [300, 299],
      [400, 1000],
    ] as const) {
      const probes = new Probes({ instants: [0], trials }, outOf);
      const taken: number[] = [];
      for (let ack = 0; ack < Math.max(trials, outOf); ack++) if (probes.takes()) taken.push(ack);
      const stretch = Math.max(trials, outOf) / trials;
      expect(taken).toHaveLength(trials);
      for (const [i, ack] of taken.entries())
        expect(Math.abs(ack + 0.5 - (i + 0.5) * stretch)).toBeLessThanOrEqual(1);
      expect(probes.takes()).toBe(false);
    }
  });

  it('are as many as were asked for, in a run that is made longer for them', () => {
    const design = aSmallDesign();
    const { points, fewer } = visibilityOf(design, { instants: [0, 50 * MS], trials: 1500 });
    expect(fewer).toBeUndefined();
    expect(points.map(({ trials, unanswered }) => trials + unanswered)).toEqual([1500, 1500]);
  });

  it('are spread over what is acknowledged, where a store takes far less than the workload brings', () => {
    const design = aSmallDesign({
      policy: 'db-only',
      'client.timeout': '300ms',
      'store.mode': 'leaderless',
      'store.concurrency': '1',
      'store.write': 'const:6ms',
    });
    const { put } = summarise(renderedToEnd(design));
    expect(put.ok).toBeLessThan(0.6 * put.attempted);
    const asked = { instants: [0], trials: 20 };
    // The probes are a load of their own, and take an acknowledgement here and there.
    for (const { trials, unanswered } of visibilityOf(design, asked).points)
      expect(trials + unanswered).toBeGreaterThanOrEqual(18);
  });

  it('are fewer than were asked for where fewer PUTs are acknowledged, and it says of how many', () => {
    const design = aSmallDesign({
      policy: 'db-only',
      'client.timeout': '100ms',
      'store.mode': 'leaderless',
      'store.concurrency': '1',
      'store.write': 'const:20ms',
    });
    const { ok } = summarise(renderedToEnd(design)).put;
    const { points, fewer } = visibilityOf(design, { instants: [0], trials: 20 });
    expect(points.map(({ trials, unanswered }) => trials + unanswered)).toEqual([ok]);
    expect(fewer).toBe(
      `${ok} of 20 trials: fewer PUTs were acknowledged in 4s than the 20 that they are spread over`,
    );
  });

  it('know nothing of faults that begin after the design has ended', () => {
    const healthy = aSmallDesign({ fault: ['cache-1:slow:1@500ms-600ms'] });
    const later = aSmallDesign({ fault: ['cache-1:slow:1@500ms-600ms', 'shard-1.leader:crash@2s'] });
    const question = { instants: [0, 5 * MS], trials: 900 };
    expect(visibilityOf(later, question)).toEqual(visibilityOf(healthy, question));
  });

  it('lie in the faults too, and what is not answered is neither fresh nor stale', () => {
    const design = aSmallDesign({
      policy: 'db-only',
      'store.readFrom': 'leader',
      'store.failover': '1s',
      'workload.readBack': '0%',
      fault: ['shard-1.leader:crash@500ms-1500ms'],
    });
    // Read a second after its acknowledgement, many a key finds its shard without a leader.
    const { points } = visibilityOf(design, { instants: [0, 900 * MS], trials: 300 });
    for (const { trials, unanswered } of points) expect(trials + unanswered).toBe(300);
    expect(points[1]?.unanswered).toBeGreaterThan(10);
    expect(points.map(({ fresh }) => fresh)).toEqual([1, 1]);
  });

  it('are none where nothing is written, and the run ends all the same', () => {
    const design = aSmallDesign({ 'workload.puts': '0/s' });
    expect(visibilityOf(design, { instants: [0], trials: 10 })).toEqual({
      points: [{ afterMs: 0, fresh: null, trials: 0, unanswered: 0 }],
      fewer: '0 of 10 trials: there are no PUTs',
    });
  });

  it('says which limit ended its run, since what it asks for later is not answered then', () => {
    const design = aSmallDesign({
      'client.timeout': '600s',
      'client.retries': '3',
      'client.retryBudget': 'off',
      fault: 'client-app:partition@0s',
    });
    const { points, stopped } = visibilityOf(design, { instants: [0], trials: 10 });
    expect(points).toMatchObject([{ fresh: null, trials: 0 }]);
    expect(stopped).toBe('the last instant there is, 2147.483646s');
  });

  it('are given up on when the store takes no writes, after twice the time that they should have taken', () => {
    const design = aSmallDesign({
      fault: ['shard-1.leader:partition@0s', 'shard-2.leader:partition@0s'],
      'store.failover': '10s',
    });
    const run = new VisibilityRun(design, { instants: [0], trials: 100 });
    let steps = 0;
    while (!run.done) {
      run.advance();
      steps++;
    }
    expect(run.reading()).toEqual({
      points: [{ afterMs: 0, fresh: null, trials: 0, unanswered: 0 }],
      fewer: '0 of 100 trials: fewer PUTs were acknowledged in 4s than the 100 that they are spread over',
    });
    // Two seconds to count, four to wait, and the drains.
    expect(steps * 20).toBeLessThan(7000);
  });
});

describe('the probes', () => {
  const question = { instants: [0, 7 * MS, 300 * MS], trials: 200 };

  it('leave who arrives when, with which key and through which node, as it was', () => {
    const design = aSmallDesign();
    const plain = Run.start(design);
    const probed = Run.start(design, new Probes(question, 500));
    for (const run of [plain, probed]) run.advance(HORIZON);
    const next = (run: Run, stream: number): number => run.world.streams.u32(stream);
    for (const stream of [
      FIRST_TAP + Tap.putGap,
      FIRST_TAP + Tap.getGap,
      Stream.putKeys,
      Stream.getKeys,
      Stream.putSessions,
      Stream.getSessions,
      Stream.putRouting,
      Stream.getRouting,
      Stream.readBackChoice,
    ])
      expect(next(probed, stream)).toBe(next(plain, stream));
    expect(next(probed, Stream.probes)).not.toBe(next(plain, Stream.probes));
    expect(probed.world.keys.size).toBe(plain.world.keys.size);
  });

  it('are no GETs of the workload, and cost what GETs cost', () => {
    const design = aSmallDesign({ policy: 'db-only' });
    const plain = Run.start(design);
    const probed = Run.start(design, new Probes(question, 500));
    for (const run of [plain, probed]) run.advance(HORIZON);
    expect(summarise(probed).get.attempted).toBe(summarise(plain).get.attempted);
    const answered =
      probed.world.probes?.reading(probed.world.oracle).points.map(({ trials }) => trials) ?? [];
    expect(answered).toEqual([200, 200, 200]);
    expect(summarise(probed).store.reads).toBe(summarise(plain).store.reads + 600);
  });

  it('are resumed from a checkpoint with all that they have found', () => {
    const design = aSmallDesign({ 'cache.timeout': '2ms' });
    const whole = Run.start(design, new Probes(question, 500));
    whole.advance(900 * MS);
    const checkpoint = whole.checkpoint();
    whole.advance(HORIZON);
    const probes = new Probes(question, 500);
    const resumed = resume(design, checkpoint, probes);
    if (!resumed.ok) throw new Error(resumed.error);
    resumed.value.advance(HORIZON);
    expect(resumed.value.digest()).toBe(whole.digest());
    expect(probes.reading(resumed.value.world.oracle)).toEqual(
      whole.world.probes?.reading(whole.world.oracle),
    );
    expect(probes.taken).toBe(200);
  });
});
