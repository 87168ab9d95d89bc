/**
 * The service worker: after the first visit the page works without a network. It keeps the build's own files under the
 * build's version, answers from them, and asks the network for nothing that it has. A newer build waits until nobody uses
 * the older one, or until the person asks for it. It never sees a design: those stay in the page.
 */

/** Put in by the build: its files, relative to the page, and a name that changes with any of them. */
declare const BUILD_FILES: readonly string[];
declare const BUILD_VERSION: string;
declare const self: ServiceWorkerGlobalScope;

/** The build before stays too, for pages of it that are still open and load their parts when they need them. */
const BUILDS_KEPT = 2;
const PREFIX = 'throughline-';
const HERE = PREFIX + BUILD_VERSION;

self.addEventListener('install', (event) => {
  event.waitUntil(keep());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOlder());
});

self.addEventListener('message', ({ data }) => {
  if (data === 'take over') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && new URL(request.url).origin === self.location.origin)
    event.respondWith(answer(request));
});

async function keep(): Promise<void> {
  const cache = await caches.open(HERE);
  // Past the browser's own cache, so that no file of an older build gets in.
  await cache.addAll(BUILD_FILES.map((file) => new Request(file, { cache: 'reload' })));
}

/** Caches are listed in the order in which they were made. */
async function forgetOlder(): Promise<void> {
  const builds = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  await Promise.all(builds.slice(0, -BUILDS_KEPT).map((name) => caches.delete(name)));
}

async function answer(request: Request): Promise<Response> {
  const here = await caches.open(HERE);
  // A file of the build is the same for whoever asks, whatever its host says of it in `Vary`.
  const options = { ignoreSearch: request.mode === 'navigate', ignoreVary: true };
  return (await here.match(request, options)) ?? (await caches.match(request, options)) ?? fetch(request);
}

// Names of its own, `self` among them, need a module.
export {};
