/**
 * World: everything that a run consists of at one instant, and nothing else. All of it is data that `persist`
 * names; the actors are functions over it. It never reads a clock and never schedules by itself.
 */
import type { Design } from '../design/design.ts';
import { LINKS } from '../design/nodes.ts';
import { cacheNodeOf, shardOf } from '../design/placement.ts';
import type { PolicyTable } from '../design/policies/table.ts';
import { Cache } from './cache.ts';
import { Calls } from './calls.ts';
import { K_CACHE_NODE, K_SHARD } from './columns.ts';
import type { Persistent } from './kernel/archive.ts';
import { Digest } from './kernel/digest.ts';
import { Draws } from './kernel/draws.ts';
import { KEY_SHIFT, KeyIndex } from './kernel/maps.ts';
import { Marks } from './kernel/marks.ts';
import { samplerOf, type Sampler } from './kernel/sampler.ts';
import { Streams } from './kernel/streams.ts';
import { Wheel } from './kernel/wheel.ts';
import { Zipf } from './kernel/zipf.ts';
import { FlushBuffer } from './flushBuffer.ts';
import { Flights } from './flights.ts';
import type { Camera } from './film.ts';
import { FIRST_ROUTE, Network, ROUTES } from './network.ts';
import { Nodes } from './nodes.ts';
import { Operations } from './operations.ts';
import { Oracle } from './oracle.ts';
import type { Probes } from './probes.ts';
import { compile, type Program } from './program.ts';
import type { Recorder } from './recorder.ts';
import { Retries } from './retries.ts';
import { keysTouched, writesBegun } from './room.ts';
import { Series } from './series.ts';
import { REPLICA, S_LAST_FAULT, S_LEADER, SHARD, Store } from './store.ts';
import { Arrivals } from './arrivals.ts';
import { FaultState } from './faults.ts';
import { Hints } from './hints.ts';
import type { Dist } from '../design/dist.ts';

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
  flushDue: 15,
  retry: 16,
  probe: 20,
} as const;

/** Random streams, one a concern, so that no change of one disturbs the others. */
export const Stream = {
  putKeys: 0,
  getKeys: 1,
  putSessions: 2,
  getSessions: 3,
  putRouting: 4,
  getRouting: 5,
  readBackChoice: 6,
  readBackRouting: 7,
  replicaChoice: 8,
  faults: 9,
  retries: 10,
  ttlJitter: 11,
  probes: 12,
  legs: 13, // of a leaderless store, by link
} as const;
/** And one a Tap from here on. */
export const FIRST_TAP = Stream.legs + LINKS.length;

/** Draws that are made ahead: gaps between arrivals, delays by route, and services by node, its reads and its writes. */
export const Tap = { putGap: 0, getGap: 1, routes: FIRST_ROUTE, services: FIRST_ROUTE + ROUTES } as const;

/** `cost` as in `actors/service.ts`: 0, or the flag of a write. */
export const serviceTap = (node: number, cost: number): number =>
  Tap.services + ((node & 0xffff) << 1) + (cost === 0 ? 0 : 1);

/** Whether the run has ended, and how. */
export const Over = { no: 0, drained: 1, tooManyMessages: 2, tooManyEvents: 3 } as const;

/** Takes the place of time and chance where what comes next is chosen (`orders/`). */
export interface Drive {
  readonly wheel: Wheel;
  readonly streams: Streams;
  /** Where versions fence, if they do: at every tier, or at the store alone. */
  readonly fenceAt: 'both' | 'store';
  /** In the place of the policy's table. */
  readonly table: PolicyTable | undefined;
}

export class World {
  readonly design: Design;
  readonly program: Program;
  readonly wheel: Wheel;
  readonly streams: Streams;
  /** What is drawn again and again, by Tap. */
  readonly draws: Draws;
  readonly zipf: Zipf;
  readonly putGap: Sampler;
  readonly getGap: Sampler;
  readonly backoff: Sampler;
  readonly calls = new Calls();
  readonly operations = new Operations();
  readonly arrivals = new Arrivals();
  readonly retries: Retries;
  readonly keys: KeyIndex;
  readonly nodes: Nodes;
  readonly network: Network;
  readonly cache: Cache;
  readonly flights = new Flights();
  readonly buffered = new FlushBuffer();
  readonly store: Store;
  readonly hints: Hints;
  readonly oracle: Oracle;
  readonly series: Series;
  readonly faults: FaultState;
  readonly digest = new Digest();
  /** Of keys, by slot, for whoever looks at all of them. */
  readonly marks = new Marks();
  /** Writes down what happens while somebody looks closely. */
  recorder: Recorder | undefined = undefined;
  /** Writes the run's film, if it has one. */
  camera: Camera | undefined = undefined;
  /** Limits on calls to a cache node, microseconds; 0: none. */
  readonly cacheTimeout: number;
  /** Versions turn away older ones: at all, and at the cache. */
  readonly fenced: boolean;
  readonly cacheFenced: boolean;
  /** A fill needs the lease that its miss was given. */
  readonly leased: boolean;
  /** Leases are kept: fills need them, or a miss must know which loads began before the last write. */
  readonly leases: boolean;
  /** Every replica takes writes, and whoever calls the store coordinates. */
  readonly leaderless: boolean;
  /** Reads of the store, and without leaders its writes too, ask all replicas of a shard. */
  readonly gathers: boolean;
  over: number = Over.no;
  /** Of a run that is asked about freshness. */
  probes: Probes | undefined = undefined;
  /** Size of the oracle's memory of reads at which it is swept. */
  sweepAt = 8_192;

