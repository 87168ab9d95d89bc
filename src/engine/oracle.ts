/**
 * Oracle: knows what every read should have returned. Versions of a key are ordered by first commit; every verdict
 * is exact and costs a constant amount of work an operation (amortised). It watches, it never acts: no answer of
 * the oracle changes what the system does.
 */
import { VIOLATION_KINDS, VIOLATION_WIDTH, type ViolationKind } from '../design/readings.ts';
import { VIOLATION_LIMIT } from './limits.ts';
import { K_FIRST, K_LATEST, K_NUMBER, K_ORDINAL } from './columns.ts';
import type { Archive, Persistent } from './kernel/archive.ts';
import { grown } from './kernel/grown.ts';
import { Histogram } from './kernel/histogram.ts';
import { KEY_SHIFT, PairMap, type KeyIndex } from './kernel/maps.ts';

/** Ints a write. Write 0 is the initial version of every key: committed before the run began, older than all. */
export const WRITE = 14;
const W_SLOT = 0;
const W_OPERATION = 1;
const W_SESSION = 2;
const W_NUMBER = 3; // 1, 2, 3 ... of its key, in order of arrival: the version that people see
export const W_ORDINAL = 4; // its place among the key's commits: even; odd when it was superseded; 0: not committed
export const W_COMMITTED_AT = 5; // not committed: a remark of the store's
export const W_NEXT = 6; // the key's next committed version that is not lost
export const W_ACKED_AT = 7; // -1: its client has no acknowledgement
const W_FENCE = 8; // when it arrived at the app: the version that fencing compares; else its place among buffered ones
export const W_DIRTY_READS = 9; // reads that returned it while it was not committed
export const W_FATE = 10; // LOST: no copy survived; HELD: it stands just before another one, once that is committed
export const W_BEFORE = 11; // the committed version before it; of a lost one, what was left; of a held one, who holds it
export const W_HOLDS = 12; // first of the versions that stand just before it
const W_BESIDE = 13; // of a held one: the next that the same one holds

const LOST = 1;
const HELD = 2;

export class Oracle implements Persistent {
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
  maxStaleness = 0;
  rpo = 0;
  readonly staleness = new Histogram();
  /** Newest own acknowledged version by (key, session); newest committed version read by (key, session). */
  readonly own = new PairMap();
  readonly seen = new PairMap();
  violations: Int32Array<ArrayBuffer> = new Int32Array(256 * VIOLATION_WIDTH);
  violationRows = 0;

  /** Rows of WRITE ints by version; for the oracle, and for whoever compares whole states. */
  writes: Int32Array<ArrayBuffer> = new Int32Array(1024 * WRITE);
  private writeEnd = 1;
  private readonly keys: KeyIndex;
  private readonly fenced: boolean;
  /** Versions that a write-behind cache has taken so far. */
  private buffered = 0;
  /** Pairs (violation row, write) of dirty reads, to be judged once it is known what never committed. */
  private dirty: Int32Array<ArrayBuffer> = new Int32Array(256);
  private dirtyEnd = 0;

  /** `fenced`: versions decide which of two writes is the newer one, be it at the cache or in a store without leaders. */
  constructor(keys: KeyIndex, fenced = false) {
    this.keys = keys;
    this.fenced = fenced;
  }

  /** A client begins a PUT: its version exists from now on. */
  newWrite(slot: number, operation: number, session: number): number {
    const write = this.writeEnd++;
    this.writes = grown(this.writes, this.writeEnd * WRITE);
    const o = write * WRITE;
    this.writes[o + W_SLOT] = slot;
    this.writes[o + W_OPERATION] = operation;
    this.writes[o + W_SESSION] = session;
    this.writes[o + W_NUMBER] = ++this.keys.at[(slot << KEY_SHIFT) + K_NUMBER]!;
    this.writes[o + W_ACKED_AT] = -1;
    this.writes[o + W_FENCE] = -1;
    return write;
  }

  get writeCount(): number {
    return this.writeEnd;
  }

