/** What the policies send whom whose cache stands in the path, from the client’s first message to the last answer. */
import {
  HIT,
  afterNineSeconds,
  both,
  get,
  put,
  refuse,
  describeRoutes,
  slow,
  type Route,
} from '../support/routes.ts';

/** A GET that misses, and is filled by its cache node. */
const FILL =
  'client>app get, app>cache get, cache>store get, cache<store ok, cache holds, app<cache ok, client<app ok';
/** A GET that a slow cache node keeps waiting: its app asks the store, or gives up; the cache node goes on all the same. */
const PAST_THE_CACHE =
  'client>app get, app>cache get, app>store get, app<store ok, client<app ok, cache>store get, cache<store ok, cache holds, app<cache ok';
const GIVEN_UP =
  'client>app get, app>cache get, client<app no, cache>store get, cache<store ok, cache holds, app<cache ok';

const ROUTES: Readonly<Record<string, readonly Route[]>> = {
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
    [[get], {}, FILL],
    [[get, get], {}, HIT],
    [[put, get], {}, HIT],
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
    [[slow, get], {}, PAST_THE_CACHE],
    [[slow, get], { 'cache.onTimeout': 'fail' }, GIVEN_UP],
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
    [[get, afterNineSeconds, get], {}, HIT],
    [
      [both(get, get)],
      { 'cache.singleFlight': 'true' },
      'client>app get, client>app get, app>cache get, app>cache get, cache>store get, cache<store ok, cache holds, app<cache ok, app<cache ok, client<app ok, client<app ok',
    ],
  ],
  'write-around': [
    [[put], {}, 'client>app put, app>store put, app<store ok, client<app ok'],
    [[get], {}, FILL],
    [[get, get], {}, HIT],
    [[put, get], {}, FILL],
    [[slow, put], {}, 'client>app put, app>store put, app<store ok, client<app ok'],
    [[slow, get], {}, PAST_THE_CACHE],
    [[slow, get], { 'cache.onTimeout': 'fail' }, GIVEN_UP],
    [[refuse, put], {}, 'client>app put, app>store put, app<store no, client<app no'],
    [[refuse, slow, put], {}, 'client>app put, app>store put, app<store no, client<app no'],
    [[get, afterNineSeconds, get], {}, HIT],
  ],
  'write-behind': [
    [
      [put],
      {},
      'client>app put, app>cache put, cache holds, app<cache ok, client<app ok, cache>store put, cache<store ok',
    ],
    [[get], {}, FILL],
    [[get, get], {}, HIT],
    [[put, get], {}, HIT],
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
    [[slow, get], {}, PAST_THE_CACHE],
    [[slow, get], { 'cache.onTimeout': 'fail' }, GIVEN_UP],
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
    [[get, afterNineSeconds, get], {}, HIT],
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
};

describeRoutes(ROUTES);
