/**
 * The tests of a group with everything that they test, as one script that is compiled once. Each evaluation is a world of
 * its own, so that no mutant leaves anything behind for the next one.
 */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { Script } from 'node:vm';
import { build } from 'vite';
import { expect } from './expectations.ts';
import type { Suite, Test } from './suite.ts';

const ENTRY = 'virtual:tests-of-mutants';
const STAND_IN = 'test/mutation/suite.ts';

export class Bundle {
  private readonly script: Script;

  private constructor(code: string) {
    this.script = new Script(`(function (exports, require) {${code}\n})`, {
      filename: 'tests-of-mutants.cjs',
    });
  }

  /** Of these files, paths from the folder where this process works. */
  static async of(files: readonly string[]): Promise<Bundle> {
    const read = files.map((file) => `beginFile(${JSON.stringify(file)}); await import('/${file}');`);
    const entry = `import { beginFile } from '/${STAND_IN}'; export async function read() {${read.join('\n')}}`;
    const built = await build({
      configFile: false,
      root: process.cwd(),
      logLevel: 'error',
      publicDir: false,
      plugins: [
        {
          name: 'tests-of-mutants',
          enforce: 'pre',
          resolveId: (id) => (id === ENTRY ? id : id === 'vitest' ? resolve(STAND_IN) : undefined),
          load: (id) => (id === ENTRY ? entry : undefined),
        },
      ],
      ssr: { noExternal: true },
      build: {
        ssr: true,
        write: false,
        target: 'node20',
        minify: false,
        rolldownOptions: { input: ENTRY, output: { format: 'cjs', codeSplitting: false } },
      },
    });
    const [output] = [built].flat();
    if (output === undefined || !('output' in output)) throw new Error('the tests were not bundled');
    return new Bundle(output.output[0].code);
  }

  /** The tests, of sources that nobody has used yet. */
  async evaluate(): Promise<readonly Test[]> {
    const suite: Suite = { expect, tests: [] };
    globalThis.mutationSuite = suite;
    const exported: { read?: () => Promise<void> } = {};
    const run: unknown = this.script.runInThisContext();
    if (typeof run !== 'function') throw new Error('the bundle is a function');
    Reflect.apply(run, undefined, [exported, createRequire(import.meta.url)]);
    await exported.read?.();
    return suite.tests;
  }
}
