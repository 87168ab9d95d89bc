/**
 * Versions: what is known of each PUT's value, and how two of them are ordered: by their fences, by their commits, or
 * by what is known so far. Facts and comparisons; `commitOrder.ts` gives versions their places, `oracle.ts` judges.
 */
import { K_FIRST, K_LATEST, K_NUMBER } from './columns.ts';
import type { Archive, Persistent } from './kernel/archive.ts';
import { KEY_SHIFT, type KeyIndex } from './kernel/maps.ts';
import { TrackedInts, type ReadonlyInts } from './kernel/tracked.ts';

/** Ints a write. Write 0 is the initial version of every key: committed before the run began, older than all. */
export const WRITE = 16;
export const W_SLOT = 0;
const W_OPERATION = 1;
export const W_SESSION = 2;
const W_NUMBER = 3; // 1, 2, 3 ... of its key, in order of arrival: the version that people see
export const W_ORDINAL = 4; // its place among the key's commits: even; odd when it was superseded; 0: none; below: lost before
export const W_COMMITTED_AT = 5; // not committed: a remark of the store's
export const W_NEXT = 6; // the key's next committed version that is not lost
export const W_ACKED_AT = 7; // -1: its client has no acknowledgement
export const W_FENCE = 8; // when it arrived at the app: the version that fencing compares; else its place among buffered ones
export const W_DIRTY_READS = 9; // reads that returned it while it was not committed
export const W_FATE = 10; // LOST: no copy survived; HELD: it stands just before another one, once that is committed
export const W_BEFORE = 11; // the committed version before it; of a lost one, what was left; of a held one, who holds it
export const W_HOLDS = 12; // first of the versions that stand just before it
export const W_BESIDE = 13; // of a held one: the next that the same one holds
export const W_ABOVE = 14; // of a held one: the one whose next it is; 0: it is the first
export const W_OLDER = 15; // of an acknowledged one without a place: its session's next older one of those

/** There is room for at least so many. */
const FIRST_WRITES = 1024;

export const LOST = 1;
export const HELD = 2;

export class Versions implements Persistent {
  protected writeEnd = 1;
  readonly #writes: TrackedInts;
  protected readonly keys: KeyIndex;
  protected readonly fenced: boolean;
  /** Where the search for who overtook a version ended last. It only says where the next one may begin. */
  private passed = 0;

  /**
   * `fenced`: versions decide which of two writes is the newer one, be it at the cache or in a store without leaders.
   * `writes`: how many there will be, as far as that is known.
   */
  constructor(keys: KeyIndex, fenced = false, writes = 0) {
    this.#writes = new TrackedInts(Math.max(FIRST_WRITES, writes) * WRITE);
    this.keys = keys;
    this.fenced = fenced;
  }

  /** Rows of WRITE ints by version; for the oracle, and for whoever compares whole states. */
  get writes(): ReadonlyInts {
    return this.#writes.at;
  }

  /** A client begins a PUT: its version exists from now on. */
  newWrite(slot: number, operation: number, session: number): number {
    const write = this.writeEnd++;
    this.#writes.extend(this.writeEnd * WRITE);
    const o = write * WRITE;
    this.setWrite(o + W_SLOT, slot);
    this.setWrite(o + W_OPERATION, operation);
    this.setWrite(o + W_SESSION, session);
    const number = this.keys.at[(slot << KEY_SHIFT) + K_NUMBER]! + 1;
    this.keys.set((slot << KEY_SHIFT) + K_NUMBER, number);
    this.setWrite(o + W_NUMBER, number);
    this.setWrite(o + W_ACKED_AT, -1);
    this.setWrite(o + W_FENCE, -1);
    return write;
  }

  protected setWrite(place: number, value: number): void {
    this.#writes.set(place, value);
  }

  /** Asks for the memory of a version's row, which may begin in one line and end in the next; see KeyIndex. */
  protected prefetchRow(write: number): number {
    return this.writes[write * WRITE]! ^ this.writes[write * WRITE + WRITE - 1]!;
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
    return write === 0 || this.writes[write * WRITE + W_ORDINAL]! > 0;
  }

