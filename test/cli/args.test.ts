/** The command line's words: what they mean, and what is said about those that mean nothing. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quote, readCommand } from '../../src/cli/args.ts';

test('a run names a design, and settings in the order in which they were given', () => {
  const words = [
    'run',
    'write-through',
    '--seed',
    '7',
    '--set',
    'cache.ttl=3s',
    '--json',
    '--duration=20s',
    '--check',
  ];
  expect(readCommand(words)).toEqual({
    ok: true,
    value: {
      name: 'run',
      design: 'write-through',
      settings: [
        { key: 'seed', value: '7' },
        { key: 'cache.ttl', value: '3s' },
        { key: 'duration', value: '20s' },
      ],
      as: 'json',
      check: true,
    },
  });
});

test('a question about freshness keeps its times and trials as they were typed', () => {
  const words = ['visibility', 'db-only', '--at', '0ms,5ms', '--set', 'store.w=1', '--trials=20', '--json'];
  const settings = [{ key: 'store.w', value: '1' }];
  expect(readCommand(words)).toEqual({
    ok: true,
    value: { name: 'visibility', design: 'db-only', settings, at: '0ms,5ms', trials: '20', json: true },
  });
  expect(readCommand(['visibility', 'db-only'])).toMatchObject({
    ok: true,
    value: { at: undefined, trials: undefined, json: false },
  });
});

test('a list of violations keeps its kind and its limit as they were typed', () => {
  expect(readCommand(['violations', 'db-only', '--kind=x', '--limit', '9', '--json'])).toEqual({
    ok: true,
    value: { name: 'violations', design: 'db-only', settings: [], kind: 'x', limit: '9', json: true },
  });
  expect(readCommand(['violations', 'db-only'])).toMatchObject({
    ok: true,
    value: { kind: undefined, limit: undefined, json: false },
  });
});

test('an excerpt keeps its window as it was typed', () => {
  expect(readCommand(['excerpt', 'db-only', '--window', '1s-2s', '--json'])).toEqual({
    ok: true,
    value: { name: 'excerpt', design: 'db-only', settings: [], window: '1s-2s', json: true },
  });
  expect(readCommand(['excerpt', 'db-only', '--check'])).toMatchObject({ ok: false });
});

test('a comparison takes one design or two, and keeps its seeds as they were typed', () => {
  const words = ['compare', 'db-only', '--seeds', '3', 'look-aside', '--json'];
  expect(readCommand(words)).toEqual({
    ok: true,
    value: { name: 'compare', designs: ['db-only', 'look-aside'], settings: [], seeds: '3', json: true },
  });
  expect(readCommand(['compare', 'a?vs=b'])).toMatchObject({
    ok: true,
    value: { designs: ['a?vs=b'], seeds: undefined, json: false },
  });
});

test('a question about orders keeps its operations, crash and whatever else as it was typed', () => {
  const flags = ['--ops', 'put,get', '--crash=app-1', '--fence', 'store', '--variant=x', '--limit', '9'];
  const words = ['explore', 'db-only', ...flags, '--json'];
  expect(readCommand(words)).toEqual({
    ok: true,
    value: {
      name: 'explore',
      design: 'db-only',
      settings: [],
      ops: 'put,get',
      crash: 'app-1',
      fence: 'store',
      variant: 'x',
      limit: '9',
      json: true,
    },
  });
  expect(readCommand(['explore', 'db-only'])).toMatchObject({
    ok: true,
    value: {
      ops: undefined,
      crash: undefined,
      fence: undefined,
      variant: undefined,
      limit: undefined,
      json: false,
    },
  });
});

test("a setting's value may hold an equals sign, and a design may come after the flags", () => {
  expect(
    readCommand(['run', '--set', 'fault=cache-1:slow:20@10s', '--set=title=a=b', '#/db-only']),
  ).toMatchObject({
    ok: true,
    value: {
      design: '#/db-only',
      settings: [
        { key: 'fault', value: 'cache-1:slow:20@10s' },
        { key: 'title', value: 'a=b' },
      ],
    },
  });
});

test('help is given when asked for', () => {
  for (const words of [['help'], ['--help'], ['-h'], ['run', '--help'], ['explore', 'db-only', '-h']])
    expect(readCommand(words)).toEqual({ ok: true, value: { name: 'help' } });
});

describe('what cannot be meant is refused by name', () => {
  test.each([
    [
      [],
      'no command given: allowed are run, violations, excerpt, trace, compare, visibility, explore, anomalies, presets, keys, help',
    ],
    [
      ['rum'],
      'command: "rum" is not known: allowed are run, violations, excerpt, trace, compare, visibility, explore, anomalies, presets, keys, help; nearest: run',
    ],
    [['presets', 'all'], 'presets: "all" is one word too many: it takes none'],
    [['keys', 'cache'], 'keys: "cache" is one word too many: it takes none'],
    [['anomalies', 'all'], 'anomalies: "all" is one word too many: it takes --json'],
    [['run'], "run: no design given: a preset's name, a link or a .json file"],
    [['run', 'a', 'b'], 'run: "b" is one design too many, after "a"'],
    [['compare'], "compare: no design given: a preset's name, a link or a .json file"],
    [['compare', 'a', 'b', 'c'], 'compare: "c" is one design too many, after "b"'],
    [
      ['run', 'a', '--sed', '1'],
      'flag: "--sed" is not known: allowed are --seed, --duration, --set, --check, --json, --csv, --report; nearest: --seed',
    ],
    [
      ['run', 'a', '-j'],
      'flag: "-j" is not known: allowed are --seed, --duration, --set, --check, --json, --csv, --report',
    ],
    [['run', 'a', '--seed'], '--seed: no value given: --seed 7'],
    [['run', 'a', '--seed', '--json'], '--seed: no value given: --seed 7'],
    [['trace', 'a', '--window', '--seed', '7'], '--window: no value given: --window 12.3s-12.35s'],
    [['visibility', 'a', '--at'], '--at: no value given: --at 0ms,5ms,30ms'],
    [['visibility', 'a', '--trials', '5', '--trials=6'], '--trials: "6" is one too many: it is given once'],
    [
      ['visibility', 'a', '--check'],
      'flag: "--check" is not known: allowed are --seed, --duration, --set, --at, --trials, --json',
    ],
    [['explore', 'a', '--ops'], '--ops: no value given: --ops put,put,get'],
    [['run', 'a', '--json=yes'], '--json: "yes" is too much: it takes no value'],
    [['run', 'a', '--set', 'ttl'], '--set: "ttl" is not key=value: --set cache.ttl=3s'],
    [['run', 'a', '--set', '=3s'], '--set: "=3s" is not key=value: --set cache.ttl=3s'],
  ])('%j', (words, error) => {
    expect(readCommand(words)).toEqual({ ok: false, error });
  });

  test('in one line, whatever the words are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('run', '--set', '--seed', 'a\nb'))),
        (words) => {
          const read = readCommand(words);
          if (!read.ok) expect(read.error).toMatch(/^[^\n\r]+$/);
        },
      ),
      { seed: 1 },
    );
  });
});

test('a long word is quoted in part', () => {
  expect(quote('x'.repeat(1000))).toHaveLength(120);
  expect(quote('a\nb')).toBe('"a\\nb"');
});
