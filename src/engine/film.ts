/**
 * The film of a run: what a fair sample of its operations does, written down in passing while the run is rendered, so that
 * whoever goes anywhere at full speed sees it at once. It holds their messages, their beginnings and their timeouts, and
 * of other operations nothing: whatever was asked for besides, a window of detail has.
 */
import { FILMED_LIMIT, FILMED_PER_SECOND, oneInFor, sampledBelow, spread } from '../design/sampling.ts';
import type { Design } from '../design/design.ts';
import { CALL, ID, NODE, OPERATION, SLOT, WRITE } from './calls.ts';
import type { FilmLength, FilmReading } from './readings.ts';
import { Records, type Observed } from './records.ts';

export class Film {
  /** One in so many operations is in it. */
  readonly oneIn: number;
  readonly #records = new Records();

  constructor(design: Design) {
    this.oneIn = oneInFor(design, FILMED_PER_SECOND);
  }

  /** Takes back what was written after an instant, microseconds: a run goes on from there. */
  cut(time: number): void {
    this.#records.hops.cut(time);
    this.#records.events.cut(time);
  }

  get length(): FilmLength {
    const { hops, events } = this.#records;
    return { hops: hops.count, events: events.count };
  }

  /** What it holds from these rows on, in arrays of their own. */
  read(from: FilmLength): FilmReading {
    const { hops, events } = this.#records;
    return { oneIn: this.oneIn, from, hops: hops.take(from.hops), events: events.take(from.events) };
  }

  /** Has what passes in a world from now on written into it. */
  camera(w: Observed): Camera {
    return new Camera(w, this.#records, sampledBelow(this.oneIn));
  }
}

/** What the actors of one world tell its film. */
export class Camera {
  readonly #w: Observed;
  readonly #records: Records;
  readonly #below: number;

  constructor(w: Observed, records: Records, below: number) {
    this.#w = w;
    this.#records = records;
    this.#below = below;
  }

  /** A message leaves now. */
  hop(row: number, arrivesAt: number, flags: number): void {
    if (this.#follows(row)) this.#records.addHop(this.#w, row, this.#w.wheel.now, arrivesAt, flags);
  }

  /** A client sends the first attempt of an operation. */
  begins(row: number, session: number): void {
    if (this.#follows(row)) this.#add('startOperation', row, 0, row, session);
  }

  /** The caller of `child` (0: it was lost) stops waiting. A client's own row is its attempt. */
  timeout(row: number, child: number): void {
    if (!this.#follows(row)) return;
    this.#add('timeout', row, row === child ? 0 : this.#w.calls.at[row * CALL + NODE]!, child, 0);
  }

  /** Whether a call serves an operation of the film, which is not full. Few do: everybody asks this, and nearly nobody any more. */
  #follows(row: number): boolean {
    return (
      spread(this.#w.calls.at[row * CALL + OPERATION]!) < this.#below &&
      this.#records.hops.count < FILMED_LIMIT
    );
  }

  #add(type: 'startOperation' | 'timeout', row: number, node: number, call: number, extra: number): void {
    const { at } = this.#w.calls;
    const o = row * CALL;
    const id = call === 0 ? 0 : at[call * CALL + ID]!;
    this.#records.addEvent(this.#w, type, at[o + OPERATION]!, node, id, at[o + SLOT]!, at[o + WRITE]!, extra);
  }
}
