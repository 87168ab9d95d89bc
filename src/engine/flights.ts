/**
 * Flights: loads of a key that a node has under way, and who waits there for each to land. At most one in a state to be
 * joined for each node and key. Data alone; `actors/flights.ts` leads, joins and lands them.
 */
import type { Archive, Persistent } from './kernel/archive.ts';
import { grown } from './kernel/grown.ts';

/** Ints a flight. */
export const FLIGHT = 8;
export const F_NEXT = 0; // the key's next flight; free list
const F_SLOT = 1;
export const F_NODE = 2;
export const F_LEADER = 3; // id of the call that loads
export const F_SINCE = 4;
export const F_LEASE = 5; // the key's lease when it began
export const F_FIRST = 6; // calls that wait, linked through LINK
export const F_LAST = 7;

export class Flights implements Persistent {
  at: Int32Array<ArrayBuffer> = new Int32Array(16 * FLIGHT);
  #end = 1;
  #free = 0;
  /** By slot: its flights. */
  #first: Int32Array<ArrayBuffer> = new Int32Array(16);
  #slots = 0;

  /** The key's flights at all nodes, linked through F_NEXT; 0: none. */
  of(slot: number): number {
    return slot < this.#slots ? this.#first[slot]! : 0;
  }

  open(slot: number, node: number): number {
    let flight = this.#free;
    if (flight !== 0) this.#free = this.at[flight * FLIGHT + F_NEXT]!;
    else flight = this.#end++;
    this.at = grown(this.at, this.#end * FLIGHT);
    this.#slots = Math.max(this.#slots, slot + 1);
    this.#first = grown(this.#first, this.#slots);
    const o = flight * FLIGHT;
    this.at[o + F_NEXT] = this.#first[slot]!;
    this.at[o + F_SLOT] = slot;
    this.at[o + F_NODE] = node;
    this.at[o + F_FIRST] = 0;
    this.#first[slot] = flight;
    return flight;
  }

  close(flight: number): void {
    const { at } = this;
    const first = this.#first;
    const o = flight * FLIGHT;
    const slot = at[o + F_SLOT]!;
    if (first[slot] === flight) first[slot] = at[o + F_NEXT]!;
    else {
      let before = first[slot]! * FLIGHT;
      while (at[before + F_NEXT] !== flight) before = at[before + F_NEXT]! * FLIGHT;
      at[before + F_NEXT] = at[o + F_NEXT]!;
    }
    at[o + F_NODE] = 0;
    at[o + F_NEXT] = this.#free;
    this.#free = flight;
  }

  /** A node has crashed: whoever loaded or waited there is gone. */
  clear(node: number): void {
    for (let flight = 1; flight < this.#end; flight++)
      if (this.at[flight * FLIGHT + F_NODE] === node) this.close(flight);
  }

  persist(archive: Archive): void {
    this.#end = archive.number('end', this.#end);
    this.#free = archive.number('free', this.#free);
    this.#slots = archive.number('slots', this.#slots);
    this.at = archive.ints('at', this.at, this.#end * FLIGHT);
    this.#first = archive.ints('first', this.#first, this.#slots);
  }
}
