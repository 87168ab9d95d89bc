// Loads a TypeScript entry point in plain Node, with no build step before it.
//
// The first start bundles the entry by Vite into node_modules/.cache, under the hash of all sources; a later start only
// hashes the sources and imports the bundle. This file never looks into what it loads, and loads Vite only when it must.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CACHE = join(ROOT, 'node_modules/.cache/throughline');
const BUNDLED = /[.](ts|mjs|json)$/;
/** Bundles kept: the present one, and a few of other branches. */
const KEPT = 8;

/**
 * Imports `entry` (a path from the project's root), and gives its exports.
 *
 * `packages` says whether the npm packages are bundled too: that starts faster, and is impossible for those that load
 * files of their own.
 *
 * @param {string} entry
 * @param {{ packages: 'bundled' | 'external' }} options
 * @returns {Promise<Record<string, unknown>>}
 */
export async function load(entry, { packages }) {
  const hash = hashOfSources(['src', entry.replace(/[/].*/, '')], [entry, packages]);
  const name = basename(entry).replace(/[.]\w+$/, '');
  const directory = join(CACHE, `${name}-${hash}`);
  const bundle = join(directory, `${name}.mjs`);
  if (!existsSync(bundle)) await makeBundle(entry, directory, `${name}.mjs`, packages);
  return import(pathToFileURL(bundle).href);
}

/**
 * @param {string[]} folders
 * @param {string[]} salt
 */
function hashOfSources(folders, salt) {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([...salt, process.versions.node]));
  const files = new Set([join(ROOT, 'package-lock.json'), fileURLToPath(import.meta.url)]);
  for (const folder of folders) {
    const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
    for (const file of names.sort()) if (BUNDLED.test(file)) files.add(join(ROOT, folder, file));
  }
  for (const file of files) {
    hash.update(`\0${relative(ROOT, file)}\0`);
    hash.update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * @param {string} entry
 * @param {string} directory
 * @param {string} fileName
 * @param {'bundled' | 'external'} packages
 */
async function makeBundle(entry, directory, fileName, packages) {
  const { build } = await import('vite');
  const unfinished = `${directory}.${process.pid}`;
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: packages === 'bundled' ? true : [] },
    build: {
      ssr: resolve(ROOT, entry),
      outDir: unfinished,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      // Constants stay `const`: V8 folds those into its code, and asks the value of a `var` again at every use.
      rolldownOptions: { output: { entryFileNames: fileName, topLevelVar: false } },
    },
  });
  // Another process may have been faster; its bundle is made of the same sources, so either will do.
  try {
    renameSync(unfinished, directory);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(join(directory, fileName))) throw error;
  }
  forgetOldBundles(directory);
}

/** @param {string} present */
function forgetOldBundles(present) {
  mkdirSync(CACHE, { recursive: true });
  const byAge = readdirSync(CACHE)
    .map((name) => join(CACHE, name))
    .filter((path) => path !== present)
    .map((path) => ({ path, at: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.at - a.at);
  for (const { path } of byAge.slice(KEPT - 1)) rmSync(path, { recursive: true, force: true });
}
