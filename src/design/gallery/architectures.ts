/** Architectures that one meets: each a few keys away from the seed, and chosen to be compared with it. */
import { entry, type GalleryEntry } from './entry.ts';

export const ARCHITECTURES: readonly GalleryEntry[] = [
  entry(
    'quorum-look-aside',
    'Look-aside before quorum shards',
    'Writes delete from the cache, misses are filled from what a majority of the replicas knows, entries live 5 s.',
    { policy: 'look-aside', 'store.readFrom': 'quorum', 'cache.ttl': '5s' },
  ),
  entry(
    'minimal-kv',
    'Minimal key-value store',
    'One app node, one replica, no cache: the least that keeps a value, and what it costs to lean on it alone.',
    {
      policy: 'db-only',
      'workload.puts': '250/s',
      'workload.gets': '2500/s',
      'app.nodes': '1',
      'store.shards': '1',
      'store.rf': '1',
      'store.w': '1',
      'store.readFrom': 'leader',
      zones: '1',
    },
  ),
  entry(
    'cache-in-each-zone',
    'A cache node in each zone',
    'Three app and three cache nodes over three zones: two of three calls to the cache cross a zone.',
    { 'app.nodes': '3', 'cache.nodes': '3' },
  ),
  entry(
    'big-and-big',
    'Big database, big cache',
    'Twice the traffic over ten times the keys, with eight shards of large machines behind four large cache nodes.',
    {
      duration: '30s',
      'workload.puts': '5000/s',
      'workload.gets': '50000/s',
      'workload.keys': '10000000',
      'app.nodes': '8',
      'cache.node': 'cache.2xlarge',
      'cache.nodes': '4',
      'store.shards': '8',
      'store.node': 'db.xlarge',
      'store.disk': '1TiB',
    },
  ),
  entry(
    'ttl-2-around',
    'In line to read, around to write',
    'Reads go through the cache, writes around it, and nothing but a TTL of 2 s ever corrects an entry.',
    { policy: 'write-around', 'cache.ttl': '2s' },
  ),
];
