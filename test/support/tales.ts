/**
 * What a small system does with a few operations, told line by line: one shard, one key, every duration known, so that
 * each instant can be worked out by hand.
 */
import { nodesOf } from '../../src/design/nodes.ts';
import { startGet, startPut } from '../../src/engine/actors/clients.ts';
import { OpKind } from '../../src/engine/operations.ts';
import { Run } from '../../src/engine/run.ts';
import { aDesign } from './designs.ts';
import { listenTo, type Line } from './judge/watch.ts';

export type Differences = Readonly<Record<string, string | readonly string[]>>;

/** At so many milliseconds the session begins this at app node 1, or at the one that is named. */
export type Act = readonly [ms: number, what: 'put' | 'get', app?: number];

/**
 * No cache, and nobody asks by himself. 1 ms at the app, 1 ms from there to the store, 2 ms between replicas; 4 ms to write
 * and 3 ms to read.
 */
export const SMALL_STORE: Differences = {
  policy: 'db-only',
  duration: '2s',
  'workload.puts': '0/s',
  'workload.gets': '0/s',
  'client.timeout': '1s',
  'app.nodes': '2',
  'app.service': 'const:1ms',
  'store.shards': '1',
  'store.rf': '3',
  'store.w': '2',
  'store.readFrom': 'leader',
  'store.read': 'const:3ms',
  'store.write': 'const:4ms',
  'store.failover': '100ms',
  'network.clientApp': 'const:0ms',
  'network.appStore': 'const:1ms',
  'network.replication': 'const:2ms',
  'network.crossZone': 'const:0ms',
};

/** The same behind one cache node, 1 ms away from both, which takes 1 ms for whatever it does. */
export const SMALL_CACHE: Differences = {
  'cache.nodes': '1',
  'cache.read': 'const:1ms',
  'cache.write': 'const:1ms',
  'network.appCache': 'const:1ms',
  'network.cacheStore': 'const:1ms',
};

const ENDINGS = ['ok', 'refused', 'unknown'];

export interface Tale {
  readonly run: Run;
  /** One line an instant: `8 ms: replica-2 has 1, replica-3 has 1`. */
  readonly lines: readonly string[];
  /** How many messages of each kind left a node, requests and answers together. */
  readonly messages: Readonly<Record<string, number>>;
  /** Of the key's versions in order: those that are lost. */
  readonly lost: readonly number[];
}

/** Plays the acts and lets everything happen up to `until` milliseconds. */
export function taleOf(differences: Differences, acts: readonly Act[], until = 1900): Tale {
  const run = Run.start(aDesign({ ...SMALL_STORE, ...differences }));
  const { world } = run;
  const slot = world.slotOf(0);
  const instants = new Map<number, string[]>();
  const messages: Record<string, number> = {};
  listenTo(world, (line) => {
    if (line.type === 'hop') messages[line.message ?? ''] = (messages[line.message ?? ''] ?? 0) + 1;
    const told = wordsOf(run, line);
    if (told !== undefined) instants.set(line.time, [...(instants.get(line.time) ?? []), told]);
  });
  for (const [ms, what, app = 1] of acts) {
    run.advance(ms * 1000);
    world.wheel.moveTo(ms * 1000);
    const node = world.nodes.firstApp + app - 1;
    if (what === 'put') startPut(world, 1, slot, false, node);
    else startGet(world, OpKind.get, 1, slot, node);
  }
  run.advance(until * 1000);
  const { oracle } = world;
  const versions = Array.from({ length: oracle.writeCount }, (_, write) => write);
  const lost = versions.filter((write) => write > 0 && oracle.isLost(write));
  const lines = Array.from(instants, ([time, told]) => `${time / 1000} ms: ${told.join(', ')}`);
  return { run, lines, messages, lost };
}

/** What is told of a line of the history; nothing of queues, services and steps. */
function wordsOf(run: Run, { type, node, version, extra }: Line): string | undefined {
  const name = nodesOf(run.design)[node]?.name.replace('shard-1.', '') ?? '';
  switch (type) {
    case 'durable':
      return `${name} has ${version}`;
    case 'commit':
      return `${name} commits ${version}`;
    case 'expose':
      return `${name} shows ${version}`;
    case 'apply':
      return `${name} holds ${version}`;
    case 'remove':
    case 'expire':
    case 'evict':
      return `${name} drops it`;
    case 'refuse':
      return `${name} refuses ${version}`;
    case 'elected':
      return `${name} leads term ${extra}`;
    case 'endOperation':
      return `client ${version} ${ENDINGS[extra] ?? ''}`;
    default:
      return undefined;
  }
}
