/** The cache stands in the write path: the app sends the PUT to the key's cache node, which forwards it to the shard. */
import { appReadsThrough, cacheInvalidates, cacheReadsThrough } from './routines.ts';
import type { PolicyTable } from './table.ts';

export const writeThrough: PolicyTable = {
  app: {
    put: {
      writeCache: {
        do: 'call',
        to: 'cache',
        message: 'put',
        within: 'cache.timeout',
        ok: 'answer',
        refused: 'refuse',
        timeout: 'onTimeout',
      },
      onTimeout: {
        do: 'choose',
        by: 'cache.onTimeout',
        cases: { 'db+invalidate': 'writeStoreThenInvalidate', db: 'writeStore', fail: 'giveUp' },
      },
      writeStoreThenInvalidate: {
        do: 'call',
        to: 'store',
        message: 'put',
        ok: 'invalidate',
        refused: 'refuse',
      },
      invalidate: { do: 'send', to: 'cache', message: 'invalidate', then: 'answer' },
      writeStore: { do: 'call', to: 'store', message: 'put', ok: 'answer', refused: 'refuse' },
      answer: { do: 'reply', with: 'ok' },
      refuse: { do: 'reply', with: 'refused' },
      giveUp: { do: 'reply', with: 'gaveUp' },
    },
    get: appReadsThrough,
  },
  cache: {
    put: {
      order: {
        do: 'choose',
        by: 'cache.order',
        cases: { 'cache-first': 'applyFirst', 'store-first': 'forward' },
      },
      applyFirst: { do: 'apply', then: 'forwardApplied' },
      forwardApplied: { do: 'call', to: 'store', message: 'put', ok: 'answer', refused: 'undo' },
      undo: { do: 'remove', then: 'refuse' },
      forward: { do: 'call', to: 'store', message: 'put', ok: 'applyLast', refused: 'refuse' },
      applyLast: { do: 'apply', then: 'answer' },
      answer: { do: 'reply', with: 'ok' },
      refuse: { do: 'reply', with: 'refused' },
    },
    get: cacheReadsThrough,
    invalidate: cacheInvalidates,
  },
};
