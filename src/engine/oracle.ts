/**
 * Oracle: knows what every read should have returned. Versions of a key are ordered by first commit; every verdict
 * is exact and costs a constant amount of work an operation (amortised). It watches, it never acts: no answer of
 * the oracle changes what the system does.
 */
import { VIOLATION_KINDS, VIOLATION_WIDTH, type ViolationKind } from '../design/readings.ts';
import { Floors } from './floors.ts';
import type { Archive } from './kernel/archive.ts';
import { Histogram } from './kernel/histogram.ts';
import { PairMap } from './kernel/maps.ts';
import { TrackedInts } from './kernel/tracked.ts';
import { VIOLATION_LIMIT } from './limits.ts';
import { W_ACKED_AT, W_DIRTY_READS, W_ORDINAL, W_SESSION, W_SLOT, WRITE } from './versions.ts';

/** Column of a violation's key: known by slot here, handed out by rank. */
export const V_KEY = 4;

export class Oracle extends Floors {
  readonly counts: Record<ViolationKind, number> = {
    readYourWrites: 0,
    monotonicReads: 0,
    staleRead: 0,
    dirtyRead: 0,
    phantomRead: 0,
    lostAckedWrite: 0,
    storeRegression: 0,
  };
  readYourWritesChecked = 0;
  monotonicReadsChecked = 0;
  /** Of the stalest read, and the age of the oldest acknowledged write that was lost, microseconds. */
  maxStaleness = 0;
  rpo = 0;
  readonly staleness = new Histogram();
  /** Newest committed version read by (key, session). */
  readonly seen = new PairMap();
  /** Rows are only ever added: tracked, so that a checkpoint compares none of them and nobody keeps them twice. */
  readonly violations = new TrackedInts(256 * VIOLATION_WIDTH);

  /** Pairs (where its violation's row begins, write) of dirty reads, to be judged once it is known what never committed. */
  private readonly dirty = new TrackedInts(256);

  /** Of a key nothing newer than `survivor` is left of what there was up to `upTo`, by the fault that began at `faultAt`. */
  lose(slot: number, survivor: number, upTo: number, now: number, faultAt: number): void {
    for (const write of this.takeOut(slot, survivor, upTo)) this.countLost(write, now, faultAt);
  }

  /** What a write-behind cache had taken, and nobody else, went with its memory. */
  loseBuffered(write: number, now: number, faultAt: number): void {
    this.giveUp(write);
    this.countLost(write, now, faultAt);
  }

  /** The leader took up `older` again over the newer committed `newer`. */
  regression(older: number, newer: number, now: number): void {
    const slot = this.writes[older * WRITE + W_SLOT]!;
    this.record('storeRegression', now, this.operationOf(older), -1, slot, older, newer, 0);
  }

  /** A client holds the acknowledgement of its PUT. */
  acknowledge(write: number, now: number, faultAt: number): void {
    const o = write * WRITE;
    this.setWrite(o + W_ACKED_AT, now);
    this.raise(write);
    if (this.isLost(write)) this.countLost(write, now, faultAt);
  }

