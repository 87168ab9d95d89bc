import { describe, expect, it } from 'vitest';
import { cacheNodeOf } from '../../src/design/placement.ts';
import { BUCKET_US, EVENT, EVENT_WIDTH, EVENTS, SYSTEM, SYSTEM_WIDTH } from '../../src/design/readings.ts';
import type { Design } from '../../src/design/design.ts';
import { detailOf } from '../../src/engine/detail.ts';
import type { Summary } from '../../src/engine/summary.ts';
import { aDesign } from '../support/designs.ts';
import { render, type Rendering } from '../support/engineRuns.ts';

const SECOND = 1_000_000;
type Differences = Readonly<Record<string, string | readonly string[]>>;

const known = new Map<string, Rendering>();

/** The seed's design on another seed, changed; what two specifications ask of is rendered once. */
function scenario(differences: Differences, seed = '7'): Rendering {
  const key = JSON.stringify([differences, seed]);
  let rendering = known.get(key);
  if (rendering === undefined) known.set(key, (rendering = render(aDesign({ seed, ...differences }))));
  return rendering;
}

/** The sum of a column over the buckets of [from, to), seconds. */
function sumOf({ system }: Rendering, column: keyof typeof SYSTEM, from: number, to: number): number {
  const bucket = (seconds: number) => Math.round((seconds * SECOND) / BUCKET_US);
  let sum = 0;
  for (let b = bucket(from); b < bucket(to); b++) sum += system[b * SYSTEM_WIDTH + SYSTEM[column]] ?? NaN;
  return sum;
}

/** The largest value of a column over the buckets of [from, to), seconds. */
function mostOf(rendering: Rendering, column: keyof typeof SYSTEM, from: number, to: number): number {
  let most = 0;
  for (let b = Math.round(from * 10); b < Math.round(to * 10); b++)
    most = Math.max(most, rendering.system[b * SYSTEM_WIDTH + SYSTEM[column]] ?? NaN);
  return most;
}

const verdict = (summary: Summary, line: string) =>
  summary.contract.find((each) => each.line === line)?.holds;

function expectWithin(value: number | undefined, low: number, high: number): void {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
}

/** Latencies in ms of the operations that begin and end in a window, by the key's cache node (counted from 1). */
function latenciesByCacheNode(design: Design, from: number, to: number): Map<number, number[]> {
  const detail = detailOf(design, undefined, { from, to, sample: 'all', focus: [], key: -1 });
  if (!detail.ok) throw new Error(detail.error);
  const { events } = detail.value;
  const started = new Map<number, number>();
  const latencies = new Map<number, number[]>();
  for (let o = 0; o < events.length; o += EVENT_WIDTH) {
    const of = (column: keyof typeof EVENT) => events[o + EVENT[column]] ?? NaN;
    const [time, operation, key] = [of('time'), of('operation'), of('key')];
    if (EVENTS[of('type')] === 'startOperation') started.set(operation, time);
    const start = started.get(operation);
    if (EVENTS[of('type')] !== 'endOperation' || start === undefined) continue;
    const node = cacheNodeOf(key, design.cache.nodes);
    const known = latencies.get(node);
    if (known === undefined) latencies.set(node, [(time - start) / 1000]);
    else known.push((time - start) / 1000);
  }
  return latencies;
}

describe('the seed design, healthy, for its whole minute', () => {
  const healthy = () => scenario({}).summary;

  it('serves what arrives, all of it', () => {
    const { put, get, availability } = healthy();
    expect(put.attempted).toBeGreaterThan(148_000);
    expect(get.attempted).toBeGreaterThan(1_490_000);
    expect(availability).toBe(1);
  });
  it('in the time that it takes', () => {
    const { put, get } = healthy();
    expectWithin(get.p50Ms, 1.38, 1.68);
    expectWithin(get.p99Ms, 3.84, 4.7);
    expectWithin(put.p50Ms, 3.18, 3.88);
    expectWithin(put.p99Ms, 6.3, 7.7);
  });
  it('from the cache two times of three', () => {
    const { cache, store } = healthy();
    expectWithin(cache.hitRatio, 0.675, 0.695);
    expectWithin(cache.readBackHitRatio, 0.999, 1);
    expectWithin(store.reads / 60, 7450, 9110);
    expectWithin(cache.timeouts, 0, 10);
  });
  it('keeps its contract but for read-your-writes, which two writers break a few times', () => {
    const summary = healthy();
    const { consistency } = summary;
    for (const line of ['getP99', 'putP99', 'staleness', 'rpo', 'availability'])
      expect([line, verdict(summary, line)]).toEqual([line, true]);
    expect(verdict(summary, 'readYourWrites')).toBe(false);
    expectWithin(consistency.readYourWrites.checked, 315_000, 328_000);
    expectWithin(consistency.readYourWrites.violations, 5, 60);
    expectWithin(consistency.stale.reads, 300, 1200);
    expectWithin(consistency.dirtyReads, 40_000, 60_000);
    expect(consistency.lostAckedWrites + consistency.phantomReads).toBe(0);
  });
  it('holds as many entries as live five seconds', () => {
    expectWithin(healthy().cache.peakEntries, 49_000, 52_000);
  });
});

