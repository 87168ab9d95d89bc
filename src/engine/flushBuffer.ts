/**
 * Flush buffer: the values that a write-behind cache has acknowledged and the store has not. Of each key the newest
 * value that waits and the one under way; those that were replaced before their flush hang below them in the oracle.
 * A key lives on one cache node, so one row by key serves all of them. Data alone; `actors/buffer.ts` acts on it.
 */
import type { Archive, Persistent } from './kernel/archive.ts';
import { grown } from './kernel/grown.ts';

/** Ints a key. */
export const BUFFERED = 4;
export const B_WAITS = 0; // version that waits for its flush; 0: none
export const B_TIMER = 1; // wheel event that flushes it; DUE; 0: none
export const B_SENT = 2; // version under way to the store; 0: none
export const B_CALL = 3; // call that brings it there

/** In place of a timer: its time has come, and it waits for the flush under way, or for a paused node. */
export const DUE = -1;

export class FlushBuffer implements Persistent {
  at: Int32Array<ArrayBuffer> = new Int32Array(16);
  slots = 0;
  /** Values that wait or are under way. */
  held = 0;
  /** Versions whose node lost them while something that carries them was still alive: (version, time of that fault). */
  atRisk: Int32Array<ArrayBuffer> = new Int32Array(16);
  risks = 0;

  /** Where the key's row begins; there is one from now on. */
  row(slot: number): number {
    this.slots = Math.max(this.slots, slot + 1);
    this.at = grown(this.at, this.slots * BUFFERED);
    return slot * BUFFERED;
  }

  /** Whether anything of the key is not known to be in the store. */
  holds(slot: number): boolean {
    const o = slot * BUFFERED;
    return slot < this.slots && (this.at[o + B_WAITS] !== 0 || this.at[o + B_SENT] !== 0);
  }

  risk(write: number, faultAt: number): void {
    this.atRisk = grown(this.atRisk, (this.risks + 1) * 2);
    this.atRisk[this.risks * 2] = write;
    this.atRisk[this.risks++ * 2 + 1] = faultAt;
  }

  persist(archive: Archive): void {
    this.slots = archive.number('slots', this.slots);
    this.held = archive.number('held', this.held);
    this.risks = archive.number('risks', this.risks);
    this.at = archive.ints('at', this.at, this.slots * BUFFERED);
    this.atRisk = archive.ints('atRisk', this.atRisk, this.risks * 2);
  }
}
