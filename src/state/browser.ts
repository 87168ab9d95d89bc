/** The session's surroundings in a browser: its worker, its storage, its address bar and its frames. */
import { createClient } from '../worker/client.ts';
import { openWorker } from '../worker/client-line.ts';
import { createComparisonClient, openComparisonWorker } from '../worker/client-comparison.ts';
import { firstPaint, heldUntil } from '../worker/client-held.ts';
import { addressOf } from './address.ts';
import type { Surroundings } from './session.ts';
import type { KeyValue } from './work.ts';

/** So long after the first of its run a page has its picture, or play goes on without: one in the background draws none, ms. */
export const PICTURE_WITHIN_MS = 1_000;

/** What a session needs, from a browser's window; its engine begins once the page has been painted. */
export function browserSurroundings(window: Window): Surroundings {
  const open = heldUntil(firstPaint(), openWorker);
  const engine: Surroundings['engine'] = (notice) => createClient(open, notice);
  return {
    engine,
    engineBeside: engine,
    comparisons: createComparisonClient(openComparisonWorker),
    storage: storageOf(() => window.localStorage),
    tab: storageOf(() => window.sessionStorage),
    pictureWithin: PICTURE_WITHIN_MS,
    now: () => Date.now(),
    newId: () =>
      Array.from(window.crypto.getRandomValues(new Uint32Array(2)), (part) => part.toString(36)).join(''),
    address: addressOf(window),
    nextFrame: (callback) => {
      window.requestAnimationFrame(callback);
    },
    onLeave: (listener) => {
      const listening = new AbortController();
      const { signal } = listening;
      window.addEventListener('pagehide', listener, { signal });
      window.document.addEventListener('visibilitychange', listener, { signal });
      return () => {
        listening.abort();
      };
    },
  };
}

/** Where storage is forbidden, already asking for it throws. */
function storageOf(ask: () => KeyValue): KeyValue | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
