/**
 * The film of a run: what a fair sample of its operations does, written down in passing while the run is rendered, so that
 * whoever goes anywhere at full speed sees it at once. It holds their messages, their beginnings and their timeouts, and
 * of other operations nothing: whatever was asked for besides, a window of detail has.
 */
import { FILMED_LIMIT, FILMED_PER_SECOND, oneInFor, sampledBelow, spread } from '../design/sampling.ts';
import type { Design } from '../design/design.ts';
import { CALL, ID, NODE, OPERATION, SLOT, WRITE } from './calls.ts';
import type { FilmLength, FilmReading } from './readings.ts';
import { OP, OP_ID, OP_SLOT, OP_WRITE, type Operations } from './operations.ts';
import { Records, type Observed as Recorded } from './records.ts';

/** What it looks at: the parts of the world that say who does what with which version. */
interface Observed extends Recorded {
  readonly operations: Operations;
}

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
    if (this.#films(this.#w.calls.at[row * CALL + OPERATION]!))
      this.#records.addHop(this.#w, row, this.#w.wheel.now, arrivesAt, flags);
  }

  /** A client sends the first attempt of an operation, or stops waiting for one, which may be lost (0). */
  ofClient(type: 'startOperation' | 'timeout', op: number, attempt: number, extra: number): void {
    const { operations, calls } = this.#w;
    const { at } = operations;
    const o = op * OP;
    const operation = at[o + OP_ID]!;
    if (!this.#films(operation)) return;
    // Row 0 is nobody's, and so is its id.
    const call = calls.at[attempt * CALL + ID]!;
    this.#records.addEvent(this.#w, type, operation, 0, call, at[o + OP_SLOT]!, at[o + OP_WRITE]!, extra);
  }

  /** The caller of `child` (0: it was lost) stops waiting. */
  timeout(row: number, child: number): void {
    const { at } = this.#w.calls;
    const o = row * CALL;
    if (!this.#films(at[o + OPERATION]!)) return;
    const call = at[child * CALL + ID]!;
    this.#records.addEvent(
      this.#w,
      'timeout',
      at[o + OPERATION]!,
      at[o + NODE]!,
      call,
      at[o + SLOT]!,
      at[o + WRITE]!,
      0,
    );
  }

  /** Whether an operation is in the film, which is not full. Few are: everybody asks this, and nearly nobody any more. */
  #films(operation: number): boolean {
    return spread(operation) < this.#below && this.#records.hops.count < FILMED_LIMIT;
  }
}
