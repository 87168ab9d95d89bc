/**
 * Rows that a run tells part by part, put together again. A part may begin before the end of what is here, and replaces
 * it from there on.
 */
import type { Design } from '../design/design.ts';
import { BUCKET_US, EVENT_WIDTH, HOP_WIDTH, NODE_WIDTH, SYSTEM_WIDTH } from '../design/readings.ts';
import type { FilmReading, SeriesReading } from '../engine/readings.ts';
import type { FilmRows } from '../replay/film.ts';

/** `into` with the rows of `part` from bucket `fromBucket` on; made for the whole of `design`'s run, and larger where needed. */
export function seriesWith(
  into: SeriesReading | undefined,
  design: Design,
  fromBucket: number,
  part: SeriesReading,
): SeriesReading {
  const { nodeCount } = part;
  const buckets = fromBucket + part.buckets;
  const capacity = Math.max(buckets, Math.ceil(design.duration / BUCKET_US));
  const system = withRoom(into?.system, capacity * SYSTEM_WIDTH);
  const nodes = withRoom(into?.nodes, capacity * nodeCount * NODE_WIDTH);
  system.set(part.system.subarray(0, part.buckets * SYSTEM_WIDTH), fromBucket * SYSTEM_WIDTH);
  nodes.set(
    part.nodes.subarray(0, part.buckets * nodeCount * NODE_WIDTH),
    fromBucket * nodeCount * NODE_WIDTH,
  );
  return { buckets, nodeCount, system, nodes };
}

function withRoom(array: Float32Array | undefined, length: number): Float32Array {
  if (array !== undefined && array.length >= length) return array;
  const larger = new Float32Array(length).fill(Number.NaN);
  if (array !== undefined) larger.set(array);
  return larger;
}

/** Numbers that arrive in parts: doubled when full, so that a run of many violations is not copied with each of its parts. */
export class GrowingRows {
  #array = new Int32Array(1024);
  #length = 0;

  write(at: number, rows: Int32Array): void {
    const end = at + rows.length;
    if (end > this.#array.length) {
      const larger = new Int32Array(Math.max(end, this.#array.length * 2));
      larger.set(this.#array.subarray(0, this.#length));
      this.#array = larger;
    }
    this.#array.set(rows, at);
    this.#length = end;
  }

  view(): Int32Array {
    return this.#array.subarray(0, this.#length);
  }
}

/** A film that arrives in parts. */
export class GrowingFilm {
  readonly #hops = new GrowingRows();
  readonly #events = new GrowingRows();
  #oneIn = 1;

  write({ oneIn, from, hops, events }: FilmReading): void {
    this.#oneIn = oneIn;
    this.#hops.write(from.hops * HOP_WIDTH, hops);
    this.#events.write(from.events * EVENT_WIDTH, events);
  }

  view(): FilmRows {
    return { oneIn: this.#oneIn, hops: this.#hops.view(), events: this.#events.view() };
  }
}
