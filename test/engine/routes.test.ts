/** What each policy sends whom for one operation, from the client's first message to the last answer. */
import { describe, expect, it } from 'vitest';
import { nodesOf } from '../../src/design/nodes.ts';
import { VARIANTS, type Variant } from '../../src/design/policies/variants.ts';
import { SYSTEM } from '../../src/design/readings.ts';
import { startGet, startPut } from '../../src/engine/actors/clients.ts';
import { dispatch } from '../../src/engine/actors/dispatch.ts';
import { Streams } from '../../src/engine/kernel/streams.ts';
import { Wheel } from '../../src/engine/kernel/wheel.ts';
import { OpKind } from '../../src/engine/operations.ts';
import { R_LEADS, REPLICA } from '../../src/engine/store.ts';
import { Stream, World } from '../../src/engine/world.ts';
import { aDesign } from '../support/designs.ts';
import { listenTo } from '../support/judge/watch.ts';

type Differences = Readonly<Record<string, string>>;

/** Distributions that a world draws from, at the most. */
const TAPS = 64;
/** One node of each kind, nobody who asks by himself, and nothing left to chance. */
const ALONE: Differences = {
  'workload.puts': '0/s',
  'workload.gets': '0/s',
  'client.timeout': '1s',
  'app.nodes': '1',
  'app.service': 'const:1ms',
  'cache.nodes': '1',
  'cache.read': 'const:1ms',
  'cache.write': 'const:1ms',
  'cache.timeout': '50ms',
  'cache.ttl': '10s',
  'store.shards': '1',
  'store.rf': '1',
  'store.w': '1',
  'store.read': 'const:1ms',
  'store.write': 'const:1ms',
  'network.clientApp': 'const:1ms',
  'network.appCache': 'const:1ms',
  'network.cacheStore': 'const:1ms',
  'network.appStore': 'const:1ms',
  'network.crossZone': 'const:0ms',
};

type Act = (world: World) => void;

const WRITER = 1;
const READER = 2;
const put: Act = (world) => {
  startPut(world, WRITER, world.slotOf(0), false, world.nodes.firstApp);
};
const get: Act = (world) => {
  startGet(world, OpKind.get, READER, world.slotOf(0), world.nodes.firstApp);
};
/** Both at once, the first one's messages ahead. */
const both =
  (first: Act, second: Act): Act =>
  (world) => {
    first(world);
    second(world);
  };
/** From now on the cache is too slow for anybody. */
const slow: Act = (world) => {
  world.nodes.setSlowness(world.nodes.firstCache, 100);
};
/** From now on the store takes no writes. */
const refuse: Act = (world) => {
  world.store.replica[0 * REPLICA + R_LEADS] = 0;
};
const afterNineSeconds: Act = (world) => {
  world.wheel.moveTo(world.wheel.now + 9_000_000);
};

/** A world in which nobody asks by himself; a variant is a table that no design can name. */
function aWorld(differences: Differences, variant?: Variant): World {
  const design = aDesign({ ...ALONE, ...differences });
  return new World(design, {
    wheel: new Wheel(),
    streams: new Streams(design.seed, Stream.taps + TAPS),
    fenceAt: 'both',
    table: variant === undefined ? undefined : VARIANTS[variant],
  });
}

/** Lets everything happen that comes of what was done; a flush that is refused for ever, once. */
function settle(world: World): void {
  const until = world.wheel.now + 1_900_000;
  while ((world.calls.alive > 0 || world.buffered.held > 0) && world.wheel.take(until)) dispatch(world);
}

/** The world when all is over that came of these acts, one after the other. */
function worldAfter(differences: Differences, ...acts: readonly Act[]): World {
  const world = aWorld(differences);
  for (const act of acts) {
    act(world);
    settle(world);
  }
  return world;
}

/** What the last of these acts brings about; each begins when all is over that came of those before it. */
function routeOf(world: World, ...acts: readonly Act[]): string {
  const route: string[] = [];
  const tier = (node = 0): string => nodesOf(world.design)[node]?.tier.replace('clients', 'client') ?? '';
  const last = acts.length - 1;
  acts.forEach((act, i) => {
    if (i === last)
      listenTo(world, ({ type, node, to, extra, message = '', isRefusal = false }) => {
        if (type === 'apply') route.push('cache holds');
        else if (type === 'remove') route.push('cache drops');
        else if (type === 'hop' && extra === 0) route.push(`${tier(node)}>${tier(to)} ${message}`);
        else if (type === 'hop') route.push(`${tier(to)}<${tier(node)} ${isRefusal ? 'no' : 'ok'}`);
      });
    act(world);
    settle(world);
  });
  return route.join(', ');
}

