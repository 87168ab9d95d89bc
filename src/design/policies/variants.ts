/**
 * Tables that no document names: look-aside with its PUT in another order, as it is often written by mistake. Every
 * order of their messages can be explored, which is what they are here for; no run is made of them.
 */
import { lookAside } from './look-aside.ts';
import type { PolicyTable, Routine } from './table.ts';

/** The entry goes before the store is written: whoever misses in between fills the old value, and is not even late. */
const deleteFirst: Routine = {
  delete: {
    do: 'call',
    to: 'cache',
    message: 'invalidate',
    within: 'cache.timeout',
    ok: 'writeStore',
    timeout: 'writeStore',
  },
  writeStore: { do: 'call', to: 'store', message: 'put', ok: 'answer', refused: 'refuse' },
  answer: { do: 'reply', with: 'ok' },
  refuse: { do: 'reply', with: 'refused' },
};

/** And goes once more afterwards. A fill that comes after that, too, is as bad as before. */
const doubleDelete: Routine = {
  ...deleteFirst,
  writeStore: { do: 'call', to: 'store', message: 'put', ok: 'deleteAgain', refused: 'refuse' },
  deleteAgain: { do: 'send', to: 'cache', message: 'invalidate', then: 'answer' },
};

/** What every variant stands in the place of. */
export const VARIANT_OF = 'look-aside';

export const VARIANTS = {
  'delete-first': { ...lookAside, app: { ...lookAside.app, put: deleteFirst } },
  'double-delete': { ...lookAside, app: { ...lookAside.app, put: doubleDelete } },
} as const satisfies Readonly<Record<string, PolicyTable>>;

export type Variant = keyof typeof VARIANTS;

/** Whether a name is that of a table here. */
export function isVariant(name: string): name is Variant {
  return Object.hasOwn(VARIANTS, name);
}
