// The sizes that what is built may not grow past: gzip, kB of 1000 bytes.
//
// What the page loads at once is its entry and what that imports statically; what is imported later is not in it. The
// worker's script loads its core at once (`vite.config.ts`).
import { readFileSync, readdirSync } from 'node:fs';
import { MANIFEST } from './test/tools/built.mjs';

const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8'));

/** @param {string} key @param {Set<string>} files */
function loadedAtOnce(key, files = new Set()) {
  const chunk = manifest[key];
  if (files.has(chunk.file)) return files;
  files.add(chunk.file);
  for (const imported of chunk.imports ?? []) loadedAtOnce(imported, files);
  return files;
}

const initial = [...loadedAtOnce('index.html')].map((file) => `dist/${file}`);
const workers = readdirSync('dist/assets').filter((file) => /^(core-)?worker-[\w-]+\.js$/.test(file));
if (workers.length !== 2)
  throw new Error(
    `expected a worker and its core in dist/assets, found ${workers.join(' and ') || 'neither'}`,
  );

export default [
  { name: 'initial JavaScript', path: initial, limit: '190 kB', gzip: true },
  { name: 'worker', path: workers.map((file) => `dist/assets/${file}`), limit: '40 kB', gzip: true },
];
