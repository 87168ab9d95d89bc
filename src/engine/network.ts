/**
 * Network: how long a message travels, and whether it arrives. A one-way delay is drawn per message from its
 * link's distribution; between zones `crossZone` is added; clients are in no zone. What faults add stands here too.
 */
import type { Design } from '../design/design.ts';
import { LINKS } from '../design/nodes.ts';
import type { Archive, Persistent } from './kernel/archive.ts';
import { wholeMicros, type Draws } from './kernel/draws.ts';
import { samplerOf, type Sampler } from './kernel/sampler.ts';
import type { Streams } from './kernel/streams.ts';
import { H_ZONE, HOST, type Nodes } from './nodes.ts';

export const REPLICATION = LINKS.indexOf('replication');
/** Added to the link of a route that runs from zone to zone. */
export const CROSSES = 8;
/** Routes are numbered below this; their taps follow others. */
export const FIRST_ROUTE = 2;
export const ROUTES = 2 * CROSSES;

/** Hosts are numbered below 1 << HOST_BITS: no tier has more than 16, but for the store with its 16 shards of 7. */
const HOST_BITS = 8;

/** The legs between a coordinator and a replica: a write's, or a read's; there, or back. */
export const READS = 2;
export const ANSWERS = 1;

/** The link between two tiers, both ways; indexed `tier * 4 + tier`; -1: none. */
// prettier-ignore
const LINK_BETWEEN = Int8Array.from([
  -1,  0, -1, -1,
   0, -1,  1,  3,
  -1,  1, -1,  2,
  -1,  3,  2,  4,
]);

export class Network implements Persistent {
  /** Microseconds that faults add, per link and per node. */
  linkDelay: Float64Array<ArrayBuffer> = new Float64Array(LINKS.length);
  nodeDelay: Float64Array<ArrayBuffer>;
  /** Share of messages that faults let pass, per link and per node. */
  linkPass: Float64Array<ArrayBuffer> = new Float64Array(LINKS.length);
  nodePass: Float64Array<ArrayBuffer>;
  /** 1 where a link is cut. */
  linkCut: Int32Array<ArrayBuffer> = new Int32Array(LINKS.length);
  /** Nodes that reach each other have the same number: 0, their zone's where that is cut off, or one of their own. */
  island: Int32Array<ArrayBuffer>;
  /** Messages between zones: those that carry a value, and the others. */
  crossedWithValue = 0;
  crossed = 0;
  /** False while nothing is cut, lost or delayed: then no message need look any further. */
  disturbed = false;
  /** By pair of hosts, `from << HOST_BITS | to`: the link between them, and CROSSES. */
  private readonly routes: Int8Array;
  /** By LEG, where they are given: what a message between a coordinator and a replica takes, service included. */
  readonly legs: readonly Sampler[] | undefined;
  /** By route: the distributions whose draws add up to a message's delay. */
  readonly delays: readonly (readonly Sampler[])[];
  private readonly streamOfLink: number;
  private readonly nodes: Nodes;

  constructor(design: Design, nodes: Nodes, streamOfLink: number) {
    const { clientApp, appCache, cacheStore, appStore, replication, crossZone } = design.network;
    const links = [clientApp, appCache, cacheStore, appStore, replication].map(samplerOf);
    this.delays = Array.from({ length: ROUTES }, (_, route) => {
      const link = links[route & ~CROSSES];
      if (link === undefined) return [];
      return route < CROSSES ? [link] : [link, samplerOf(crossZone)];
    });
    const { legs, mode } = design.store;
    if (legs !== undefined && mode === 'leaderless')
      this.legs = [legs.write, legs.ack, legs.read, legs.response].map(samplerOf);
    this.nodeDelay = new Float64Array(nodes.count);
    this.nodePass = new Float64Array(nodes.count);
    this.island = new Int32Array(nodes.count);
    this.calm();
    this.nodes = nodes;
    this.streamOfLink = streamOfLink;
    this.routes = routesOf(nodes);
  }

