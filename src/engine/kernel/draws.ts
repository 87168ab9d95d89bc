/**
 * Draws made ahead: a tap gives the draws of one distribution from a stream of its own, in their order, but makes them
 * some dozens at a time. One by one, each draw would find its distribution's table crowded out of the processor's first
 * cache by the others'; together they share the fetch. What is drawn ahead depends on nothing that happens, so it is part
 * of a checkpoint and no verdict.
 */
import type { Archive, Persistent } from './archive.ts';
import type { Sampler } from './sampler.ts';
import type { Streams } from './streams.ts';
import { HORIZON } from './wheel.ts';

/** Draws that a tap makes at a time: with their number they fill the tap's place. */
const TAP_BITS = 6;
const BATCH = (1 << TAP_BITS) - 1;
/**
 * Room for them and for their bits. It is the module's, and no tap's, because of an array that is a constant the compiler
 * knows the address and the length, and need not ask for them at every draw.
 */
const DRAWN = new Float64Array(BATCH);
const BITS = new Int32Array(2 * BATCH);

/** The nearest whole number of microseconds; past the horizon of time, that. */
export const wholeMicros = (drawn: number): number => (drawn < HORIZON ? (drawn + 0.5) | 0 : HORIZON);

export class Draws implements Persistent {
  readonly #streams: Streams;
  readonly #firstStream: number;
  /** By tap: what is drawn, and added up where it is several. */
  readonly #taps: readonly (readonly Sampler[])[];
  /** By tap: how many draws are still to be given, then these in whole microseconds, the next one last. */
  #ahead: Int32Array<ArrayBuffer>;
  /** The same draws, in the same places, as the real microseconds that they are. */
  #real: Float64Array<ArrayBuffer>;

  /** Tap t draws from stream `firstStream + t`. */
  constructor(streams: Streams, firstStream: number, taps: readonly (readonly Sampler[])[]) {
    this.#streams = streams;
    this.#firstStream = firstStream;
    this.#taps = taps;
    this.#ahead = new Int32Array(taps.length << TAP_BITS);
    this.#real = new Float64Array(taps.length << TAP_BITS);
  }

  /** The tap's next draw, whole microseconds, >= 0. */
  take(tap: number): number {
    const ahead = this.#ahead;
    const at = (tap & 0xfff) << TAP_BITS;
    const left = ahead[at]! & BATCH;
    if (left === 0) return this.#fill(tap);
    ahead[at] = left - 1;
    return ahead[at + left]!;
  }

  /** The tap's next draw, real microseconds, >= 0. */
  takeReal(tap: number): number {
    const at = (tap & 0xfff) << TAP_BITS;
    const left = this.#ahead[at]! & BATCH;
    this.take(tap);
    return this.#real[at + (left === 0 ? BATCH : left)]!;
  }

  persist(archive: Archive): void {
    this.#ahead = archive.ints('ahead', this.#ahead, this.#ahead.length);
    this.#real = archive.floats('real', this.#real, this.#real.length);
  }

  #fill(tap: number): number {
    DRAWN.fill(0);
    for (const sampler of this.#taps[tap]!)
      sampler.add(this.#streams, this.#firstStream + tap, BITS, DRAWN, BATCH);
    const at = tap << TAP_BITS;
    const real = this.#real;
    const ahead = this.#ahead;
    for (let i = 0; i < BATCH; i++) {
      const drawn = DRAWN[i]!;
      real[at + 1 + i] = drawn;
      ahead[at + 1 + i] = wholeMicros(drawn);
    }
    ahead[at] = BATCH - 1;
    return ahead[at + BATCH]!;
  }
}
