/** What each policy sends whom for one operation, from the client's first message to the last answer. */
import { describe, expect, it } from 'vitest';
import { nodesOf } from '../../src/design/nodes.ts';
import { startGet, startPut } from '../../src/engine/actors/clients.ts';
import { dispatch } from '../../src/engine/actors/dispatch.ts';
import { OpKind } from '../../src/engine/operations.ts';
import { Run } from '../../src/engine/run.ts';
import { R_LEADS, REPLICA } from '../../src/engine/store.ts';
import { aDesign } from '../support/designs.ts';
import { listenTo } from '../support/judge/watch.ts';

type Differences = Readonly<Record<string, string>>;

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

type Act = (run: Run) => void;

const put: Act = ({ world }) => {
  startPut(world, 1, world.slotOf(0), false, world.nodes.firstApp);
};
const get: Act = ({ world }) => {
  startGet(world, OpKind.get, 1, world.slotOf(0), world.nodes.firstApp);
};
/** From now on the cache is too slow for anybody. */
const slow: Act = ({ world }) => {
  world.nodes.setSlowness(world.nodes.firstCache, 100);
};
/** From now on the store takes no writes. */
const refuse: Act = ({ world }) => {
  world.store.replica[0 * REPLICA + R_LEADS] = 0;
};
const afterNineSeconds: Act = ({ world }) => {
  world.wheel.moveTo(world.wheel.now + 9_000_000);
};

/** Lets everything happen that comes of what was done; a flush that is refused for ever, once. */
function settle({ world }: Run): void {
  const until = world.wheel.now + 1_900_000;
  while ((world.calls.alive > 0 || world.buffered.held > 0) && world.wheel.take(until)) dispatch(world);
}

/** What the last of these acts brings about; each begins when all is over that came of those before it. */
function routeOf(differences: Differences, ...acts: readonly Act[]): string {
  const design = aDesign({ ...ALONE, ...differences });
  const run = Run.start(design);
  const route: string[] = [];
  const tier = (node = 0): string => nodesOf(design)[node]?.tier.replace('clients', 'client') ?? '';
  const last = acts.length - 1;
  acts.forEach((act, i) => {
    if (i === last)
      listenTo(run.world, ({ type, node, to, extra, message = '', isRefusal = false }) => {
        if (type === 'apply') route.push('cache holds');
        else if (type === 'remove') route.push('cache drops');
        else if (type === 'hop' && extra === 0) route.push(`${tier(node)}>${tier(to)} ${message}`);
        else if (type === 'hop') route.push(`${tier(to)}<${tier(node)} ${isRefusal ? 'no' : 'ok'}`);
      });
    act(run);
    settle(run);
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
  ],
};

describe.each(Object.entries(ROUTES))('%s', (policy, routes) => {
  it.each(routes.map(([acts, differences, route]) => ({ acts, differences, route })))(
    'goes: $route',
    ({ acts, differences, route }) => {
      expect(routeOf({ policy, ...differences }, ...acts)).toBe(route);
    },
  );
});
