/**
 * The lint rules that keep a run a pure function of its design bite where they should, and nowhere else.
 */
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { beforeAll, describe, expect, test } from 'vitest';

let eslint: ESLint;
beforeAll(() => {
  // None of the rules held here asks for types, and the whole project would have to be read for them.
  eslint = new ESLint({ overrideConfig: tseslint.configs.disableTypeChecked });
});

/** The messages of the rules that restrict what may be written, for `code` as if it stood in `file`. */
async function restrictions(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: file });
  const messages = result?.messages ?? [];
  const broken = messages.filter(({ fatal }) => fatal === true);
  expect(broken, `${file} could not be read`).toEqual([]);
  return messages.flatMap(({ ruleId }) => (ruleId === null ? [] : [ruleId]));
}

const ENGINE = 'src/engine/summary.ts';
const DESIGN = 'src/design/readings.ts';
const TEST = 'test/house/lint.test.ts';
const SYNTAX = 'no-restricted-syntax';
const GLOBALS = 'no-restricted-globals';

describe.each([ENGINE, DESIGN])('in %s', (file) => {
  test.each([
    ['export const a = Math.log(2);', SYNTAX],
    ['export const a = Math.pow(2, 3);', SYNTAX],
    ['export const a = Math.sin(2);', SYNTAX],
    ['export const a = Math.hypot(2, 3);', SYNTAX],
    ['export const a = Math.random();', SYNTAX],
    ["export const a = Math['log'](2);", SYNTAX],
    ['const { log } = Math; export const a = log(2);', SYNTAX],
    ['const m = Math; export const a = m.log(2);', SYNTAX],
    ['export const a = (b: number) => b ** 2;', SYNTAX],
    ['export let a = 2; a **= 2;', SYNTAX],
    ['export const a = (1.5).toLocaleString();', SYNTAX],
    ["export const a = 'b'.localeCompare('c');", SYNTAX],
    ['export enum A { B }', SYNTAX],
    ["export * from '../base/units.ts';", SYNTAX],
    ["export { second } from '../base/units';", SYNTAX],
    ['export const a = Date.now();', GLOBALS],
    ['export const a = new Date();', GLOBALS],
    ['export const a = performance.now();', GLOBALS],
    ['setTimeout(() => undefined, 1);', GLOBALS],
    ['export const a = globalThis;', GLOBALS],
    ['export const a = crypto.randomUUID();', GLOBALS],
    ['export const a = (b: any) => b as unknown;', '@typescript-eslint/no-explicit-any'],
    ['export default 1;', 'no-restricted-exports'],
    [
      "import { Micros } from '../base/units.ts'; export type A = Micros;",
      '@typescript-eslint/consistent-type-imports',
    ],
  ])('%s breaks %s', async (code, rule) => {
    expect(await restrictions(file, code)).toContain(rule);
  });

  test.each(['floor', 'ceil', 'round', 'trunc', 'abs', 'sqrt', 'clz32', 'fround', 'sign'])(
    'Math.%s is exact everywhere, so allowed',
    async (name) => {
      expect(await restrictions(file, `export const a = Math.${name}(2.5);`)).toEqual([]);
    },
  );
});

test('nothing waits in the engine: neither promises nor generators', async () => {
  expect(await restrictions(ENGINE, 'export const a = async () => { await Promise.resolve(); };')).toContain(
    SYNTAX,
  );
  expect(await restrictions(ENGINE, 'export function* a() { yield 1; }')).toContain(SYNTAX);
});

test('a typed array is read without a check in the engine, and with one elsewhere', async () => {
  const code = 'export const a = (b: Int32Array) => b[0]!;';
  expect(await restrictions(ENGINE, code)).toEqual([]);
  expect(await restrictions(DESIGN, code)).toContain('@typescript-eslint/no-non-null-assertion');
});

test('outside of the deterministic rooms, clocks and all of Math are open', async () => {
  expect(await restrictions(TEST, 'export const a = Math.log(performance.now()) ** 2;')).toEqual([]);
});

test('of the rooms, the page is imported by its own tests alone', async () => {
  const code = "import { formatMs } from '../../src/ui/format.ts'; export const a = formatMs(1);";
  expect(await restrictions('test/house/lint.test.ts', code)).toEqual([]);
  expect(await restrictions('test/ui/format.test.ts', code)).toEqual([]);
  expect(await restrictions('test/replay/story.test.ts', code)).toEqual(['no-restricted-imports']);
});
