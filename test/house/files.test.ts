/**
 * The top level of the repository holds what has a reason to stand there, and nothing that somebody left behind.
 */
import { execFileSync } from 'node:child_process';
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

test('what is tracked at the top level is what belongs there', () => {
  const tracked = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0');
  const names = new Set(tracked.filter(Boolean).map((path) => path.split('/')[0]));
  expect([...names].sort()).toEqual(TOP_LEVEL);
});
