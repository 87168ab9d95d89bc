/** What one operation comes to by the route that it takes: timeouts and fallbacks that are counted, and what is read. */
import { describe, expect, it } from 'vitest';
import { SYSTEM } from '../../src/design/readings.ts';
import { dispatch } from '../../src/engine/actors/dispatch.ts';
import type { World } from '../../src/engine/world.ts';
import { READER, both, get, put, slow, worldAfter, type Act, type Differences } from '../support/routes.ts';

describe('what is counted on the way', () => {
  it.each<[Differences, readonly Act[], { timeouts: number; fallbacks: number; invalidations: number }]>([
    [{}, [put, get], { timeouts: 0, fallbacks: 0, invalidations: 0 }],
    [{}, [slow, put], { timeouts: 1, fallbacks: 1, invalidations: 1 }],
    [{ 'cache.onTimeout': 'db' }, [slow, put], { timeouts: 1, fallbacks: 1, invalidations: 0 }],
    [{ 'cache.onTimeout': 'fail' }, [slow, put], { timeouts: 1, fallbacks: 0, invalidations: 0 }],
    [{}, [slow, get], { timeouts: 1, fallbacks: 1, invalidations: 0 }],
    [{ policy: 'look-aside' }, [put], { timeouts: 0, fallbacks: 0, invalidations: 1 }],
    [{ policy: 'look-aside' }, [slow, put], { timeouts: 1, fallbacks: 0, invalidations: 1 }],
    [{ policy: 'look-aside' }, [slow, put, get], { timeouts: 2, fallbacks: 1, invalidations: 1 }],
  ])('%o', (differences, acts, counts) => {
    const { series, nodes } = worldAfter(differences, ...acts);
    const [timeouts, fallbacks] = [series.system[SYSTEM.cacheTimeouts], series.system[SYSTEM.fallbacks]];
    expect({ timeouts, fallbacks, invalidations: series.invalidations }).toEqual(counts);
    // A timeout is one of the node that waited and of the one that it waited for.
    const byNode = [nodes.firstApp, nodes.firstCache].map((node) => series.timeouts[node]);
    expect(byNode).toEqual([counts.timeouts, counts.timeouts]);
  });
});

describe('what a GET returns', () => {
  /** The newest version that the reader has read. */
  const readIn = (world: World): number => {
    const { oracle } = world;
    const seen = oracle.seen.find(world.slotOf(0), READER);
    return seen < 0 ? 0 : oracle.seen.value(seen);
  };

  it.each<[string, Differences, readonly Act[]]>([
    ['what the cache was given with the PUT', {}, [put, get]],
    ['what the store has, where the entry was deleted', { policy: 'look-aside' }, [put, get]],
    ['what the store has, where the cache does not answer', { policy: 'look-aside' }, [put, slow, get]],
    ['what the cache loads from the store', { policy: 'write-around' }, [put, get]],
    [
      'what another GET loads, to each of both',
      { policy: 'look-aside', 'cache.singleFlight': 'true' },
      [put, both(get, get)],
    ],
    ['what a quorum has', { policy: 'db-only', 'store.mode': 'leaderless' }, [put, get]],
  ])('is %s', (_, differences, acts) => {
    const world = worldAfter(differences, ...acts);
    expect(readIn(world)).toBe(1);
    expect(world.operations.alive + world.calls.alive).toBe(0);
  });

  it.each<[string, string, number]>([
    ['dirty while the cache shows what the store has not committed', 'cache-first', 1],
    ['clean where the cache shows it afterwards', 'store-first', 0],
  ])('is %s', (_, order, dirty) => {
    const getMeanwhile: Act = (world) => {
      put(world);
      for (const until = world.wheel.now + 10_000; world.wheel.take(until);) dispatch(world);
      get(world);
    };
    const late = { 'store.write': 'const:40ms', 'cache.order': order };
    expect(worldAfter(late, getMeanwhile).oracle.counts.dirtyRead).toBe(dirty);
  });
});
