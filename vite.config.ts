import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { minify } from 'terser';
import type { Plugin, Rolldown } from 'vite';
import { defineConfig } from 'vitest/config';
import { NODE, SYSTEM, VIOLATION } from './src/design/readings.ts';
import { onePiece } from './test/tools/onePiece.ts';

/**
 * The packages' licences go into one file beside the scripts, not into every script that the page waits for; and what
 * bundlers tell each other in comments goes nowhere.
 */
const output = { comments: { legal: false, annotation: false } };

/** The service worker's name does not change with its content: browsers look for a newer one under the same address. */
const OFFLINE = 'offline.js';
const AHEAD = 'ahead';
const OWN_SCRIPT = /[/]src[/].*[.]ts$/;

const COMPRESS = {
  passes: 3,
  // A getter that nobody needs the value of does nothing here.
  pure_getters: true,
  // Putting a function where it is called makes the engine a fifth slower.
  reduce_funcs: false,
  // These shorten the text and lengthen what gzip makes of it.
  comparisons: false,
  lhs_constants: false,
  sequences: false,
};

/** Columns that the engine writes and reads. */
const TABLES: Readonly<Record<string, Readonly<Record<string, number>>>> = { SYSTEM, NODE, VIOLATION };

/** Puts the numbers of columns in the place of their names: the tables of names stay out of the worker. */
function columnsAsNumbers(): Plugin {
  return {
    name: 'columns-as-numbers',
    enforce: 'pre',
    transform: (code, id) =>
      OWN_SCRIPT.test(id)
        ? code.replace(/\b(SYSTEM|NODE|VIOLATION)[.](\w+)/g, (name, table: string, column: string) =>
            String(TABLES[table]?.[column] ?? name),
          )
        : undefined,
  };
}

/**
 * The worker once more through a second minifier, which also puts the numbers of the engine's tables of names in their
 * places: a twenty-fifth less. The page is left as it is, since that would take longer than all the rest of the build.
 */
function smallerWorker(): Plugin {
  return {
    name: 'smaller-worker',
    async generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const { code } = await minify(chunk.code, { module: true, ecma: 2020, compress: COMPRESS });
        if (code === undefined) throw new Error(`${chunk.fileName} is empty`);
        chunk.code = code;
      }
    },
  };
}

/**
 * What a worker's script shares with the parts that it loads later stands in a file of its own, so that no part imports the
 * script itself: WebKit runs a worker's script once more for whoever imports it, and that second engine would take over the
 * line to the page without knowing of any run.
 */
function entryApart(): Plugin {
  return {
    name: 'entry-apart',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((each) => each.type === 'chunk');
      for (const entry of chunks.filter(({ isEntry }) => isEntry)) {
        const importers = chunks.filter(({ imports }) => imports.includes(entry.fileName));
        if (importers.length === 0) continue;
        const name = basename(entry.fileName);
        const apart = `core-${name}`;
        this.emitFile({
          type: 'asset',
          fileName: join(dirname(entry.fileName), apart),
          source: entry.code,
        });
        entry.code = `import"./${apart}";`;
        for (const importer of importers)
          importer.code = importer.code.replaceAll(`"./${name}"`, `"./${apart}"`);
      }
    },
  };
}

/** Of `public/`: the picture for the README is no part of the page. */
const NOT_OFFLINE = new Set(['screenshot.png']);

/** Tells the service worker which files the build has, and by what name to tell it from another build. */
function offlineFiles(): Plugin {
  const folder = fileURLToPath(new URL('./public/', import.meta.url));
  return {
    name: 'offline-files',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const worker = bundle[OFFLINE];
        // The page on which the tests compare browsers has no service worker.
        if (worker?.type !== 'chunk') return;
        const hash = createHash('sha256');
        const files: string[] = ['./'];
        for (const [name, item] of Object.entries(bundle)) {
          if (name === OFFLINE || name.startsWith('.vite/')) continue;
          files.push(name);
          hash.update(name).update(item.type === 'chunk' ? item.code : item.source);
        }
        for (const name of readdirSync(folder).filter((each) => !NOT_OFFLINE.has(each))) {
          files.push(name);
          hash.update(name).update(readFileSync(folder + name));
        }
        worker.code = worker.code
          .replace('BUILD_FILES', JSON.stringify(files))
          .replace('BUILD_VERSION', JSON.stringify(hash.digest('hex').slice(0, 12)));
      },
    },
  };
}

/**
 * What is asked for before all else: what starts the engine's worker, a script of its own, which waits for no other and for
 * no style; and the typefaces, which are in no file that is read early. Text that is there before them is laid out twice.
 */
