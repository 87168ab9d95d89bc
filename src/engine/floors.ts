/**
 * Floors: what a session that begins to read a key may expect at least, the highest version of its own that it holds an
 * acknowledgement of. Of those that have a place among the commits one is enough. Those that have none yet, as behind a
 * write-behind cache, may get theirs in any order: each is remembered until it has.
 */
import { CommitOrder } from './commitOrder.ts';
import { PairMap } from './kernel/maps.ts';
import { W_OLDER, W_SESSION, W_SLOT, WRITE } from './versions.ts';

export abstract class Floors extends CommitOrder {
  /** By (key, session), of own acknowledged versions: the highest that has a place. */
  protected readonly own = new PairMap();
  /** And the newest of those that had none when they joined: the first of a list, in which older ones follow. */
  protected readonly open = new PairMap();

  /** The session's highest own acknowledged version of the key, as things stand; 0: there is none. */
  floor(slot: number, session: number): number {
    const { own, open } = this;
    let row = own.find(slot, session);
    const settled = row < 0 ? 0 : own.value(row);
    if (open.size === 0) return settled;
    row = open.find(slot, session);
    if (row < 0) return settled;
    let newest = open.value(row);
    // What got its place meanwhile is among the others already.
    while (newest !== 0 && !this.isOpen(newest)) newest = this.writes[newest * WRITE + W_OLDER]!;
    open.setValue(row, newest);
    return this.precedes(settled, newest) ? newest : settled;
  }

  /** Asks for the memory that judging a read of the key by the session will look at, if it returns `write`; see KeyIndex. */
  prefetch(slot: number, session: number, write: number): number {
    return this.own.prefetch(slot, session) ^ this.prefetchRow(this.latest(slot)) ^ this.prefetchRow(write);
  }

  /** A version that is taken once more, after its client had its acknowledgement, is the newest from now on. */
  override buffer(write: number): void {
    const { writes } = this;
    const older = writes[write * WRITE + W_OLDER]!;
    const wasGivenUp = this.isGivenUp(write);
    super.buffer(write);
    if (!this.isAcknowledged(write)) return;
    if (wasGivenUp) this.lower(write);
    this.raise(write);
    // Where it stood before, it stands no more.
    for (let at = write; at !== 0; at = writes[at * WRITE + W_OLDER]!)
      if (writes[at * WRITE + W_OLDER] === write) this.setWrite(at * WRITE + W_OLDER, older);
  }

  override supersede(write: number, by: number): void {
    const wasGivenUp = this.isGivenUp(write);
    super.supersede(write, by);
    if (wasGivenUp && this.isAcknowledged(write)) this.lower(write);
  }

  /** A version that had been given up has another place now, or none: of those that have one another may be the highest. */
  private lower(write: number): void {
    const { writes, own } = this;
    const [slot, session] = [writes[write * WRITE + W_SLOT]!, writes[write * WRITE + W_SESSION]!];
    const row = own.put(slot, session);
    own.setValue(row, 0);
    for (let other = 1; other < this.writeEnd; other++)
      if (writes[other * WRITE + W_SLOT] === slot && writes[other * WRITE + W_SESSION] === session)
        if (this.isAcknowledged(other) && !this.isOpen(other) && this.precedes(own.value(row), other))
          own.setValue(row, other);
  }

  /** An acknowledged version may be its session's highest now. */
  protected override raise(write: number): void {
    if (!this.isAcknowledged(write)) return;
    const { writes } = this;
    const o = write * WRITE;
    const isOpen = this.isOpen(write);
    const map = isOpen ? this.open : this.own;
    const row = map.put(writes[o + W_SLOT]!, writes[o + W_SESSION]!);
    let older = map.value(row);
    if (!isOpen) {
      if (this.precedes(older, write)) map.setValue(row, write);
      return;
    }
    let newer = 0;
    for (; this.fencedBefore(write, older); older = writes[older * WRITE + W_OLDER]!) newer = older;
    if (older === write) return;
    this.setWrite(o + W_OLDER, older);
    if (newer === 0) map.setValue(row, write);
    else this.setWrite(newer * WRITE + W_OLDER, write);
  }
}