const ROUTES: Readonly<Record<string, readonly (readonly [readonly Act[], Differences, string])[]>> = {
  'write-through': [
    [
      [put],
      {},
      'client>app put, app>cache put, cache holds, cache>store put, cache<store ok, app<cache ok, client<app ok',
    ],
    [
      [put],
      { 'cache.order': 'store-first' },
      'client>app put, app>cache put, cache>store put, cache<store ok, cache holds, app<cache ok, client<app ok',
    ],
    [
      [get],
      {},
      'client>app get, app>cache get, cache>store get, cache<store ok, cache holds, app<cache ok, client<app ok',
    ],
    [[get, get], {}, 'client>app get, app>cache get, app<cache ok, client<app ok'],
    [[put, get], {}, 'client>app get, app>cache get, app<cache ok, client<app ok'],
    [
      [slow, put],
      {},
      'client>app put, app>cache put, app>store put, app<store ok, app>cache invalidate, client<app ok, cache holds, cache>store put, cache<store ok, app<cache ok, cache drops',
    ],
    [
      [slow, put],
      { 'cache.onTimeout': 'db' },
      'client>app put, app>cache put, app>store put, app<store ok, client<app ok, cache holds, cache>store put, cache<store ok, app<cache ok',
    ],
    [
      [slow, put],
      { 'cache.onTimeout': 'fail' },
      'client>app put, app>cache put, client<app no, cache holds, cache>store put, cache<store ok, app<cache ok',
    ],
    [
      [slow, get],
      {},
      'client>app get, app>cache get, app>store get, app<store ok, client<app ok, cache>store get, cache<store ok, cache holds, app<cache ok',
    ],
    [
      [slow, get],
      { 'cache.onTimeout': 'fail' },
      'client>app get, app>cache get, client<app no, cache>store get, cache<store ok, cache holds, app<cache ok',
    ],
    [
      [refuse, put],
      {},
      'client>app put, app>cache put, cache holds, cache>store put, cache<store no, cache drops, app<cache no, client<app no',
    ],
    [
      [refuse, put],
      { 'cache.order': 'store-first' },
      'client>app put, app>cache put, cache>store put, cache<store no, app<cache no, client<app no',
    ],
    [
      [refuse, slow, put],
      {},
      'client>app put, app>cache put, app>store put, app<store no, client<app no, cache holds, cache>store put, cache<store no, cache drops, app<cache no',
    ],
    [[get, afterNineSeconds, get], {}, 'client>app get, app>cache get, app<cache ok, client<app ok'],
    [
      [both(get, get)],
      { 'cache.singleFlight': 'true' },
      'client>app get, client>app get, app>cache get, app>cache get, cache>store get, cache<store ok, cache holds, app<cache ok, app<cache ok, client<app ok, client<app ok',
    ],
  ],
  'write-through-aside': [
    [
      [put],
      {},
      'client>app put, app>store put, app<store ok, app>cache put, cache holds, app<cache ok, client<app ok',
    ],
    [
      [get],
      {},
      'client>app get, app>cache get, app<cache no, app>store get, app<store ok, app>cache fill, client<app ok, cache holds',
    ],
    [[get, get], {}, 'client>app get, app>cache get, app<cache ok, client<app ok'],
    [[put, get], {}, 'client>app get, app>cache get, app<cache ok, client<app ok'],
    [
      [slow, put],
      {},
      'client>app put, app>store put, app<store ok, app>cache put, app>cache invalidate, client<app ok, cache holds, app<cache ok, cache drops',
    ],
    [
      [slow, put],
      { 'cache.onTimeout': 'db' },
      'client>app put, app>store put, app<store ok, app>cache put, client<app ok, cache holds, app<cache ok',
    ],
    [
      [slow, put],
      { 'cache.onTimeout': 'fail' },
      'client>app put, app>store put, app<store ok, app>cache put, client<app no, cache holds, app<cache ok',
    ],
    [
      [slow, get],
      {},
      'client>app get, app>cache get, app>store get, app<store ok, client<app ok, app<cache no',
    ],
    [
      [slow, get],
      { 'cache.onTimeout': 'fail' },
      'client>app get, app>cache get, client<app no, app<cache no',
    ],
    [[refuse, put], {}, 'client>app put, app>store put, app<store no, client<app no'],
    [[refuse, slow, put], {}, 'client>app put, app>store put, app<store no, client<app no'],
    [[get, afterNineSeconds, get], {}, 'client>app get, app>cache get, app<cache ok, client<app ok'],
  ],
  'look-aside': [
    [
      [put],
      {},
      'client>app put, app>store put, app<store ok, app>cache invalidate, app<cache ok, client<app ok',
    ],
    [
      [get],
      {},
      'client>app get, app>cache get, app<cache no, app>store get, app<store ok, app>cache fill, client<app ok, cache holds',
    ],
    [[get, get], {}, 'client>app get, app>cache get, app<cache ok, client<app ok'],
    [
      [put, get],
      {},
      'client>app get, app>cache get, app<cache no, app>store get, app<store ok, app>cache fill, client<app ok, cache holds',
    ],
    [
      [slow, put],
      {},
      'client>app put, app>store put, app<store ok, app>cache invalidate, client<app ok, app<cache ok',
    ],
    [
      [slow, get],
      {},
      'client>app get, app>cache get, app>store get, app<store ok, client<app ok, app<cache no',
    ],
    [
      [slow, get],
      { 'cache.onTimeout': 'fail' },
      'client>app get, app>cache get, client<app no, app<cache no',
    ],
    [[refuse, put], {}, 'client>app put, app>store put, app<store no, client<app no'],
    [[refuse, slow, put], {}, 'client>app put, app>store put, app<store no, client<app no'],
    [[get, afterNineSeconds, get], {}, 'client>app get, app>cache get, app<cache ok, client<app ok'],
    // A miss brings its lease home, and the fill brings it back.
    [
      [put, get],
      { 'cache.fencing': 'lease' },
      'client>app get, app>cache get, app<cache no, app>store get, app<store ok, app>cache fill, client<app ok, cache holds',
    ],
    [
      [both(get, get)],
      { 'cache.singleFlight': 'true' },
      'client>app get, client>app get, app>cache get, app>cache get, app<cache no, app<cache no, app>store get, app<store ok, client<app ok, app>cache fill, client<app ok, cache holds',
    ],
  ],
  'write-around': [
    [[put], {}, 'client>app put, app>store put, app<store ok, client<app ok'],
    [
      [get],
      {},
      'client>app get, app>cache get, cache>store get, cache<store ok, cache holds, app<cache ok, client<app ok',
    ],
    [[get, get], {}, 'client>app get, app>cache get, app<cache ok, client<app ok'],
    [
      [put, get],
      {},
      'client>app get, app>cache get, cache>store get, cache<store ok, cache holds, app<cache ok, client<app ok',
    ],
    [[slow, put], {}, 'client>app put, app>store put, app<store ok, client<app ok'],
    [
      [slow, get],
      {},
      'client>app get, app>cache get, app>store get, app<store ok, client<app ok, cache>store get, cache<store ok, cache holds, app<cache ok',
    ],
    [
      [slow, get],
      { 'cache.onTimeout': 'fail' },
      'client>app get, app>cache get, client<app no, cache>store get, cache<store ok, cache holds, app<cache ok',
    ],
    [[refuse, put], {}, 'client>app put, app>store put, app<store no, client<app no'],
    [[refuse, slow, put], {}, 'client>app put, app>store put, app<store no, client<app no'],
    [[get, afterNineSeconds, get], {}, 'client>app get, app>cache get, app<cache ok, client<app ok'],
  ],
  'write-behind': [
    [
      [put],
      {},
      'client>app put, app>cache put, cache holds, app<cache ok, client<app ok, cache>store put, cache<store ok',
    ],
    [
      [get],
      {},
      'client>app get, app>cache get, cache>store get, cache<store ok, cache holds, app<cache ok, client<app ok',
    ],
    [[get, get], {}, 'client>app get, app>cache get, app<cache ok, client<app ok'],
    [[put, get], {}, 'client>app get, app>cache get, app<cache ok, client<app ok'],
    [
      [slow, put],
      {},
      'client>app put, app>cache put, app>store put, app<store ok, app>cache invalidate, client<app ok, cache holds, app<cache ok, cache drops, cache>store put, cache<store ok',
    ],
    [
      [slow, put],
      { 'cache.onTimeout': 'db' },
      'client>app put, app>cache put, app>store put, app<store ok, client<app ok, cache holds, app<cache ok, cache>store put, cache<store ok',
    ],
    [
      [slow, put],
      { 'cache.onTimeout': 'fail' },
      'client>app put, app>cache put, client<app no, cache holds, app<cache ok, cache>store put, cache<store ok',
    ],
    [
      [slow, get],
      {},
      'client>app get, app>cache get, app>store get, app<store ok, client<app ok, cache>store get, cache<store ok, cache holds, app<cache ok',
    ],
    [
      [slow, get],
      { 'cache.onTimeout': 'fail' },
      'client>app get, app>cache get, client<app no, cache>store get, cache<store ok, cache holds, app<cache ok',
    ],
    [
      [refuse, put],
      {},
      'client>app put, app>cache put, cache holds, app<cache ok, client<app ok, cache>store put, cache<store no',
    ],
    [
      [refuse, slow, put],
      {},
      'client>app put, app>cache put, app>store put, app<store no, client<app no, cache holds, app<cache ok, cache>store put, cache<store no',
    ],
    [[get, afterNineSeconds, get], {}, 'client>app get, app>cache get, app<cache ok, client<app ok'],
  ],
  // The rest goes as under write-through.
  'refresh-ahead': [
    [
      [get, afterNineSeconds, get],
      {},
      'client>app get, app>cache get, cache>store get, app<cache ok, client<app ok, cache<store ok, cache holds',
    ],
    [
      [put, afterNineSeconds, get],
      { 'cache.fencing': 'lease' },
      'client>app get, app>cache get, cache>store get, app<cache ok, client<app ok, cache<store ok, cache holds',
    ],
  ],
  'db-only': [
    [[put], {}, 'client>app put, app>store put, app<store ok, client<app ok'],
    [[get], {}, 'client>app get, app>store get, app<store ok, client<app ok'],
    [[get, get], {}, 'client>app get, app>store get, app<store ok, client<app ok'],
    [[put, get], {}, 'client>app get, app>store get, app<store ok, client<app ok'],
    [[slow, put], {}, 'client>app put, app>store put, app<store ok, client<app ok'],
    [[slow, get], {}, 'client>app get, app>store get, app<store ok, client<app ok'],
    [[refuse, put], {}, 'client>app put, app>store put, app<store no, client<app no'],
    [[refuse, slow, put], {}, 'client>app put, app>store put, app<store no, client<app no'],
    [[get, afterNineSeconds, get], {}, 'client>app get, app>store get, app<store ok, client<app ok'],
    [[put], { 'store.mode': 'leaderless' }, 'client>app put, app>store put, app<store ok, client<app ok'],
    [[get], { 'store.mode': 'leaderless' }, 'client>app get, app>store get, app<store ok, client<app ok'],
  ],
};