  latest(slot: number): number {
    return this.keys.at[(slot << KEY_SHIFT) + K_LATEST]!;
  }

  /** The moment of arrival at the app, from perfect clocks: only the first arrival counts. */
  arrivedAtApp(write: number, now: number): void {
    const o = write * WRITE;
    if (this.writes[o + W_FENCE]! >= 0) return;
    this.setWrite(o + W_FENCE, now);
    this.setWrite(o + W_COMMITTED_AT, this.latest(this.writes[o + W_SLOT]!));
  }

  /**
   * What a store without leaders notes of a version until it is committed; at first the version that was the newest
   * committed one when it arrived at the app, and so is older by the fence.
   */
  remark(write: number): number {
    return this.writes[write * WRITE + W_COMMITTED_AT]!;
  }

  setRemark(write: number, remark: number): void {
    this.setWrite(write * WRITE + W_COMMITTED_AT, remark);
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
    if (ordinalA <= 0 && a !== 0) return false;
    if (ordinalB <= 0) return false;
    return ordinalA !== ordinalB ? ordinalA < ordinalB : (ordinalA & 1) === 1 && this.fencedBefore(a, b);
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

  /** True for a version that has no place yet, and may still get one. */
  protected isOpen(write: number): boolean {
    return write !== 0 && this.writes[write * WRITE + W_ORDINAL] === 0;
  }

  /** True for a version that was lost before it was committed. */
  protected isGivenUp(write: number): boolean {
    return this.writes[write * WRITE + W_ORDINAL]! < 0;
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

  /** Microseconds. */
  committedAt(write: number): number {
    return this.writes[write * WRITE + W_COMMITTED_AT]!;
  }

  /**
   * True when `a` comes before `b` as far as is known now. What is acknowledged and not committed yet, as behind a
   * write-behind cache, will be committed after all that is, unless something newer by the fence has been; of two such the
   * cache took `a` first.
   */
  protected precedes(a: number, b: number): boolean {
    const [placeA, placeB] = [this.placeOf(a), this.placeOf(b)];
    return placeA === placeB ? this.fencedBefore(a, b) : placeA < placeB;
  }

  private placeOf(write: number): number {
    const o = write * WRITE;
    const place = this.writes[o + W_ORDINAL]!;
    if (write === 0 || place !== 0) return Math.abs(place);
    if (!this.fenced || this.fencedBefore(this.latest(this.writes[o + W_SLOT]!), write)) return Infinity;
    return (this.writes[this.overtakenBy(write) * WRITE + W_ORDINAL]! - 1) | 1;
  }

  /** The first committed version that is newer by the fence, of one that is not committed; there is one. */
  overtakenBy(write: number): number {
    const slot = this.writes[write * WRITE + W_SLOT]!;
    let older = this.remark(write);
    // Behind a long queue a great many are overtaken, one after the other in the order of their fences.
    const { passed } = this;
    if (this.isInChain(slot, passed) && this.fencedBefore(older, passed) && this.fencedBefore(passed, write))
      older = passed;
    let newer = this.nextOf(slot, older);
    while (newer === 0 || this.fencedBefore(newer, write)) newer = this.nextOf(slot, (older = newer));
    // What it has passed by need not be looked at again.
    this.setRemark(write, older);
    this.passed = older;
    return newer;
  }

  /** True for a version of the key that is committed, stands for itself and is not lost. */
  private isInChain(slot: number, write: number): boolean {
    const o = write * WRITE;
    return (
      this.writes[o + W_SLOT] === slot && this.writes[o + W_ORDINAL] !== 0 && this.writes[o + W_FATE] === 0
    );
  }

  /** The committed version after this one, which is not lost; after 0 comes the first. */
  protected after(slot: number, write: number): number {
    return write === 0 ? this.keys.at[(slot << KEY_SHIFT) + K_FIRST]! : this.writes[write * WRITE + W_NEXT]!;
  }

  persist(archive: Archive): void {
    this.writeEnd = archive.number('writeEnd', this.writeEnd);
    this.#writes.persistInts(archive, 'writes');
  }
}
