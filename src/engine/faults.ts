/**
 * Faults: when each one begins and ends, and what all that are active add up to. Their instants stand outside the
 * event queue and come before any event of the same microsecond, so that a fault added later changes nothing before
 * it. `actors/health.ts` acts on what stands here.
 */
import type { Design, Fault } from '../design/design.ts';
import { LIMITS } from '../design/limits.ts';
import { LINKS, nodeIdOf, nodesOf } from '../design/nodes.ts';
import type { Archive, Persistent } from './kernel/archive.ts';
import { grown } from './kernel/grown.ts';
import { HORIZON } from './kernel/wheel.ts';

/** One beginning or end of a fault. */
export interface FaultInstant {
  readonly time: number;
  readonly fault: number;
  readonly begins: boolean;
}

/** What the faults force a host to be; the worst one wins. */
export const Forced = { nothing: 0, cutOff: 1, paused: 2, crashed: 3 } as const;

/** Whether any fault of the design takes a disk with it, whenever. */
export function destroysDisks({ faults }: Design): boolean {
  return faults.some(({ kind }) => kind === 'destroy');
}

export class FaultState implements Persistent {
  readonly faults: readonly Fault[];
  /** In order of time; at one instant ends come first, then the document's order. */
  readonly instants: readonly FaultInstant[];
  /** Whether any disk is destroyed, now or later. */
  readonly destroys: boolean;
  /** Number of instants that have been acted on. */
  passed = 0;
  /** Node that each fault hit, found when it began, in the order of beginnings; -1: none (a link, a zone, the workload). */
  target: Int32Array<ArrayBuffer> = new Int32Array(LIMITS.faults);
  /** Per node: what faults force it to be. */
  forced: Int32Array<ArrayBuffer>;
  /** Messages kept for paused hosts: (node, event, row). */
  held: Int32Array<ArrayBuffer> = new Int32Array(64 * 3);
  heldEnd = 0;
  /** Node that each fault names, -1 where it names none. */
  readonly #nodeIds: readonly number[];
  /** Place of each fault in the order of beginnings: the same for every design that shares a run's past. */
  readonly #order: readonly number[];

  constructor(design: Design) {
    this.faults = design.faults;
    this.destroys = destroysDisks(design);
    this.instants = instantsOf(design);
    const begun = this.instants.filter((instant) => instant.begins).map((instant) => instant.fault);
    this.#order = design.faults.map((_, fault) => begun.indexOf(fault));
    this.#nodeIds = design.faults.map((fault) => nodeIdOf(design, fault.target) ?? -1);
    this.forced = new Int32Array(nodesOf(design).length);
  }

  /** Index of the fault's link, or -1. */
  linkOf(fault: number): number {
    return (LINKS as readonly string[]).indexOf(this.faults[fault]!.target);
  }

  /** The zone that the fault aims at, from 1; 0: it aims at something else. */
  zoneOf(fault: number): number {
    return Number(/^zone-(\d+)$/.exec(this.faults[fault]!.target)?.[1] ?? 0);
  }

  /** The shard whose leader the fault aims at, from 0; -1 when it names a node. */
  leaderOf(fault: number): number {
    const match = /^shard-(\d+)\.leader$/.exec(this.faults[fault]!.target);
    return match === null ? -1 : Number(match[1]) - 1;
  }

  /** True while the fault acts, given the instants that have passed. */
  isActive(fault: number): boolean {
    let active = false;
    for (let i = 0; i < this.passed; i++)
      if (this.instants[i]!.fault === fault) active = this.instants[i]!.begins;
    return active;
  }

  /** The node that a fault is aimed at by name, -1 when it names anything else, or whoever leads. */
  namedNode(fault: number): number {
    return this.#nodeIds[fault]!;
  }

  /** The node that a fault hit when it began, or -1. */
  targetOf(fault: number): number {
    return this.target[this.#order[fault]!]!;
  }

  setTarget(fault: number, node: number): void {
    this.target[this.#order[fault]!] = node;
  }

  hold(node: number, event: number, row: number): void {
    this.held = grown(this.held, this.heldEnd + 3);
    this.held[this.heldEnd++] = node;
    this.held[this.heldEnd++] = event;
    this.held[this.heldEnd++] = row;
  }

  /** Takes out what was kept for a node, in order of arrival. */
  takeHeld(node: number): { event: number; row: number }[] {
    const taken: { event: number; row: number }[] = [];
    let kept = 0;
    for (let i = 0; i < this.heldEnd; i += 3) {
      if (this.held[i] === node) taken.push({ event: this.held[i + 1]!, row: this.held[i + 2]! });
      else {
        this.held.copyWithin(kept, i, i + 3);
        kept += 3;
      }
    }
    this.heldEnd = kept;
    return taken;
  }

  /** A call is gone: the timer that a paused host kept for it goes too. */
  forget(row: number): void {
    let kept = 0;
    for (let i = 0; i < this.heldEnd; i += 3) {
      if (this.held[i + 2] === row) continue;
      this.held.copyWithin(kept, i, i + 3);
      kept += 3;
    }
    this.heldEnd = kept;
  }

  persist(archive: Archive): void {
    this.passed = archive.number('passed', this.passed);
    this.heldEnd = archive.number('heldEnd', this.heldEnd);
    this.target = archive.ints('target', this.target, this.target.length);
    this.forced = archive.ints('forced', this.forced, this.forced.length);
    this.held = archive.ints('held', this.held, this.heldEnd);
  }
}

/** All beginnings and ends within what can be simulated, in the order in which they are acted on. */
export function instantsOf(design: Design): FaultInstant[] {
  const instants: FaultInstant[] = [];
  design.faults.forEach((fault, index) => {
    instants.push({ time: fault.at, fault: index, begins: true });
    if (fault.for !== undefined && fault.at + fault.for < HORIZON)
      instants.push({ time: fault.at + fault.for, fault: index, begins: false });
  });
  return instants.sort((a, b) => a.time - b.time || Number(a.begins) - Number(b.begins) || a.fault - b.fault);
}
