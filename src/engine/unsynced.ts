/**
 * What replicas have acknowledged and hold in memory only, where their disks are synced periodically. Exists so that a
 * crash can take back exactly that. A sync is no event: when each one is follows from the period, and what it has made
 * durable is forgotten when room is needed. Which versions are lost with it is found out in `actors/losing.ts`.
 *
 * Replica i of rf (from 0) syncs at every multiple of the period plus i/rf of it, out of step with the others: nothing
 * keeps the timers of machines together, and all at one instant would be the worst case of a power loss.
 */
import type { Design } from '../design/design.ts';
import type { Archive, Persistent } from './kernel/archive.ts';
import { grown } from './kernel/grown.ts';

/** Ints a row: the replica (over all shards), the key, the version, what was shown before it, and when. */
const ROW = 5;
/** In place of what was shown before: the row says that the version was written, not that it was shown. */
const WRITTEN = -1;

/** Something that a crash takes back. */
export interface Undone {
  readonly slot: number;
  readonly write: number;
  /** The version that was shown before this one; below 0: this one was written. */
  readonly before: number;
}

export class Unsynced implements Persistent {
  /** True where a replica acknowledges what is in its memory only. */
  readonly periodic: boolean;
  readonly #period: number;
  readonly #rf: number;
  #rows: Int32Array<ArrayBuffer> = new Int32Array(64 * ROW);
  #end = 0;
  /** By replica: since when alone its rows count. */
  #settled: Float64Array<ArrayBuffer>;

  constructor(design: Design) {
    const { fsync, rf, shards } = design.store;
    this.periodic = fsync !== 'always';
    this.#period = fsync === 'always' ? 1 : fsync.periodic;
    this.#rf = rf;
    this.#settled = new Float64Array(shards * rf).fill(-1);
  }

  /** A replica has written a version. */
  written(replica: number, slot: number, write: number, now: number): void {
    this.shown(replica, slot, write, WRITTEN, now);
  }

  /** A replica shows a version, in place of another one. */
  shown(replica: number, slot: number, write: number, before: number, now: number): void {
    if (this.#end + ROW > this.#rows.length) this.#makeRoom(now);
    const o = this.#end;
    this.#rows[o] = replica;
    this.#rows[o + 1] = slot;
    this.#rows[o + 2] = write;
    this.#rows[o + 3] = before;
    this.#rows[o + 4] = now;
    this.#end += ROW;
  }

  /** What a replica has taken up so far is on its disk, or gone. */
  settle(replica: number, now: number): void {
    this.#settled[replica] = now;
  }

  /** What a replica has taken up since its last sync, the latest first. It has nothing of that any more. */
  takeBack(replica: number, now: number): Undone[] {
    const undone = this.since(replica, now);
    this.settle(replica, now);
    return undone;
  }

  /** What a replica has taken up since its last sync, the latest first. */
  since(replica: number, now: number): Undone[] {
    const synced = this.lastSync(replica, now);
    const undone: Undone[] = [];
    for (let o = this.#end - ROW; o >= 0; o -= ROW) {
      if (this.#rows[o] !== replica || this.#rows[o + 4]! <= synced) continue;
      undone.push({ slot: this.#rows[o + 1]!, write: this.#rows[o + 2]!, before: this.#rows[o + 3]! });
    }
    return undone;
  }

  /** When a replica last synced, or was settled. What it took up at that very instant came first. */
  lastSync(replica: number, now: number): number {
    const offset = Math.floor((this.#period * (replica % this.#rf)) / this.#rf);
    const turn = offset + Math.floor((now - offset) / this.#period) * this.#period;
    return Math.max(turn, this.#settled[replica]!);
  }

  persist(archive: Archive): void {
    this.#end = archive.number('unsyncedEnd', this.#end);
    this.#rows = archive.ints('unsynced', this.#rows, this.#end);
    this.#settled = archive.floats('settled', this.#settled, this.#settled.length);
  }

  /** Forgets what has been synced; where most of it has not, there is twice the room. */
  #makeRoom(now: number): void {
    const rows = this.#rows;
    let kept = 0;
    for (let o = 0; o < this.#end; o += ROW) {
      if (rows[o + 4]! <= this.lastSync(rows[o]!, now)) continue;
      rows.copyWithin(kept, o, o + ROW);
      kept += ROW;
    }
    this.#end = kept;
    if (kept * 2 > rows.length) this.#rows = grown(rows, rows.length * 2);
  }
}
