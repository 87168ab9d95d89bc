/**
 * What stands in for time and chance where the next event is chosen: a wheel from which any pending event can be taken,
 * and draws that are asked for instead of drawn. Time is a clock that ticks once an event, so that what compares
 * instants sees the order of events and nothing else.
 */
import type { Archive } from '../kernel/archive.ts';
import { Streams } from '../kernel/streams.ts';
import { Wheel } from '../kernel/wheel.ts';

const KIND = 0; // 0: not pending
const ROW = 1; // of a free one: the next free one
const TIME = 2;
const SHIFT = 2;

/** A wheel that nothing turns. */
export class ChosenWheel extends Wheel {
  /** One past the highest event ever in use; event 0 is none. */
  end = 1;
  #free = 0;
  #pending = 0;
  #at: Int32Array<ArrayBuffer> = new Int32Array(64 << SHIFT);

  /** Pending events. */
  get size(): number {
    return this.#pending;
  }

  override schedule(time: number, kind: number, row: number): number {
    let id = this.#free;
    if (id !== 0) this.#free = this.#at[(id << SHIFT) + ROW]!;
    else {
      id = this.end++;
      if (id << SHIFT >= this.#at.length) {
        const larger = new Int32Array(this.#at.length * 2);
        larger.set(this.#at);
        this.#at = larger;
      }
    }
    const o = id << SHIFT;
    this.#at[o + KIND] = kind;
    this.#at[o + ROW] = row;
    this.#at[o + TIME] = time;
    this.#pending++;
    return id;
  }

  override cancel(id: number): void {
    const o = id << SHIFT;
    this.#at[o + KIND] = 0;
    this.#at[o + ROW] = this.#free;
    this.#free = id;
    this.#pending--;
  }

  override timeOf(id: number): number {
    return this.#at[(id << SHIFT) + TIME]!;
  }

  /** 0 for what is not pending. */
  override kindOf(id: number): number {
    return this.#at[(id << SHIFT) + KIND]!;
  }

  override rowOf(id: number): number {
    return this.#at[(id << SHIFT) + ROW]!;
  }

  /** The clock ticks. */
  tick(): void {
    this.now++;
  }

  /** Takes a pending event, whichever it is; with `onTime`, not before the instant that it was scheduled for. */
  choose(id: number, onTime: boolean): void {
    const o = id << SHIFT;
    this.now = Math.max(this.now + 1, onTime ? this.#at[o + TIME]! : 0);
    this.kind = this.#at[o + KIND]!;
    this.row = this.#at[o + ROW]!;
    this.cancel(id);
  }

  override take(): boolean {
    throw new Error('events are chosen here, not taken in the order of time');
  }

  override moveTo(): void {
    throw new Error('time follows the events here');
  }

  override forEachPending(visit: (time: number, kind: number, row: number, id: number) => void): void {
    for (let id = 1; id < this.end; id++)
      if (this.kindOf(id) !== 0) visit(this.timeOf(id), this.kindOf(id), this.rowOf(id), id);
  }

  override persist(archive: Archive): void {
    this.now = archive.number('now', this.now);
    this.end = archive.number('end', this.end);
    this.#free = archive.number('free', this.#free);
    this.#pending = archive.number('pending', this.#pending);
    this.#at = archive.ints('at', this.#at, this.end << SHIFT);
  }
}

/** Draws without chance: `below` answers as it was told to, and says how many answers there were. */
export class ChosenStreams extends Streams {
  /** Which answer is to be given: the digits of a number, the first draw's the lowest. */
  answer = 0;
  /** How many answers there are to what was asked since this was set to 1. */
  answers = 1;
  /** The answers that are worth trying for a draw from [0, n). */
  readonly #worth: (stream: number, n: number) => readonly number[];

  constructor(worth: (stream: number, n: number) => readonly number[]) {
    super(0, 0);
    this.#worth = worth;
  }

  override below(stream: number, n: number): number {
    if (n === 1) return 0;
    const worth = this.#worth(stream, n);
    return worth[this.choose(worth.length)]!;
  }

  /** One of 0 to n - 1: the next digit of the answer. */
  choose(n: number): number {
    const digit = Math.floor(this.answer / this.answers) % n;
    this.answers *= n;
    return digit;
  }

  /** The middle of every distribution: they are all constants here. */
  override i32(): number {
    return 0x40000000;
  }

  override fill(_stream: number, into: Int32Array, first: number, count: number): void {
    into.fill(this.i32(), first, first + count);
  }
}
