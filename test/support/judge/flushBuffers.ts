/** What write-behind caches have yet to flush: what was replaced there, and what a node loses with its memory. */
import type { Design } from '../../../src/design/design.ts';
import { CALL, KIND, PHASE, Phase, WRITE } from '../../../src/engine/calls.ts';
import { PUT } from '../../../src/engine/actors/transport.ts';
import { B_SENT, B_WAITS, BUFFERED } from '../../../src/engine/flushBuffer.ts';
import { E_STATE, E_WRITE, ENTRY, EntryState } from '../../../src/engine/store.ts';
import type { World } from '../../../src/engine/world.ts';
import type { Court, Version } from './truth.ts';
import type { Line, Moment } from './watch.ts';

const of = (at: Int32Array, index: number): number => at[index] ?? 0;

interface Held {
  waits: Version | undefined;
  sent: Version | undefined;
}

export class FlushBuffers {
  private readonly court: Court;
  private readonly isUsed: boolean;
  private readonly fencesCache: boolean;
  private readonly held = new Map<number, Held>();
  private atRisk: { readonly key: number; readonly version: Version; readonly faultAt: number }[] = [];
  private taken = 0;

  constructor(design: Design, court: Court) {
    this.court = court;
    this.isUsed = design.policy === 'write-behind';
    this.fencesCache = design.cache.fencing === 'version';
  }

  /** A version joins the buffer; `refused`: it comes back from a flush that the store did not take. */
  take({ key, version }: Line, refused: boolean): void {
    const truth = this.court.truthOf(key);
    const one = this.court.version(key, version);
    const held = this.held.get(key) ?? { waits: undefined, sent: undefined };
    this.held.set(key, held);
    if (!refused && !one.isCommitted) {
      one.before = undefined;
      one.lost = false;
      truth.order = truth.order.filter((other) => other !== one);
      if (!this.court.fenced) one.age = [++this.taken, 0];
    }
    const { waits } = held;
    if (waits === one) return;
    const isOlder = waits !== undefined && (this.fencesCache ? one.isOlderThan(waits) : refused);
    if (isOlder) truth.supersede(one, waits);
    else {
      if (waits !== undefined) truth.supersede(waits, one);
      held.waits = one;
    }
  }

  look(w: World, { lines, kind, faults, bucket, time }: Moment): void {
    if (!this.isUsed) return;
    const risks = this.atRisk.length;
    const keys = faults ? [...this.court.truths.keys()] : new Set(lines.map(({ key }) => key));
    for (const key of keys) if (key >= 0) this.copy(w, key, faults, time);
    if (bucket || this.atRisk.length > risks || (kind === 0 && faults) || w.over !== 0) this.settle(w);
  }

  unflushed(): Set<Version> {
    const all = new Set<Version>();
    for (const [key, { waits, sent }] of this.held) {
      const roots = [waits, sent].filter((version) => version !== undefined);
      for (const version of this.court.truthOf(key).withReplaced(roots)) all.add(version);
    }
    return all;
  }

  private copy(w: World, key: number, faults: boolean, time: number): void {
    const slot = w.keys.find(key);
    if (slot >= w.buffered.slots) return;
    const read = (column: number): Version | undefined => {
      const write = of(w.buffered.at, slot * BUFFERED + column);
      return write === 0 ? undefined : this.court.version(key, w.oracle.numberOf(write));
    };
    const before = this.held.get(key);
    const now = { waits: read(B_WAITS), sent: read(B_SENT) };
    this.held.set(key, now);
    if (!faults) return;
    for (const version of [before?.sent, before?.waits])
      if (version !== undefined && version !== now.waits && version !== now.sent)
        this.atRisk.push({ key, version, faultAt: time });
  }

  /** What nothing carries any more is lost, and so is what it had replaced. */
  private settle(w: World): void {
    if (this.atRisk.length === 0) return;
    const carried = this.unflushed();
    const add = (write: number): void => {
      const operation = w.oracle.operationOf(write);
      for (const truth of this.court.truths.values())
        for (const version of truth.versions) if (version.operation === operation) carried.add(version);
    };
    for (let row = 1; row < w.calls.end; row++) {
      const phase = of(w.calls.at, row * CALL + PHASE);
      if (of(w.calls.at, row * CALL + KIND) === PUT && phase !== Phase.free && phase !== Phase.returning)
        add(of(w.calls.at, row * CALL + WRITE));
    }
    for (let entry = 1; entry < w.store.end; entry++)
      if (of(w.store.at, entry * ENTRY + E_STATE) === EntryState.pending)
        add(of(w.store.at, entry * ENTRY + E_WRITE));
    const due = this.atRisk;
    this.atRisk = [];
    // What a lost one had replaced has its turn behind it.
    for (const { key, version, faultAt } of due) {
      if (version.isCommitted) continue;
      if (carried.has(version)) {
        this.atRisk.push({ key, version, faultAt });
        continue;
      }
      const truth = this.court.truthOf(key);
      for (const older of truth.replacedBy(version)) due.push({ key, version: older, faultAt });
      truth.loseUncommitted(version);
      if (version.ackedAt !== undefined) this.court.countLost(version, faultAt);
    }
  }
}