  /** The way from one host to another: its link, with CROSSES added where it runs from zone to zone. */
  route(from: number, to: number): number {
    return this.routes[(from << HOST_BITS) | to]!;
  }

  /** The chance that a message which leaves now arrives. */
  passing(route: number, from: number, to: number): number {
    if (this.isCut(route, from, to)) return 0;
    return this.linkPass[route & ~CROSSES]! * this.nodePass[from]! * this.nodePass[to]!;
  }

  /** True when whatever leaves now is lost on its way. */
  isCut(route: number, from: number, to: number): boolean {
    return this.linkCut[route & ~CROSSES] !== 0 || this.isParted(from, to);
  }

  /** True when a partition stands between two hosts. */
  isParted(from: number, to: number): boolean {
    return this.island[from] !== this.island[to];
  }

  /** One-way delay of a message that leaves now, whole microseconds. Every route has a tap of its own. */
  delay(route: number, from: number, to: number, draws: Draws): number {
    if (!this.disturbed) return draws.take(FIRST_ROUTE + route);
    return wholeMicros(draws.takeReal(FIRST_ROUTE + route) + this.added(route, from, to));
  }

  /** The same for one of the legs of a leaderless store. A slow replica is slow in those that hold its service. */
  legDelay(leg: number, route: number, from: number, to: number, streams: Streams): number {
    const link = route & ~CROSSES;
    let delay = this.legs![leg]!.sample(streams, this.streamOfLink + link);
    if ((leg & ANSWERS) === 0) delay *= this.nodes.slowness(to);
    return wholeMicros(this.disturbed ? delay + this.added(route, from, to) : delay);
  }

  /** What faults add to a message's delay. */
  private added(route: number, from: number, to: number): number {
    return this.linkDelay[route & ~CROSSES]! + this.nodeDelay[from]! + this.nodeDelay[to]!;
  }

  /** As if there were no faults; whoever calls this puts in what the active ones do. */
  calm(): void {
    this.linkDelay.fill(0);
    this.nodeDelay.fill(0);
    this.linkPass.fill(1);
    this.nodePass.fill(1);
    this.linkCut.fill(0);
    this.island.fill(0);
  }

  /** Looks whether anything is amiss; to be called when the faults of an instant have been acted on. */
  settle(): void {
    const isAmiss = (n: number): boolean => n !== 0;
    const isLossy = (n: number): boolean => n < 1;
    this.disturbed =
      this.linkCut.some(isAmiss) ||
      this.island.some(isAmiss) ||
      this.linkDelay.some(isAmiss) ||
      this.nodeDelay.some(isAmiss) ||
      this.linkPass.some(isLossy) ||
      this.nodePass.some(isLossy);
  }

  persist(archive: Archive): void {
    this.linkDelay = archive.floats('linkDelay', this.linkDelay, LINKS.length);
    this.nodeDelay = archive.floats('nodeDelay', this.nodeDelay, this.nodes.count);
    this.linkPass = archive.floats('linkPass', this.linkPass, LINKS.length);
    this.nodePass = archive.floats('nodePass', this.nodePass, this.nodes.count);
    this.linkCut = archive.ints('linkCut', this.linkCut, LINKS.length);
    this.island = archive.ints('island', this.island, this.nodes.count);
    this.crossedWithValue = archive.number('crossedWithValue', this.crossedWithValue);
    this.crossed = archive.number('crossed', this.crossed);
    this.disturbed = archive.number('disturbed', this.disturbed ? 1 : 0) === 1;
  }
}

function routesOf(nodes: Nodes): Int8Array {
  const { at, count } = nodes;
  const routes = new Int8Array(count << HOST_BITS);
  for (let from = 0; from < count; from++) {
    for (let to = 0; to < count; to++) {
      const link = LINK_BETWEEN[nodes.tierOf(from) * 4 + nodes.tierOf(to)]!;
      const crosses = link > 0 && at[from * HOST + H_ZONE] !== at[to * HOST + H_ZONE];
      routes[(from << HOST_BITS) | to] = crosses ? link + CROSSES : link;
    }
  }
  return routes;
}