describe.each(Object.entries(ROUTES))('%s', (policy, routes) => {
  it.each(routes.map(([acts, differences, route]) => ({ acts, differences, route })))(
    'goes: $route',
    ({ acts, differences, route }) => {
      expect(routeOf(aWorld({ policy, ...differences }), ...acts)).toBe(route);
    },
  );
});

describe.each<[Variant, string]>([
  [
    'delete-first',
    'client>app put, app>cache invalidate, app<cache ok, app>store put, app<store ok, client<app ok',
  ],
  [
    'double-delete',
    'client>app put, app>cache invalidate, app<cache ok, app>store put, app<store ok, app>cache invalidate, client<app ok',
  ],
])('the variant %s', (variant, route) => {
  const differences = { policy: 'look-aside' };
  const late = route.replace('invalidate, app<cache ok,', 'invalidate,');

  it(`goes: ${route}`, () => {
    expect(routeOf(aWorld(differences, variant), put)).toBe(route);
  });

  it('goes on without an answer to its first delete, which comes at the end', () => {
    expect(routeOf(aWorld(differences, variant), slow, put)).toBe(`${late}, app<cache ok`);
  });

  it('answers a refused PUT so', () => {
    const refused =
      'client>app put, app>cache invalidate, app<cache ok, app>store put, app<store no, client<app no';
    expect(routeOf(aWorld(differences, variant), refuse, put)).toBe(refused);
  });

  it('reads as look-aside does', () => {
    expect(routeOf(aWorld(differences, variant), get)).toBe(routeOf(aWorld(differences), get));
  });
});

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
