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

/** The last instant there is: about 35 simulated minutes. What is scheduled later happens then. */
export const HORIZON = 0x7fffffff;

// Fields of an event.
const NEXT = 0; // event after it in its slot, or in the free list; 0: none
const PREVIOUS = 1; // event before it in its slot; 0: none
const TIME = 2;
const SLOT = 3; // the slot that it stands in, FREE when it is not pending
const KIND = 4;
const ROW = 5;
const SHIFT = 3; // 8 ints an event

const FREE = -1;

// A slot is level << 10 | place. Its list's head and tail are neighbours.
const PLACES = 1024;
const LEVELS = 4;
const WORDS = 33; // of bits a level: a summary, then 32 words with a bit a slot

export class Wheel implements Persistent {
  /** Microseconds: the time of the event last taken. */
  now = 0;
  /** Of the event last taken. */
  kind = 0;
  row = 0;
  #size = 0;
  /** Events ever in use at once, row 0 (none) included. */
  #high = 1;
  #free = 0;
  #events: Int32Array<ArrayBuffer>;
  #lists: Int32Array<ArrayBuffer>;
  #bits: Int32Array<ArrayBuffer>;

  constructor() {
    this.#events = new Int32Array(1024 << SHIFT);
    this.#lists = new Int32Array(LEVELS * PLACES * 2);
    this.#bits = new Int32Array(LEVELS * WORDS);
  }

  /** Pending events. */
  get size(): number {
    return this.#size;
  }

  /**
   * Has (kind, row) given back at `time`, a whole number of microseconds, not before now; past HORIZON, at HORIZON.
   * Returns the event's id, which is never 0 and may be used again once the event was taken or cancelled.
   */
  schedule(time: number, kind: number, row: number): number {
    if (!(time >= this.now)) throw new RangeError(`scheduled at ${time}, before now (${this.now})`);
    let id = this.#free;
    if (id === 0) id = this.#grow();
    else this.#free = this.#events[(id << SHIFT) + NEXT]!;
    const events = this.#events;
    const at = id << SHIFT;
    const when = time > HORIZON ? HORIZON : time;
    events[at + TIME] = when;
    events[at + KIND] = kind;
    events[at + ROW] = row;
    this.#size++;
    this.#append(id, slotFor(when, this.now));
    return id;
  }

