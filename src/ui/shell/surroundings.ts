/** The browser, as far as the session needs one: the engine's worker, storage, the address bar and frames. */
import { addressOf } from '../../state/address.ts';
import type { Surroundings } from '../../state/session.ts';
import type { KeyValue } from '../../state/work.ts';
import { createClient, openWorker } from '../../worker/client.ts';

/** Storage may be refused altogether (a private window, a policy): then nothing is kept, and nothing breaks. */
function browserStorage(): KeyValue | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

export const browserSurroundings: Surroundings = {
  engine: (notice) => createClient(openWorker, notice),
  storage: browserStorage(),
  address: addressOf(window),
  nextFrame: (callback) => void requestAnimationFrame(callback),
};
