/** What goes wrong in a replicated store by itself: between a write that was acknowledged and one that is safe. */
import type { Anomaly } from './anomaly.ts';
import { CONTENDED } from './contended.ts';

export const OF_STORES: readonly Anomaly[] = [
  {
    key: 'acked-loss',
    title: 'An acknowledged write is lost',
    sentence:
      'One durable copy is enough for the acknowledgement, and it dies with its leader before it was copied.',
    remedy: 'Two copies before the acknowledgement: whoever is elected has one of them.',
    shownBy: {
      ...CONTENDED,
      'store.w': '1',
      'store.failover': '300ms',
      fault: ['replication:delay:100ms@0s', 'shard-1.leader:crash@1s'],
    },
    removedBy: { 'store.w': '2' },
    measure: 'consistency.lostAckedWrites',
    atLeast: 1,
    atMost: 0,
  },
  {
    key: 'surfacing-write',
    title: 'A partial write surfaces',
    sentence:
      'A write reaches the leader and no quorum, its client gives up, and when the network heals it commits after all.',
    remedy: 'None removes it: a client that waits longer than the cut learns the fate of its write.',
    shownBy: {
      ...CONTENDED,
      policy: 'db-only',
      'client.timeout': '100ms',
      fault: 'replication:partition@1s-1.5s',
    },
    removedBy: { 'client.timeout': '5s' },
    measure: 'put.unknown',
    atLeast: 50,
    atMost: 0,
  },
  {
    key: 'failover-window',
    title: 'The failover window',
    sentence: 'A leader crashes, and until it is taken as dead its shard has no other and takes no writes.',
    remedy: 'A shorter failover narrows the window; nothing closes it.',
    shownBy: { ...CONTENDED, 'store.failover': '1s', fault: 'shard-1.leader:crash@1s' },
    removedBy: { 'store.failover': '100ms' },
    measure: 'store.byShard.0.unavailableMs',
    atLeast: 1000,
    atMost: 110,
  },
];
