/**
 * The one queue of events: a hierarchical timing wheel. It holds everything that is going to happen, gives it back
 * in one total order (time, then order of scheduling) and is the only thing that moves time. It never looks at what
 * an event means: a kind and a row are two ints to it.
 *
 * An event stands on the lowest level whose slots can tell its time from now: level 0 has a slot a microsecond, each
 * further level slots 1024 times as long. When time enters a slot of a higher level, its events are dealt to the
 * level below in the order of their list, before anything can be scheduled there: so ties stay first in, first out.
 * (Varghese and Lauck 1987, with levels told apart by the highest bit in which a time differs from now.)
 */
import type { Archive, Persistent } from './archive.ts';
import { grown } from './grown.ts';

/** Where time ends: about 35 simulated minutes. What is scheduled later stands there, and no run takes it. */
export const HORIZON = 0x7fffffff;
/** The last instant at which something happens. */
export const LAST_INSTANT = HORIZON - 1;

// One array holds it all, so that its address is fetched once: what is free, a summary and bits of the slots of each
// level, the lists of the slots, and the events. An event's id is the place where it begins.
const FREE_HEAD = 0; // the first free event; 0: none
const HIGH = 1; // where the next new event begins
const BITS = 64; // of a level: a summary, then 32 words with a bit a slot, the first slot's the highest
const LEVEL_BITS = 6; // ints a level, as a shift
const LISTS = 512; // by slot: its first and its last event; 0: none
const PLACE_BITS = 10;
const PLACES = 1 << PLACE_BITS;
const LEVELS = 4;
const EVENTS = LISTS + LEVELS * PLACES * 2;

// Fields of an event.
const NEXT = 0; // event after it in its slot, or in the free list; 0: none
const PREVIOUS = 1; // event before it in its slot; 0: none
const TIME = 2; // FREE when it is not pending
const WHAT = 3; // its row, and its kind in the lowest bits
const WIDTH = 4;

const FREE = -1;
const KIND_BITS = 5;
const KIND = (1 << KIND_BITS) - 1;
const FIRST_EVENTS = 1024;
/** Of an id: tells the compiler that it is no negative number and far from the largest, which spares checks at every use. */
const ID = 0x3fffffff;
const HIGHEST_BIT = 1 << 31;

export class Wheel implements Persistent {
  /** Microseconds: the time of the event last taken. */
  now = 0;
  /** Of the event last taken. */
  kind = 0;
  row = 0;
  #at: Int32Array<ArrayBuffer>;

  constructor() {
    this.#at = new Int32Array(EVENTS + FIRST_EVENTS * WIDTH);
    this.#at[HIGH] = EVENTS;
  }

  /**
   * Has (kind, row) given back at `time`, a whole number of microseconds, not before now; past HORIZON, at HORIZON. A
   * kind is less than 32, a row less than 2^26, whatever its sign.
   * Returns the event's id, which is never 0 and may be used again once the event was taken or cancelled.
   */
  schedule(time: number, kind: number, row: number): number {
    if (!(time >= this.now)) throw new RangeError(`${time} is before now (${this.now})`);
    const when = time > HORIZON ? HORIZON : time | 0;
    const at = this.#at;
    const id = at[FREE_HEAD]! & ID;
    const what = (row << KIND_BITS) | kind;
    if (id === 0) return this.#scheduleFirst(when, what);
    at[FREE_HEAD] = at[id + NEXT]!;
    at[id + WHAT] = what;
    append(at, id, when, this.now);
    return id;
  }

