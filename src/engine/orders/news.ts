/**
 * News of commits, on its way to followers: what each of them shows once it arrives matters to those who read it, and to
 * nobody else. So it can come as late as just before a read of its follower, as long as no crash may cost it.
 */
import { COMMIT_NOTICE, GET } from '../actors/transport.ts';
import { CALL, KIND, LINK, NODE, PHASE, Phase, STATUS, STEP } from '../calls.ts';
import { E_SHOWN, ENTRY } from '../store.ts';
import { Event, type World } from '../world.ts';
import type { ChosenWheel } from './drive.ts';

export class News {
  readonly #w: World;
  readonly #wheel: ChosenWheel;

  constructor(w: World, wheel: ChosenWheel) {
    this.#w = w;
    this.#wheel = wheel;
  }

  /** Whether an event is news that its follower does not have yet. */
  isFresh(event: number): boolean {
    return this.#isNews(event) && !this.#isOld(this.#wheel.rowOf(event));
  }

  /** Whether an event is news of what its follower shows already, or of what it has overtaken: nothing comes of it. */
  isStale(event: number): boolean {
    return this.#isNews(event) && this.#isOld(this.#wheel.rowOf(event));
  }

  /** The events by which reads arrive at the follower that this one brings news to. */
  readsOf(event: number): number[] {
    const { at, end } = this.#w.calls;
    const node = at[this.#wheel.rowOf(event) * CALL + NODE]!;
    const reads: number[] = [];
    for (let row = 1; row < end; row++) {
      const o = row * CALL;
      if (at[o + KIND] === GET && at[o + NODE] === node && at[o + PHASE] === Phase.travelling)
        reads.push(at[o + LINK]!);
    }
    return reads;
  }

  #isNews(event: number): boolean {
    if (this.#wheel.kindOf(event) !== Event.arrive) return false;
    return this.#w.calls.at[this.#wheel.rowOf(event) * CALL + KIND] === COMMIT_NOTICE;
  }

  #isOld(row: number): boolean {
    const { calls, store } = this.#w;
    const o = row * CALL;
    const entry = calls.at[o + STEP]!;
    if (!store.isOpen(entry, calls.at[o + STATUS]!)) return true;
    return (store.at[entry * ENTRY + E_SHOWN]! & (1 << this.#w.replicaOf(calls.at[o + NODE]!))) !== 0;
  }
}
