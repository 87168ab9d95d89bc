/**
 * Calls: every message alive, with the work it asks for. One row is one remote procedure call from the moment it
 * is sent to the moment its answer arrives: it travels, waits in its node's queue, is served, calls others in turn,
 * and carries the answer home. Rows are pooled; a late row whose caller has gone is recognised because nobody
 * awaits it any more, so that no row ever needs to be hunted down.
 */
import type { Archive, Persistent } from './kernel/archive.ts';
import { grown } from './kernel/grown.ts';

/** Ints a row. Columns are offsets from `callAt(row)`. */
export const CALL = 16;

/**
 * Where a row begins. The mask changes nothing: it tells the compiler that no column of the row is out of an int's range,
 * which spares a check at every access. What is written into a row says `| 0` for the same reason, where it was handed over.
 */
export const callAt = (row: number): number => (row & 0x3ffffff) << 4;

export const CALLER = 0; // row of the caller; of the operation, for an attempt; 0: nobody waits
export const ID = 1; // unique over the run: what hops, events and timeouts name
export const OPERATION = 2; // id of the client operation that it serves
export const NODE = 3; // whom it asks
export const FROM = 4; // who asked
export const KIND = 5; // MESSAGES
export const SLOT = 6; // the key
export const WRITE = 7; // the version that it carries; after a read, the version that was found
// Where its node stands in the policy's table; a miss on its way home: the lease; replication: the log entry.
export const STEP = 8;
// Outcome, once answered; of a load or a fill before that: its lease; replication: the entry's serial.
export const STATUS = 9;
export const FLAGS = 10;
export const TIMER = 11; // wheel event that ends the wait for AWAITED; 0: no limit; TIMER_HELD
export const AWAITED = 12; // row that this one waits for; 0: none
export const PHASE = 13;
export const LINK = 14; // queue link while waiting; wheel event while travelling or served
export const MARK = 15; // when it was sent or joined the queue; what was left of its service when it was frozen

export const Phase = {
  free: 0,
  travelling: 1,
  queued: 2,
  served: 3,
  frozen: 4, // in service at a paused node
  waiting: 5, // for another node, or for a quorum
  returning: 6,
  held: 7, // arrived at a paused node
  kept: 8, // a hint: not sent before its replica answers again
} as const;

export const Flag = {
  /** Somebody up the chain has stopped waiting for it. */
  givenUp: 1,
  /** The value that it carries was not committed when it was served. */
  dirty: 2,
  /** It waits for a service that costs a write. */
  write: 4,
  /** It serves a client's read of its own write. */
  readBack: 8,
  /** It asks all replicas of a shard, or it is what one of them is asked: see `gathers.ts`. */
  gathers: 64,
  part: 128,
} as const;

/** In place of a timer: it ran out at a paused node, which will learn of it when it goes on. */
export const TIMER_HELD = -1;

export const Status = { ok: 0, miss: 1, refused: 2, gaveUp: 3 } as const;
/** STATUS of a leaderless copy that its coordinator keeps until the replica has acknowledged it. */
export const HINT = 1;

export class Calls implements Persistent {
  at: Int32Array<ArrayBuffer> = new Int32Array(1024 * CALL);
  /** One past the highest row ever used; row 0 is nobody. */
  end = 1;
  alive = 0;
  private free = 0;
  private nextId = 1;

  /** Opens a row in phase `travelling`; the caller fills in what it needs beyond these. */
  open(caller: number, operation: number, kind: number, node: number, from: number): number {
    const row = this.fresh();
    const at = this.at;
    const o = callAt(row);
    at[o + CALLER] = caller | 0;
    at[o + OPERATION] = operation | 0;
    at[o + NODE] = node | 0;
    at[o + FROM] = from | 0;
    at[o + KIND] = kind | 0;
    at[o + FLAGS] = 0;
    return row;
  }

  /** Opens a call that a row makes or sends, with the key, the version and the fate of the one who makes it. */
  openFrom(parent: number, caller: number, kind: number, node: number): number {
    const row = this.fresh();
    const at = this.at;
    const o = callAt(row);
    const p = callAt(parent);
    at[o + CALLER] = caller | 0;
    at[o + OPERATION] = at[p + OPERATION]!;
    at[o + NODE] = node | 0;
    at[o + FROM] = at[p + NODE]!;
    at[o + KIND] = kind | 0;
    at[o + SLOT] = at[p + SLOT]!;
    at[o + WRITE] = at[p + WRITE]!;
    at[o + FLAGS] = at[p + FLAGS]! & (Flag.givenUp | Flag.readBack);
    return row;
  }

  close(row: number): void {
    const { at } = this;
    const o = callAt(row);
    at[o + PHASE] = Phase.free;
    at[o + AWAITED] = 0;
    at[o + LINK] = this.free;
    this.free = row;
    this.alive--;
  }

  private fresh(): number {
    if (this.free === 0) this.grow();
    const { at, free: row } = this;
    const o = callAt(row);
    this.free = at[o + LINK]!;
    this.alive++;
    at[o + ID] = this.nextId++;
    at[o + STEP] = 0;
    at[o + STATUS] = 0;
    at[o + TIMER] = 0;
    at[o + AWAITED] = 0;
    at[o + PHASE] = Phase.travelling;
    return row;
  }

  private grow(): void {
    this.free = this.end++;
    this.at = grown(this.at, this.end * CALL);
    this.at[callAt(this.free) + LINK] = 0;
  }

  persist(archive: Archive): void {
    this.end = archive.number('end', this.end);
    this.free = archive.number('free', this.free);
    this.alive = archive.number('alive', this.alive);
    this.nextId = archive.number('nextId', this.nextId);
    this.at = archive.ints('at', this.at, this.end * CALL);
  }
}
