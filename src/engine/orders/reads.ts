/**
 * Whether anybody may still read the store: found by following the policy's table from where every call stands. As soon
 * as nobody may, it does not matter any more in which order the followers show what is committed.
 */
import { MESSAGES } from '../../design/readings.ts';
import { AWAITED, CALL, KIND, NODE, PHASE, Phase, Status, STEP, TIMER } from '../calls.ts';
import { isGather } from '../gathers.ts';
import { Tier } from '../nodes.ts';
import { ARG, Do, ON, STEP_WIDTH } from '../program.ts';
import { GET } from '../actors/transport.ts';
import type { World } from '../world.ts';

const CACHE = 1;
/** Outcomes that a step can go on from. */
const WAYS = STEP_WIDTH - ON;

export class Reads {
  readonly #w: World;
  /** By step: 1 if a read of the store can follow from it. */
  readonly #reading: Uint8Array<ArrayBuffer>;

  constructor(w: World) {
    this.#w = w;
    const { steps } = w.program;
    const reading = new Uint8Array(steps.length / STEP_WIDTH);
    this.#reading = reading;
    for (let more = true; more;) {
      more = false;
      for (let step = 0; step < reading.length; step++) {
        if (reading[step] === 1 || !(this.#readsItself(step) || this.#goesOnToRead(step, WAYS))) continue;
        reading[step] = 1;
        more = true;
      }
    }
  }

  /** Whether a call that is alive may lead to a read of the store, or is one. */
  mayCome(): boolean {
    const { calls, nodes } = this.#w;
    const { at } = calls;
    for (let row = 1; row < calls.end; row++) {
      const o = row * CALL;
      const phase = at[o + PHASE]!;
      // Of one that asks several replicas, what it asks each of them is a call of its own.
      if (phase === Phase.free || phase === Phase.returning || isGather(calls, row)) continue;
      const tier = nodes.tierOf(at[o + NODE]!);
      if (tier === Tier.store ? at[o + KIND] === GET : this.#mayRead(o, phase, tier === Tier.cache))
        return true;
    }
    return false;
  }

  #mayRead(o: number, phase: number, atCache: boolean): boolean {
    const { at } = this.#w.calls;
    if (phase === Phase.travelling) return this.#routineReads(atCache ? CACHE : 0, at[o + KIND]!);
    const waits = phase === Phase.waiting && at[o + AWAITED] !== 0;
    if (!waits) return this.#reading[at[o + STEP]!] === 1;
    // What it waits for is a call of its own.
    return this.#goesOnToRead(at[o + STEP]!, at[o + TIMER] === 0 ? Status.gaveUp : WAYS);
  }

  /** Whether the step reads, or makes somebody read. */
  #readsItself(step: number): boolean {
    const { steps } = this.#w.program;
    const s = step * STEP_WIDTH;
    switch (steps[s]) {
      case Do.callStore:
        return steps[s + ARG] === GET;
      case Do.callCache:
      case Do.sendCache:
      case Do.sendSelf:
        return this.#routineReads(CACHE, steps[s + ARG]!);
      default:
        return false;
    }
  }

  /** Whether a read follows from one of the first so many outcomes of a step. */
  #goesOnToRead(step: number, ways: number): boolean {
    const { steps } = this.#w.program;
    for (let way = 0; way < ways; way++) {
      const next = steps[step * STEP_WIDTH + ON + way]!;
      if (next >= 0 && this.#reading[next] === 1) return true;
    }
    return false;
  }

  #routineReads(actor: number, message: number): boolean {
    const entry = this.#w.program.entry[actor * MESSAGES.length + message]!;
    return entry >= 0 && this.#reading[entry] === 1;
  }
}
