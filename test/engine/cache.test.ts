import { beforeEach, describe, expect, it } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import { EVENT, EVENT_WIDTH, EVENTS } from '../../src/design/readings.ts';
import { Cache } from '../../src/engine/cache.ts';
import { detailOf } from '../../src/engine/detail.ts';
import { KeyIndex } from '../../src/engine/kernel/maps.ts';
import { aDesign } from '../support/designs.ts';
import { aSmallDesign, render } from '../support/engineRuns.ts';

let keys: KeyIndex;
let cache: Cache;
beforeEach(() => {
  keys = new KeyIndex();
  cache = new Cache(seedDesign, keys, 2);
  for (let key = 0; key < 6; key++) keys.slotOf(key);
});

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
    expect(small('1MiB')).toBe(1);
  });
});

describe('a cache that is too small', () => {
  const design = aSmallDesign({
    policy: 'write-around',
    'cache.ttl': 'off',
    'cache.memory': '12KiB',
    'cache.nodes': '1',
    'workload.keys': '30',
    'workload.skew': '0.5',
    'workload.puts': '0/s',
  });

  it('hits, misses and evicts exactly as LRU does on the same accesses', () => {
    const detail = detailOf(design, undefined, { from: 0, to: 3_000_000, sample: 'all', focus: [], key: -1 });
    if (!detail.ok) throw new Error(detail.error);
    const { capacity } = new Cache(design, keys, 1);
    const { events } = detail.value;
    /** Keys, the longest unused first. */
    const held: number[] = [];
    let counted = 0;
    for (let o = 0; o < events.length; o += EVENT_WIDTH) {
      const type = EVENTS[events[o + EVENT.type] ?? -1];
      const key = events[o + EVENT.key] ?? -1;
      if (type === 'evict') {
        counted++;
        expect(held.length).toBe(capacity);
        expect(held.shift()).toBe(key);
      }
      if (type === 'hit' || type === 'miss') expect(held.includes(key)).toBe(type === 'hit');
      if (type !== 'hit' && type !== 'apply') continue;
      if (held.includes(key)) held.splice(held.indexOf(key), 1);
      held.push(key);
    }
    expect(counted).toBeGreaterThan(200);
    expect(render(design).summary.cache.evictions).toBe(counted);
    expect(render(design).summary.cache.peakEntries).toBe(capacity);
  });
});

describe('an entry’s time', () => {
  it('starts when a value is applied, and every fill or PUT starts it again; at its end it is gone', () => {
    const ttl = 300_000;
    const design = aSmallDesign({ 'cache.ttl': '300ms' });
    const detail = detailOf(design, undefined, { from: 0, to: 2_000_000, sample: 'all', focus: [], key: -1 });
    if (!detail.ok) throw new Error(detail.error);
    const { events } = detail.value;
    const applied = new Map<number, number>();
    let expired = 0;
    for (let o = 0; o < events.length; o += EVENT_WIDTH) {
      const type = EVENTS[events[o + EVENT.type] ?? -1];
      const key = events[o + EVENT.key] ?? -1;
      const time = events[o + EVENT.time] ?? NaN;
      if (type === 'apply') applied.set(key, time);
      if (type === 'hit') expect(time - (applied.get(key) ?? NaN)).toBeLessThanOrEqual(ttl);
      if (type !== 'expire') continue;
      expired++;
      expect(time).toBe((applied.get(key) ?? NaN) + ttl);
      applied.delete(key);
    }
    expect(expired).toBeGreaterThan(20);
  });
});
