/** Cache nodes under a hot key, told again from what they were sent: fences, leases, loads that are shared, lives, evictions. */
import { describe, expect, it } from 'vitest';
import { replay } from '../support/cacheReplay.ts';
import { aDesign } from '../support/designs.ts';
import { render } from '../support/engineRuns.ts';

const BUSY: Readonly<Record<string, string>> = {
  duration: '1500ms',
  'workload.puts': '400/s',
  'workload.gets': '2500/s',
  'workload.sessions': '20',
  'app.nodes': '2',
};

const SMALL_AND_JITTERED = {
  'cache.memory': '150KiB',
  'workload.keys': '1000',
  'cache.ttl': '700ms',
  'cache.ttlJitter': '50%',
  fault: ['workload:hotkey:20%@500ms', 'cache-1:flush@900ms'],
};
const SHARED = {
  'cache.memory': '90KiB',
  'workload.keys': '500',
  'cache.ttl': '60ms',
  'cache.ttlJitter': '100%',
  'cache.singleFlight': 'true',
  'store.read': 'exp:8ms',
  'client.timeout': '20ms',
  fault: ['workload:hotkey:60%@200ms-1300ms', 'cache-store:drop:20%@600ms-800ms'],
};
const FENCED = {
  'cache.memory': '60KiB',
  'workload.keys': '300',
  'cache.ttl': '300ms',
  'cache.ttlJitter': '30%',
  'cache.fencing': 'version',
  'cache.timeout': '3ms',
  fault: ['workload:hotkey:30%@200ms-1300ms', 'cache-1:slow:60@700ms-1s', 'cache-2:flush@600ms'],
};
const FOR_EVER = {
  'cache.memory': '12KiB',
  'workload.keys': '100',
  'cache.ttl': 'off',
  'cache.singleFlight': 'true',
  'cache.fencing': 'version',
  'cache.timeout': '2ms',
  fault: ['workload:hotkey:80%@200ms-1300ms', 'cache-2:slow:50@700ms-1s'],
};
const LEASED = {
  'cache.memory': '9KiB',
  'workload.keys': '60',
  'cache.ttl': '100ms',
  'cache.ttlJitter': '20%',
  'cache.singleFlight': 'true',
  'cache.fencing': 'lease',
  'cache.timeout': 'off',
  fault: ['workload:hotkey:50%@200ms-1300ms', 'cache-2:flush@1s'],
};

const CASES = [
  ['write-through', 'lfu', SMALL_AND_JITTERED, ['evict', 'expire']],
  ['look-aside', 'sieve', SMALL_AND_JITTERED, ['remove', 'expire']],
  ['write-around', 'lfu', SHARED, ['joined', 'takenOver']],
  ['refresh-ahead', 's3-fifo', SHARED, ['joined', 'takenOver', 'reloads', 'spared']],
  ['write-through', 's3-fifo', FENCED, ['refuse', 'bury', 'evict']],
  ['write-through-aside', 'sieve', FENCED, ['refuse', 'bury']],
  ['look-aside', 'lfu', FOR_EVER, ['refuse', 'bury', 'evict']],
  ['refresh-ahead', 'sieve', FOR_EVER, ['refuse', 'joined', 'evict']],
  ['write-through', 'lru', LEASED, ['refuse', 'joined', 'evict']],
  ['refresh-ahead', 'fifo', LEASED, ['refuse', 'joined', 'evict']],
] as const;

describe('a cache node does what a plain model of it does', () => {
  it.each(CASES)('%s, %s (case %#)', (policy, eviction, differences, happens) => {
    const design = aDesign({ ...BUSY, ...differences, policy, 'cache.eviction': eviction, seed: '7301' });
    const { counts, flaws } = replay(design);
    expect(flaws).toEqual([]);
    expect(happens.filter((what) => (counts.get(what) ?? 0) === 0)).toEqual([]);
    const { cache } = render(design).summary;
    const counted = [cache.hits, cache.misses, cache.evictions, cache.expirations];
    expect(counted).toEqual(['hit', 'miss', 'evict', 'expire'].map((what) => counts.get(what) ?? 0));
  });
});
