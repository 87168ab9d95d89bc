/** What the policies send whom whose cache stands beside the path, or that have none, from first message to last answer. */
import { describe, expect, it } from 'vitest';
import type { Variant } from '../../src/design/policies/variants.ts';
import {
  HIT,
  aWorld,
  afterNineSeconds,
  both,
  get,
  put,
  refuse,
  routeOf,
  describeRoutes,
  slow,
  type Route,
} from '../support/routes.ts';

const ROUTES: Readonly<Record<string, readonly Route[]>> = {
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
    [[get, get], {}, HIT],
    [[put, get], {}, HIT],
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
    [[get, afterNineSeconds, get], {}, HIT],
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
    [[get, get], {}, HIT],
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
    [[get, afterNineSeconds, get], {}, HIT],
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

describeRoutes(ROUTES);

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
