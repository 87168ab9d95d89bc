/**
 * Asks the browser to keep the page for when there is no network, and knows when a newer build waits to take over. It
 * begins once the first run is there, so that nothing of the first picture waits for it. Without it all works as before,
 * with a network.
 */
import { createStore } from 'zustand/vanilla';
import type { RunStore } from '../../state/run.ts';

/** A newer build that is ready, and how to go over to it. */
export const newer = createStore<{ takeOver: (() => void) | undefined }>()(() => ({ takeOver: undefined }));

export function keepForOffline({ serviceWorker }: Navigator, run: RunStore): void {
  if (!import.meta.env.PROD) return;
  const stop = run.subscribe(({ phase }) => {
    if (phase === 'rendering') return;
    stop();
    void register(serviceWorker);
  });
}

async function register(workers: ServiceWorkerContainer): Promise<void> {
  // The first one ever takes over silently: the page is of its own build.
  const isUpdate = workers.controller !== null;
  try {
    const registration = await workers.register(new URL('./offline.js', document.baseURI));
    const tell = (): void => {
      const { waiting } = registration;
      if (waiting === null || !isUpdate) return;
      newer.setState({
        takeOver: () => {
          workers.addEventListener('controllerchange', () => {
            location.reload();
          });
          waiting.postMessage('take over');
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