  /**
   * A GET was answered. `own` and `seen` are what its session had acknowledged and read by `start`; `dirty` says that
   * the value was not committed when it was served: such a read has no place in the order and breaks neither.
   * Returns the staleness in microseconds, 0 when it is fresh.
   */
  read(
    operation: number,
    session: number,
    slot: number,
    write: number,
    start: number,
    own: number,
    seen: number,
    dirty: boolean,
    now: number,
  ): number {
    if (own !== 0) this.readYourWritesChecked++;
    this.monotonicReadsChecked++;
    if (dirty) {
      this.setWrite(write * WRITE + W_DIRTY_READS, this.writes[write * WRITE + W_DIRTY_READS]! + 1);
      const row = this.violations.used;
      this.record('dirtyRead', now, operation, session, slot, write, 0, 0);
      if (this.violations.used > row) this.dirty.push(row, write);
      return 0;
    }
    if (own !== 0 && this.precedes(write, own))
      this.record('readYourWrites', now, operation, session, slot, write, own, 0);
    if (seen !== 0 && this.committedBefore(write, seen))
      this.record('monotonicReads', now, operation, session, slot, write, seen, 0);
    if (write !== 0) {
      const row = this.seen.put(slot, session);
      const before = this.seen.value(row);
      if (before === 0 || this.committedBefore(before, write)) this.seen.setValue(row, write);
    }
    const next = this.nextOf(slot, write);
    if (next === 0) return 0;
    const staleness = start - this.committedAt(next);
    if (staleness <= 0) return 0;
    this.staleness.add(staleness);
    if (staleness > this.maxStaleness) this.maxStaleness = staleness;
    this.record('staleRead', now, operation, session, slot, write, this.latest(slot), staleness);
    return staleness;
  }

  /**
   * The run is over: what has not committed now never will, and whoever read it read a phantom. Not so what a cache has
   * yet to flush.
   */
  finish(unflushed: ReadonlySet<number> = new Set()): void {
    for (let write = 1; write < this.writeEnd; write++) {
      const o = write * WRITE;
      if (this.writes[o + W_ORDINAL]! <= 0 && !unflushed.has(write))
        this.counts.phantomRead += this.writes[o + W_DIRTY_READS]!;
    }
    const counted = this.counts.phantomRead;
    for (let i = 0; i < this.dirty.used; i += 2) {
      const write = this.dirty.at[i + 1]!;
      if (this.isCommitted(write) || unflushed.has(write)) continue;
      const o = this.dirty.at[i]!;
      const { at } = this.violations;
      this.record(
        'phantomRead',
        at[o]!,
        at[o + 2]!,
        at[o + 3]!,
        this.writes[write * WRITE + W_SLOT]!,
        write,
        0,
        0,
      );
    }
    this.counts.phantomRead = counted;
  }

  override persist(archive: Archive): void {
    super.persist(archive);
    for (const kind of VIOLATION_KINDS) this.counts[kind] = archive.number(kind, this.counts[kind]);
    this.readYourWritesChecked = archive.number('readYourWritesChecked', this.readYourWritesChecked);
    this.monotonicReadsChecked = archive.number('monotonicReadsChecked', this.monotonicReadsChecked);
    this.maxStaleness = archive.number('maxStaleness', this.maxStaleness);
    this.rpo = archive.number('rpo', this.rpo);
    this.violations.persistInts(archive, 'violations');
    this.dirty.persistInts(archive, 'dirty');
    this.staleness.persist(archive);
    this.own.persist(archive);
    this.open.persist(archive);
    this.seen.persist(archive);
  }

  /** A version is lost: that counts if its client holds an acknowledgement. */
  private countLost(write: number, now: number, faultAt: number): void {
    const o = write * WRITE;
    if (!this.isAcknowledged(write)) return;
    const age = Math.max(0, faultAt - this.writes[o + W_ACKED_AT]!);
    if (age > this.rpo) this.rpo = age;
    this.record(
      'lostAckedWrite',
      now,
      this.operationOf(write),
      this.writes[o + W_SESSION]!,
      this.writes[o + W_SLOT]!,
      write,
      0,
      age,
    );
  }

  /** Keys are recorded by slot; `run.ts` hands them out by rank. Columns as VIOLATION has them. */
  private record(
    kind: ViolationKind,
    time: number,
    operation: number,
    session: number,
    slot: number,
    write: number,
    expected: number,
    extra: number,
  ): void {
    this.counts[kind]++;
    if (this.violations.used >= VIOLATION_LIMIT * VIOLATION_WIDTH) return;
    this.violations.push(
      time,
      VIOLATION_KINDS.indexOf(kind),
      operation,
      session,
      slot,
      this.numberOf(write),
      this.numberOf(expected),
      extra,
    );
  }
}
