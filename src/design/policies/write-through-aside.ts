/** The app writes both: the store, then the cache beside it. A miss is its own to fill. */
import { appReadsAside, cacheFills, cacheInvalidates, cacheReadsAside } from './routines.ts';
import type { PolicyTable } from './table.ts';

export const writeThroughAside: PolicyTable = {
  app: {
    put: {
      writeStore: { do: 'call', to: 'store', message: 'put', ok: 'set', refused: 'refuse' },
      set: {
        do: 'call',
        to: 'cache',
        message: 'put',
        within: 'cache.timeout',
        ok: 'answer',
        timeout: 'onTimeout',
      },
      // The PUT is durable by now. What the late set may leave behind is what there is to choose.
      onTimeout: {
        do: 'choose',
        by: 'cache.onTimeout',
        cases: { 'db+invalidate': 'invalidate', db: 'answer', fail: 'giveUp' },
      },
      invalidate: { do: 'send', to: 'cache', message: 'invalidate', then: 'answer' },
      answer: { do: 'reply', with: 'ok' },
      refuse: { do: 'reply', with: 'refused' },
      giveUp: { do: 'reply', with: 'gaveUp' },
    },
    get: appReadsAside,
  },
  cache: {
    put: {
      apply: { do: 'apply', then: 'answer' },
      answer: { do: 'reply', with: 'ok' },
    },
    get: cacheReadsAside,
    invalidate: cacheInvalidates,
    fill: cacheFills,
  },
};
