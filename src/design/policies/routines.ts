/** Routines that more than one policy uses, written once. */
import type { Routine } from './table.ts';

/** A read whose call to the cache took too long, from there on: the app reads the store, and fills nothing. */
const pastTheCache: Routine = {
  onTimeout: {
    do: 'choose',
    by: 'cache.onTimeout',
    cases: { 'db+invalidate': 'readStore', db: 'readStore', fail: 'giveUp' },
  },
  readStore: { do: 'call', to: 'store', message: 'get', ok: 'answer' },
  answer: { do: 'reply', with: 'ok' },
  giveUp: { do: 'reply', with: 'gaveUp' },
};

/** The app asks the cache, which fills what it misses by itself. */
export const appReadsThrough: Routine = {
  askCache: {
    do: 'call',
    to: 'cache',
    message: 'get',
    within: 'cache.timeout',
    ok: 'answer',
    timeout: 'onTimeout',
  },
  ...pastTheCache,
};

/** The app asks the cache; a miss is its own to fill, without waiting for it. */
export const appReadsAside: Routine = {
  askCache: {
    do: 'call',
    to: 'cache',
    message: 'get',
    within: 'cache.timeout',
    ok: 'answer',
    miss: 'join',
    timeout: 'onTimeout',
  },
  join: { do: 'join', by: 'cache.singleFlight', lead: 'readAndFill', landed: 'answer' },
  readAndFill: { do: 'call', to: 'store', message: 'get', ok: 'land' },
  land: { do: 'land', by: 'cache.singleFlight', then: 'fill' },
  fill: { do: 'send', to: 'cache', message: 'fill', then: 'answer' },
  ...pastTheCache,
};

/** Without a cache in between. */
export const appReadsStore: Routine = {
  readStore: { do: 'call', to: 'store', message: 'get', ok: 'answer' },
  answer: { do: 'reply', with: 'ok' },
};

/** Past the cache, which hears nothing of it. */
export const appWritesStore: Routine = {
  writeStore: { do: 'call', to: 'store', message: 'put', ok: 'answer', refused: 'refuse' },
  answer: { do: 'reply', with: 'ok' },
  refuse: { do: 'reply', with: 'refused' },
};

/** A hit is answered; a miss is refilled from the store, and the refill costs the node a write. */
export const cacheReadsThrough: Routine = {
  lookUp: { do: 'lookup', hit: 'answer', miss: 'join' },
  join: { do: 'join', by: 'cache.singleFlight', lead: 'readStore', landed: 'answer' },
  readStore: { do: 'call', to: 'store', message: 'get', ok: 'queueFill' },
  queueFill: { do: 'serve', then: 'fill' },
  fill: { do: 'apply', then: 'land' },
  land: { do: 'land', by: 'cache.singleFlight', then: 'answer' },
  answer: { do: 'reply', with: 'ok' },
};

/** A hit is answered; a miss is said, and the app's to fill. */
export const cacheReadsAside: Routine = {
  lookUp: { do: 'lookup', hit: 'answer', miss: 'miss' },
  answer: { do: 'reply', with: 'ok' },
  miss: { do: 'reply', with: 'miss' },
};

/** An invalidation is answered for the one who waits; where nobody does, the answer goes nowhere. */
export const cacheInvalidates: Routine = {
  drop: { do: 'invalidate', then: 'answer' },
  answer: { do: 'reply', with: 'ok' },
};

/** What the app sends after a miss of its own. Nobody waits for it. */
export const cacheFills: Routine = {
  fill: { do: 'apply', then: 'done' },
  done: { do: 'end' },
};
