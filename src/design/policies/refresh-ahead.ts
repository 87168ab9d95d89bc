/** Write-through, and an entry that is read near the end of its life is reloaded before it ends. */
import { cacheReadsThrough } from './routines.ts';
import type { PolicyTable } from './table.ts';
import { writeThrough } from './write-through.ts';

export const refreshAhead: PolicyTable = {
  app: writeThrough.app,
  cache: {
    ...writeThrough.cache,
    get: {
      ...cacheReadsThrough,
      lookUp: { do: 'lookup', hit: 'answer', miss: 'join', due: 'reload' },
      reload: { do: 'send', to: 'self', message: 'fill', then: 'answer' },
    },
    // Nobody waits for it, and there is one of a key at a time.
    fill: {
      join: { do: 'join', lead: 'readStore', landed: 'done' },
      readStore: { do: 'call', to: 'store', message: 'get', ok: 'queueFill' },
      queueFill: { do: 'serve', then: 'fill' },
      fill: { do: 'apply', then: 'land' },
      land: { do: 'land', then: 'done' },
      done: { do: 'end' },
    },
  },
};
