/** The browser, as far as the session needs one: the engine's worker, storage, the address bar and frames. */
import type { Address, KeyValue, Surroundings } from '../../state/session.ts';
import { createClient, openWorker } from '../../worker/client.ts';

/** Storage may be refused altogether (a private window, a policy): then nothing is kept, and nothing breaks. */
function browserStorage(): KeyValue | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

const address: Address = {
  base: () => location.href.replace(/#.*$/s, ''),
  fragment: () => location.hash,
  replace: (fragment) =>
    history.replaceState(history.state, '', fragment === '' ? location.pathname : fragment),
  onChange: (listener) => {
    addEventListener('hashchange', listener);
    return () => removeEventListener('hashchange', listener);
  },
};

export const browserSurroundings: Surroundings = {
  engine: (notice) => createClient(openWorker, notice),
  storage: browserStorage(),
  address,
  nextFrame: (callback) => void requestAnimationFrame(callback),
};
