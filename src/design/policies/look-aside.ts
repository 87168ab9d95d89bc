/** The cache stands beside the path: the app writes the store, then deletes from the cache, and fills what it misses. */
import { appReadsAside, cacheFills, cacheInvalidates, cacheReadsAside } from './routines.ts';
import type { PolicyTable } from './table.ts';

export const lookAside: PolicyTable = {
  app: {
    put: {
      writeStore: { do: 'call', to: 'store', message: 'put', ok: 'delete', refused: 'refuse' },
      // A delete that takes too long is not waited for: the PUT is durable and is acknowledged.
      delete: {
        do: 'call',
        to: 'cache',
        message: 'invalidate',
        within: 'cache.timeout',
        ok: 'answer',
        timeout: 'answer',
      },
      answer: { do: 'reply', with: 'ok' },
      refuse: { do: 'reply', with: 'refused' },
    },
    get: appReadsAside,
  },
  cache: { get: cacheReadsAside, invalidate: cacheInvalidates, fill: cacheFills },
};