  /** Takes a pending event out. */
  cancel(id: number): void {
    const at = id << SHIFT;
    const slot = this.#events[at + SLOT]!;
    if (!(id > 0 && id < this.#high) || slot === FREE) throw new RangeError(`event ${id} is not pending`);
    this.#unlink(at, slot);
    this.#release(id);
  }

  timeOf(id: number): number {
    return this.#events[(id << SHIFT) + TIME]!;
  }

  kindOf(id: number): number {
    return this.#events[(id << SHIFT) + KIND]!;
  }

  rowOf(id: number): number {
    return this.#events[(id << SHIFT) + ROW]!;
  }

  /**
   * Takes the next event if its time is at most `limit`: sets now, kind and row. Returns false, and leaves now where
   * it is, when there is none.
   */
  take(limit: number): boolean {
    const bits = this.#bits;
    let summary = bits[0]!;
    if (summary === 0) {
      if (!this.#advance(limit)) return false;
      summary = bits[0]!;
    }
    // Nothing pending is before now, so the lowest bit set is the next event's.
    const word = lowestBit(summary);
    const place = (word << 5) | lowestBit(bits[1 + word]!);
    const time = (this.now & ~(PLACES - 1)) | place;
    if (time > limit) return false;
    const events = this.#events;
    const id = this.#lists[place << 1]!;
    const at = id << SHIFT;
    this.now = time;
    this.kind = events[at + KIND]!;
    this.row = events[at + ROW]!;
    const next = events[at + NEXT]!;
    this.#lists[place << 1] = next;
    if (next !== 0) events[(next << SHIFT) + PREVIOUS] = 0;
    else this.#clearBit(place);
    this.#release(id);
    return true;
  }

  /** Moves time to an instant before which nothing is pending. Never back. */
  moveTo(time: number): void {
    if (!(time >= this.now)) throw new RangeError(`moved to ${time}, before now (${this.now})`);
    this.now = time;
    // The slots that time stands in now are entered, the longest first.
    for (let level = LEVELS - 1; level > 0; level--) {
      const slot = (level << 10) | ((time >>> (level * 10)) & (PLACES - 1));
      if (this.#lists[slot << 1] !== 0) this.#deal(slot);
    }
  }

  /** Visits every pending event, in no order that means anything. Slow: for looking, not for running. */
  forEachPending(visit: (time: number, kind: number, row: number, id: number) => void): void {
    const events = this.#events;
    for (let id = 1; id < this.#high; id++) {
      const at = id << SHIFT;
      if (events[at + SLOT] !== FREE) visit(events[at + TIME]!, events[at + KIND]!, events[at + ROW]!, id);
    }
  }

  persist(archive: Archive): void {
    this.now = archive.number('now', this.now);
    this.kind = archive.number('kind', this.kind);
    this.row = archive.number('row', this.row);
    this.#size = archive.number('size', this.#size);
    this.#high = archive.number('high', this.#high);
    this.#free = archive.number('free', this.#free);
    this.#events = archive.ints('events', this.#events, this.#high << SHIFT);
    this.#lists = archive.ints('lists', this.#lists, LEVELS * PLACES * 2);
    this.#bits = archive.ints('bits', this.#bits, LEVELS * WORDS);
  }

  /**
   * Level 0 is empty: moves now to the start of the next slot of a higher level that holds anything, and deals its
   * events out, until level 0 has some. Does not move when the next event is after `limit`.
   */
  #advance(limit: number): boolean {
    while (this.#bits[0] === 0) {
      let level = 1;
      while (level < LEVELS && this.#bits[level * WORDS] === 0) level++;
      if (level === LEVELS) return false;
      const word = lowestBit(this.#bits[level * WORDS]!);
      const place = (word << 5) | lowestBit(this.#bits[level * WORDS + 1 + word]!);
      const width = level * 10;
      // The bits above this level's are those of now; level 3 has no bits above it.
      const start = level === 3 ? place << 30 : (this.now & (-1 << (width + 10))) | (place << width);
      if (start > limit) return false;
      const slot = (level << 10) | place;
      // Only a limit inside this slot can part its events; then it is not entered for nothing.
      if (limit - start < 1 << width && this.#earliest(slot) > limit) return false;
      this.now = start;
      this.#deal(slot);
    }
    return true;
  }

  #earliest(slot: number): number {
    const events = this.#events;
    let earliest = HORIZON;
    for (let id = this.#lists[slot << 1]!; id !== 0; id = events[(id << SHIFT) + NEXT]!) {
      earliest = Math.min(earliest, events[(id << SHIFT) + TIME]!);
    }
    return earliest;
  }

  /** Empties a slot, in order, into the slots below that now tells apart. */
  #deal(slot: number): void {
    let id = this.#lists[slot << 1]!;
    this.#lists[slot << 1] = 0;
    this.#clearBit(slot);
    while (id !== 0) {
      const at = id << SHIFT;
      const next = this.#events[at + NEXT]!;
      this.#append(id, slotFor(this.#events[at + TIME]!, this.now));
      id = next;
    }
  }

  #append(id: number, slot: number): void {
    const events = this.#events;
    const lists = this.#lists;
    const at = id << SHIFT;
    events[at + NEXT] = 0;
    events[at + SLOT] = slot;
    const list = slot << 1;
    if (lists[list] === 0) {
      events[at + PREVIOUS] = 0;
      lists[list] = id;
      const level = slot >>> 10;
      const word = (slot >>> 5) & 31;
      const base = level * WORDS;
      this.#bits[base]! |= 1 << word;
      this.#bits[base + 1 + word]! |= 1 << (slot & 31);
    } else {
      const tail = lists[list + 1]!;
      events[at + PREVIOUS] = tail;
      events[(tail << SHIFT) + NEXT] = id;
    }
    lists[list + 1] = id;
  }

  #unlink(at: number, slot: number): void {
    const events = this.#events;
    const lists = this.#lists;
    const next = events[at + NEXT]!;
    const previous = events[at + PREVIOUS]!;
    if (next !== 0) events[(next << SHIFT) + PREVIOUS] = previous;
    else lists[(slot << 1) + 1] = previous;
    if (previous !== 0) events[(previous << SHIFT) + NEXT] = next;
    else {
      lists[slot << 1] = next;
      if (next === 0) this.#clearBit(slot);
    }
  }

  #clearBit(slot: number): void {
    const bits = this.#bits;
    const base = (slot >>> 10) * WORDS;
    const word = (slot >>> 5) & 31;
    const left = bits[base + 1 + word]! & ~(1 << (slot & 31));
    bits[base + 1 + word] = left;
    if (left === 0) bits[base]! &= ~(1 << word);
  }

  #release(id: number): void {
    const at = id << SHIFT;
    this.#events[at + SLOT] = FREE;
    this.#events[at + NEXT] = this.#free;
    this.#free = id;
    this.#size--;
  }

  /** A new event's id, past all those in use. */
  #grow(): number {
    const id = this.#high++;
    if (id << SHIFT >= this.#events.length) {
      const larger = new Int32Array(this.#events.length * 2);
      larger.set(this.#events);
      this.#events = larger;
    }
    return id;
  }
}

const lowestBit = (word: number) => 31 - Math.clz32(word & -word);

/** The slot of the lowest level on which `time` and `now` differ in no bit above it. Free of branches: none predicts it. */
function slotFor(time: number, now: number): number {
  // The level is the highest bit that differs, divided by 10: times 205, over 2048, for a bit of up to 31.
  const level = ((31 - Math.clz32((time ^ now) | 1)) * 205) >>> 11;
  return (level << 10) | ((time >>> (level * 10)) & (PLACES - 1));
}
