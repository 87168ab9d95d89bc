/**
 * Network: how long a message travels, and whether it arrives. A one-way delay is drawn per message from its
 * link's distribution; between zones `crossZone` is added; clients are in no zone. What faults add stands here too.
 */
import type { Design } from '../design/design.ts';
import { LINKS } from '../design/nodes.ts';
import { NODE_STATE } from '../design/readings.ts';
import type { Archive, Persistent } from './kernel/archive.ts';
import type { Sampler, Samplers } from './kernel/sampler.ts';
import type { Streams } from './kernel/streams.ts';
import { H_ZONE, HOST, type Nodes } from './nodes.ts';

export const REPLICATION = LINKS.indexOf('replication');
/** Added to the link of a route that runs from zone to zone. */
export const CROSSES = 16;

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
  /** 1 where a link is cut. */
  linkCut: Int32Array<ArrayBuffer> = new Int32Array(LINKS.length);
  /** Messages between zones: those that carry a value, and the others. */
  crossedWithValue = 0;
  crossed = 0;
  /** False while nothing is cut or delayed, hosts included: then no message need look any further. */
  disturbed = false;
  /** By pair of hosts, `from * count + to`: the link between them, and CROSSES. */
  private readonly routes: Int8Array;
  /** By LEG, where they are given: what a message between a coordinator and a replica takes, service included. */
  readonly legs: readonly Sampler[] | undefined;
  private readonly delays: readonly Sampler[];
  private readonly crossZone: Sampler;
  private readonly streamOfLink: number;
  private readonly nodes: Nodes;

  constructor(design: Design, nodes: Nodes, samplers: Samplers, streamOfLink: number) {
    const { clientApp, appCache, cacheStore, appStore, replication, crossZone } = design.network;
    this.delays = [clientApp, appCache, cacheStore, appStore, replication].map((dist) => samplers.of(dist));
    this.crossZone = samplers.of(crossZone);
    const { legs, mode } = design.store;
    if (legs !== undefined && mode === 'leaderless')
      this.legs = [legs.write, legs.ack, legs.read, legs.response].map((dist) => samplers.of(dist));
    this.nodeDelay = new Float64Array(nodes.count);
    this.nodes = nodes;
    this.streamOfLink = streamOfLink;
    this.routes = routesOf(nodes);
  }

  /** The way from one host to another: its link, with CROSSES added where it runs from zone to zone. */
  route(from: number, to: number): number {
    return this.routes[from * this.nodes.count + to]!;
  }

  /** True when a message that leaves now is lost on its way. */
  isCut(route: number, from: number, to: number): boolean {
    return (
      this.linkCut[route & ~CROSSES] !== 0 ||
      this.nodes.stateOf(from) === NODE_STATE.cutOff ||
      this.nodes.stateOf(to) === NODE_STATE.cutOff
    );
  }

  /** One-way delay of a message that leaves now, whole microseconds. */
  delay(route: number, from: number, to: number, streams: Streams): number {
    const link = route & ~CROSSES;
    const stream = this.streamOfLink + link;
    let delay = this.delays[link]!.sample(streams, stream);
    if (route >= CROSSES) delay += this.crossZone.sample(streams, stream);
    if (this.disturbed) delay += this.linkDelay[link]! + this.nodeDelay[from]! + this.nodeDelay[to]!;
    return Math.round(delay);
  }

  /** The same for one of the legs of a leaderless store. A slow replica is slow in those that hold its service. */
  legDelay(leg: number, route: number, from: number, to: number, streams: Streams): number {
    const link = route & ~CROSSES;
    let delay = this.legs![leg]!.sample(streams, this.streamOfLink + link);
    if ((leg & ANSWERS) === 0) delay *= this.nodes.slow[to]!;
    if (this.disturbed) delay += this.linkDelay[link]! + this.nodeDelay[from]! + this.nodeDelay[to]!;
    return Math.round(delay);
  }

  /** Sets what the active faults add; all arrays are taken as they are. */
  setFaults(
    linkDelay: Float64Array<ArrayBuffer>,
    nodeDelay: Float64Array<ArrayBuffer>,
    linkCut: Int32Array<ArrayBuffer>,
  ): void {
    this.linkDelay = linkDelay;
    this.nodeDelay = nodeDelay;
    this.linkCut = linkCut;
  }

  /** Looks whether anything is cut or delayed; to be called when the faults of an instant have been acted on. */
  settle(): void {
    let disturbed = this.linkCut.some((cut) => cut !== 0);
    disturbed ||= this.linkDelay.some((d) => d > 0) || this.nodeDelay.some((d) => d > 0);
    for (let node = 0; node < this.nodes.count; node++)
      disturbed ||= this.nodes.stateOf(node) === NODE_STATE.cutOff;
    this.disturbed = disturbed;
  }

  persist(archive: Archive): void {
    this.linkDelay = archive.floats('linkDelay', this.linkDelay, LINKS.length);
    this.nodeDelay = archive.floats('nodeDelay', this.nodeDelay, this.nodes.count);
    this.linkCut = archive.ints('linkCut', this.linkCut, LINKS.length);
    this.crossedWithValue = archive.number('crossedWithValue', this.crossedWithValue);
    this.crossed = archive.number('crossed', this.crossed);
    this.disturbed = archive.number('disturbed', this.disturbed ? 1 : 0) === 1;
  }
}

function routesOf(nodes: Nodes): Int8Array {
  const { at, count } = nodes;
  const routes = new Int8Array(count * count);
  for (let from = 0; from < count; from++) {
    for (let to = 0; to < count; to++) {
      const link = LINK_BETWEEN[nodes.tierOf(from) * 4 + nodes.tierOf(to)]!;
      const crosses = link > 0 && at[from * HOST + H_ZONE] !== at[to * HOST + H_ZONE];
      routes[from * count + to] = crosses ? link + CROSSES : link;
    }
  }
  return routes;
}
