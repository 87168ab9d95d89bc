/**
 * Nodes: the servers, the queue and the health of every host. Servers and queues are the same for all tiers;
 * what a service does when it ends is the business of `actors/`.
 */
import type { Design } from '../design/design.ts';
import { nodesOf } from '../design/nodes.ts';
import { NODE_STATE } from '../design/readings.ts';
import type { Archive, Persistent } from './kernel/archive.ts';
import type { Sampler, Samplers } from './kernel/sampler.ts';

export const Tier = { clients: 0, app: 1, cache: 2, store: 3 } as const;

export class Nodes implements Persistent {
  readonly count: number;
  readonly tier: Uint8Array;
  readonly zone: Uint8Array;
  readonly servers: Int32Array;
  /** First node id of the app, cache and store tiers. */
  readonly firstApp = 1;
  readonly firstCache: number;
  readonly firstStore: number;
  readonly appNodes: number;
  readonly cacheNodes: number;
  /** Service times: reads and writes of each node (an app node has one for both). */
  readonly readTime: readonly Sampler[];
  readonly writeTime: readonly Sampler[];

  busy: Int32Array<ArrayBuffer>;
  queued: Int32Array<ArrayBuffer>;
  head: Int32Array<ArrayBuffer>;
  tail: Int32Array<ArrayBuffer>;
  /** NODE_STATE: what the host is. */
  state: Int32Array<ArrayBuffer>;
  /** Since when the host is silent, microseconds; -1: it is not. */
  silentSince: Int32Array<ArrayBuffer>;
  /** A host that was taken as dead is believed alive again from here on. */
  trustedFrom: Int32Array<ArrayBuffer>;
  /** Product of the slow faults on it. */
  slow: Float64Array<ArrayBuffer>;
  /** Busy server-microseconds of this bucket, up to `integratedTo`. */
  busyTime: Float64Array<ArrayBuffer>;
  integratedTo: Int32Array<ArrayBuffer>;
  /** Of this bucket: services begun, and what they had waited for in sum, microseconds. */
  served: Float64Array<ArrayBuffer>;
  waited: Float64Array<ArrayBuffer>;

  constructor(design: Design, samplers: Samplers) {
    const nodes = nodesOf(design);
    const n = (this.count = nodes.length);
    this.appNodes = design.app.nodes;
    this.cacheNodes = nodes.filter((node) => node.tier === 'cache').length;
    this.firstCache = 1 + this.appNodes;
    this.firstStore = this.firstCache + this.cacheNodes;
    this.tier = Uint8Array.from(nodes, (node) => Tier[node.tier]);
    this.zone = Uint8Array.from(nodes, (node) => node.zone);
    const concurrency = {
      clients: 0,
      app: design.app.concurrency,
      cache: design.cache.concurrency,
      store: design.store.concurrency,
    };
    this.servers = Int32Array.from(nodes, (node) => concurrency[node.tier]);
    const app = samplers.of(design.app.service);
    const reads = {
      clients: app,
      app,
      cache: samplers.of(design.cache.read),
      store: samplers.of(design.store.read),
    };
    const writes = {
      clients: app,
      app,
      cache: samplers.of(design.cache.write),
      store: samplers.of(design.store.write),
    };
    this.readTime = nodes.map((node) => reads[node.tier]);
    this.writeTime = nodes.map((node) => writes[node.tier]);

    this.busy = new Int32Array(n);
    this.queued = new Int32Array(n);
    this.head = new Int32Array(n);
    this.tail = new Int32Array(n);
    this.state = new Int32Array(n);
    this.silentSince = new Int32Array(n).fill(-1);
    this.trustedFrom = new Int32Array(n);
    this.slow = new Float64Array(n).fill(1);
    this.busyTime = new Float64Array(n);
    this.integratedTo = new Int32Array(n);
    this.served = new Float64Array(n);
    this.waited = new Float64Array(n);
  }

  isUp(node: number): boolean {
    return this.state[node] === NODE_STATE.up;
  }

  /** Adds the busy time since the last change; to be called before `busy` changes. */
  integrate(node: number, now: number): void {
    this.busyTime[node]! += this.busy[node]! * (now - this.integratedTo[node]!);
    this.integratedTo[node] = now;
  }

  persist(archive: Archive): void {
    const n = this.count;
    this.busy = archive.ints('busy', this.busy, n);
    this.queued = archive.ints('queued', this.queued, n);
    this.head = archive.ints('head', this.head, n);
    this.tail = archive.ints('tail', this.tail, n);
    this.state = archive.ints('state', this.state, n);
    this.silentSince = archive.ints('silentSince', this.silentSince, n);
    this.trustedFrom = archive.ints('trustedFrom', this.trustedFrom, n);
    this.slow = archive.floats('slow', this.slow, n);
    this.busyTime = archive.floats('busyTime', this.busyTime, n);
    this.integratedTo = archive.ints('integratedTo', this.integratedTo, n);
    this.served = archive.floats('served', this.served, n);
    this.waited = archive.floats('waited', this.waited, n);
  }
}