  /** False while nobody has begun to write the key: nothing can be said of its reads then. */
  wasWritten(slot: number): boolean {
    return this.keys.at[(slot << KEY_SHIFT) + K_NUMBER] !== 0;
  }

  numberOf(write: number): number {
    return this.writes[write * WRITE + W_NUMBER]!;
  }

  operationOf(write: number): number {
    return this.writes[write * WRITE + W_OPERATION]!;
  }

  isCommitted(write: number): boolean {
    return write === 0 || this.writes[write * WRITE + W_ORDINAL] !== 0;
  }

  latest(slot: number): number {
    return this.keys.at[(slot << KEY_SHIFT) + K_LATEST]!;
  }

  /** The moment of arrival at the app, from perfect clocks: only the first arrival counts. */
  arrivedAtApp(write: number, now: number): void {
    const o = write * WRITE;
    if (this.writes[o + W_FENCE]! >= 0) return;
    this.writes[o + W_FENCE] = now;
    this.writes[o + W_COMMITTED_AT] = this.latest(this.writes[o + W_SLOT]!);
  }

  /**
   * What a store without leaders notes of a version until it is committed; at first the version that was the newest
   * committed one when it arrived at the app, and so is older by the fence.
   */
  remark(write: number): number {
    return this.writes[write * WRITE + W_COMMITTED_AT]!;
  }

  setRemark(write: number, remark: number): void {
    this.writes[write * WRITE + W_COMMITTED_AT] = remark;
  }

  /** True when version `a` is older than `b` by the fence: time of arrival at the app, then the operation's id. */
  fencedBefore(a: number, b: number): boolean {
    if (a === b) return false;
    if (a === 0 || b === 0) return a === 0;
    const fenceA = this.writes[a * WRITE + W_FENCE]!;
    const fenceB = this.writes[b * WRITE + W_FENCE]!;
    return fenceA !== fenceB ? fenceA < fenceB : this.operationOf(a) < this.operationOf(b);
  }

  /** True when `a` comes before `b` in the order of commits. Undefined for versions that never committed: false. */
  committedBefore(a: number, b: number): boolean {
    const ordinalA = this.writes[a * WRITE + W_ORDINAL]!;
    const ordinalB = this.writes[b * WRITE + W_ORDINAL]!;
    if (ordinalA === 0 && a !== 0) return false;
    if (ordinalB === 0) return false;
    return ordinalA !== ordinalB ? ordinalA < ordinalB : (ordinalA & 1) === 1 && this.fencedBefore(a, b);
  }

  /**
   * A version has its w durable copies. Its first commit gives it its place; one that was lost gets a new one, unless
   * something newer was committed since: then it stays lost, an old value that somebody brought back.
   */
  commit(write: number, now: number): void {
    const o = write * WRITE;
    const k = this.writes[o + W_SLOT]! << KEY_SHIFT;
    const latest = this.keys.at[k + K_LATEST]!;
    const isBack = this.isLost(write);
    if (this.isCommitted(write)) {
      const isNewest = this.fenced ? this.fencedBefore(latest, write) : this.committedBefore(latest, write);
      if (!isBack || !isNewest) return;
      this.standAlone(write);
    } else this.release(write);
    this.writes[o + W_FATE] = 0;
    this.writes[o + W_ORDINAL] = this.keys.at[k + K_ORDINAL]! += 2;
    this.writes[o + W_COMMITTED_AT] = now;
    this.link(write, latest, 0);
    this.letGo(write, (held) => {
      this.settle(held, write);
    });
    if (isBack && this.isAcknowledged(write)) this.raiseOwn(write);
  }

  /**
   * A fence turned `write` away in favour of `by`, or it was replaced by it before its flush: it counts as committed just
   * before `by`, once that is committed, and so does whatever it holds itself.
   */
  supersede(write: number, by: number): void {
    if (write === by || by === 0 || this.isCommitted(write)) return;
    this.release(write);
    if (this.isCommitted(by)) this.settle(write, by);
    else this.hold(write, by);
  }

