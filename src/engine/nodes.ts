/**
 * Nodes: the servers, the queue and the health of every host. Servers and queues are the same for all tiers;
 * what a service does when it ends is the business of `actors/`.
 */
import type { Design } from '../design/design.ts';
import { nodesOf } from '../design/nodes.ts';
import { NODE_STATE } from '../design/readings.ts';
import type { Archive, Persistent } from './kernel/archive.ts';
import { samplerOf, type Sampler } from './kernel/sampler.ts';

/** Ints a host: what an event asks of its host stands in one line of the processor's cache. */
export const HOST = 16;
export const H_STATE = 0; // NODE_STATE: what the host is
export const H_TIER = 1;
export const H_ZONE = 2;
export const H_SERVERS = 3;
export const H_BUSY = 4; // servers
export const H_QUEUED = 5;
export const H_HEAD = 6; // calls that wait, linked through LINK
export const H_TAIL = 7;
export const H_SERVED = 8; // services begun in this bucket
const H_SILENT_SINCE = 9; // since when the host is silent, microseconds; -1: it is not
export const H_TRUSTED_FROM = 10; // a host that was taken as dead is believed alive again from here on

/** Where a host's row begins; masked as a call's is. */
export const hostAt = (node: number): number => (node & 0xffff) << 4;

/** Real numbers a host, apart from its ints. */
const REAL = 4;
export const N_SLOW = 0; // product of the slow faults on it
/**
 * Busy server-microseconds of this bucket, as a sum of instants: a service adds the one at which it ends and takes off
 * the one at which it begins. Whatever is in service still adds the present, or the bucket's end.
 */
export const N_BUSY_TIME = 1;
export const N_WAITED = 2; // what the services begun in this bucket had waited for in sum, microseconds
/** Where a host's real numbers begin; masked as its row is. */
export const realAt = (node: number): number => (node & 0xffff) << 2;

export const Tier = { clients: 0, app: 1, cache: 2, store: 3 } as const;

export class Nodes implements Persistent {
  readonly count: number;
  /** First node id of the app, cache and store tiers. */
  readonly firstApp = 1;
  readonly firstCache: number;
  readonly firstStore: number;
  readonly appNodes: number;
  readonly cacheNodes: number;
  /** By node, reads then writes: what is drawn for a service. */
  readonly services: readonly (readonly Sampler[])[];

  /** Rows of HOST ints by node id. */
  at: Int32Array<ArrayBuffer>;
  /** Rows of REAL numbers by node id. */
  real: Float64Array<ArrayBuffer>;

  constructor(design: Design) {
    const nodes = nodesOf(design);
    const n = (this.count = nodes.length);
    this.appNodes = design.app.nodes;
    this.cacheNodes = nodes.filter((node) => node.tier === 'cache').length;
    this.firstCache = 1 + this.appNodes;
    this.firstStore = this.firstCache + this.cacheNodes;
    const concurrency = {
      clients: 0,
      app: design.app.concurrency,
      cache: design.cache.concurrency,
      store: design.store.concurrency,
    };
    const app = samplerOf(design.app.service);
    const reads = {
      clients: app,
      app,
      cache: samplerOf(design.cache.read),
      store: samplerOf(design.store.read),
    };
    const writes = {
      clients: app,
      app,
      cache: samplerOf(design.cache.write),
      store: samplerOf(design.store.write),
    };
    this.services = nodes.flatMap((node) => [[reads[node.tier]], [writes[node.tier]]]);

    this.at = new Int32Array(n * HOST);
    nodes.forEach((node, i) => {
      const h = i * HOST;
      this.at[h + H_TIER] = Tier[node.tier];
      this.at[h + H_ZONE] = node.zone;
      this.at[h + H_SERVERS] = concurrency[node.tier];
      this.at[h + H_SILENT_SINCE] = -1;
    });
    this.real = new Float64Array(n * REAL);
    for (let node = 0; node < n; node++) this.real[realAt(node) + N_SLOW] = 1;
  }

  tierOf(node: number): number {
    return this.at[hostAt(node) + H_TIER]!;
  }

  /** NODE_STATE. */
  stateOf(node: number): number {
    return this.at[node * HOST + H_STATE]!;
  }

  setState(node: number, state: number): void {
    this.at[node * HOST + H_STATE] = state;
  }

  isUp(node: number): boolean {
    return this.at[node * HOST + H_STATE] === NODE_STATE.up;
  }

  /** What the host's service times are multiplied by. */
  slowness(node: number): number {
    return this.real[realAt(node) + N_SLOW]!;
  }

  setSlowness(node: number, factor: number): void {
    this.real[realAt(node) + N_SLOW] = factor;
  }

  /** Since when the host is silent, microseconds; -1: it is not. */
  silentSince(node: number): number {
    return this.at[node * HOST + H_SILENT_SINCE]!;
  }

  setSilentSince(node: number, since: number): void {
    this.at[node * HOST + H_SILENT_SINCE] = since;
  }

  /** The host's servers and its queue let go of whatever they hold. */
  empty(node: number, now: number): void {
    const h = node * HOST;
    this.real[realAt(node) + N_BUSY_TIME]! += this.at[h + H_BUSY]! * now;
    this.at[h + H_BUSY] = 0;
    this.at[h + H_QUEUED] = 0;
    this.at[h + H_HEAD] = 0;
    this.at[h + H_TAIL] = 0;
  }

  /** Completes the sums of the bucket that ends now. */
  endBucket(now: number): void {
    for (let node = 0; node < this.count; node++)
      this.real[realAt(node) + N_BUSY_TIME]! += this.at[node * HOST + H_BUSY]! * now;
  }

  /** Begins the sums of the bucket that begins now. */
  beginBucket(now: number): void {
    for (let node = 0; node < this.count; node++) {
      this.at[node * HOST + H_SERVED] = 0;
      this.real[realAt(node) + N_WAITED] = 0;
      this.real[realAt(node) + N_BUSY_TIME] = 0 - this.at[node * HOST + H_BUSY]! * now;
    }
  }

  persist(archive: Archive): void {
    const n = this.count;
    this.at = archive.ints('at', this.at, n * HOST);
    this.real = archive.floats('real', this.real, n * REAL);
  }
}
