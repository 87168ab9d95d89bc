/** What too much at once does: many who ask for the same, and those who ask again. */
import type { Anomaly } from './anomaly.ts';
import { CONTENDED } from './contended.ts';

export const OF_LOAD: readonly Anomaly[] = [
  {
    key: 'stampede',
    title: 'Stampede',
    sentence:
      'A key that everybody reads expires, and all who miss it before the first fill ask the store at once.',
    remedy: 'Single flight: one load of a key at a time, and the others wait for it.',
    shownBy: {
      ...CONTENDED,
      'workload.puts': '0/s',
      'workload.gets': '3000/s',
      'workload.keys': '1',
      'cache.ttl': '300ms',
      'store.read': 'const:20ms',
      fault: 'cache-1:flush@1.5s',
    },
    removedBy: { 'cache.singleFlight': 'true' },
    measure: 'store.reads',
    atLeast: 200,
    // One load as each of at most ten lives of 300 ms begins, and one after the flush.
    atMost: 11,
  },
  {
    key: 'hot-key',
    title: 'A hot key',
    sentence:
      'For a second most of the traffic asks for one key, and its shard queues while the others stand idle.',
    remedy: 'A cache in front: the hotter a key, the better it is held.',
    shownBy: {
      duration: '3s',
      policy: 'db-only',
      'workload.puts': '0/s',
      'workload.gets': '4000/s',
      'store.readFrom': 'leader',
      'store.read': 'const:1ms',
      'store.concurrency': '3',
      fault: 'workload:hotkey:80%@1s-2s',
    },
    removedBy: { policy: 'look-aside' },
    measure: 'faults.0.recoveredAfterMs',
    atLeast: 1000,
    atMost: 0,
  },
  {
    key: 'metastable-retries',
    title: 'A retry storm that outlives its trigger',
    sentence:
      'A node stands still for a second; everybody in its queue has given up and tries again, and so keeps it full for good.',
    remedy: 'A retry budget: retries are a tenth of first attempts at the most, and the queue drains.',
    shownBy: {
      duration: '10s',
      policy: 'db-only',
      'workload.puts': '0/s',
      'workload.gets': '600/s',
      'app.nodes': '1',
      'app.concurrency': '1',
      'app.service': 'const:1ms',
      'client.timeout': '100ms',
      'client.retries': '3',
      'client.retryBudget': 'off',
      'client.backoff': 'const:10ms',
      fault: 'app-1:pause@1s-2s',
    },
    removedBy: { 'client.retryBudget': '10%' },
    measure: 'faults.0.recoveredAfterMs',
    // Never; and with the budget it is mended long before the end.
    atLeast: 9000,
    atMost: 5000,
  },
];
