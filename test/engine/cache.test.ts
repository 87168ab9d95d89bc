import { beforeEach, describe, expect, it } from 'vitest';
import type { Design } from '../../src/design/design.ts';
import { nodesOf } from '../../src/design/nodes.ts';
import { EVENT, EVENT_WIDTH, EVENTS } from '../../src/design/readings.ts';
import { Cache } from '../../src/engine/cache.ts';
import { detailOf } from '../../src/engine/detail.ts';
import { KeyIndex } from '../../src/engine/kernel/maps.ts';
import { aDesign } from '../support/designs.ts';
import { aSmallDesign, render } from '../support/engineRuns.ts';
import { EVICTION_NAMES, MODELS } from '../support/evictionModels.ts';
import { kolmogorovLimit } from '../support/statistics.ts';

let keys: KeyIndex;
let cache: Cache;
beforeEach(() => {
  keys = new KeyIndex();
  cache = new Cache(aDesign({ 'cache.memory': '1MiB' }), keys, 2);
  for (let key = 0; key < 6; key++) keys.slotOf(key);
});

/** What happens in a run of two seconds, in order. */
function eventsOf(design: Design) {
  const detail = detailOf(design, undefined, { from: 0, to: 3_000_000, sample: 'all', focus: [], key: -1 });
  if (!detail.ok) throw new Error(detail.error);
  const { events } = detail.value;
  return Array.from({ length: events.length / EVENT_WIDTH }, (_, row) => {
    const at = (column: number) => events[row * EVENT_WIDTH + column] ?? NaN;
    return {
      type: EVENTS[at(EVENT.type)],
      time: at(EVENT.time),
      node: at(EVENT.node),
      key: at(EVENT.key),
    };
  });
}

/** What LRU gives up, one after the other, until the node is empty. */
function drained(node: number): number[] {
  const order: number[] = [];
  for (let slot = cache.victim(node); slot >= 0; slot = cache.victim(node)) {
    order.push(slot);
    cache.drop(node, slot);
  }
  return order;
}

describe('a cache node', () => {
  it('holds versions, the first one too', () => {
    expect(cache.held(1)).toBe(-1);
    cache.set(0, 1, 0, 0);
    cache.set(0, 2, 9, 0);
    expect([cache.held(1), cache.held(2)]).toEqual([0, 9]);
    cache.drop(0, 1);
    expect([cache.held(1), cache.held(2)]).toEqual([-1, 9]);
  });
  it('gives up first what was neither written nor used for longest', () => {
    for (const slot of [0, 1, 2, 3]) cache.set(0, slot, 1, 0);
    cache.use(0, 1);
    cache.set(0, 0, 2, 0);
    expect(drained(0)).toEqual([2, 3, 1, 0]);
    expect(cache.victim(0)).toBe(-1);
  });
  it('forgets nothing of its order when one in the middle goes', () => {
    for (const slot of [0, 1, 2, 3, 4]) cache.set(0, slot, 1, 0);
    cache.drop(0, 2);
    cache.drop(0, 4);
    cache.set(0, 5, 1, 0);
    expect(drained(0)).toEqual([0, 1, 3, 5]);
  });
  it('knows nothing of the other node’s entries', () => {
    cache.set(0, 0, 1, 0);
    cache.set(1, 1, 1, 0);
    expect([...cache.entries]).toEqual([1, 1]);
    expect(drained(1)).toEqual([1]);
    expect([cache.total, cache.peak, cache.held(0)]).toEqual([1, 2, 1]);
  });
  it('remembers the most that lived at one instant', () => {
    for (const slot of [0, 1, 2]) cache.set(0, slot, 1, 0);
    drained(0);
    cache.set(0, 0, 1, 0);
    expect([cache.total, cache.peak]).toEqual([1, 3]);
  });
  it('keeps a tombstone for the TTL, and for a minute where there is none', () => {
    cache.leaveTombstone(0, 7, 100);
    expect([cache.tombstone(0, 100), cache.tombstone(0, 5_000_099), cache.tombstone(0, 5_000_100)]).toEqual([
      7, 7, -1,
    ]);
    const spread = new Cache(aDesign({ 'cache.ttlJitter': '50%' }), keys, 2);
    spread.leaveTombstone(0, 7, 100);
    expect([spread.tombstone(0, 5_000_099), spread.tombstone(0, 5_000_100)]).toEqual([7, -1]);
    const forever = new Cache(aDesign({ 'cache.ttl': 'off' }), keys, 2);
    forever.leaveTombstone(1, 7, 0);
    expect([forever.tombstone(1, 59_999_999), forever.tombstone(1, 60_000_000)]).toEqual([7, -1]);
  });
  it('has room for as many entries as its memory, less what is reserved, can hold', () => {
    const small = (value: string) =>
      new Cache(aDesign({ 'cache.memory': '1MiB', 'workload.value': value }), keys, 1).capacity;
    expect(small('1KiB')).toBeGreaterThan(500);
    expect(small('1KiB')).toBeLessThan(1024);
    expect(small('10KiB')).toBeLessThan(small('1KiB') / 5);
    expect(new Cache(aDesign({ 'cache.memory': '1451B' }), keys, 1).capacity).toBe(1);
  });
});