  /** A version that is turned away or waits for its flush stands for itself again. */
  release(write: number): void {
    const { writes } = this;
    const o = write * WRITE;
    if (writes[o + W_FATE] !== HELD) return;
    let at = writes[o + W_BEFORE]! * WRITE + W_HOLDS;
    while (writes[at] !== write) at = writes[at]! * WRITE + W_BESIDE;
    writes[at] = writes[o + W_BESIDE]!;
    writes[o + W_FATE] = 0;
    writes[o + W_BEFORE] = 0;
  }

  /** A write-behind cache takes a version, to bring it to the store later: it waits for its own flush now. */
  buffer(write: number): void {
    const o = write * WRITE;
    if (this.isCommitted(write)) return;
    this.release(write);
    this.writes[o + W_FATE] = 0;
    if (!this.fenced) this.writes[o + W_FENCE] = ++this.buffered;
  }

  /** The versions that will be committed with this one, which is not committed yet: those that it replaced itself. */
  heldBy(write: number): number[] {
    const held: number[] = [];
    if (!this.isCommitted(write))
      for (let v = this.writes[write * WRITE + W_HOLDS]!; v !== 0; v = this.writes[v * WRITE + W_BESIDE]!)
        held.push(v);
    return held;
  }

  /** A version that was never committed can no longer be. What is committed from now on is newer. */
  loseBuffered(write: number, now: number, faultAt: number): void {
    const o = write * WRITE;
    this.release(write);
    this.writes[o + W_FATE] = LOST;
    this.writes[o + W_BEFORE] = this.latest(this.writes[o + W_SLOT]!);
    this.countLost(write, now, faultAt);
  }

  /**
   * True when `a` comes before `b` as far as is known now. What is acknowledged and not committed yet, as behind a
   * write-behind cache, will be committed after all that is; of two such the cache took `a` first.
   */
  private precedes(a: number, b: number): boolean {
    const [placeA, placeB] = [this.placeOf(a), this.placeOf(b)];
    const open = placeA === Infinity || placeB === Infinity;
    return placeA === placeB || (open && this.fenced) ? this.fencedBefore(a, b) : placeA < placeB;
  }

  private placeOf(write: number): number {
    const o = write * WRITE;
    if (this.isCommitted(write)) return this.writes[o + W_ORDINAL]!;
    if (this.writes[o + W_FATE] !== LOST) return Infinity;
    return this.writes[this.writes[o + W_BEFORE]! * WRITE + W_ORDINAL]! + 1;
  }

  /** The leader took up `older` again over the newer committed `newer`. */
  regression(older: number, newer: number, now: number): void {
    const slot = this.writes[older * WRITE + W_SLOT]!;
    this.record('storeRegression', now, this.operationOf(older), -1, slot, older, newer, 0);
  }

  /** A client holds the acknowledgement of its PUT. */
  acknowledge(write: number, now: number, faultAt: number): void {
    const o = write * WRITE;
    this.writes[o + W_ACKED_AT] = now;
    this.raiseOwn(write);
    if (this.isLost(write)) this.countLost(write, now, faultAt);
  }

  /**
   * Of a key nothing newer than `survivor` is left of what there was up to `upTo`: it is lost, by the fault that began at
   * `faultAt`. What is newer than `upTo` had been overwritten before and stays what it was.
   */
  lose(slot: number, survivor: number, upTo: number, now: number, faultAt: number): void {
    if (!this.committedBefore(survivor, upTo)) return;
    this.standInChain(survivor);
    this.standInChain(upTo);
    const { writes } = this;
    let write = this.after(slot, survivor);
    for (let next = 0; write !== 0 && !this.committedBefore(upTo, write); write = next) {
      const o = write * WRITE;
      next = writes[o + W_NEXT]!;
      writes[o + W_FATE] = LOST;
      writes[o + W_BEFORE] = survivor;
      this.countLost(write, now, faultAt);
      for (let held = writes[o + W_HOLDS]!; held !== 0; held = writes[held * WRITE + W_BESIDE]!)
        this.countLost(held, now, faultAt);
    }
    this.join(slot, survivor, write);
  }

