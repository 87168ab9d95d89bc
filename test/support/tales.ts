/**
 * What a small system does with a few operations, told line by line: one key, every duration known, so that each instant
 * can be worked out by hand. The key is neither the first of its shard nor in the first shard, so that nothing can happen
 * to the wrong one and look right.
 */
import { assert } from '../../src/base/assert.ts';
import { nodesOf } from '../../src/design/nodes.ts';
import { OPERATION_ENDINGS, SYSTEM } from '../../src/design/readings.ts';
import { startGet, startPut } from '../../src/engine/actors/clients.ts';
import { OpKind } from '../../src/engine/operations.ts';
import { Run } from '../../src/engine/run.ts';
import { R_LEADS, R_TERM, REPLICA, S_LEADER, S_TERM } from '../../src/engine/store.ts';
import type { World } from '../../src/engine/world.ts';
import { aDesign } from './designs.ts';
import { flawsOf } from './invariants.ts';
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
  'store.shards': '2',
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

/** The shard of the tale, from 0; faults call it `shard-2`. */
export const TOLD = 1;

export interface Tale {
  readonly run: Run;
  /** Of the key. */
  readonly slot: number;
  /** By replica: the version that it shows in the end; 0: none. */
  readonly shown: readonly number[];
  /** Versions in the order in which they count as committed. */
  readonly committed: readonly number[];
  /** One line an instant: `8 ms: replica-2 has 1, replica-3 has 1`. */
  readonly lines: readonly string[];
  /** Reads and writes that replicas have served. */
  readonly served: { readonly reads: number; readonly writes: number };
  /** How many messages of each kind left a node, requests and answers together. */
  readonly messages: Readonly<Record<string, number>>;
  /** Of the key's versions in order: those that are lost. */
  readonly lost: readonly number[];
}

/** What is told of these acts, and of all that happens up to `until` milliseconds. */
export function taleOf(differences: Differences, acts: readonly Act[], until = 1900): Tale {
  const run = Run.start(aDesign({ ...SMALL_STORE, ...differences }));
  const { world } = run;
  const instants = new Map<number, string[]>();
  const messages: Record<string, number> = {};
  listenTo(world, (line) => {
    if (line.type === 'hop') messages[line.message ?? ''] = (messages[line.message ?? ''] ?? 0) + 1;
    const told = wordsOf(run, line);
    if (told !== undefined) instants.set(line.time, [...(instants.get(line.time) ?? []), told]);
  });
  const slot = play(run, acts, until);
  const flaws = flawsOf(world);
  assert(flaws.length === 0, flaws.join('; '));
  assert(isAtPeace(world), 'nothing happens to the other shard');
  const { oracle, store } = world;
  const commits = [...instants.values()].flat().filter((told) => told.includes(' commits ')).length;
  assert(store.writes === commits, `${commits} commits are counted, not ${store.writes}`);
  const served = { reads: totalOf(world, SYSTEM.storeReads), writes: totalOf(world, SYSTEM.storeWrites) };
  assert(store.reads === served.reads, 'every read is counted');
  assert(totalOf(world, SYSTEM.lostAckedWrites) === oracle.counts.lostAckedWrite, 'every loss is counted');
  assert(totalOf(world, SYSTEM.regressions) === oracle.counts.storeRegression, 'every regression is counted');
  const versions = Array.from({ length: oracle.writeCount - 1 }, (_, i) => i + 1);
  const shown = Array.from({ length: store.rf }, (_, replica) => store.shown(slot, replica));
  const committed = versions
    .filter((version) => oracle.isCommitted(version))
    .sort((a, b) => (oracle.committedBefore(a, b) ? -1 : 1));
  const lost = versions.filter((version) => oracle.isLost(version));
  const lines = Array.from(instants, ([time, told]) => `${time / 1000} ms: ${told.join(', ')}`);
  return { run, slot, shown, committed, served, lines, messages, lost };
}

/** Plays the acts and lets everything happen up to `until` milliseconds; returns the key's slot. */
function play(run: Run, acts: readonly Act[], until: number): number {
  const { world } = run;
  const slot = secondKeyOf(world);
  for (const [ms, what, app = 1] of acts) {
    run.advance(ms * 1000);
    world.wheel.moveTo(ms * 1000);
    const node = world.nodes.firstApp + app - 1;
    if (what === 'put') startPut(world, 1, slot, false, node);
    else startGet(world, OpKind.get, 1, slot, node);
  }
  run.advance(until * 1000);
  return slot;
}

/** Both shards have keys that nobody writes. */
function secondKeyOf(world: World): number {
  for (let key = 0, found = 0; ; key++) {
    const slot = world.slotOf(key);
    if (world.shardOf(slot) === TOLD && ++found === 2) return slot;
  }
}

function isAtPeace({ store, leaderless }: World): boolean {
  const leads = leaderless ? 0 : 1;
  const first = store.shard[S_LEADER] === 0 && store.shard[S_TERM] === 1 && store.replica[R_LEADS] === leads;
  const terms = Array.from({ length: store.rf }, (_, r) => store.replica[r * REPLICA + R_TERM]);
  return first && terms.every((term) => term === 1);
}

/** Of all buckets, the one under way among them. */
function totalOf({ series }: World, column: number): number {
  return (series.totals[column] ?? NaN) + (series.system[column] ?? NaN);
}

/** What is told of a line of the history; nothing of queues, services and steps. */
function wordsOf(run: Run, { type, node, version, extra }: Line): string | undefined {
  const name = nodesOf(run.design)[node]?.name.replace('shard-2.', '') ?? '';
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
      return `client ${version} ${OPERATION_ENDINGS[extra] ?? ''}`;
    default:
      return undefined;
  }
}