describe.each(EVICTION_NAMES)('a cache that is too small, evicting by %s', (eviction) => {
  const faults = ['cache-1:flush@900ms', 'cache-2:crash@1.3s-1.5s'];
  const design = aSmallDesign({
    policy: 'look-aside',
    'cache.eviction': eviction,
    'cache.memory': '12KiB',
    'cache.ttl': '60ms',
    'cache.ttlJitter': '50%',
    'workload.keys': '30',
    'workload.skew': '0.5',
    fault: faults,
  });
  const { capacity, entryBytes } = new Cache(design, new KeyIndex(), 2);
  const nodeCalled = (name: string) => nodesOf(design).findIndex((node) => node.name === name);

  it('hits, misses, evicts and counts exactly as the plain model does on the same accesses', () => {
    const nodes = new Map(
      ['cache-1', 'cache-2'].map((name) => [
        nodeCalled(name),
        { model: new MODELS[eviction](capacity), held: new Set<number>() },
      ]),
    );
    const losses = [
      { at: 900_000, node: nodeCalled('cache-1') },
      { at: 1_300_000, node: nodeCalled('cache-2') },
    ];
    const counted = { evictions: 0, expirations: 0, peakEntries: 0 };
    for (const { type, key, node, time } of eventsOf(design)) {
      for (const lost of losses.splice(0, losses.filter(({ at }) => at <= time).length)) {
        nodes.get(lost.node)?.model.clear();
        nodes.get(lost.node)?.held.clear();
      }
      const { model, held } = nodes.get(node) ?? {};
      if (model === undefined || held === undefined) continue;
      if (type === 'hit' || type === 'miss') expect(held.has(key)).toBe(type === 'hit');
      if (type === 'evict') {
        expect(held.size).toBe(capacity);
        expect(model.evict()).toBe(key);
        held.delete(key);
        counted.evictions++;
      }
      if (type === 'expire' || type === 'remove') {
        expect(held.delete(key)).toBe(true);
        model.remove(key);
        if (type === 'expire') counted.expirations++;
      }
      if (type !== 'hit' && type !== 'apply') continue;
      if (held.has(key)) model.touch(key);
      else model.insert(key);
      held.add(key);
      expect(held.size).toBeLessThanOrEqual(capacity);
      const entries = [...nodes.values()].reduce((sum, each) => sum + each.held.size, 0);
      counted.peakEntries = Math.max(counted.peakEntries, entries);
    }
    expect(counted.evictions).toBeGreaterThan(150);
    expect(counted.expirations).toBeGreaterThan(20);
    expect(render(design).summary.cache).toMatchObject({
      ...counted,
      peakBytes: counted.peakEntries * entryBytes,
    });
  });
});

describe('an entry’s time', () => {
  it('starts when a value is applied, and every fill or PUT starts it again; at its end it is gone', () => {
    const ttl = 300_000;
    const applied = new Map<number, number>();
    let expired = 0;
    for (const { type, key, time } of eventsOf(aSmallDesign({ 'cache.ttl': '300ms' }))) {
      if (type === 'apply') applied.set(key, time);
      if (type === 'hit') expect(time - (applied.get(key) ?? NaN)).toBeLessThanOrEqual(ttl);
      if (type !== 'expire') continue;
      expired++;
      expect(time).toBe((applied.get(key) ?? NaN) + ttl);
      applied.delete(key);
    }
    expect(expired).toBeGreaterThan(20);
  });

  it('is spread evenly around the TTL by its jitter', () => {
    const applied = new Map<number, number>();
    const lives: number[] = [];
    // Filled on a miss and never written: whatever is applied lives to its end.
    const design = aSmallDesign({
      policy: 'write-around',
      duration: '30s',
      'cache.ttl': '100ms',
      'cache.ttlJitter': '30%',
      'workload.keys': '100',
      'workload.gets': '200/s',
      'workload.skew': '0',
      'workload.puts': '0/s',
    });
    for (const { type, key, time } of eventsOf(design)) {
      if (type === 'apply') applied.set(key, time);
      if (type === 'expire') lives.push(time - (applied.get(key) ?? NaN));
    }
    expect(lives.length).toBeGreaterThan(300);
    const shares = lives.map((life) => (life - 70_000) / 60_000).sort((a, b) => a - b);
    expect(shares[0]).toBeGreaterThanOrEqual(0);
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
    const distance = Math.max(...shares.map((share, i) => Math.abs(share - (i + 0.5) / shares.length)));
    expect(distance).toBeLessThan(kolmogorovLimit(shares.length));
  });

  it('with all of the TTL as jitter may be none at all', () => {
    const { summary } = render(aSmallDesign({ 'cache.ttl': '2us', 'cache.ttlJitter': '100%' }));
    expect(summary.cache.expirations).toBeGreaterThan(500);
  });
});
