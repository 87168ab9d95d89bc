/**
 * Operations: what clients have under way. One row lives from the first attempt to the moment its client is
 * answered or gives up; whatever it set in motion lives on in `calls`. Rows are pooled: whoever comes back late knows
 * the id of the operation that it served, and whether its client still waits.
 */
import type { Archive, Persistent } from './kernel/archive.ts';
import { grown } from './kernel/grown.ts';

/** Ints a row. */
export const OP = 12;
export const OP_ID = 0;
export const OP_START = 1; // microseconds
export const OP_SESSION = 2;
export const OP_SLOT = 3;
export const OP_WRITE = 4; // the PUT's own version
export const OP_KIND = 5; // OpKind
export const OP_ATTEMPT = 6; // row of its last attempt; 0: lost on its way, or given up on
export const OP_TIMER = 7; // wheel event that ends the wait for an answer, or before a retry; 0: its client has its end
export const OP_OWN = 8; // the session's newest own acknowledged version of the key at the start; 0: none
export const OP_SEEN = 9; // the newest committed version that the session had read by the start; 0: none
export const OP_READS_BACK = 10; // this PUT will be read back
export const OP_RETRIES = 11; // begun so far
const OP_NEXT = 11; // of a free row: the next one
/** Of a probe, in place of the above: the PUT's version that it looks for, and which of the instants it is. */
export const OP_TARGET = OP_OWN;
export const OP_INSTANT = OP_SEEN;

export const OpKind = { put: 0, get: 1, readBack: 2, probe: 3 } as const;

export class Operations implements Persistent {
  at: Int32Array<ArrayBuffer> = new Int32Array(256 * OP);
  alive = 0;
  /** Ids given so far; also the number of operations started. */
  started = 0;
  private end = 1;
  private free = 0;

  open(kind: number, now: number, session: number, slot: number): number {
    let row = this.free;
    if (row !== 0) this.free = this.at[row * OP + OP_NEXT]!;
    else {
      row = this.end++;
      this.at = grown(this.at, this.end * OP);
    }
    this.alive++;
    const at = this.at;
    const o = row * OP;
    at[o + OP_ID] = ++this.started;
    at[o + OP_START] = now;
    at[o + OP_SESSION] = session;
    at[o + OP_SLOT] = slot;
    at[o + OP_WRITE] = 0;
    at[o + OP_KIND] = kind;
    at[o + OP_ATTEMPT] = 0;
    at[o + OP_TIMER] = 0;
    at[o + OP_OWN] = 0;
    at[o + OP_SEEN] = 0;
    at[o + OP_READS_BACK] = 0;
    at[o + OP_RETRIES] = 0;
    return row;
  }

  /** Whether an operation still waits for its answer, or to be tried again: its row may be another's by now. */
  waits(row: number, id: number): boolean {
    return this.at[row * OP + OP_ID] === id && this.at[row * OP + OP_TIMER] !== 0;
  }

  /** Ids of a session's operations that are under way, and of its last ones, whose messages may still be. */
  idsOf(session: number): number[] {
    const ids: number[] = [];
    for (let o = OP; o < this.end * OP; o += OP)
      if (this.at[o + OP_SESSION] === session) ids.push(this.at[o + OP_ID]!);
    return ids;
  }

  close(row: number): void {
    this.at[row * OP + OP_ATTEMPT] = 0;
    this.at[row * OP + OP_TIMER] = 0;
    this.at[row * OP + OP_NEXT] = this.free;
    this.free = row;
    this.alive--;
  }

  persist(archive: Archive): void {
    this.alive = archive.number('alive', this.alive);
    this.started = archive.number('started', this.started);
    this.end = archive.number('end', this.end);
    this.free = archive.number('free', this.free);
    this.at = archive.ints('at', this.at, this.end * OP);
  }
}
