/**
 * Asks the browser to keep the page for when there is no network, and knows when a newer build waits to take over. It
 * begins once the first run is there, so that nothing of the first picture waits for it. Without it all works as before,
 * with a network.
 */
import { createStore } from 'zustand/vanilla';
import type { RunStore } from '../../state/run.ts';

/** A newer build that is ready, and how to go over to it. */
export const newer = createStore<{ takeOver: (() => void) | undefined }>()(() => ({ takeOver: undefined }));

/**
 * Milliseconds that a newer build has to take over in. One whose older build was asked for a file at that very moment is
 * let in by Chromium only once the older one has been idle for half a minute.
 */
const PATIENCE = 2_000;

export function keepForOffline({ serviceWorker }: Navigator, run: RunStore): void {
  if (!import.meta.env.PROD) return;
  const stop = run.subscribe(({ phase }) => {
    if (phase === 'rendering') return;
    stop();
    void register(serviceWorker);
  });
}

async function register(workers: ServiceWorkerContainer): Promise<void> {
  try {
    // The first one ever takes over silently: the page is of its own build.
    const isUpdate = workers.controller !== null;
    const registration = await workers.register(new URL('./offline.js', document.baseURI));
    const tell = (): void => {
      const { waiting } = registration;
      if (waiting === null || !isUpdate) return;
      newer.setState({
        takeOver: () => {
          const reload = (): void => {
            location.reload();
          };
          workers.addEventListener('controllerchange', reload);
          waiting.postMessage('take over');
          // Without the older one the page comes from the network, where the newer one has just come from.
          setTimeout(() => void registration.unregister().then(reload), PATIENCE);
        },
      });
    };
    tell();
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', tell);
    });
  } catch {
    // Forbidden (a private window, a page without https): there is nothing that the person could do about it here.
  }
}
