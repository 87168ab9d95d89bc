/**
 * The top level of the repository holds what has a reason to stand there, and nothing that somebody left behind.
 */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Every name that may be tracked there: a new one is a decision, and is added here with it. */
const TOP_LEVEL = [
  '.ci',
  '.dependency-cruiser.cjs',
  '.editorconfig',
  '.gitignore',
  '.prettierignore',
  '.prettierrc.json',
  '.size-limit.js',
  'ARCHITECTURE.md',
  'LICENSE',
  'README.md',
  'eslint.config.js',
  'index.html',
  'package-lock.json',
  'package.json',
  'playwright.config.ts',
  'public',
  'src',
  'test',
  'tsconfig.json',
  'vite.config.ts',
];

const listing = spawnSync('git', ['ls-files', '-z'], { encoding: 'utf8' });

// Where the sources came without their history there is nothing to ask.
test.skipIf(listing.status !== 0)('what is tracked at the top level is what belongs there', () => {
  const tracked = listing.stdout.split('\0').filter(Boolean);
  const names = new Set(tracked.map((path) => path.split('/')[0]));
  expect([...names].sort()).toEqual(TOP_LEVEL);
});
