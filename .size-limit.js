// The sizes that what is built may not grow past: gzip, kB of 1000 bytes.
//
// What the page, and its worker, load at once is their entry and what that imports statically; what is imported later is
// not in it.
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
/** The build's manifest knows nothing of a worker: what it imports stands in its text. @param {string} file @param {Set<string>} files */
function importedBy(file, files = new Set()) {
  if (files.has(file)) return files;
  files.add(file);
  const text = readFileSync(`dist/assets/${file}`, 'utf8');
  for (const [, imported] of text.matchAll(/(?:from|import)\s*"[.][/]([\w-]+[.]js)"/g))
    importedBy(imported, files);
  return files;
}

const entries = readdirSync('dist/assets').filter((file) => /^worker-[\w-]+\.js$/.test(file));
const [entry] = entries;
if (entry === undefined || entries.length > 1)
  throw new Error(`expected one worker in dist/assets, found ${entries.join(' and ') || 'none'}`);
const worker = [...importedBy(entry)].map((file) => `dist/assets/${file}`);

export default [
  { name: 'initial JavaScript', path: initial, limit: '190 kB', gzip: true },
  { name: 'worker', path: worker, limit: '40 kB', gzip: true },
];
