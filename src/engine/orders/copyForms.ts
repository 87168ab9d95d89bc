/**
 * The canonical form of the copies of the key: at the cache, in its flush buffer, in the log and at the replicas of its
 * shard, and what of that is on no disk yet. It begins no piece: it is a part of the whole state's.
 */
import { B_SENT, B_TIMER, B_WAITS, BUFFERED } from '../flushBuffer.ts';
import { K_DUE, K_FIRST, K_HELD, K_LATEST, K_ORDINAL } from '../columns.ts';
import { KEY_SHIFT } from '../kernel/maps.ts';
import {
  E_ACKED,
  E_DURABLE,
  E_LEADER,
  E_NEXT,
  E_NOTICED,
  E_SHOWN,
  E_STATE,
  E_TERM,
  E_WRITE,
  ENTRY,
  R_BEHIND,
  R_CATCHING,
  R_EMPTY,
  R_LEADS,
  R_TERM,
  REPLICA,
  S_LEADER,
  S_TERM,
  S_VACANT_SINCE,
  SHARD,
} from '../store.ts';
import type { World } from '../world.ts';
import type { Alike } from './alike.ts';
import { Disk } from './disk.ts';
import type { Sum } from './sum.ts';

const REPLICA_COLUMNS = [R_TERM, R_LEADS, R_EMPTY, R_BEHIND];
const ENTRY_COLUMNS = [E_TERM, E_STATE, E_LEADER];
const ENTRY_MASKS = [E_DURABLE, E_ACKED, E_NOTICED, E_SHOWN];

export class CopyForms {
  readonly #w: World;
  readonly #slot: number;
  readonly #sum: Sum;
  /** The place of a version's PUT among the operations. */
  readonly #placeOf: (write: number) => number;
  readonly #alike: Alike;
  readonly #disk: Disk;

  constructor(w: World, slot: number, sum: Sum, placeOf: (write: number) => number, alike: Alike) {
    this.#w = w;
    this.#slot = slot;
    this.#sum = sum;
    this.#placeOf = placeOf;
    this.#alike = alike;
    this.#disk = new Disk(w);
  }

  take(): void {
    this.#key();
    this.#buffer();
    this.#store();
    this.#unsynced();
  }

  /** At the cache, and what the cache and the store know of the key. */
  #key(): void {
    const w = this.#w;
    const slot = this.#slot;
    const at = w.keys.at;
    const o = slot << KEY_SHIFT;
    this.#sum.add(at[o + K_HELD] === 0 ? -1 : this.#placeOf(at[o + K_HELD]! - 1));
    this.#sum.add(this.#placeOf(at[o + K_LATEST]!));
    this.#sum.add(this.#placeOf(at[o + K_FIRST]!));
    this.#sum.add(at[o + K_ORDINAL]!);
    const tombstone = w.cache.tombstone(slot, this.#w.wheel.now);
    this.#sum.add(tombstone < 0 ? -1 : this.#placeOf(tombstone));
    // Columns that nobody has told this file of are compared as they are. What is held is always due.
    for (let column = K_DUE + 1; column < 1 << KEY_SHIFT; column++) this.#sum.add(at[o + column]!);
  }

  /** What waits to be flushed, and what a node has lost of it while something still carried it. */
  #buffer(): void {
    const sum = this.#sum;
    const slot = this.#slot;
    const { buffered } = this.#w;
    const o = slot * BUFFERED;
    sum.add(this.#placeOf(buffered.at[o + B_WAITS]!));
    sum.add(this.#placeOf(buffered.at[o + B_SENT]!));
    sum.add(Math.sign(buffered.at[o + B_TIMER]!));
    for (let i = 0; i < buffered.risks; i++) sum.add(this.#placeOf(buffered.atRisk[i * 2]!));
    sum.add(buffered.risks);
  }

  #store(): void {
    const { store } = this.#w;
    const now = this.#w.wheel.now;
    const first = this.#w.shardOf(this.#slot) * store.rf;
    const s = this.#w.shardOf(this.#slot) * SHARD;
    const since = store.shard[s + S_VACANT_SINCE]!;
    this.#sum.add(store.shard[s + S_LEADER]!);
    this.#sum.add(store.shard[s + S_TERM]!);
    this.#sum.add(since < 0 ? 0 : now >= since + this.#w.design.store.failover ? 2 : 1);
    for (let name = 0; name < store.rf; name++) {
      const r = this.#alike.bearerOf(name);
      this.#sum.add(this.#placeOf(store.shown(this.#slot, r)));
      const at = (first + r) * REPLICA;
      for (const column of REPLICA_COLUMNS) this.#sum.add(store.replica[at + column]!);
      this.#sum.add(store.replica[at + R_CATCHING] === 0 ? 0 : 1);
    }
    // Without leaders it is the entry that measures lag, which follows from what the replicas show.
    if (!this.#w.leaderless) this.#sum.add(this.#placeOf(store.newest(this.#slot)));
    let place = 0;
    for (let entry = store.firstOpen(this.#slot); entry !== 0; entry = store.at[entry * ENTRY + E_NEXT]!) {
      const e = entry * ENTRY;
      place++;
      this.#sum.add(this.#placeOf(store.at[e + E_WRITE]!));
      for (const column of ENTRY_COLUMNS) this.#sum.add(store.at[e + column]!);
      for (const column of ENTRY_MASKS) this.#sum.add(this.#alike.maskOf(store.at[e + column]!));
    }
    this.#sum.add(place);
  }

  /** What the crash would take back if it came now. */
  #unsynced(): void {
    const undone = this.#disk.unsynced();
    this.#sum.add(undone.length);
    for (const { write, before } of undone) {
      this.#sum.add(this.#placeOf(write));
      this.#sum.add(before < 0 ? -1 : this.#placeOf(before));
    }
  }
}
