/**
 * The few windows of detail that are kept: the one that is shown, and the newest others, be it the one before, the next
 * or one that was pointed at. What could not be had is kept as such, so that it is not asked for again and again.
 */
import type { WatchedDetail } from '../replay/detail.ts';

/** How many there are at the most. */
const WINDOWS_LIMIT = 3;

export class KeptWindows {
  /** Newest last. */
  readonly #windows = new Map<string, WatchedDetail | undefined>();

  /** Whether it is here, or is known not to be had. */
  has(name: string): boolean {
    return this.#windows.has(name);
  }

  /** Undefined where it cannot be had. */
  get(name: string): WatchedDetail | undefined {
    return this.#windows.get(name);
  }

  /** @param shown the one that stays, however old it is */
  keep(name: string, detail: WatchedDetail | undefined, shown: WatchedDetail | undefined): void {
    this.#windows.set(name, detail);
    for (const [oldest, each] of this.#windows) {
      if (this.#windows.size <= WINDOWS_LIMIT) break;
      if (each === undefined || each !== shown) this.#windows.delete(oldest);
    }
  }

  /** Has one that is here count as the newest. */
  renew(name: string): void {
    const detail = this.#windows.get(name);
    this.#windows.delete(name);
    this.#windows.set(name, detail);
  }

  clear(): void {
    this.#windows.clear();
  }
}
