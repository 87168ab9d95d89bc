import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/**
 * The playground's build. Relative addresses, so that it works from any sub-path of a static host; nothing of the
 * page depends on where it lies.
 */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [react()],
  // @stdlib's deterministic mathematics looks for Node's `global`.
  define: { global: 'globalThis' },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    // Which chunks the page loads at once is read from here by the size budget.
    manifest: true,
    // Everything small enough would be inlined as data: addresses, which a strict content policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    testTimeout: 120_000,
    // Two cores: a worker a core, and no more.
    maxWorkers: 2,
    passWithNoTests: false,
  },
});
