/**
 * The command as a person starts it: a process of its own, with what it prints and the code that it ends with. Runs are
 * of two simulated seconds; what they show is for the engine's own tests.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXPLORED_ANOMALIES } from '../../src/design/anomalies/explored.ts';
import { ANOMALIES } from '../../src/design/anomalies/table.ts';
import { ALL_KEYS } from '../../src/design/keyNames.ts';
import { startedIn, type Ended } from '../support/commandLine.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-cli-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const throughline = (...words: string[]): Ended => startedIn(folder, words);

const numbers = (...keys: string[]) =>
  z.strictObject(Object.fromEntries(keys.map((key) => [key, z.number()])));
const operations = numbers(
  ...['attempted', 'ok', 'failed', 'unknown', 'meanMs', 'p50Ms', 'p90Ms', 'p99Ms', 'p999Ms'],
);
const checked = numbers('checked', 'violations');

/** What programs rely on: exactly these keys. */
const result = z.strictObject({
  design: z.string(),
  digest: z.string(),
  seed: z.number(),
  simulatedSeconds: z.number(),
  wallSeconds: z.number(),
  events: z.number(),
  put: operations,
  get: operations,
  readBack: operations,
  cache: numbers(
    ...[
      'hits',
      'misses',
      'hitRatio',
      'readBackHitRatio',
      'evictions',
      'expirations',
      'peakEntries',
      'peakBytes',
    ],
    ...['timeouts', 'fallbacks', 'invalidations'],
  ),
  consistency: z.strictObject({
    readYourWrites: checked,
    monotonicReads: checked,
    stale: numbers('reads', 'maxMs', 'p99Ms'),
    dirtyReads: z.number(),
    phantomReads: z.number(),
    lostAckedWrites: z.number(),
    rpoMs: z.number(),
    storeRegressions: z.number(),
  }),
  store: z.strictObject({
    writes: z.number(),
    reads: z.number(),
    byShard: z.array(numbers('leaderChanges', 'unavailableMs')),
  }),
  writeAmplification: numbers('cache', 'store', 'total'),
  availability: z.number(),
  retries: z.number(),
  faults: z.array(
    z.strictObject({
      at: z.string(),
      for: z.optional(z.string()),
      target: z.string(),
      kind: z.string(),
      factor: z.optional(z.number()),
      recoveredAfterMs: z.nullable(z.number()),
    }),
  ),
  contract: z.array(
    z.strictObject({
      line: z.string(),
      required: z.number(),
      measured: z.number(),
      holds: z.boolean(),
    }),
  ),
  cost: z.strictObject({
    hourly: z.number(),
    monthly: z.number(),
    items: z.array(z.strictObject({ item: z.string(), count: z.number(), hourly: z.number() })),
  }),
});

function runJson(...words: string[]): z.infer<typeof result> {
  const { code, out, errors } = throughline('run', ...words, '--duration', '2s', '--json');
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  return result.parse(JSON.parse(out));
}

describe('a run', () => {
  test('with --json is one object with all that a program relies on', () => {
    const run = runJson('write-through', '--seed', '7', '--set', 'fault=cache-1:slow:20@1s-1.5s');
    expect(run).toMatchObject({
      seed: 7,
      simulatedSeconds: 2,
      faults: [{ target: 'cache-1', kind: 'slow', factor: 20 }],
    });
    expect(run.put.attempted).toBeGreaterThan(4000);
    expect(run.wallSeconds).toBeGreaterThan(0);
    expect(run.store.byShard).toHaveLength(2);
  });

  test('gives a link that gives the same run again', () => {
    const first = runJson('look-aside', '--set', 'cache.ttl=3s', '--seed', '3');
    expect(first.design).toContain('cache.ttl=3s');
    const { digest, design, events, put } = runJson(first.design);
    expect({ digest, design, events, put }).toEqual({
      digest: first.digest,
      design: first.design,
      events: first.events,
      put: first.put,
    });
  });

  test('is the same from a preset, a link, an address with that link, and a file', () => {
    const file = join(folder, 'design.json');
    writeFileSync(file, JSON.stringify({ cache: { ttl: '3s' }, seed: 5 }));
    // As some editors begin a file.
    writeFileSync(join(folder, 'marked.json'), `\ufeff{ "cache": { "ttl": "3s" }, "seed": 5 }`);
    const ways = [
      ['write-through', '--set', 'cache.ttl=3s', '--seed', '5'],
      ['#/write-through?seed=5&cache.ttl=3s'],
      ['https://example.org/throughline/#/write-through?cache.ttl=3s&seed=5'],
      ['#/write-through?seed=5&cache.ttl=3s&ghost=db-only?at=2s'],
      [file],
      ['design.json'],
      ['marked.json'],
    ];
    const runs = ways.map((words) => runJson(...words));
    expect(new Set(runs.map(({ digest }) => digest)).size).toBe(1);
    expect(new Set(runs.map(({ design }) => design)).size).toBe(1);
  });

  test('is of a link whose last word ends as the name of a file does', () => {
    for (const link of ['write-through?title=a.json', '#/write-through?remark=1s:see%20b.json'])
      expect(runJson(link).design).toContain('.json');
  });

  test('is a table for a person, who is told beside it of remarks on what is not there', () => {
    const { code, out, errors } = throughline('run', 'write-through?remark=app-9:slow', '--duration', '2s');
    expect(code).toBe(0);
    expect(errors).toBe('there is no app-9 in this design: remarks on it are kept\n');
    for (const word of ['PUT', 'GET', 'hit ratio', 'read your writes', 'Contract', 'Cost', 'digest']) {
      expect(out).toContain(word);
    }
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThan(200);
  });

  test('with --check ends with 1 when a line of the contract does not hold, and with 0 when all do', () => {
    const words = ['run', 'db-only', '--set', 'store.readFrom=leader', '--duration', '2s', '--check'];
    expect(throughline(...words, '--set', 'contract.putP99=0.1ms').code).toBe(1);
    expect(throughline(...words, '--set', 'contract.putP99=10s', '--set', 'contract.getP99=10s').code).toBe(
      0,
    );
  });
});

