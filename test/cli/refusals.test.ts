/**
 * Bad input of every command, from the words of the line to what stands in a file. It is answered in this process: each
 * line would take one of its own longer to start than to refuse. That a process ends so too, `throughline.test.ts` says.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIMITS } from '../../src/design/limits.ts';
import { answeredIn, type Ended } from '../support/commandLine.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-cli-'));
  writeFileSync(join(folder, 'broken.json'), '{ "seed": 1,');
  writeFileSync(join(folder, 'list.json'), '[1]');
  for (const name of ['design', 'design.txt']) writeFileSync(join(folder, name), '{ "seed": 1 }');
  for (const name of ['folder', 'folder.json']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'large.json'), ' '.repeat(LIMITS.documentText + 1));
  writeFileSync(join(folder, 'sharp#1.json'), 'sharp');
  execFileSync('mkfifo', [join(folder, 'pipe.json')]);
  writeFileSync(join(folder, 'twice.json'), '{ "cache": { "ttl": "3s", "ttl": "4s" } }');
  writeFileSync(join(folder, 'unknown-key.json'), '{ "cashe": { "ttl": "3s" } }');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const answered = (words: readonly string[]): Ended => answeredIn(folder, words);

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
  [['run', 'design'], 'file "design": has no name that ends in .json; allowed: the path of a .json file'],
  [['run', './design.txt'], 'file "./design.txt": has no name that ends in .json'],
  [['run', 'folder'], 'file "folder": is a folder; allowed: the path of a .json file'],
  [['run', 'folder.json'], 'file "folder.json": is a folder'],
  [['run', '/dev/null'], 'file "/dev/null": has no name that ends in .json'],
  [['run', 'pipe.json'], 'file "pipe.json": is no file'],
  [['run', './nothing'], 'file "./nothing": cannot be read: no such file or directory'],
  [['run', 'designs/mine'], 'file "designs/mine": cannot be read: no such file or directory'],
  [['run', 'C:\\mine.txt'], 'file "C:\\mine.txt": cannot be read: no such file or directory'],
  [['run', 'mine.yaml'], 'file "mine.yaml": cannot be read: no such file or directory'],
  [
    ['run', 'zombie?cache.ttl=3s'],
    'preset "zombie": is an example, and no link begins with one; allowed: zombie --set KEY=VALUE',
  ],
  [['run', 'write-through', '\u2014seed', '7'], 'flag: "\u2014seed" is not known: allowed are --seed'],
  [
    ['run', '{"seed":5}'],
    'design "{"seed":5}": is JSON, and no file of it; allowed: the path of a .json file',
  ],
  [['run', 'list.json?seed=5'], 'has something behind .json; allowed: a .json file and --set KEY=VALUE'],
  [['run', 'write-through&cache.ttl=3s'], 'nearest: #/write-through?cache.ttl=3s'],
  [['run', 'cache.ttl=3s'], 'nearest: #/write-through?cache.ttl=3s'],
  [['run', '%23/look-aside%3Fseed%3D7'], 'nearest: #/look-aside?seed=7'],
  [
    ['run', 'write-through?at=12'],
    'at "12": has no unit; allowed: an instant such as 12.34s, up to 1200s; nearest: 12s',
  ],
  [
    ['visibility', 'db-only', '--trials', '1,000,000'],
    'allowed: a whole number from 1 to 100000; nearest: 100000',
  ],
  [['run', '/write-thru'], 'nearest: write-through'],
  [['run', '/write-through?cashe.ttl=3s'], 'cashe.ttl'],
  [['run', 'large.json'], 'file "large.json": has 1000001 bytes; allowed: at most 1000000'],
  [['run', 'sharp#1.json'], 'file "sharp#1.json": is no JSON'],
  [
    ['run', 'https://example.org/?cache.ttl=3s'],
    'has settings and no # before them; allowed: ADDRESS#/PRESET?KEY=VALUE&KEY=VALUE; nearest: #/write-through?',
  ],
  [['run', 'broken.json'], 'file "broken.json": is no JSON: '],
  [['run', 'list.json'], 'list.json'],
  [['run', 'unknown-key.json'], 'cashe'],
  [
    ['run', 'twice.json'],
    'file "twice.json": cache.ttl "4s": is given more than once; allowed: each key once',
  ],
  [['run', '.'], 'file ".": is a folder'],
  [['run', 'write-through?vs=db-only'], 'holds two designs'],
  [['run', 'write-through?ghost=db-onli'], 'ghost preset "db-onli"'],
  [['run', 'write-through?ghost=db-only?cache.ttl=3sec'], 'ghost cache.ttl "3sec"'],
  [['run', 'write-through', '--set', 'ghost=db-only'], 'ghost "db-only": is of a link alone'],
  [
    ['violations', 'db-only', '--kind', 'staleReads'],
    '--kind "staleReads": is no kind of violation; allowed: one of readYourWrites, monotonicReads, staleRead, dirtyRead, phantomRead, lostAckedWrite, storeRegression; nearest: staleRead',
  ],
  [['violations', 'db-only', '--kind', 'toString'], '--kind "toString": is no kind of violation'],
  [
    ['violations', 'db-only', '--limit', '0'],
    '--limit "0": is below 1; allowed: a whole number from 1 to 500000; nearest: 1',
  ],
  [['violations', 'db-only', '--check'], 'flag: "--check" is not known: allowed are --seed'],
  [['violations'], 'violations: no design given'],
  [['compare'], 'design'],
  [['compare', 'write-through'], 'a second one, or a link with vs=, is missing'],
  [['compare', 'write-through?ghost=db-only'], 'a second one, or a link with vs=, is missing'],
  [['compare', 'write-through?vs=db-only', 'db-only'], '"db-only" is one design too many'],
  [['compare', 'write-through?vs=db-onli'], 'vs preset "db-onli"'],
  [
    ['compare', 'write-through', 'db-only', '--seeds', '101'],
    '--seeds "101": is above 100; allowed: a whole number from 1 to 100; nearest: 100',
  ],
  [['visibility'], 'design'],
  [['visibility', 'db-only', '--at', '5'], '--at "5": has no unit; allowed: 1 to 32 times'],
  [['visibility', 'db-only', '--at', '0ms, 5,30sec'], 'each from 0s to 600s; nearest: 0ms,5ms,30s'],
  [['visibility', 'db-only', '--at', '5,wat'], 'each from 0s to 600s\n'],
  [['excerpt', 'db-only', '--window', '12.3-12.35'], 'up to 60s; nearest: 12.3s-12.35s'],
  [
    ['trace', 'db-only', '--window', '59s-61s'],
    'ends after the run; allowed: two instants such as 12.3s-12.35s, up to 60s; nearest: 59s-60s',
  ],
  [['visibility', 'db-only', '--at', '0ms,,5ms'], '--at ""'],
  [['visibility', 'db-only', '--at', '601s'], '--at "601s": is above 600s'],
  [['visibility', 'db-only', '--at', Array(33).fill('1ms').join(',')], 'has 33 times'],
  [['visibility', 'db-only', '--trials', '0'], '--trials "0": is below 1'],
  [['visibility', 'db-only', '--trials', '100001'], '--trials "100001": is above 100000'],
  [['visibility', 'db-only', '--trials', '1.5'], '--trials "1.5": is not a whole number'],
  [['explore', 'db-only', '--ops', 'put'], '--ops "put": names 1 operation; allowed: 2 to 4 of put and get'],
  [['explore', 'db-only', '--ops', 'put,putt'], '--ops "putt": is no operation'],
  [['explore', 'db-only', '--crash', 'cash-1'], '--crash "cash-1": is no host of this design'],
  [['explore', 'db-only', '--limit', '0'], '--limit "0": is below 1; allowed: a whole number'],
  [['explore', 'db-only', '--limit', '1e5x'], 'nearest: 100000'],
])('%j ends with 2, nothing on standard output, and one line that names it', (words, named) => {
  const { code, out, errors } = answered(words);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(errors).toContain(named);
  expect(errors).toMatch(/^[^\n]+\n$/);
  expect(errors).not.toMatch(/\bat .*:\d+:\d+/);
});

test('an unlike name is told of no nearest one', () => {
  expect(answered(['run', 'nope']).errors).toMatch(/^preset "nope": is no preset; allowed: one of [^;]*\n$/);
});

test.each([
  ['run', ['--csv']],
  ['compare', ['db-only', '--seeds', '2', '--json']],
])('%s tells what is no error, and what may have been meant otherwise, a line each', (name, more) => {
  const words = ['https://example.org/', '--duration', '100ms', '--set', 'fault=cache-1:crash@100ms-2s'];
  const { code, out, errors } = answered([name, ...words, ...more]);
  expect(code).toBe(0);
  expect(out).not.toContain('example.org');
  expect(errors.split('\n')).toEqual([
    '"https://example.org/" has nothing behind a #: the design that a page opens with is taken',
    "cache-1:crash@100ms-2s begins after the run's end, 100ms: only what is still under way then meets it",
    '',
  ]);
  const quiet = ['https://example.org/#/db-only', '--duration', '100ms', '--set', 'fault=app-1:crash@99ms'];
  expect(answered([name, ...quiet, ...more]).errors).toBe('');
});

test('exploring tells what has no part in it: faults of the design, a seed, a duration', () => {
  const word = 'db-only?fault=app-1:crash@500ms&store.rf=1&store.w=1';
  const { code, errors } = answered(['explore', word, '--ops', 'get,get', '--seed', '7', '--duration=1s']);
  expect(code).toBe(0);
  expect(errors.split('\n')).toEqual([
    'seed changes nothing here: explore tries every order',
    'duration changes nothing here: explore tries every order',
    'explore leaves out the faults of the design: --crash names a node that may crash',
    '',
  ]);
});