describe('what each choice costs and keeps', () => {
  it('fencing by version: no read is stale and none breaks read-your-writes, on several seeds', () => {
    for (const seed of ['7', '8']) {
      const { consistency } = scenario({ 'cache.fencing': 'version', duration: '5s' }, seed).summary;
      expect(consistency.readYourWrites.checked).toBeGreaterThan(9_000);
      expect(consistency.readYourWrites.violations).toBe(0);
      expect(consistency.stale.reads + consistency.storeRegressions).toBe(0);
    }
  });
  it('store-first: nothing dirty is ever read', () => {
    const { consistency } = scenario({ 'cache.order': 'store-first', duration: '5s' }).summary;
    expect(consistency.dirtyReads).toBe(0);
    expect(consistency.stale.reads).toBeGreaterThan(0);
  });
  it('look-aside: fewer hits, for its writes empty the cache', () => {
    const { cache } = scenario({ policy: 'look-aside', duration: '30s' }).summary;
    expectWithin(cache.hitRatio, 0.58, 0.6);
    expectWithin(cache.readBackHitRatio, 0.15, 0.23);
  });
  it.each([
    ['write-through', 1, 3],
    ['write-through-aside', 1, 3],
    ['look-aside', 1, 3],
    ['write-around', 0, 3],
    ['db-only', 0, 3],
  ])('%s: %d cache and %d store writes a PUT', (policy, cache, store) => {
    const { writeAmplification } = scenario({ policy, duration: '2s' }).summary;
    expect(writeAmplification.cache).toBeCloseTo(cache, 1);
    expect(writeAmplification.store).toBeCloseTo(store, 1);
    expect(writeAmplification.total).toBe(writeAmplification.cache + writeAmplification.store);
  });
  it('write-around at a TTL of 2 s: two reads of five are stale; write-through: hardly any', () => {
    const around = scenario({ policy: 'write-around', 'cache.ttl': '2s', duration: '12s' }).summary;
    expectWithin(around.consistency.stale.reads / around.get.attempted, 0.38, 0.41);
    const through = scenario({ 'cache.ttl': '2s', duration: '6s' }).summary;
    expect(through.consistency.stale.reads / through.get.attempted).toBeLessThan(0.003);
  });
  it('without a TTL every key that was touched is held', () => {
    const { cache, put, get, readBack } = scenario({ 'cache.ttl': 'off', duration: '4s' }).summary;
    const draws = put.attempted + get.attempted - readBack.attempted;
    expect(Math.abs(cache.peakEntries / distinctKeys(draws) - 1)).toBeLessThan(0.01);
    // In the whole minute.
    expect(Math.abs(distinctKeys(27_500 * 60) / 315_253 - 1)).toBeLessThan(0.01);
  });
});

/** How many of the seed's keys so many draws touch, in the mean: the sum of 1 - exp(-n p). */
function distinctKeys(draws: number): number {
  return sharesOfKeys().reduce((sum, share) => sum - Math.expm1(-draws * share), 0);
}

/** The probability of each of the seed's keys, by Zipf's law. */
function sharesOfKeys(): Float64Array {
  const { keys, skew } = aDesign().workload;
  const weights = Float64Array.from({ length: keys }, (_, k) => (k + 1) ** -skew);
  const norm = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / norm);
}

describe('a slow cache node', () => {
  const fault = 'cache-1:slow:20@1s-4s';

  it('without a timeout: its keys take over 100 ms, the other node’s keys are untouched', () => {
    const design = aDesign({ seed: '7', 'cache.timeout': 'off', fault: [fault], duration: '6s' });
    const latencies = latenciesByCacheNode(design, 3_300_000, 4_000_000);
    const p99 = (node: number) => {
      const sorted = (latencies.get(node) ?? []).sort((a, b) => a - b);
      return sorted[Math.floor(sorted.length * 0.99)];
    };
    expect(p99(1)).toBeGreaterThan(100);
    expectWithin(p99(2), 3, 7.7);
  });

  const timedOut = { fault: ['cache-1:slow:20@6s-9s'], duration: '11s' };
  it('with a timeout: the 99th percentile is the timeout and the way round; the store goes back, reads break', () => {
    const rendering = scenario(timedOut);
    const { consistency, availability, cache } = rendering.summary;
    expectWithin(mostOf(rendering, 'getP99', 6.5, 9) / 1000, 22, 30);
    expectWithin(mostOf(rendering, 'putP99', 6.5, 9) / 1000, 22, 30);
    expect(availability).toBe(1);
    expect(cache.timeouts).toBeGreaterThan(10_000);
    expect(cache.fallbacks).toBe(cache.timeouts);
    expect(consistency.storeRegressions).toBeGreaterThan(50);
    expect(consistency.readYourWrites.violations).toBeGreaterThan(50);
  });
  it('fenced by version besides: none of that', () => {
    const { consistency } = scenario({ ...timedOut, 'cache.fencing': 'version' }).summary;
    expect(consistency.readYourWrites.violations).toBe(0);
    expect(consistency.storeRegressions).toBe(0);
    expect(consistency.stale.reads).toBe(0);
  });
});

