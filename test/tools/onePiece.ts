/**
 * Runs each file of tests in one piece with all that it imports of this project, bundled as the product is. Left in
 * modules, every constant that one imports from another would be looked up by its name at every use, and the engine would
 * be about eight times slower than the one that people use. It knows nothing of what a test says.
 */
import { build, type Plugin } from 'vite';

const TESTS = /[.]test[.]ts$/;

export function onePiece(): Plugin {
  return {
    name: 'one-piece',
    enforce: 'pre',
    async load(id) {
      return TESTS.test(id) ? await inOnePiece(id) : undefined;
    },
  };
}

/** A script with its packages left outside, and where its lines come from. */
async function inOnePiece(file: string): Promise<{ code: string; map: string | null }> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: file,
      write: false,
      target: 'node20',
      minify: false,
      sourcemap: true,
      // Constants stay `const`: V8 folds those into its code, and asks the value of a `var` again at every use.
      rolldownOptions: { output: { topLevelVar: false, codeSplitting: false } },
    },
  });
  const [output] = [built].flat();
  if (output === undefined || !('output' in output)) throw new Error(`${file} was not bundled`);
  const { code, map } = output.output[0];
  return { code, map: map === null ? null : map.toString() };
}
