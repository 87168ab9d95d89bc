/**
 * World: everything that a run consists of at one instant, and nothing else. All of it is data that `persist`
 * names; the actors are functions over it. It never reads a clock and never schedules by itself.
 */
import type { Design } from '../design/design.ts';
import { LINKS } from '../design/nodes.ts';
import { cacheNodeOf, shardOf } from '../design/placement.ts';
import { Cache } from './cache.ts';
import { Calls } from './calls.ts';
import type { Persistent } from './kernel/archive.ts';
import { Digest } from './kernel/digest.ts';
import { KeyIndex } from './kernel/maps.ts';
import { Samplers, type Sampler } from './kernel/sampler.ts';
import { Streams } from './kernel/streams.ts';
import { Wheel } from './kernel/wheel.ts';
import { Zipf } from './kernel/zipf.ts';
import { Network, REPLICATION } from './network.ts';
import { Nodes } from './nodes.ts';
import { Operations } from './operations.ts';
import { Oracle } from './oracle.ts';
import { compile, type Program } from './program.ts';
import { Recorder } from './recorder.ts';
import { Series } from './series.ts';
import { S_LAST_FAULT, S_LEADER, SHARD, Store } from './store.ts';
import { Arrivals } from './arrivals.ts';
import { FaultState } from './faults.ts';

/** What an event asks for. The order is part of the digest. */
export const Event = {
  arrive: 1, // a request reaches its node
  served: 2, // a service ends
  answer: 3, // an answer reaches the caller
  callTimeout: 4,
  clientTimeout: 5,
  nextPut: 6,
  nextGet: 7,
  readBack: 8,
  acknowledged: 9, // a durable copy is reported to the leader
  resend: 10,
  expire: 11,
  elect: 12,
  hearTerm: 13,
  caughtUp: 14,
} as const;

/** Random streams, one a concern, so that no change of one disturbs the others. */
export const Stream = {
  putArrivals: 0,
  getArrivals: 1,
  putKeys: 2,
  getKeys: 3,
  putSessions: 4,
  getSessions: 5,
  putRouting: 6,
  getRouting: 7,
  readBackChoice: 8,
  readBackRouting: 9,
  replicaChoice: 10,
  faults: 11,
  links: 12,
  nodes: 12 + LINKS.length,
} as const;

export class World {
  readonly design: Design;
  readonly program: Program;
  readonly wheel = new Wheel();
  readonly streams: Streams;
  readonly zipf: Zipf;
  readonly putGap: Sampler;
  readonly getGap: Sampler;
  readonly calls = new Calls();
  readonly operations = new Operations();
  readonly arrivals = new Arrivals();
  readonly keys = new KeyIndex();
  readonly nodes: Nodes;
  readonly network: Network;
  readonly cache: Cache;
  readonly store: Store;
  readonly oracle = new Oracle();
  readonly series: Series;
  readonly faults: FaultState;
  readonly digest = new Digest();
  readonly recorder: Recorder;
  /** Limits on calls to a cache node, microseconds; 0: none. */
  readonly cacheTimeout: number;
  readonly fenced: boolean;
  events = 0;
  /** Size of the oracle's memory of reads at which it is swept. */
  sweepAt = 65_536;
  /** By slot, derived from the key: its cache node and its shard, from 0. */
  private cacheNodes = new Uint8Array(1024);
  private shards = new Uint8Array(1024);
  private placed = 0;

  constructor(design: Design) {
    this.design = design;
    this.program = compile(design);
    const samplers = new Samplers();
    this.nodes = new Nodes(design, samplers);
    this.streams = new Streams(design.seed, Stream.nodes + this.nodes.count);
    this.zipf = new Zipf(design.workload.keys, design.workload.skew);
    this.putGap = samplers.of({ kind: 'exp', mean: 1e6 / Math.max(design.workload.puts, 1e-9) });
    this.getGap = samplers.of({ kind: 'exp', mean: 1e6 / Math.max(design.workload.gets, 1e-9) });
    this.network = new Network(design, this.nodes, samplers, Stream.links);
    this.cache = new Cache(design, this.nodes.cacheNodes);
    this.store = new Store(design);
    this.series = new Series(design, this.nodes.count);
    this.faults = new FaultState(design);
    this.recorder = new Recorder(this);
    this.cacheTimeout = design.cache.timeout === 'off' ? 0 : design.cache.timeout;
    this.fenced = design.cache.fencing !== 'none';
  }

  /** The parts that a checkpoint holds. */
  parts(): Record<string, Persistent> {
    const {
      wheel,
      streams,
      calls,
      operations,
      arrivals,
      keys,
      nodes,
      network,
      cache,
      store,
      oracle,
      series,
      faults,
      digest,
    } = this;
    const self: Persistent = {
      persist: (archive) => {
        this.events = archive.number('events', this.events);
        this.sweepAt = archive.number('sweepAt', this.sweepAt);
      },
    };
    return {
      self,
      wheel,
      streams,
      calls,
      operations,
      arrivals,
      keys,
      nodes,
      network,
      cache,
      store,
      oracle,
      series,
      faults,
      digest,
    };
  }

  /** The dense slot of a key, with room for it everywhere. */
  slotOf(rank: number): number {
    const slot = this.keys.slotOf(rank);
    if (slot >= this.placed) {
      this.cache.touch(slot);
      this.store.touch(slot);
      this.oracle.touch(slot);
      this.place();
    }
    return slot;
  }

  cacheNodeOf(slot: number): number {
    return this.nodes.firstCache + this.cacheNodes[slot]!;
  }

  shardOf(slot: number): number {
    return this.shards[slot]!;
  }

  /** The replica that senders take for the shard's leader. */
  leaderNode(shard: number): number {
    return this.replicaNode(shard, this.store.shard[shard * SHARD + S_LEADER]!);
  }

  /** When the fault began that last took away the leader of the key's shard, or now. */
  lastFaultOf(slot: number): number {
    return this.store.shard[this.shards[slot]! * SHARD + S_LAST_FAULT]!;
  }

  /** One-way delay of a message between replicas that leaves now. */
  replicationDelay(from: number, to: number): number {
    return this.network.delay(REPLICATION, from, to, this.streams);
  }

  replicaNode(shard: number, replica: number): number {
    return this.nodes.firstStore + shard * this.store.rf + replica;
  }

  /** Derives where the keys live that have no place yet; after a restore, all of them. */
  place(): void {
    const { keys, cache: cacheKeys } = { keys: this.keys, cache: Math.max(1, this.nodes.cacheNodes) };
    if (this.placed > keys.size) this.placed = 0;
    if (keys.size > this.cacheNodes.length) {
      this.cacheNodes = widened(this.cacheNodes, keys.size);
      this.shards = widened(this.shards, keys.size);
    }
    for (; this.placed < keys.size; this.placed++) {
      const rank = keys.keyOf(this.placed);
      this.cacheNodes[this.placed] = cacheNodeOf(rank, cacheKeys) - 1;
      this.shards[this.placed] = shardOf(rank, this.store.shards) - 1;
    }
  }
}

function widened(array: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(length, array.length * 2));
  larger.set(array);
  return larger;
}