function askedAhead(): Plugin {
  return {
    name: 'asked-ahead',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const ahead = Object.values(bundle).flatMap((item) => {
          if (item.type === 'chunk' && item.name === AHEAD)
            return `<script type="module" crossorigin async src="./${item.fileName}"></script>`;
          if (item.fileName.endsWith('.woff2'))
            return `<link rel="preload" as="font" type="font/woff2" crossorigin href="./${item.fileName}" />`;
          return [];
        });
        return html.replace('<script ', `${ahead.join('\n    ')}\n    $&`);
      },
    },
  };
}

/**
 * Which layer of styles gives way to which is decided by the first one that names them. Where parts of the page are cut
 * into chunks, that may be any style sheet: so each begins by naming all of them, in the order of tokens.css.
 */
function layersInOrder(): Plugin {
  return {
    name: 'layers-in-order',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const asset of Object.values(bundle))
        if (asset.type === 'asset' && asset.fileName.endsWith('.css'))
          asset.source = `@layer tokens,base,components;${asset.source.toString()}`;
    },
  };
}

/** What is loaded together: what the page imports statically, and after it what the diagram does. */
const TOGETHER = [
  { name: 'page', parts: importedBy('./src/ui/main.tsx') },
  { name: 'diagram', parts: importedBy('./src/ui/diagram/Diagram.tsx') },
];

const IN_WORKER = importedBy('./src/worker/worker.ts');

/** What the engine's worker loads at once is its own script, also where parts that it loads later share a piece of it. */
function workerOf(id: string, context: Rolldown.ChunkingContext): string | null {
  const parts = IN_WORKER(context);
  return parts.has(id) || (parts.size > 0 && context.getModuleInfo(id)?.isEntry === true) ? 'worker' : null;
}

/**
 * What the page loads at once is one file, and what it loads next another. Cut where later parts share a piece with them it
 * would be two dozen, and each of these takes its turn on the few lines that a browser opens to a host.
 */
function fileOf(id: string, context: Rolldown.ChunkingContext): string | null {
  if (context.getModuleInfo(id)?.isEntry === true) return null;
  return TOGETHER.find(({ parts }) => parts(context).has(id))?.name ?? null;
}

/** The modules that a file of the project imports statically, whether itself or by way of others; none where it is not built. */
function importedBy(file: string): (context: Rolldown.ChunkingContext) => ReadonlySet<string> {
  const root = fileURLToPath(new URL(file, import.meta.url));
  const parts = new Set<string>();
  return (context) => {
    if (context.getModuleInfo(root) === null) return new Set();
    const left = parts.size === 0 ? [root] : [];
    for (let id = left.pop(); id !== undefined; id = left.pop())
      for (const imported of context.getModuleInfo(id)?.importedIds ?? [])
        if (!parts.has(imported)) {
          parts.add(imported);
          left.push(imported);
        }
    return parts;
  };
}

/**
 * The playground's build. Relative addresses, so that it works from any sub-path of a static host; nothing of the
 * page depends on where it lies.
 */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [react(), layersInOrder(), askedAhead(), offlineFiles(), onePiece()],
  worker: {
    format: 'es',
    plugins: () => [columnsAsNumbers(), smallerWorker(), entryApart()],
    rolldownOptions: {
      output: {
        ...output,
        topLevelVar: false,
        codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: workerOf }] },
      },
    },
  },
  build: {
    target: 'es2023',
    // Which chunks the page loads at once is read from here by the size budget.
    manifest: true,
    // Everything small enough would be inlined as data: addresses, which a strict content policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: 'licences.md' },
    // How large a file may be, the size budget says.
    chunkSizeWarningLimit: Infinity,
    rolldownOptions: {
      input: {
        index: 'index.html',
        [AHEAD]: 'src/worker/client-ahead.ts',
        offline: 'src/worker/worker-offline.ts',
      },
      output: {
        ...output,
        codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: fileOf }] },
        entryFileNames: ({ name }) => (name === 'offline' ? OFFLINE : 'assets/[name]-[hash].js'),
      },
      // What these return is an unused component where nobody imports it: whole parts of React Flow fall away.
      treeshake: { manualPureFunctions: ['memo', 'forwardRef', 'fixedForwardRef'] },
    },
  },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  test: {
    include: ['test/**/*.test.ts'],
    // A file is one piece with all that it imports of the project: files share packages, and nothing that they could spoil.
    isolate: false,
    environment: 'node',
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Two cores: a worker a core, and no more.
    maxWorkers: 2,
    passWithNoTests: false,
  },
});