  /** True for a version that no copy survived of; one that was turned away goes with the one in whose favour. */
  isLost(write: number): boolean {
    const o = write * WRITE;
    if (this.writes[o + W_FATE] === HELD && this.isCommitted(write))
      return this.isLost(this.writes[o + W_BEFORE]!);
    return this.writes[o + W_FATE] === LOST;
  }

  isAcknowledged(write: number): boolean {
    return this.writes[write * WRITE + W_ACKED_AT]! >= 0;
  }

  /** The version that was committed after this one and is not lost; 0: none. */
  nextOf(slot: number, write: number): number {
    let from = write;
    if (this.writes[from * WRITE + W_FATE] === HELD) {
      from = this.writes[from * WRITE + W_BEFORE]!;
      if (!this.isLost(from)) return from;
    }
    // What was lost was the newest then: whatever came after it came after what was left.
    while (from !== 0 && (this.isLost(from) || this.committedBefore(write, from)))
      from = this.writes[from * WRITE + W_BEFORE]!;
    let next = this.after(slot, from);
    while (next !== 0 && this.committedBefore(next, write)) next = this.writes[next * WRITE + W_NEXT]!;
    return next;
  }

  committedAt(write: number): number {
    return this.writes[write * WRITE + W_COMMITTED_AT]!;
  }

