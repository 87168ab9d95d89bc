/**
 * Commit order: gives every version of a key its place, by its first commit. It exists because a place is not for ever:
 * versions that a fence turned away, or that were replaced in a flush buffer, hang on the one in whose favour (it `holds`
 * them), what a fault costs leaves the order, and what comes back enters it anew. It counts nothing and judges nobody.
 */
import { K_FIRST, K_LATEST, K_ORDINAL } from './columns.ts';
import type { Archive } from './kernel/archive.ts';
import { KEY_SHIFT } from './kernel/maps.ts';
import {
  HELD,
  LOST,
  Versions,
  W_ABOVE,
  W_BEFORE,
  W_BESIDE,
  W_COMMITTED_AT,
  W_FATE,
  W_FENCE,
  W_HOLDS,
  W_NEXT,
  W_ORDINAL,
  W_SLOT,
  WRITE,
} from './versions.ts';

export abstract class CommitOrder extends Versions {
  /** Versions that a write-behind cache has taken so far. */
  private buffered = 0;

  /**
   * A version has its w durable copies. Its first commit gives it its place; one that was lost gets a new one, unless
   * something newer was committed since: then it stays lost, an old value that somebody brought back.
   */
  commit(write: number, now: number): void {
    const o = write * WRITE;
    const k = this.writes[o + W_SLOT]! << KEY_SHIFT;
    const latest = this.keys.at[k + K_LATEST]!;
    if (this.isCommitted(write)) {
      const isNewest = this.fenced ? this.fencedBefore(latest, write) : this.committedBefore(latest, write);
      if (!isNewest || this.writes[o + W_FATE] === 0) return;
      this.standAlone(write);
    } else this.release(write);
    this.setWrite(o + W_FATE, 0);
    const ordinal = this.keys.at[k + K_ORDINAL]! + 2;
    this.keys.set(k + K_ORDINAL, ordinal);
    this.setWrite(o + W_ORDINAL, ordinal);
    this.setWrite(o + W_COMMITTED_AT, now);
    this.link(write, latest, 0);
    this.letGo(write, (held) => {
      this.settle(held, write);
    });
    this.raise(write);
  }

  /**
   * A fence turned `write` away in favour of `by`, or it was replaced by it before its flush: it counts as committed just
   * before `by`, once that is committed, and so does whatever it holds itself.
   */
  supersede(write: number, by: number): void {
    if (write === by || by === 0 || this.isCommitted(write)) return;
    this.release(write);
    this.setWrite(write * WRITE + W_ORDINAL, 0);
    if (this.isCommitted(by)) this.settle(write, by);
    else this.hold(write, by);
  }

  /** A version that is turned away or waits for its flush stands for itself again. */
  release(write: number): void {
    const { writes } = this;
    const o = write * WRITE;
    if (writes[o + W_FATE] !== HELD) return;
    const above = writes[o + W_ABOVE]!;
    const beside = writes[o + W_BESIDE]!;
    if (above === 0) this.setWrite(writes[o + W_BEFORE]! * WRITE + W_HOLDS, beside);
    else this.setWrite(above * WRITE + W_BESIDE, beside);
    if (beside !== 0) this.setWrite(beside * WRITE + W_ABOVE, above);
    this.setWrite(o + W_FATE, 0);
    this.setWrite(o + W_BEFORE, 0);
  }

  /** A write-behind cache takes a version, to bring it to the store later: it waits for its own flush now. */
  buffer(write: number): void {
    const o = write * WRITE;
    if (this.isCommitted(write)) return;
    this.release(write);
    this.setWrite(o + W_FATE, 0);
    this.setWrite(o + W_ORDINAL, 0);
    if (!this.fenced) this.setWrite(o + W_FENCE, ++this.buffered);
  }

  /** The versions that will be committed with this one, which is not committed yet: those that it replaced itself. */
  heldBy(write: number): number[] {
    const held: number[] = [];
    if (!this.isCommitted(write))
      for (let v = this.writes[write * WRITE + W_HOLDS]!; v !== 0; v = this.writes[v * WRITE + W_BESIDE]!)
        held.push(v);
    return held;
  }

  /**
   * A version that was never committed can no longer be. It is newer than all that ever was, lost or not, and what is
   * committed from now on is newer than it.
   */
  protected giveUp(write: number): void {
    const o = write * WRITE;
    const slot = this.writes[o + W_SLOT]!;
    this.release(write);
    this.setWrite(o + W_FATE, LOST);
    this.setWrite(o + W_BEFORE, this.latest(slot));
    this.setWrite(o + W_ORDINAL, -1 - this.keys.at[(slot << KEY_SHIFT) + K_ORDINAL]!);
    this.raise(write);
  }

