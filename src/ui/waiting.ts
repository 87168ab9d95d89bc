/** What somebody asked for that is yet to come: said for as long as it is waited for, one at a time, and given up by Escape. */
import { keepSaying, unsay } from './said.ts';

let giveUp: (() => void) | undefined;

/**
 * Says `words` until it is over, in the place of whatever was waited for before.
 * @param ends what ends what it listens to
 * @returns how to end it, once what was waited for is there or nobody wants it any more
 */
export function waitFor(words: string, ends: readonly (() => void)[]): () => void {
  giveUp?.();
  const stop = (): void => {
    if (giveUp !== stop) return;
    giveUp = undefined;
    for (const end of ends) end();
    unsay(words);
  };
  giveUp = stop;
  keepSaying(words);
  return stop;
}

/** Whether there was anything to give up. */
export function giveUpWaiting(): boolean {
  const waited = giveUp !== undefined;
  giveUp?.();
  return waited;
}