describe('a cache node delayed by 200 ms', () => {
  const fault = ['cache-1:delay:200ms@1s-4s'];

  it('without a timeout: PUTs take more than 200 ms', () => {
    expect(scenario({ fault, 'cache.timeout': 'off', duration: '5s' }).summary.put.p99Ms).toBeGreaterThan(
      200,
    );
  });
  it('with one: less than 60 ms, and the store goes back and reads break, each of them to be visited', () => {
    const { summary, violations } = scenario({ fault, duration: '5s' });
    expect(summary.put.p99Ms).toBeLessThan(60);
    expect(summary.consistency.storeRegressions).toBeGreaterThan(50);
    expect(summary.consistency.readYourWrites.violations).toBeGreaterThan(20);
    expect(violations.length / 8).toBeGreaterThan(70);
  });
});

describe('a slow replica', () => {
  it('is read long after: staleness is the TTL and the lag', () => {
    const { summary } = scenario({ fault: ['shard-1.replica-2:slow:20@1s-13s'], duration: '14s' });
    expect(summary.consistency.stale.maxMs).toBeGreaterThan(5000);
    expect(verdict(summary, 'staleness')).toBe(false);
  });
});

describe('a crashed leader', () => {
  const seed = '9';
  const fault = ['shard-1.leader:crash@3s-7s'];
  const cacheFirst = { fault, duration: '8s' };

  it('w 2: nothing acknowledged is lost, one shard is without writes for its failover, the other notices nothing', () => {
    const { consistency, store, put } = scenario(cacheFirst, seed).summary;
    expect(consistency.lostAckedWrites).toBe(0);
    const [hit, other] = store.byShard;
    expectWithin(hit?.unavailableMs, 2000, 2100);
    expect(hit?.leaderChanges).toBe(1);
    expect(other).toEqual({ leaderChanges: 0, unavailableMs: 0 });
    expectWithin(put.unknown, 2000, 3000);
  });
  it('cache-first serves values that nobody will ever have committed; store-first none', () => {
    expectWithin(scenario(cacheFirst, seed).summary.consistency.phantomReads, 9_000, 16_000);
    const { consistency } = scenario({ ...cacheFirst, 'cache.order': 'store-first' }, seed).summary;
    expect(consistency.phantomReads).toBe(0);
  });
  it('w 1 with no lag loses next to nothing', () => {
    const { consistency } = scenario({ ...cacheFirst, 'store.w': '1' }, seed).summary;
    expectWithin(consistency.lostAckedWrites, 0, 3);
  });
  it('w 1 with replication delayed by 200 ms loses what was acknowledged in that time; w 2 nothing', () => {
    const lagging = { duration: '6s', fault: ['replication:delay:200ms@1s', 'shard-1.leader:crash@3s'] };
    const one = scenario({ ...lagging, 'store.w': '1' }, seed).summary.consistency;
    expectWithin(one.lostAckedWrites, 200, 320);
    expectWithin(one.rpoMs, 190, 200);
    const two = scenario(lagging, seed).summary.consistency;
    expect([two.lostAckedWrites, two.rpoMs]).toEqual([0, 0]);
  });
});

describe('both caches flushed', () => {
  it('double what the store is read for, for less than a second, as fast as their keys are touched again', () => {
    const flushed = scenario({ fault: ['cache-1:flush@6s', 'cache-2:flush@6s'], duration: '8s' });
    const before = sumOf(flushed, 'storeReads', 5.5, 6);
    expect(sumOf(flushed, 'storeReads', 6, 6.1) * 5).toBeGreaterThan(1.8 * before);
    for (const [from, to] of [
      [0, 0.1],
      [1, 1.5],
      [1.5, 2],
    ] as const) {
      const measured = sumOf(flushed, 'storeReads', 6 + from, 6 + to);
      expect(Math.abs(measured / missesAfterFlush(from, to) - 1)).toBeLessThan(0.06);
    }
    expect(flushed.summary.availability).toBe(1);
  });
});

/** A key is missed until the first GET or PUT of it: the seed's misses in [from, to) seconds after a flush, in the mean. */
function missesAfterFlush(from: number, to: number): number {
  const { gets, puts } = aDesign().workload;
  let sum = 0;
  for (const share of sharesOfKeys()) {
    const touched = (gets + puts) * share;
    sum += (gets / (gets + puts)) * (Math.exp(-touched * from) - Math.exp(-touched * to));
  }
  return sum;
}
