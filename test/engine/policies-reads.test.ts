import { describe, expect, it } from 'vitest';
import { EVENT, EVENT_WIDTH, EVENTS, SYSTEM, SYSTEM_WIDTH } from '../../src/design/readings.ts';
import type { Design } from '../../src/design/design.ts';
import { detailOf } from '../../src/engine/detail.ts';
import type { Summary } from '../../src/engine/summary.ts';
import { aSmallDesign, render } from '../support/engineRuns.ts';

type Differences = Readonly<Record<string, string | readonly string[]>>;

const run = (differences: Differences): Summary => render(aSmallDesign(differences)).summary;

/** A few keys that are read again and again; the newest value is at the leader, and messages take their time. */
const FEW_KEYS = {
  'workload.keys': '10',
  'workload.puts': '600/s',
  'workload.gets': '3000/s',
  'cache.ttl': '1s',
  'store.readFrom': 'leader',
};
const SLOW_LINKS = { 'network.appCache': 'lognormal:0.2ms:3ms', 'network.appStore': 'lognormal:0.2ms:3ms' };

/** Nobody's message overtakes another's between the same two, and all writes cost the cache the same. */
const IN_ORDER = {
  ...FEW_KEYS,
  'network.appCache': 'const:0.1ms',
  'network.cacheStore': 'const:0.1ms',
  'network.appStore': 'const:0.1ms',
  'cache.write': 'const:0.02ms',
  'store.read': 'lognormal:1ms:6ms',
  zones: '1',
};

describe('a stale set: a reader misses, loads the old value, a writer stores and deletes, the reader fills', () => {
  const aside = (fencing: string) =>
    run({
      ...FEW_KEYS,
      ...SLOW_LINKS,
      policy: 'look-aside',
      'workload.puts': '100/s',
      'cache.fencing': fencing,
      duration: '10s',
    });

  it('leaves the old value to be read until the next write, or its TTL', () => {
    const { stale, readYourWrites } = aside('none').consistency;
    expect(stale.maxMs).toBeGreaterThan(30);
    expect(stale.reads).toBeGreaterThan(100);
    expect(readYourWrites.violations).toBeGreaterThan(5);
  });
  it.each(['lease', 'version'])('%s: a value is old while its delete is on the way, no longer', (fencing) => {
    const { cache, consistency } = aside(fencing);
    expect(cache.hits).toBeGreaterThan(4000);
    expect(consistency.stale.maxMs).toBeLessThan(10);
    expect(consistency.readYourWrites.violations).toBe(0);
  });
});

describe('refresh-ahead', () => {
  it.each([
    ['', '0%'],
    [', however long that is', '90%'],
  ])('reloads an entry on a hit in the last part of its life%s, one reload at a time', (_, jitter) => {
    const design = aSmallDesign({
      policy: 'refresh-ahead',
      'cache.refreshAt': '60%',
      'cache.ttl': '200ms',
      'cache.ttlJitter': jitter,
      'cache.timeout': 'off',
      'workload.puts': '30/s',
      'workload.gets': '4000/s',
      'store.read': 'lognormal:5ms:30ms',
    });
    const { reloads, onFresh, again } = reloadsOf(design);
    const { store, cache, availability } = render(design).summary;
    expect(availability).toBe(1);
    expect(reloads).toBeGreaterThan(300);
    expect(onFresh).toBeGreaterThan(1000);
    expect(again).toBeGreaterThan(300);
    // The run is over with the last answer: a reload may still be on its way to the store then.
    const unread = cache.misses + reloads - store.reads;
    expect(unread).toBeGreaterThanOrEqual(0);
    expect(unread).toBeLessThan(5);
  });
  it('keeps what is asked for from ever expiring, and costs store reads', () => {
    const differences = { 'workload.keys': '20', 'workload.skew': '0', 'workload.gets': '3000/s' };
    const through = run({ ...differences, policy: 'write-through', 'workload.puts': '10/s' });
    const ahead = run({ ...differences, policy: 'refresh-ahead', 'workload.puts': '10/s' });
    expect(through.cache.misses).toBeGreaterThan(80);
    expect(ahead.cache.misses).toBeLessThan(40);
    expect(ahead.cache.expirations).toBe(0);
    expect(ahead.store.reads).toBeGreaterThan(through.store.reads);
  });
  it('never reloads what never expires', () => {
    const { store, cache } = run({ policy: 'refresh-ahead', 'cache.ttl': 'off', 'cache.refreshAt': '0%' });
    expect(store.reads).toBe(cache.misses);
  });
  it('never reloads what is due after the end of all time, as the longest of lives may be late in the longest run', () => {
    const { store, cache } = run({
      policy: 'refresh-ahead',
      duration: '1200s',
      'workload.puts': '1/s',
      'workload.gets': '1/s',
      'workload.keys': '1',
      'cache.ttl': '600s',
      'cache.ttlJitter': '100%',
      'cache.refreshAt': '100%',
    });
    expect(cache.hits).toBeGreaterThan(1000);
    expect(store.reads).toBe(cache.misses);
  });

  const stale = (differences: Differences) =>
    run({ ...IN_ORDER, policy: 'refresh-ahead', 'cache.refreshAt': '0%', 'cache.ttl': '10s', ...differences })
      .consistency.stale.reads;
  it('overwrites newer writes with what it loaded before them; fenced by version it does not', () => {
    expect(stale({ policy: 'write-through' })).toBe(0);
    expect(stale({})).toBeGreaterThan(200);
    expect(stale({ 'cache.fencing': 'version' })).toBe(0);
  });
  it('a lease is enough where the store is written first; else a reload may begin between cache and store', () => {
    const storeFirst = { 'cache.order': 'store-first' };
    expect(stale(storeFirst)).toBeGreaterThan(5);
    expect(stale({ ...storeFirst, 'cache.fencing': 'lease' })).toBe(0);
    expect(stale({ 'cache.fencing': 'lease' })).toBeGreaterThan(100);
  });
});