  /** Takes a pending event out. */
  cancel(id: number): void {
    const at = this.#at;
    if (!this.#isPending(id)) throw new RangeError(`event ${id} is not pending`);
    unlink(at, id & ID, slotFor(at[id + TIME]!, this.now));
    release(at, id & ID);
  }

  timeOf(id: number): number {
    return this.#at[id + TIME]!;
  }

  kindOf(id: number): number {
    return this.#at[id + WHAT]! & KIND;
  }

  rowOf(id: number): number {
    return this.#at[id + WHAT]! >> KIND_BITS;
  }

  /**
   * Takes the next event if its time is at most `limit`: sets now, kind and row. Returns false, and leaves now where
   * it is, when there is none.
   */
  take(limit: number): boolean {
    const at = this.#at;
    let summary = at[BITS]!;
    if (summary === 0) {
      if (!this.#advance(limit)) return false;
      summary = at[BITS]!;
    }
    // Nothing pending is before now, so the first bit set is the next event's.
    const word = Math.clz32(summary) & 31;
    const place = (word << 5) | (Math.clz32(at[BITS + 1 + word]!) & 31);
    const time = (this.now & -PLACES) | place;
    if (time > limit) return false;
    const list = LISTS + (place << 1);
    const id = at[list]! & ID;
    const next = at[id + NEXT]! & ID;
    this.now = time;
    const what = at[id + WHAT]!;
    this.kind = what & KIND;
    this.row = what >> KIND_BITS;
    at[list] = next;
    if (next !== 0) at[next + PREVIOUS] = 0;
    else clearBit(at, place);
    release(at, id);
    return true;
  }

  /** Moves time to an instant before which nothing is pending. Never back. */
  moveTo(time: number): void {
    if (!(time >= this.now)) throw new RangeError(`${time} is before now (${this.now})`);
    this.now = time | 0;
    // The slots that time stands in now are entered, the longest first.
    for (let level = LEVELS - 1; level > 0; level--) {
      const slot = (level << PLACE_BITS) | ((time >>> (level * PLACE_BITS)) & (PLACES - 1));
      if (this.#at[LISTS + slot * 2] !== 0) this.#deal(slot);
    }
  }

  /** Visits every pending event, in no order that means anything. Slow: for looking, not for running. */
  forEachPending(visit: (time: number, kind: number, row: number, id: number) => void): void {
    const high = this.#at[HIGH]!;
    for (let id = EVENTS; id < high; id += WIDTH)
      if (this.#at[id + TIME] !== FREE) visit(this.timeOf(id), this.kindOf(id), this.rowOf(id), id);
  }

  persist(archive: Archive): void {
    this.now = archive.number('now', this.now);
    this.kind = archive.number('kind', this.kind);
    this.row = archive.number('row', this.row);
    this.#at = archive.ints('at', this.#at, this.#at[HIGH]!);
  }

  #isPending(id: number): boolean {
    return id >= EVENTS && id < this.#at[HIGH]! && this.#at[id + TIME] !== FREE;
  }

  /**
   * Level 0 is empty: moves now to the start of the next slot of a higher level that holds anything, and deals its
   * events out, until level 0 has some. Does not move when the next event is after `limit`.
   */
  #advance(limit: number): boolean {
    const at = this.#at;
    while (at[BITS] === 0) {
      let level = 1;
      while (level < LEVELS && at[BITS + (level << LEVEL_BITS)] === 0) level++;
      if (level === LEVELS) return false;
      const bits = BITS + (level << LEVEL_BITS);
      const word = Math.clz32(at[bits]!);
      const place = (word << 5) | Math.clz32(at[bits + 1 + word]!);
      const width = level * PLACE_BITS;
      // The bits above this level's are those of now; level 3 has no bits above it.
      const start = level === 3 ? place << 30 : (this.now & (-1 << (width + PLACE_BITS))) | (place << width);
      if (start > limit) return false;
      const slot = (level << PLACE_BITS) | place;
      // Only a limit inside this slot can part its events; then it is not entered for nothing.
      if (limit - start < 1 << width && this.#earliest(slot) > limit) return false;
      this.now = start;
      this.#deal(slot);
    }
    return true;
  }

  #earliest(slot: number): number {
    const at = this.#at;
    let earliest = HORIZON;
    for (let id = at[LISTS + slot * 2]!; id !== 0; id = at[id + NEXT]!)
      earliest = Math.min(earliest, at[id + TIME]!);
    return earliest;
  }

  /** Empties a slot, in order, into the slots below that now tells apart. */
  #deal(slot: number): void {
    const at = this.#at;
    const { now } = this;
    let id = at[LISTS + slot * 2]! & ID;
    at[LISTS + slot * 2] = 0;
    clearBit(at, slot);
    while (id !== 0) {
      const next = at[id + NEXT]! & ID;
      append(at, id, at[id + TIME]!, now);
      id = next;
    }
  }

  /** Schedules an event in a place that none had before; where there is no room, there is then for as many again. */
  #scheduleFirst(when: number, what: number): number {
    const id = this.#at[HIGH]!;
    if (id + WIDTH > this.#at.length) this.#at = grown(this.#at, this.#at.length + id - EVENTS);
    this.#at[HIGH] = id + WIDTH;
    this.#at[id + WHAT] = what;
    append(this.#at, id, when, this.now);
    return id;
  }
}

const append = (at: Int32Array, id: number, time: number, now: number): void => {
  const slot = slotFor(time, now);
  const list = LISTS + (slot << 1);
  at[id + NEXT] = 0;
  at[id + TIME] = time;
  if (at[list] === 0) {
    at[id + PREVIOUS] = 0;
    at[list] = id;
    const bits = BITS + ((slot >>> PLACE_BITS) << LEVEL_BITS);
    const word = (slot >>> 5) & 31;
    at[bits]! |= HIGHEST_BIT >>> word;
    at[bits + 1 + word]! |= HIGHEST_BIT >>> (slot & 31);
  } else {
    const tail = at[list + 1]! & ID;
    at[id + PREVIOUS] = tail;
    at[tail + NEXT] = id;
  }
  at[list + 1] = id;
};

/** `slot` follows from the event's time and from now: a slot is left when time enters it. */
const unlink = (at: Int32Array, id: number, slot: number): void => {
  const list = LISTS + (slot << 1);
  const next = at[id + NEXT]! & ID;
  const previous = at[id + PREVIOUS]! & ID;
  if (next !== 0) at[next + PREVIOUS] = previous;
  else at[list + 1] = previous;
  if (previous !== 0) at[previous + NEXT] = next;
  else {
    at[list] = next;
    if (next === 0) clearBit(at, slot);
  }
};

const clearBit = (at: Int32Array, slot: number): void => {
  const bits = BITS + ((slot >>> PLACE_BITS) << LEVEL_BITS);
  const word = (slot >>> 5) & 31;
  const left = at[bits + 1 + word]! & ~(HIGHEST_BIT >>> (slot & 31));
  at[bits + 1 + word] = left;
  if (left === 0) at[bits]! &= ~(HIGHEST_BIT >>> word);
};

const release = (at: Int32Array, id: number): void => {
  at[id + TIME] = FREE;
  at[id + NEXT] = at[FREE_HEAD]!;
  at[FREE_HEAD] = id;
};

/** The slot of the lowest level on which `time` and `now` differ in no bit above it. Free of branches: none predicts it. */
const slotFor = (time: number, now: number): number => {
  // The level is the highest bit that differs, divided by 10: times 205, over 2048, for a bit of up to 31.
  const level = (Math.imul(31 - Math.clz32((time ^ now) | 1), 205) >> 11) & 3;
  return (level << PLACE_BITS) | ((time >>> Math.imul(level, PLACE_BITS)) & (PLACES - 1));
};