  constructor(design: Design, drive?: Drive) {
    this.design = design;
    this.keys = new KeyIndex(drive === undefined ? keysTouched(design) : 1);
    this.wheel = drive?.wheel ?? new Wheel();
    this.program = compile(design, drive?.table);
    this.nodes = new Nodes(design);
    this.network = new Network(design, this.nodes, Stream.legs);
    this.putGap = samplerOf(gapOf(design, design.workload.puts));
    this.getGap = samplerOf(gapOf(design, design.workload.gets));
    const taps = [[this.putGap], [this.getGap], ...this.network.delays, ...this.nodes.services];
    this.streams = drive?.streams ?? new Streams(design.seed, FIRST_TAP + taps.length);
    this.draws = new Draws(this.streams, FIRST_TAP, taps);
    this.zipf = new Zipf(design.workload.keys, design.workload.skew);
    this.backoff = samplerOf(design.client.backoff);
    this.retries = new Retries(design.client);
    this.cache = new Cache(design, this.keys, this.nodes.cacheNodes);
    this.store = new Store(design, this.keys);
    this.hints = new Hints(design, this.nodes);
    this.series = new Series(design, this.nodes.count);
    this.faults = new FaultState(design);
    this.cacheTimeout = design.cache.timeout === 'off' ? 0 : design.cache.timeout;
    this.fenced = design.cache.fencing === 'version';
    this.leased = design.cache.fencing === 'lease';
    this.leases = this.leased || design.cache.singleFlight;
    this.cacheFenced = this.fenced && drive?.fenceAt !== 'store';
    this.leaderless = design.store.mode === 'leaderless';
    const writes = drive === undefined ? writesBegun(design) : 0;
    this.oracle = new Oracle(this.keys, this.fenced || this.leaderless, writes);
    this.gathers = this.leaderless || design.store.readFrom === 'quorum';
  }

  /** Dealt with so far. */
  get events(): number {
    return this.digest.events;
  }

  /** The parts that a checkpoint holds. */
  parts(): Record<string, Persistent> {
    const self: Persistent = {
      persist: (archive) => {
        this.sweepAt = archive.number('sweepAt', this.sweepAt);
        this.over = archive.number('over', this.over);
      },
    };
    return {
      self,
      wheel: this.wheel,
      streams: this.streams,
      draws: this.draws,
      calls: this.calls,
      operations: this.operations,
      arrivals: this.arrivals,
      retries: this.retries,
      keys: this.keys,
      nodes: this.nodes,
      network: this.network,
      cache: this.cache,
      flights: this.flights,
      buffered: this.buffered,
      store: this.store,
      hints: this.hints,
      oracle: this.oracle,
      series: this.series,
      faults: this.faults,
      digest: this.digest,
      ...(this.probes === undefined ? {} : { probes: this.probes }),
    };
  }

  /** The dense slot of a key, placed and with room for it everywhere. */
  slotOf(rank: number): number {
    const known = this.keys.size;
    const slot = this.keys.slotOf(rank);
    if (slot === known) {
      this.store.touch(slot);
      const row = slot << KEY_SHIFT;
      const nodes = Math.max(1, this.nodes.cacheNodes);
      this.keys.set(row + K_CACHE_NODE, this.nodes.firstCache + cacheNodeOf(rank, nodes) - 1);
      this.keys.set(row + K_SHARD, shardOf(rank, this.store.shards) - 1);
    }
    return slot;
  }

  cacheNodeOf(slot: number): number {
    return this.keys.at[(slot << KEY_SHIFT) + K_CACHE_NODE]!;
  }

  shardOf(slot: number): number {
    return this.keys.at[(slot << KEY_SHIFT) + K_SHARD]!;
  }

  /** The replica that senders take for the shard's leader. */
  leaderNode(shard: number): number {
    return this.replicaNode(shard, this.store.shard[shard * SHARD + S_LEADER]!);
  }

  /** When the fault began that last took away the leader of the key's shard, or now. */
  lastFaultOf(slot: number): number {
    return this.store.shard[this.shardOf(slot) * SHARD + S_LAST_FAULT]!;
  }

  /** One-way delay of a message between replicas that leaves now. */
  replicationDelay(from: number, to: number): number {
    return this.network.delay(this.network.route(from, to), from, to, this.draws);
  }

  /** True when no message between these replicas gets through. */
  isCut(from: number, to: number): boolean {
    return this.network.isCut(this.network.route(from, to), from, to);
  }

  /** The keys of a shard that were ever touched, by slot. Cold: walks them all. */
  slotsOf(shard: number): number[] {
    const slots: number[] = [];
    for (let slot = 0; slot < this.keys.size; slot++) if (this.shardOf(slot) === shard) slots.push(slot);
    return slots;
  }

  replicaNode(shard: number, replica: number): number {
    return this.nodes.firstStore + shard * this.store.rf + replica;
  }

  /** Where a replica's row begins in `store.replica`. */
  replicaRow(node: number): number {
    return (node - this.nodes.firstStore) * REPLICA;
  }

  /** The shard that a replica belongs to, from 0. */
  shardOfNode(node: number): number {
    return Math.floor((node - this.nodes.firstStore) / this.store.rf);
  }

  /** Which of its shard's replicas a node is, from 0. */
  replicaOf(node: number): number {
    return (node - this.nodes.firstStore) % this.store.rf;
  }
}

/** Between two arrivals, microseconds: of a Poisson process, or always the same. */
function gapOf({ workload }: Design, rate: number): Dist {
  const gap = 1e6 / Math.max(rate, 1e-9);
  return workload.arrivals === 'even' ? { kind: 'const', value: gap } : { kind: 'exp', mean: gap };
}