  /**
   * Of a key nothing newer than `survivor` is left of what there was up to `upTo`: it leaves the order, and is handed over,
   * with what it holds. What is newer than `upTo` had been overwritten before and stays what it was.
   */
  protected takeOut(slot: number, survivor: number, upTo: number): number[] {
    const gone: number[] = [];
    if (!this.committedBefore(survivor, upTo)) return gone;
    this.standInChain(survivor);
    this.standInChain(upTo);
    const { writes } = this;
    let write = this.after(slot, survivor);
    for (let next = 0; write !== 0 && !this.committedBefore(upTo, write); write = next) {
      const o = write * WRITE;
      next = writes[o + W_NEXT]!;
      this.setWrite(o + W_FATE, LOST);
      this.setWrite(o + W_BEFORE, survivor);
      gone.push(write);
      for (let held = writes[o + W_HOLDS]!; held !== 0; held = writes[held * WRITE + W_BESIDE]!)
        gone.push(held);
    }
    this.join(slot, survivor, write);
    return gone;
  }

  /** A version has a place, or another one than before. */
  protected abstract raise(write: number): void;

  override persist(archive: Archive): void {
    super.persist(archive);
    this.buffered = archive.number('buffered', this.buffered);
  }

  /** Of a key's committed versions `after` follows `before`; 0: it is the first, or the last. */
  private join(slot: number, before: number, after: number): void {
    const k = slot << KEY_SHIFT;
    if (before === 0) this.keys.set(k + K_FIRST, after);
    else this.setWrite(before * WRITE + W_NEXT, after);
    if (after === 0) this.keys.set(k + K_LATEST, before);
    else this.setWrite(after * WRITE + W_BEFORE, before);
  }

  private link(write: number, before: number, after: number): void {
    const slot = this.writes[write * WRITE + W_SLOT]!;
    this.join(slot, before, write);
    this.join(slot, write, after);
  }

  private hold(write: number, by: number): void {
    const { writes } = this;
    const o = write * WRITE;
    const first = writes[by * WRITE + W_HOLDS]!;
    this.setWrite(o + W_FATE, HELD);
    this.setWrite(o + W_BEFORE, by);
    this.setWrite(o + W_ABOVE, 0);
    this.setWrite(o + W_BESIDE, first);
    if (first !== 0) this.setWrite(first * WRITE + W_ABOVE, write);
    this.setWrite(by * WRITE + W_HOLDS, write);
  }

  /** Each of the versions that this one holds stands where it is told to; it holds none any more of itself. */
  private letGo(write: number, place: (held: number) => void): void {
    let held = this.writes[write * WRITE + W_HOLDS]!;
    this.setWrite(write * WRITE + W_HOLDS, 0);
    while (held !== 0) {
      const next = this.writes[held * WRITE + W_BESIDE]!;
      place(held);
      held = next;
    }
  }

  /** A version gets its place just before the committed `by`, and so do those that it holds: a chain that may be long. */
  private settle(first: number, by: number): void {
    const { writes } = this;
    const due = [first];
    this.setWrite(first * WRITE + W_BEFORE, by);
    for (const write of due) {
      const o = write * WRITE;
      let owner = writes[o + W_BEFORE]!;
      if (writes[owner * WRITE + W_FATE] === HELD) owner = writes[owner * WRITE + W_BEFORE]!;
      // Where versions fence, several newer ones may have committed meanwhile: the first of them is the one that it lost to.
      if (this.fenced)
        for (let before = owner; this.fencedBefore(write, before); before = writes[owner * WRITE + W_BEFORE]!)
          owner = before;
      this.hold(write, owner);
      this.setWrite(o + W_ORDINAL, (writes[owner * WRITE + W_ORDINAL]! - 1) | 1);
      this.setWrite(o + W_COMMITTED_AT, writes[owner * WRITE + W_COMMITTED_AT]!);
      this.letGo(write, (held) => due.push(held));
      this.raise(write);
    }
  }

  /** A version that another one holds stands for itself, with those that are older and were held beside it. */
  private standAlone(write: number): void {
    const { writes } = this;
    if (writes[write * WRITE + W_FATE] !== HELD) return;
    const owner = writes[write * WRITE + W_BEFORE]!;
    this.letGo(owner, (held) => {
      if (held !== write) this.hold(held, this.fencedBefore(held, write) ? write : owner);
    });
    this.setWrite(write * WRITE + W_FATE, 0);
  }

  /** A copy of a version that another one holds has outlived that one, or what came before it. */
  private standInChain(write: number): void {
    if (this.writes[write * WRITE + W_FATE] !== HELD) return;
    const owner = this.writes[write * WRITE + W_BEFORE]!;
    this.standAlone(write);
    this.link(write, this.writes[owner * WRITE + W_BEFORE]!, owner);
  }
}
