/** What several designs that show an anomaly have in common. */
import type { Differences } from './anomaly.ts';

/** Few keys, much read and written, on one cache node and one shard whose leader answers every read. */
export const CONTENDED: Differences = {
  duration: '3s',
  'workload.puts': '300/s',
  'workload.gets': '1500/s',
  'workload.keys': '10',
  'workload.sessions': '1',
  'cache.nodes': '1',
  'cache.timeout': 'off',
  'cache.ttl': 'off',
  'store.shards': '1',
  'store.readFrom': 'leader',
};