/** What the hits of a run call for, by their times alone: reloads; and hits that call for none, for either reason. */
function reloadsOf(design: Design): { reloads: number; onFresh: number; again: number } {
  const { refreshAt } = design.cache;
  const detail = detailOf(design, undefined, { from: 0, to: 3_000_000, sample: 'all', focus: [], key: -1 });
  if (!detail.ok) throw new Error(detail.error);
  const { events } = detail.value;
  const due = new Map<number, number>();
  const reloading = new Map<number, number>();
  const counts = { reloads: 0, onFresh: 0, again: 0 };
  for (let o = 0; o < events.length; o += EVENT_WIDTH) {
    const at = (column: number) => events[o + column] ?? NaN;
    const [time, key, operation] = [at(EVENT.time), at(EVENT.key), at(EVENT.operation)];
    const type = EVENTS[at(EVENT.type)];
    if (type === 'apply') {
      due.set(key, time + Math.round(at(EVENT.extra) * refreshAt));
      if (reloading.get(key) === operation) reloading.delete(key);
    }
    if (type !== 'hit') continue;
    if (time < (due.get(key) ?? NaN)) counts.onFresh++;
    else if (reloading.has(key)) counts.again++;
    else {
      counts.reloads++;
      reloading.set(key, operation);
    }
  }
  return counts;
}

/** One key that everybody reads, and reads of the store that take 5 ms. */
const STAMPEDE = {
  'workload.keys': '1',
  'workload.puts': '0/s',
  'workload.gets': '20000/s',
  'cache.ttl': 'off',
  'cache.timeout': 'off',
  'store.read': 'const:5ms',
  'store.concurrency': '1000',
  zones: '1',
  fault: ['cache-1:flush@1s', 'cache-2:flush@1s'],
};

describe('a stampede: a key that everybody reads is gone from the cache', () => {
  it.each([
    // Cold, and after the flush: one load each at the cache node; or at each app node, and who misses while its fill
    // is on the way to the cache leads another.
    ['write-through', 2, 2],
    ['look-aside', 4, 8],
  ])('%s: everybody loads it; in single flight there are %d to %d loads in all', (policy, least, most) => {
    const herd = run({ ...STAMPEDE, policy });
    expect(herd.store.reads).toBeGreaterThan(150);
    expect(herd.store.reads).toBe(herd.cache.misses);
    const single = run({ ...STAMPEDE, policy, 'cache.singleFlight': 'true' });
    expect(single.store.reads).toBeGreaterThanOrEqual(least);
    expect(single.store.reads).toBeLessThanOrEqual(most);
    expect(single.cache.misses).toBeGreaterThan(150);
    expect(single.availability).toBe(1);
    // Who waits for another's load waits no longer than for a load of its own.
    expect(single.get.p999Ms).toBeLessThan(9);
  });
  it('expiry of a hot key is one too', () => {
    const expiring = { ...STAMPEDE, policy: 'write-around', fault: [], 'cache.ttl': '150ms' };
    const herd = run(expiring);
    const single = run({ ...expiring, 'cache.singleFlight': 'true' });
    expect(single.cache.expirations).toBe(herd.cache.expirations);
    expect(single.store.reads).toBe(single.cache.expirations + 1);
    expect(herd.store.reads).toBeGreaterThan(30 * single.store.reads);
  });
  it('a load that is lost is given up on after the client’s timeout, and nobody waits for it for ever', () => {
    const design = aSmallDesign({
      ...STAMPEDE,
      'cache.singleFlight': 'true',
      'workload.gets': '2000/s',
      'client.timeout': '200ms',
      fault: ['cache-store:partition@290ms-320ms', 'cache-1:flush@300ms', 'cache-2:flush@300ms'],
    });
    const { system } = render(design);
    const sum = (column: number, from: number, to: number) => {
      let total = 0;
      for (let bucket = from; bucket < to; bucket++) total += system[bucket * SYSTEM_WIDTH + column] ?? NaN;
      return total;
    };
    // Those who waited from the beginning; the others wait for the load that takes its place.
    expect(sum(SYSTEM.failed, 5, 8)).toBeGreaterThan(5);
    expect(sum(SYSTEM.failed, 8, 20)).toBe(0);
    expect(sum(SYSTEM.getsOk, 8, 20)).toBeGreaterThan(2000);
  });
  it.each(['version', 'lease'])(
    'who misses after a write waits for no load that began before it (%s)',
    (fencing) => {
      for (const singleFlight of ['false', 'true']) {
        const { consistency, availability } = run({
          ...FEW_KEYS,
          policy: 'look-aside',
          // What a load found is long on its way.
          'network.appStore': 'lognormal:1ms:8ms',
          zones: '1',
          'cache.fencing': fencing,
          'cache.singleFlight': singleFlight,
          'workload.readBackAfter': '0s',
        });
        expect(availability).toBe(1);
        expect(consistency.readYourWrites.checked).toBeGreaterThan(700);
        expect([singleFlight, consistency.readYourWrites.violations]).toEqual([singleFlight, 0]);
      }
    },
  );
});
