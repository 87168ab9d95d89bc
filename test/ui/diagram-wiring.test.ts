/** Which edges a policy's table draws, and how wide the bands on them are. */
import { describe, expect, test } from 'vitest';
import { seedDesign, type Design, type Policy } from '../../src/design/design.ts';
import {
  bandWidth,
  cacheRate,
  clientRate,
  shareOf,
  straightRate,
  type Flow,
} from '../../src/ui/diagram/rates.ts';
import { isUsed, usesIn } from '../../src/ui/diagram/wiring.ts';
import { aNode, aSystem } from '../support/buckets.ts';

const LINKS = ['app-cache', 'cache-store', 'app-store'] as const;

function uses(policy: Policy, cache: Partial<Design['cache']> = {}) {
  return usesIn({ ...seedDesign, policy, cache: { ...seedDesign.cache, ...cache } });
}

describe('the edges that are drawn', () => {
  test.each([
    ['write-through', {}, ['app-cache', 'cache-store', 'app-store']],
    ['write-through', { timeout: 'off' }, ['app-cache', 'cache-store']],
    ['write-through', { onTimeout: 'fail' }, ['app-cache', 'cache-store']],
    ['write-through', { order: 'store-first' }, ['app-cache', 'cache-store', 'app-store']],
    ['look-aside', {}, ['app-cache', 'app-store']],
    ['write-around', { timeout: 'off' }, ['app-cache', 'cache-store', 'app-store']],
    ['db-only', {}, ['app-store']],
  ] as const)('%s with %o: %j', (policy, cache, links) => {
    const found = uses(policy, cache);
    expect(LINKS.filter((link) => isUsed(found, link))).toEqual(links);
    expect(isUsed(found, 'client-app')).toBe(true);
  });

  test('an invalidation is sent only because a call took too long', () => {
    const sent = uses('write-through').filter((use) => use.message === 'invalidate');
    expect(sent).toEqual([{ link: 'app-cache', message: 'invalidate', within: 'put', why: 'timeout' }]);
  });
});

const flow: Flow = {
  system: aSystem({ getsStarted: 2500, putsStarted: 250, misses: 800, fallbacks: 110 }),
  app: [aNode({ served: 100 }), aNode({ served: 300 })],
  cache: [aNode({ hits: 600, misses: 200 }), aNode({ hits: 0, misses: 0 })],
  shardServed: [10, 30],
};

describe('the rates behind the bands', () => {
  test('what the clients send is shared out as the app nodes have served', () => {
    expect(clientRate(flow, 1)).toEqual({ reads: 18_750, writes: 1875 });
  });

  test('a cache node that answered nothing gets nothing', () => {
    expect(cacheRate(flow, uses('write-through'), 0, 1)).toEqual({ reads: 0, writes: 0 });
    expect(cacheRate(flow, uses('write-through'), 0, 0)).toEqual({ reads: 2000, writes: 625 });
  });

  test('straight to the store goes what the policy sends there, each for its own reason', () => {
    const all = ({ reads, writes }: { reads: number; writes: number }) => Math.round(reads + writes);
    expect(all(straightRate(flow, uses('write-through')))).toBe(1100);
    expect(straightRate(flow, uses('db-only'))).toEqual({ reads: 25_000, writes: 2500 });
    expect(straightRate(flow, uses('look-aside', { timeout: 'off' }))).toEqual({ reads: 8000, writes: 2500 });
    expect(straightRate(flow, uses('write-through', { onTimeout: 'fail' }))).toEqual({ reads: 0, writes: 0 });
  });

  test('a band is four times the rate for twice the width, and nothing for nothing', () => {
    const width = (reads: number) => bandWidth({ reads, writes: 0 });
    expect(width(0)).toBe(0);
    expect(width(Number.NaN)).toBe(0);
    expect(width(8000) / width(2000)).toBeCloseTo(2, 6);
  });

  test('where nothing was served all get the same share', () => {
    expect(shareOf([0, 0, 0, 0], 2)).toBe(0.25);
    expect(shareOf([Number.NaN, 3], 1)).toBe(1);
  });
});
