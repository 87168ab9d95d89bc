/**
 * Which versions of a key are committed as time goes by, and which of them is the newest: in the order of their first commits,
 * which need not be that of their numbers. It goes on from what was committed as a window opened, event by event. What a fault
 * costs leaves the order unseen: the next window knows of it.
 */
import type { EventType } from '../design/readings.ts';
import type { Committed } from '../engine/readings.ts';

/** How a version stands to the commits of its key; 'dirty': it is not committed. */
export type Freshness = 'newest' | 'stale' | 'dirty';

export class Commits {
  newest: number;
  readonly #later: Committed['later'];

  constructor({ newest, later }: Committed) {
    this.newest = newest;
    this.#later = later;
  }

  /** Whether an event of the key makes its version the newest: one that is committed once more keeps its place. */
  isNews(type: EventType | undefined, version: number, time: number): boolean {
    return type === 'commit' && this.#later.get(version) === time;
  }

  /** Goes on by an event of the key. */
  take(type: EventType | undefined, version: number, time: number): void {
    if (this.isNews(type, version, time)) this.newest = version;
  }

  /** How a version stands at an instant, microseconds, up to which all events have been taken. */
  of(version: number, time: number): Freshness {
    if (version === this.newest) return 'newest';
    return (this.#later.get(version) ?? -1) > time ? 'dirty' : 'stale';
  }
}
