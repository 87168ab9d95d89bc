/** What play can stop at, in words. */
import type { Stop } from '../../replay/stops.ts';

export const STOP_WORDS: Readonly<Record<Stop, { readonly label: string; readonly help: string }>> = {
  timeout: { label: 'first timeout', help: 'Somebody stops waiting: an app for a cache node, or a client.' },
  staleRead: {
    label: 'first stale read',
    help: 'A read returns what a committed write had replaced before it began.',
  },
  failover: { label: 'first failover', help: 'A shard elects another leader.' },
};