test('a run is printed as series and as a report, one of them at a time', () => {
  const words = ['run', 'write-through', '--duration', '1s', '--set', 'fault=cache-1:slow:20@0.2s'];
  const series = throughline(...words, '--csv');
  expect(series.code).toBe(0);
  expect(series.out.trimEnd().split('\n')).toHaveLength(1 + 10);
  const report = throughline(...words, '--report', '--check');
  expect(report.code).toBe(1);
  expect(report.out).toMatch(/^# Write-through\n/);
  const both = throughline(...words, '--csv', '--report');
  expect(both).toEqual({ code: 2, out: '', errors: 'run: --csv and --report are two forms: choose one\n' });
});

test('an excerpt of a run stands beside the whole of it, and as one object', () => {
  const words = ['excerpt', 'write-through', '--duration', '1s', '--window', '200ms-400ms'];
  const { code, out } = throughline(...words);
  expect(code).toBe(0);
  expect(out).toMatch(/^ +0\.2 s to 0\.4 s +whole run$/m);
  expect(out).toMatch(/^PUT p99 +\d.* ms +\d.* ms$/m);
  const object = z.looseObject({
    fromSeconds: z.number(),
    toSeconds: z.number(),
    put: operations,
    get: operations,
  });
  const { fromSeconds, toSeconds, put } = object.parse(JSON.parse(throughline(...words, '--json').out));
  expect([fromSeconds, toSeconds]).toEqual([0.2, 0.4]);
  expect(put.attempted).toBeGreaterThan(300);
  const { code: refused, errors } = throughline('excerpt', 'write-through', '--window', '1s');
  expect(refused).toBe(2);
  expect(errors).toMatch(/^--window "1s"/);
});

test('a window is traced, and one that is none is refused', () => {
  const { code, out } = throughline('trace', 'write-through', '--window', '100ms-102ms');
  expect(code).toBe(0);
  const { traceEvents } = z
    .object({
      traceEvents: z.array(z.object({ ph: z.string(), ts: z.number(), dur: z.optional(z.number()) })),
    })
    .parse(JSON.parse(out));
  const services = traceEvents.filter(({ ph, dur = 0 }) => ph === 'X' && dur > 1);
  expect(services.length).toBeGreaterThan(10);
  for (const { ts, dur = 0 } of services) expect(ts >= 100_000 && ts + dur <= 102_000).toBe(true);
  const { code: refused, errors } = throughline('trace', 'write-through', '--window', '2s-1s');
  expect(refused).toBe(2);
  expect(errors).toBe(
    '--window "2s-1s": ends before it begins; allowed: two instants such as 12.3s-12.35s, up to 60s\n',
  );
});

/** A link, or the words after `explore`. */
const WORDS = z.union([z.string(), z.array(z.string())]);

test('the anomalies are listed with links that open, and as JSON', () => {
  const { code, out } = throughline('anomalies', '--json');
  expect(code).toBe(0);
  const all = z.array(z.object({ key: z.string(), shown: WORDS, removed: WORDS })).parse(JSON.parse(out));
  const text = throughline('anomalies').out;
  for (const { shown, removed } of all)
    for (const word of [shown, removed].flat()) expect(text).toContain(word);
  expect(all.map(({ key }) => key)).toEqual([...ANOMALIES, ...EXPLORED_ANOMALIES].map(({ key }) => key));
});

test('the presets are listed with what each is', () => {
  const { code, out, errors } = throughline('presets');
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  for (const name of ['write-through', 'look-aside', 'write-around', 'db-only']) {
    expect(out).toMatch(new RegExp(`^${name} +\\S`, 'm'));
  }
  for (const name of ['minimal-kv', 'stale-set', 'twitter-7'])
    expect(out).toMatch(new RegExp(`^${name} +\\S`, 'm'));
  expect(throughline('run', 'minimal-kv', '--duration', '100ms', '--csv').code).toBe(0);
});

test('the keys are listed, with the value of the seed, what each means, and what may stand there', () => {
  const { code, out, errors } = throughline('keys');
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  for (const key of [...ALL_KEYS, 'layout.NODE', 'prices.ITEM'])
    expect(out).toMatch(new RegExp(`^${key} .* Allowed: .*\\.$`, 'm'));
  expect(out).toMatch(/^cache.timeout +20ms +How long .* Allowed: a duration such as 2s, .* or off\.$/m);
});

test.runIf(existsSync('/dev/full'))('a result that cannot be written is one line that says why', () => {
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(process.execPath, ['src/cli/throughline.mjs', 'presets'], {
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
  });
  closeSync(full);
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'standard output: cannot be written: no space left on device\n',
  });
});
