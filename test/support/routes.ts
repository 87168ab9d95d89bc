/** Routes: what one operation has nodes send to each other, in a world of one node a kind in which nothing is left to chance. */
import { describe, expect, it } from 'vitest';
import { nodesOf } from '../../src/design/nodes.ts';
import { VARIANTS, type Variant } from '../../src/design/policies/variants.ts';
import { startGet, startPut } from '../../src/engine/actors/clients.ts';
import { dispatch } from '../../src/engine/actors/dispatch.ts';
import { Streams } from '../../src/engine/kernel/streams.ts';
import { Wheel } from '../../src/engine/kernel/wheel.ts';
import { OpKind } from '../../src/engine/operations.ts';
import { R_LEADS, REPLICA } from '../../src/engine/store.ts';
import { FIRST_TAP, World } from '../../src/engine/world.ts';
import { aDesign } from './designs.ts';
import { listenTo } from './judge/watch.ts';

export type Differences = Readonly<Record<string, string>>;

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

export type Act = (world: World) => void;

const WRITER = 1;
export const READER = 2;
export const put: Act = (world) => {
  startPut(world, WRITER, world.slotOf(0), false, world.nodes.firstApp);
};
export const get: Act = (world) => {
  startGet(world, OpKind.get, READER, world.slotOf(0), world.nodes.firstApp);
};
/** Both at once, the first one's messages ahead. */
export const both =
  (first: Act, second: Act): Act =>
  (world) => {
    first(world);
    second(world);
  };
/** From now on the cache is too slow for anybody. */
export const slow: Act = (world) => {
  world.nodes.setSlowness(world.nodes.firstCache, 100);
};
/** From now on the store takes no writes. */
export const refuse: Act = (world) => {
  world.store.replica[0 * REPLICA + R_LEADS] = 0;
};
export const afterNineSeconds: Act = (world) => {
  world.wheel.moveTo(world.wheel.now + 9_000_000);
};

/** A GET whose cache holds the value. */
export const HIT = 'client>app get, app>cache get, app<cache ok, client<app ok';

/** A world in which nobody asks by himself; a variant is a table that no design can name. */
export function aWorld(differences: Differences, variant?: Variant): World {
  const design = aDesign({ ...ALONE, ...differences });
  return new World(design, {
    wheel: new Wheel(),
    streams: new Streams(design.seed, FIRST_TAP + TAPS),
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
export function worldAfter(differences: Differences, ...acts: readonly Act[]): World {
  const world = aWorld(differences);
  for (const act of acts) {
    act(world);
    settle(world);
  }
  return world;
}

/** What the last of these acts brings about; each begins when all is over that came of those before it. */
export function routeOf(world: World, ...acts: readonly Act[]): string {
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

/** The acts of an operation, what the design differs in, and the route that it then takes. */
export type Route = readonly [acts: readonly Act[], differences: Differences, route: string];

/** By policy, each of its routes as a test. */
export function describeRoutes(routes: Readonly<Record<string, readonly Route[]>>): void {
  describe.each(Object.entries(routes))('%s', (policy, each) => {
    it.each(each.map(([acts, differences, route]) => ({ acts, differences, route })))(
      'goes: $route',
      ({ acts, differences, route }) => {
        expect(routeOf(aWorld({ policy, ...differences }), ...acts)).toBe(route);
      },
    );
  });
}
