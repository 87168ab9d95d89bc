/**
 * What is committed of one key in a window of a run: looked at when the window opens and when it ends, so that a run without
 * a window pays nothing for it.
 */
import type { Committed } from './readings.ts';
import { W_SLOT, WRITE } from './versions.ts';
import type { World } from './world.ts';

export class CommitWatch {
  readonly #world: World;
  readonly #key: number;
  readonly #newest: number;
  /** The key's versions that were not committed when the window opened; all from `#since` on did not exist. */
  readonly #open: readonly number[];
  readonly #since: number;

  /** `key`: a rank; -1: no key. Nothing of the window has been rendered. */
  constructor(w: World, key: number) {
    this.#world = w;
    this.#key = key;
    const slot = this.#slot;
    this.#newest = slot < 0 ? 0 : w.oracle.numberOf(w.oracle.latest(slot));
    this.#open = this.#versions(1).filter((write) => !w.oracle.isCommitted(write));
    this.#since = w.oracle.writeCount;
  }

  /** All of the window has been rendered. */
  end(): Committed {
    const { oracle } = this.#world;
    const later = new Map<number, number>();
    for (const write of [...this.#open, ...this.#versions(this.#since)])
      later.set(oracle.numberOf(write), oracle.isCommitted(write) ? oracle.committedAt(write) : Infinity);
    return { newest: this.#newest, later };
  }

  /** -1 as long as nobody has asked for the key. */
  get #slot(): number {
    return this.#key < 0 ? -1 : this.#world.keys.find(this.#key);
  }

  /** The key's versions from one on. Cold: walks those of all keys. */
  #versions(from: number): number[] {
    const { oracle } = this.#world;
    const slot = this.#slot;
    const versions: number[] = [];
    if (slot < 0) return versions;
    for (let write = from; write < oracle.writeCount; write++)
      if (oracle.writes[write * WRITE + W_SLOT] === slot) versions.push(write);
    return versions;
  }
}
