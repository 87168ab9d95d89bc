/**
 * Store: the log entries that are still open, what every replica shows of every key, and who leads each shard.
 * Data and its small rules; the actors act on it.
 * An entry leaves once every replica of its shard shows it or a later one of its key, so the pool stays as small
 * as what is under way.
 */
import type { Design } from '../design/design.ts';
import { K_FIRST_OPEN, K_LAST_OPEN } from './columns.ts';
import type { Archive, Persistent } from './kernel/archive.ts';
import { grown } from './kernel/grown.ts';
import { KEY_SHIFT, type KeyIndex } from './kernel/maps.ts';
import { TrackedInts } from './kernel/tracked.ts';
import { Unsynced } from './unsynced.ts';

/** Ints a log entry. */
export const ENTRY = 16;
export const E_WRITE = 0;
export const E_SLOT = 1;
export const E_SHARD = 2; // from 0
export const E_TERM = 3;
export const E_STATE = 4;
export const E_DURABLE = 5; // bit r: on the disk of replica r
export const E_ACKED = 6; // bit r: the leader knows that
export const E_NOTICED = 7; // bit r: replica r knows that it is committed
export const E_SHOWN = 8; // bit r: replica r answers reads with it, or with a later one
export const E_WAITERS = 9; // first call that waits for the commit; linked through LINK
export const E_NEXT = 10; // the same key's next open entry, in log order; free list
export const E_PREVIOUS = 11;
export const E_SERIAL = 12; // the log's order, over all shards
export const E_LEADER = 13; // replica that logged it, from 0
export const E_COMMITTED_AT = 14;
export const E_PASSED = 15; // bit r: replica r shows each committed earlier entry of the key, or a later one

export const EntryState = { free: 0, pending: 1, committed: 2 } as const;

/** Ints a shard. */
export const SHARD = 6;
export const S_LEADER = 0; // replica, from 0, that senders take for the leader
export const S_TERM = 1;
export const S_CHANGES = 2;
export const S_VACANT_SINCE = 3; // since when its leader is silent and not replaced; -1: it is there
export const S_UNANSWERED_SINCE = 4; // since when no majority answers a leader; -1: one does
export const S_LAST_FAULT = 5; // when the fault began that last took its leader away

/** Ints a replica. */
export const REPLICA = 5;
export const R_TERM = 0; // term of the last leader that it agreed with; 0: its disk was destroyed
export const R_LEADS = 1; // 1: takes itself for the leader
export const R_EMPTY = 2; // 1: its disk was lost and is not filled again yet
export const R_CATCHING = 3; // wheel event with which its catch-up goes on; 0: none is under way
export const R_BEHIND = 4; // Behind

/** How a replica stands to its leader's log. */
export const Behind = {
  no: 0,
  /** It crashed or stepped down, and has not caught up since: it does not serve. */
  yes: 1,
  /** It shows what an election has discarded, and has not heard of that: it serves. */
  unaware: 2,
} as const;

export class Store implements Persistent {
  readonly shards: number;
  readonly rf: number;
  readonly w: number;
  readonly majority: number;
  /** Every replica's bit. */
  readonly all: number;
  writes = 0;
  reads = 0;
  at: Int32Array<ArrayBuffer> = new Int32Array(256 * ENTRY);
  end = 1;
  shard: Int32Array<ArrayBuffer>;
  replica: Int32Array<ArrayBuffer>;
  unavailable: Float64Array<ArrayBuffer>;
  readonly unsynced: Unsynced;
  private free = 0;
  private serial = 1;
  /** By slot: what each replica shows, then the newest version logged. */
  private readonly shownBy: TrackedInts;
  private readonly keys: KeyIndex;
  private readonly width: number;
  private keyEnd = 0;

  constructor(design: Design, keys: KeyIndex) {
    this.keys = keys;
    this.shards = design.store.shards;
    this.rf = design.store.rf;
    this.w = design.store.w;
    this.majority = (this.rf >> 1) + 1;
    this.all = (1 << this.rf) - 1;
    this.width = this.rf + 1;
    this.shownBy = new TrackedInts(keys.room * this.width);
    this.shard = new Int32Array(this.shards * SHARD);
    this.replica = new Int32Array(this.shards * this.rf * REPLICA);
    this.unavailable = new Float64Array(this.shards);
    this.unsynced = new Unsynced(design);
    for (let s = 0; s < this.shards; s++) {
      this.shard[s * SHARD + S_TERM] = 1;
      this.shard[s * SHARD + S_VACANT_SINCE] = -1;
      this.shard[s * SHARD + S_UNANSWERED_SINCE] = -1;
      for (let r = 0; r < this.rf; r++) this.replica[(s * this.rf + r) * REPLICA + R_TERM] = 1;
      if (design.store.mode === 'leader') this.replica[s * this.rf * REPLICA + R_LEADS] = 1;
    }
  }

