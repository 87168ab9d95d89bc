/**
 * Bad input of every command, from the words of the line to what stands in a file. It is answered in this process: each
 * line would take one of its own longer to start than to refuse. That a process ends so too, `throughline.test.ts` says.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Ended } from '../support/commandLine.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-cli-'));
  writeFileSync(join(folder, 'broken.json'), '{ "seed": 1,');
  writeFileSync(join(folder, 'list.json'), '[1]');
  writeFileSync(join(folder, 'twice.json'), '{ "cache": { "ttl": "3s", "ttl": "4s" } }');
  writeFileSync(join(folder, 'unknown-key.json'), '{ "cashe": { "ttl": "3s" } }');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What is printed for these words, where a person whom npm brought here stands in the folder, and the exit code. */
function answered(words: readonly string[]): Ended {
  const printed = { out: '', errors: '' };
  const into = (stream: keyof typeof printed) => (text: string | Uint8Array) => {
    printed[stream] += String(text);
    return true;
  };
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(into('out'));
  const errors = vi.spyOn(process.stderr, 'write').mockImplementation(into('errors'));
  vi.stubEnv('INIT_CWD', folder);
  try {
    const code = main(words);
    return { code, ...printed };
  } finally {
    vi.unstubAllEnvs();
    out.mockRestore();
    errors.mockRestore();
  }
}

test.each([
  [[], 'command'],
  [['rum'], 'rum'],
  [['run'], 'design'],
  [['run', 'write-thru'], 'nearest: write-through'],
  [['run', 'zombies'], 'nearest: zombie'],
  [['run', 'write-through', '--set', 'prices.ap=1'], 'allowed: one of app, cache.small'],
  [['run', 'write-through', '--sed', '1'], '--sed'],
  [['run', 'write-through', '--seed', '-1'], 'seed "-1"'],
  [['run', 'write-through', '--seed', '4294967296'], 'seed "4294967296"'],
  [['run', 'write-through', '--duration', '60'], 'duration "60"'],
  [['run', 'write-through', '--set', 'cache.ttl=3sec'], 'cache.ttl "3sec"'],
  [['run', 'write-through', '--set', 'cash.ttl=3s'], 'cash.ttl'],
  [['run', 'write-through', '--set', 'ttl'], '--set'],
  [
    ['run', 'write-through', '--set', 'cache.ttl=3s', '--set', 'cache.ttl=4s'],
    'cache.ttl "4s": is given twice; allowed: each key once',
  ],
  [['run', 'write-through', '--seed', '3', '--set', 'seed=4'], 'seed "4": is given twice'],
  [['run', 'write-through', '--set', 'fault=cache-9:slow:20@1s'], 'cache-9'],
  [['run', 'write-through', '--set', 'fault=cache-1:sloe:20@1s'], 'sloe'],
  [['run', '#/write-through?cache.nodes=17'], 'cache.nodes "17"'],
  [['run', '#/write-through?cache.ttl=3s&cache.ttl=%'], 'cache.ttl'],
  [['run', ' '], 'design: " " is empty'],
  [['run', 'write-through', '--set', 'at=3s'], 'at "3s": is of a link alone; allowed: a key of the design'],
  [['run', 'missing.JSON'], 'file "missing.JSON": cannot be read: no such file or directory; allowed: '],
  [
    ['run', `${'x'.repeat(4000)}.json`],
    '…": cannot be read: name too long; allowed: the path of a .json file',
  ],
  [['run', '\u009b.json'], 'file "\ufffd.json": cannot be read'],
  [['run', 'broken.json'], 'file "broken.json": is no JSON: '],
  [['run', 'list.json'], 'list.json'],
  [['run', 'unknown-key.json'], 'cashe'],
  [
    ['run', 'twice.json'],
    'file "twice.json": cache.ttl "4s": is given more than once; allowed: each key once',
  ],
  [['run', '.'], '"."'],
  [['run', 'write-through?vs=db-only'], 'holds two designs'],
  [['run', 'write-through?ghost=db-onli'], 'ghost preset "db-onli"'],
  [['run', 'write-through?ghost=db-only?cache.ttl=3sec'], 'ghost cache.ttl "3sec"'],
  [['run', 'write-through', '--set', 'ghost=db-only'], 'ghost "db-only": is of a link alone'],
  [['compare'], 'design'],
  [['compare', 'write-through'], 'a second one, or a link with vs=, is missing'],
  [['compare', 'write-through?ghost=db-only'], 'a second one, or a link with vs=, is missing'],
  [['compare', 'write-through?vs=db-only', 'db-only'], '"db-only" is one design too many'],
  [['compare', 'write-through?vs=db-onli'], 'vs preset "db-onli"'],
  [['compare', 'write-through', 'db-only', '--seeds', '101'], '--seeds "101": is no number of seeds'],
  [['visibility'], 'design'],
  [['visibility', 'db-only', '--at', '5'], '--at "5": has no unit; allowed: 1 to 32 times'],
  [['visibility', 'db-only', '--at', '0ms,,5ms'], '--at ""'],
  [['visibility', 'db-only', '--at', '601s'], '--at "601s": is above 600s'],
  [['visibility', 'db-only', '--at', Array(33).fill('1ms').join(',')], 'has 33 times'],
  [['visibility', 'db-only', '--trials', '0'], '--trials "0": is below 1'],
  [['visibility', 'db-only', '--trials', '100001'], '--trials "100001": is above 100000'],
  [['visibility', 'db-only', '--trials', '1.5'], '--trials "1.5": is not a whole number'],
  [['explore', 'db-only', '--ops', 'put'], '--ops "put": names 1 operation; allowed: 2 to 4 of put and get'],
  [['explore', 'db-only', '--ops', 'put,putt'], '--ops "putt": is no operation'],
  [['explore', 'db-only', '--crash', 'cash-1'], '--crash "cash-1": is no host of this design'],
  [['explore', 'db-only', '--limit', '0'], '--limit "0": is no number of states; allowed: a whole number'],
])('%j ends with 2, nothing on standard output, and one line that names it', (words, named) => {
  const { code, out, errors } = answered(words);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(errors).toContain(named);
  expect(errors).toMatch(/^[^\n]+\n$/);
  expect(errors).not.toMatch(/\bat .*:\d+:\d+/);
});
