import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * The packages' licences go into one file beside the scripts, not into every script that the page waits for; and what
 * bundlers tell each other in comments goes nowhere.
 */
const output = { comments: { legal: false, annotation: false } };

/** Vite writes down the licences of the page's packages; this does it for those of the worker. */
function licencesOfWorker(): Plugin {
  return {
    name: 'licences-of-worker',
    generateBundle(_, bundle) {
      const packages = new Map<string, string[]>();
      for (const chunk of Object.values(bundle))
        for (const id of chunk.type === 'chunk' ? chunk.moduleIds : []) {
          const [folder, name] = /^.*[/]node_modules[/]((?:@[^/]+[/])?[^/]+)[/]/.exec(id) ?? [];
          if (folder === undefined || name === undefined) continue;
          const licence = readFileSync(`${folder}LICENSE`, 'utf8');
          packages.set(licence, [...new Set([...(packages.get(licence) ?? []), name])]);
        }
      const source = [...packages]
        .map(([licence, names]) => `## ${names.sort().join(', ')}\n\n${licence}\n`)
        .join('\n');
      this.emitFile({ type: 'asset', fileName: 'licences-of-worker.md', source });
    },
  };
}

/**
 * What @stdlib brings for engines older than typed arrays, in the words of those that have them: a sixth of the worker.
 * Of the mathematics itself only what is exact everywhere is the browser's own.
 */
const PLATFORM: Readonly<Record<string, string>> = {
  '@stdlib/array-float64': 'Float64Array',
  '@stdlib/array-uint32': 'Uint32Array',
  '@stdlib/array-uint16': 'Uint16Array',
  '@stdlib/array-uint8': 'Uint8Array',
  '@stdlib/utils-define-property': 'Object.defineProperty',
  '@stdlib/utils-define-nonenumerable-read-only-property':
    '(object, name, value) => Object.defineProperty(object, name, { value })',
  '@stdlib/number-ctor': 'Number',
  '@stdlib/math-base-assert-is-nan': 'Number.isNaN',
  // Exact in every browser, unlike what they stand beside.
  '@stdlib/math-base-special-abs': 'Math.abs',
  '@stdlib/math-base-special-ceil': 'Math.ceil',
  '@stdlib/math-base-special-floor': 'Math.floor',
  '@stdlib/math-base-special-sqrt': 'Math.sqrt',
  '@stdlib/math-base-special-trunc': 'Math.trunc',
};

function plainPlatform(): Plugin {
  const PREFIX = '\0platform:';
  return {
    name: 'plain-platform',
    enforce: 'pre',
    resolveId: (id) => (id in PLATFORM ? PREFIX + id : null),
    load: (id) =>
      id.startsWith(PREFIX) ? `module.exports = ${PLATFORM[id.slice(PREFIX.length)] ?? ''};` : null,
  };
}

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
  worker: {
    format: 'es',
    plugins: () => [plainPlatform(), licencesOfWorker()],
    rolldownOptions: { output: { ...output, topLevelVar: false } },
  },
  build: {
    target: 'es2023',
    // Which chunks the page loads at once is read from here by the size budget.
    manifest: true,
    // Everything small enough would be inlined as data: addresses, which a strict content policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: 'licences.md' },
    rolldownOptions: {
      output,
      // What these return is an unused component where nobody imports it: whole parts of React Flow fall away.
      treeshake: { manualPureFunctions: ['memo', 'forwardRef', 'fixedForwardRef'] },
    },
  },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    testTimeout: 300_000,
    // Two cores: a worker a core, and no more.
    maxWorkers: 2,
    passWithNoTests: false,
  },
});
