/** What sessions read, and what each of them could expect: by all of its earlier operations on the key. */
import type { Truth, Version } from './truth.ts';

interface Read {
  readonly session: number;
  readonly start: number;
  readonly own: Version | undefined;
  readonly seen: Version | undefined;
}

export class Reads {
  withOwn = 0;
  brokenOwn = 0;
  answered = 0;
  goneBack = 0;
  readonly staleness: number[] = [];
  readonly dirty: Version[] = [];
  private readonly open = new Map<number, Read>();
  /** By key and session: the newest that was read, as things stood then. */
  private readonly seen = new Map<Truth, Map<number, Version>>();

  /** Microseconds; 0 where nothing stale was read. */
  get longestStaleness(): number {
    return this.staleness.reduce((longest, each) => Math.max(longest, each), 0);
  }

  begin(truth: Truth, operation: number, session: number, start: number): void {
    const own = truth.highest(
      truth.versions.filter((version) => version.session === session && version.ackedAt !== undefined),
    );
    this.open.set(operation, { session, start, own, seen: this.seen.get(truth)?.get(session) });
  }

  isRead(operation: number): boolean {
    return this.open.has(operation);
  }

  end(truth: Truth, operation: number, version: Version, dirty: boolean): void {
    const read = this.open.get(operation);
    if (read === undefined) return;
    const { own, seen, session, start } = read;
    this.answered++;
    if (own !== undefined) this.withOwn++;
    if (dirty) {
      this.dirty.push(version);
      return;
    }
    if (own !== undefined && truth.precedes(version, own)) this.brokenOwn++;
    if (seen !== undefined && truth.isBefore(version, seen)) this.goneBack++;
    const newest = this.seen.get(truth)?.get(session);
    if (newest === undefined || truth.isBefore(newest, version))
      this.seen.set(truth, (this.seen.get(truth) ?? new Map<number, Version>()).set(session, version));
    const since = truth.newerSince(version);
    if (since !== undefined && since < start) this.staleness.push(start - since);
  }
}