  touch(slot: number): void {
    if (slot < this.keyEnd) return;
    this.keyEnd = slot + 1;
    this.shownBy.extend(this.keyEnd * this.width);
  }

  /** Number of keys ever touched. */
  get slots(): number {
    return this.keyEnd;
  }

  /** The version that a replica answers reads with. */
  shown(slot: number, replica: number): number {
    return this.shownBy.at[slot * this.width + replica]!;
  }

  setShown(slot: number, replica: number, write: number): void {
    this.shownBy.set(slot * this.width + replica, write);
  }

  /** The newest version that the log took, for the fence. */
  newest(slot: number): number {
    return this.shownBy.at[slot * this.width + this.rf]!;
  }

  setNewest(slot: number, write: number): void {
    this.shownBy.set(slot * this.width + this.rf, write);
  }

  firstOpen(slot: number): number {
    return this.keys.at[(slot << KEY_SHIFT) + K_FIRST_OPEN]!;
  }

  lastOpen(slot: number): number {
    return this.keys.at[(slot << KEY_SHIFT) + K_LAST_OPEN]!;
  }

  /** Appends an entry to the log, and to its key's chain. */
  append(write: number, slot: number, shard: number, leader: number): number {
    let entry = this.free;
    if (entry !== 0) this.free = this.at[entry * ENTRY + E_NEXT]!;
    else {
      entry = this.end++;
      this.at = grown(this.at, this.end * ENTRY);
    }
    const at = this.at;
    const o = entry * ENTRY;
    for (let column = 0; column < ENTRY; column++) at[o + column] = 0;
    at[o + E_WRITE] = write;
    at[o + E_SLOT] = slot;
    at[o + E_SHARD] = shard;
    at[o + E_TERM] = this.replica[(shard * this.rf + leader) * REPLICA + R_TERM]!;
    at[o + E_STATE] = EntryState.pending;
    at[o + E_SERIAL] = this.serial++;
    at[o + E_LEADER] = leader;
    const { keys } = this;
    const key = slot << KEY_SHIFT;
    const last = keys.at[key + K_LAST_OPEN]!;
    at[o + E_PREVIOUS] = last;
    if (last !== 0) at[last * ENTRY + E_NEXT] = entry;
    else keys.set(key + K_FIRST_OPEN, entry);
    keys.set(key + K_LAST_OPEN, entry);
    return entry;
  }

  /** Takes an entry out: every replica shows it or a later one, or it was discarded. */
  remove(entry: number): void {
    const at = this.at;
    const o = entry * ENTRY;
    const { keys } = this;
    const key = at[o + E_SLOT]! << KEY_SHIFT;
    const previous = at[o + E_PREVIOUS]!;
    const next = at[o + E_NEXT]!;
    if (previous !== 0) at[previous * ENTRY + E_NEXT] = next;
    else keys.set(key + K_FIRST_OPEN, next);
    if (next !== 0) at[next * ENTRY + E_PREVIOUS] = previous;
    else keys.set(key + K_LAST_OPEN, previous);
    at[o + E_STATE] = EntryState.free;
    at[o + E_SERIAL] = 0;
    at[o + E_NEXT] = this.free;
    this.free = entry;
  }

  /** True while the row that carried (entry, serial) speaks of an entry that is still open. */
  isOpen(entry: number, serial: number): boolean {
    return this.at[entry * ENTRY + E_SERIAL] === serial;
  }

  /** The open entries of a shard in log order. Cold: walks the pool. */
  openEntries(shard: number): number[] {
    const open: number[] = [];
    for (let entry = 1; entry < this.end; entry++)
      if (this.at[entry * ENTRY + E_STATE] !== EntryState.free && this.at[entry * ENTRY + E_SHARD] === shard)
        open.push(entry);
    return open.sort((a, b) => this.at[a * ENTRY + E_SERIAL]! - this.at[b * ENTRY + E_SERIAL]!);
  }

  persist(archive: Archive): void {
    this.writes = archive.number('writes', this.writes);
    this.reads = archive.number('reads', this.reads);
    this.end = archive.number('end', this.end);
    this.free = archive.number('free', this.free);
    this.serial = archive.number('serial', this.serial);
    this.keyEnd = archive.number('keyEnd', this.keyEnd);
    this.at = archive.ints('at', this.at, this.end * ENTRY);
    this.shownBy.persistInts(archive, 'shown');
    this.shard = archive.ints('shard', this.shard, this.shard.length);
    this.replica = archive.ints('replica', this.replica, this.replica.length);
    this.unavailable = archive.floats('unavailable', this.unavailable, this.shards);
    this.unsynced.persist(archive);
  }
}
