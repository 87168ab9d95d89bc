/**
 * Bundles what the tests run as the product is. Left in modules, every constant that one imports from another would be
 * looked up by its name at every use, and the engine would be about eight times slower than the one that people use.
 *
 * The rooms that remember nothing are one piece that all files of tests share: it is read once, and what one file had
 * compiled is there for the next. Each file of tests is another, with whatever else it imports, so that none finds a page
 * or a worker as others left it. It knows nothing of what a test says.
 */
import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';

const TESTS = /[.]test[.]ts$/;

const SOURCES = fileURLToPath(new URL('../../src', import.meta.url));
const SHARED_ROOMS = ['base', 'design', 'engine', 'replay', 'explore'].map((room) => join(SOURCES, room));
const IMPORT = /^import \{(.*)\} from "(.*)";$/gm;

/** The shared piece: its script's name, and the module that stands for it. */
const ALL = 'all';
const PIECE = '\0one-piece';

interface Options extends Rolldown.InputOptions {
  readonly output: Rolldown.OutputOptions;
}

interface Script {
  readonly code: string;
  readonly map: string | null;
}

/** The shared piece, and for each module in it, by its path in the sources, a script that gives on what it exports. */
type Scripts = ReadonlyMap<string, Script>;

export function onePiece(): Plugin {
  let shared: Promise<Scripts> | undefined;
  const scriptOf = async (name: string): Promise<Script> => {
    const script = (await (shared ??= sharedScripts())).get(name);
    if (script === undefined) throw new Error(`${name} is no part of the shared piece`);
    return script;
  };
  return {
    name: 'one-piece',
    enforce: 'pre',
    apply: (_, { mode }) => mode === 'test',
    resolveId: (id, importer) =>
      importer !== undefined && isShared(importer) && id.endsWith(`/${ALL}`) ? PIECE : undefined,
    async load(id) {
      if (TESTS.test(id)) return await testScript(id);
      if (id === PIECE) return await scriptOf(ALL);
      return isShared(id) ? await scriptOf(nameOf(id)) : undefined;
    },
  };
}

function isShared(id: string): boolean {
  return SHARED_ROOMS.some((room) => id.startsWith(`${room}/`));
}

/** Of a module of the shared rooms, by its path: room and file without the ending. */
function nameOf(module: string): string {
  return module.slice(SOURCES.length + 1, -'.ts'.length);
}

async function sharedScripts(): Promise<Scripts> {
  const modules = SHARED_ROOMS.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(room, file)),
  );
  const input = Object.fromEntries(modules.map((module) => [nameOf(module), module]));
  const output = await bundle({
    input,
    preserveEntrySignatures: 'strict',
    output: {
      entryFileNames: '[name]',
      chunkFileNames: '[name]',
      codeSplitting: { groups: [{ name: ALL }] },
    },
  });
  return new Map(output.map(({ fileName, code, map }) => [fileName, { code, map: map?.toString() ?? null }]));
}

/** What a file of tests needs besides packages and the shared rooms. */
async function testScript(file: string): Promise<Script> {
  const [first] = await bundle({
    input: file,
    external: (id) => isShared(id),
    makeAbsoluteExternalsRelative: false,
    output: { codeSplitting: false },
  });
  if (first === undefined) throw new Error(`${file} was not bundled`);
  return { code: asConstants(first.code), map: first.map?.toString() ?? null };
}

/** With the names of shared modules as constants of its own, since its loops look them up too. Lines stay where they are. */
function asConstants(code: string): string {
  let modules = 0;
  return code.replace(IMPORT, (whole, names: string, path: string) => {
    if (!isShared(path)) return whole;
    const module = `sharedModule${modules++}`;
    return `import * as ${module} from "${path}"; const {${names.replaceAll(' as ', ': ')}} = ${module};`;
  });
}

/** Scripts with their packages left outside, and where their lines come from. */
async function bundle({ output, ...input }: Options): Promise<readonly Rolldown.OutputChunk[]> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: true,
      write: false,
      target: 'node20',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        ...input,
        output: {
          ...output,
          // Constants stay `const`: V8 folds those into its code, and asks the value of a `var` again at every use.
          topLevelVar: false,
          sourcemapPathTransform: (source, map) => resolve(dirname(map), source),
        },
      },
    },
  });
  return [built]
    .flat()
    .flatMap((each) => ('output' in each ? each.output : []))
    .filter((each) => each.type === 'chunk');
}
