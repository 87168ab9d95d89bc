/**
 * Notices that a worker which owes an answer says nothing. Silence is counted in looks and not by the clock, so that a
 * machine that slept through it has waited for one look only. What is done about it is decided by whoever asked.
 */

/** A worker that owes an answer and says nothing for so long is taken to hang, milliseconds. */
export const HANG_MS = 20_000;
/** How often the silence is looked at, milliseconds. */
const LOOK_MS = 1_000;

export class SilenceWatch {
  readonly #hung: () => void;
  #silentMs = 0;
  #looks: ReturnType<typeof setInterval> | undefined;

  /** @param hung called when it has been silent for HANG_MS, and with every look after that */
  constructor(hung: () => void) {
    this.#hung = hung;
  }

  /** An answer is owed from now on, if none was before. */
  begin(): void {
    this.#looks ??= setInterval(() => {
      this.#silentMs += LOOK_MS;
      if (this.#silentMs >= HANG_MS) this.#hung();
    }, LOOK_MS);
  }

  /** Something was said, or a worker that has not had its say begins. */
  heard(): void {
    this.#silentMs = 0;
  }

  /** Nothing is owed any more. */
  end(): void {
    clearInterval(this.#looks);
    this.#looks = undefined;
  }
}
