/** The cache acknowledges a write and brings it to the store later; of several writes of a key, the last one. */
import { appReadsThrough, cacheInvalidates, cacheReadsThrough } from './routines.ts';
import type { PolicyTable } from './table.ts';
import { writeThrough } from './write-through.ts';

export const writeBehind: PolicyTable = {
  app: { put: writeThrough.app.put ?? {}, get: appReadsThrough },
  cache: {
    put: {
      apply: { do: 'apply', then: 'buffer' },
      buffer: { do: 'buffer', then: 'answer' },
      answer: { do: 'reply', with: 'ok' },
    },
    get: cacheReadsThrough,
    invalidate: cacheInvalidates,
    flush: {
      writeStore: {
        do: 'call',
        to: 'store',
        message: 'put',
        within: 'client.timeout',
        ok: 'clear',
        refused: 'again',
        timeout: 'writeStore',
      },
      again: { do: 'buffer', then: 'clear' },
      clear: { do: 'clear', then: 'done' },
      done: { do: 'end' },
    },
  },
};
