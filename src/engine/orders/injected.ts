/**
 * The operations that are put in by hand: which have begun, and how each one ended for its client. It is a part of the
 * explored world's state, so that two orders which gave a client different answers do not count as one.
 */
import { Status } from '../calls.ts';
import type { Archive, Persistent } from '../kernel/archive.ts';

/** How an operation ended: 0 while it has not, GAVE_UP, REFUSED, or ANSWERED plus the place of what it was given. */
export const GAVE_UP = 1;
const REFUSED = 2;
const ANSWERED = 3;

export class Injected implements Persistent {
  /** Id of the operation, by its place; 0: it has not begun. */
  ids: Int32Array<ArrayBuffer>;
  endings: Int32Array<ArrayBuffer>;
  readonly count: number;

  constructor(count: number) {
    this.count = count;
    this.ids = new Int32Array(count);
    this.endings = new Int32Array(count);
  }

  /** The place of an operation by its id. */
  placeOf(id: number): number {
    for (let i = 0; i < this.count; i++) if (this.ids[i] === id) return i;
    return -1;
  }

  allBegun(): boolean {
    for (let i = 0; i < this.count; i++) if (this.ids[i] === 0) return false;
    return true;
  }

  /** `place` is that of the version that came with the answer. */
  answered(i: number, status: number, place: number): void {
    this.endings[i] = status === Status.ok ? ANSWERED + place : status === Status.refused ? REFUSED : GAVE_UP;
  }

  persist(archive: Archive): void {
    this.ids = archive.ints('ids', this.ids, this.count);
    this.endings = archive.ints('endings', this.endings, this.count);
  }
}