  /** True when a newer version of the key had been committed before `since`. */
  isStale(slot: number, write: number, since: number): boolean {
    const next = this.nextOf(slot, write);
    return next !== 0 && this.committedAt(next) < since;
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
      this.writes[write * WRITE + W_DIRTY_READS]!++;
      const row = this.violationRows;
      this.record('dirtyRead', now, operation, session, slot, write, 0, 0);
      if (this.violationRows > row) {
        this.dirty = grown(this.dirty, this.dirtyEnd + 2);
        this.dirty[this.dirtyEnd++] = row;
        this.dirty[this.dirtyEnd++] = write;
      }
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
      if (this.writes[o + W_ORDINAL] === 0 && !unflushed.has(write))
        this.counts.phantomRead += this.writes[o + W_DIRTY_READS]!;
    }
    const counted = this.counts.phantomRead;
    for (let i = 0; i < this.dirtyEnd; i += 2) {
      const write = this.dirty[i + 1]!;
      if (this.isCommitted(write) || unflushed.has(write)) continue;
      const o = this.dirty[i]! * VIOLATION_WIDTH;
      const [time, , operation, session] = this.violations.subarray(o, o + VIOLATION_WIDTH);
      this.record(
        'phantomRead',
        time!,
        operation!,
        session!,
        this.writes[write * WRITE + W_SLOT]!,
        write,
        0,
        0,
      );
    }
    this.counts.phantomRead = counted;
  }

  persist(archive: Archive): void {
    for (const kind of VIOLATION_KINDS) this.counts[kind] = archive.number(kind, this.counts[kind]);
    this.readYourWritesChecked = archive.number('readYourWritesChecked', this.readYourWritesChecked);
    this.monotonicReadsChecked = archive.number('monotonicReadsChecked', this.monotonicReadsChecked);
    this.maxStaleness = archive.number('maxStaleness', this.maxStaleness);
    this.rpo = archive.number('rpo', this.rpo);
    this.buffered = archive.number('buffered', this.buffered);
    this.violationRows = archive.number('violationRows', this.violationRows);
    this.writeEnd = archive.number('writeEnd', this.writeEnd);
    this.dirtyEnd = archive.number('dirtyEnd', this.dirtyEnd);
    this.violations = archive.ints('violations', this.violations, this.violationRows * VIOLATION_WIDTH);
    this.writes = archive.ints('writes', this.writes, this.writeEnd * WRITE);
    this.dirty = archive.ints('dirty', this.dirty, this.dirtyEnd);
    this.staleness.persist(archive);
    this.own.persist(archive);
    this.seen.persist(archive);
  }

  /** A session's highest own acknowledged version may be this one now. */
  private raiseOwn(write: number): void {
    const o = write * WRITE;
    const row = this.own.put(this.writes[o + W_SLOT]!, this.writes[o + W_SESSION]!);
    const before = this.own.value(row);
    if (before === 0 || this.precedes(before, write)) this.own.setValue(row, write);
  }

  /** The committed version after this one, which is not lost; after 0 comes the first. */
  private after(slot: number, write: number): number {
    return write === 0 ? this.keys.at[(slot << KEY_SHIFT) + K_FIRST]! : this.writes[write * WRITE + W_NEXT]!;
  }

  /** Of a key's committed versions `after` follows `before`; 0: it is the first, or the last. */
  private join(slot: number, before: number, after: number): void {
    const k = slot << KEY_SHIFT;
    if (before === 0) this.keys.at[k + K_FIRST] = after;
    else this.writes[before * WRITE + W_NEXT] = after;
    if (after === 0) this.keys.at[k + K_LATEST] = before;
    else this.writes[after * WRITE + W_BEFORE] = before;
  }

  private link(write: number, before: number, after: number): void {
    const slot = this.writes[write * WRITE + W_SLOT]!;
    this.join(slot, before, write);
    this.join(slot, write, after);
  }

  private hold(write: number, by: number): void {
    const o = write * WRITE;
    this.writes[o + W_FATE] = HELD;
    this.writes[o + W_BEFORE] = by;
    this.writes[o + W_BESIDE] = this.writes[by * WRITE + W_HOLDS]!;
    this.writes[by * WRITE + W_HOLDS] = write;
  }

  /** Each of the versions that this one holds stands where it is told to; it holds none any more of itself. */
  private letGo(write: number, place: (held: number) => void): void {
    let held = this.writes[write * WRITE + W_HOLDS]!;
    this.writes[write * WRITE + W_HOLDS] = 0;
    while (held !== 0) {
      const next = this.writes[held * WRITE + W_BESIDE]!;
      place(held);
      held = next;
    }
  }

  /** A version gets its place just before the committed `by`, and so do those that it holds. */
  private settle(write: number, by: number): void {
    const { writes } = this;
    const o = write * WRITE;
    let owner = writes[by * WRITE + W_FATE] === HELD ? writes[by * WRITE + W_BEFORE]! : by;
    // Where versions fence, several newer ones may have committed meanwhile: the first of them is the one that it lost to.
    if (this.fenced)
      for (let before = owner; this.fencedBefore(write, before); before = writes[owner * WRITE + W_BEFORE]!)
        owner = before;
    this.hold(write, owner);
    writes[o + W_ORDINAL] = (writes[owner * WRITE + W_ORDINAL]! - 1) | 1;
    writes[o + W_COMMITTED_AT] = writes[owner * WRITE + W_COMMITTED_AT]!;
    this.letGo(write, (held) => {
      this.settle(held, by);
    });
  }

  /** A version that another one holds stands for itself, with those that are older and were held beside it. */
  private standAlone(write: number): void {
    const { writes } = this;
    if (writes[write * WRITE + W_FATE] !== HELD) return;
    const owner = writes[write * WRITE + W_BEFORE]!;
    this.letGo(owner, (held) => {
      if (held !== write) this.hold(held, this.fencedBefore(held, write) ? write : owner);
    });
    writes[write * WRITE + W_FATE] = 0;
  }

  /** A copy of a version that another one holds has outlived that one, or what came before it. */
  private standInChain(write: number): void {
    if (write === 0 || this.writes[write * WRITE + W_FATE] !== HELD) return;
    const owner = this.writes[write * WRITE + W_BEFORE]!;
    this.standAlone(write);
    this.link(write, this.writes[owner * WRITE + W_BEFORE]!, owner);
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

  /** Keys are recorded by slot; `run.ts` hands them out by rank. */
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
    if (this.violationRows >= VIOLATION_LIMIT) return;
    const o = this.violationRows++ * VIOLATION_WIDTH;
    this.violations = grown(this.violations, o + VIOLATION_WIDTH);
    const row = this.violations;
    row[o] = time;
    row[o + 1] = VIOLATION_KINDS.indexOf(kind);
    row[o + 2] = operation;
    row[o + 3] = session;
    row[o + 4] = slot;
    row[o + 5] = this.numberOf(write);
    row[o + 6] = this.numberOf(expected);
    row[o + 7] = extra;
  }
}
