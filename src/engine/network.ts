/**
 * Network: how long a message travels, and whether it arrives. A one-way delay is drawn per message from its
 * link's distribution; between zones `crossZone` is added; clients are in no zone. What faults add stands here too.
 */
import type { Design } from '../design/design.ts';
import { LINKS } from '../design/nodes.ts';
import type { Archive, Persistent } from './kernel/archive.ts';
import type { Sampler, Samplers } from './kernel/sampler.ts';
import type { Streams } from './kernel/streams.ts';
import type { Nodes } from './nodes.ts';

export const REPLICATION = LINKS.indexOf('replication');

/** The link between two tiers, both ways; indexed `tier * 4 + tier`. */
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
  /** False while no fault delays anything, so that the common case looks no further. */
  private delayed = 0;
  private readonly delays: readonly Sampler[];
  private readonly crossZone: Sampler;
  private readonly streamOfLink: number;
  private readonly nodes: Nodes;

  constructor(design: Design, nodes: Nodes, samplers: Samplers, streamOfLink: number) {
    const { clientApp, appCache, cacheStore, appStore, replication, crossZone } = design.network;
    this.delays = [clientApp, appCache, cacheStore, appStore, replication].map((dist) => samplers.of(dist));
    this.crossZone = samplers.of(crossZone);
    this.nodeDelay = new Float64Array(nodes.count);
    this.nodes = nodes;
    this.streamOfLink = streamOfLink;
  }

  linkBetween(from: number, to: number): number {
    return LINK_BETWEEN[this.nodes.tier[from]! * 4 + this.nodes.tier[to]!]!;
  }

  /** One-way delay of a message that leaves now, whole microseconds. */
  delay(link: number, from: number, to: number, streams: Streams): number {
    const stream = this.streamOfLink + link;
    let delay = this.delays[link]!.sample(streams, stream);
    if (link !== 0 && this.nodes.zone[from] !== this.nodes.zone[to])
      delay += this.crossZone.sample(streams, stream);
    if (this.delayed !== 0) delay += this.linkDelay[link]! + this.nodeDelay[from]! + this.nodeDelay[to]!;
    return Math.round(delay);
  }

  /** Sets what the active faults add; both arrays are taken as they are. */
  setFaults(
    linkDelay: Float64Array<ArrayBuffer>,
    nodeDelay: Float64Array<ArrayBuffer>,
    linkCut: Int32Array<ArrayBuffer>,
  ): void {
    this.linkDelay = linkDelay;
    this.nodeDelay = nodeDelay;
    this.linkCut = linkCut;
    this.delayed = linkDelay.some((d) => d > 0) || nodeDelay.some((d) => d > 0) ? 1 : 0;
  }

  persist(archive: Archive): void {
    this.linkDelay = archive.floats('linkDelay', this.linkDelay, LINKS.length);
    this.nodeDelay = archive.floats('nodeDelay', this.nodeDelay, this.nodes.count);
    this.linkCut = archive.ints('linkCut', this.linkCut, LINKS.length);
    this.crossedWithValue = archive.number('crossedWithValue', this.crossedWithValue);
    this.crossed = archive.number('crossed', this.crossed);
    this.delayed = archive.number('delayed', this.delayed);
  }
}
