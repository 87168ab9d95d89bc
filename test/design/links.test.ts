import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import { readDocument, writeDocument } from '../../src/design/document.ts';
import { readLink, writeLink } from '../../src/design/links.ts';
import { PRESETS } from '../../src/design/presets.ts';
import { printProblem } from '../../src/design/problem.ts';
import { aDesign, anyDesign, anyView } from '../support/designs.ts';

const RUNS = { seed: 20260401, numRuns: 150 };

/** JSON with the keys of every object in another order. */
function shuffled(value: unknown, turn: number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, turn));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, shuffled(part, turn)] as const);
  const at = turn % Math.max(entries.length, 1);
  return Object.fromEntries([...entries.slice(at), ...entries.slice(0, at)].reverse());
}

describe('a link', () => {
  test('gives back the design and the view that it was written from', () => {
    fc.assert(
      fc.property(anyDesign(), anyView(), (design, view) => {
        expect(readLink(writeLink(design, view))).toEqual({ design, view, problems: [] });
      }),
      RUNS,
    );
  });

  test('is the same for equal designs, in whatever order their keys came', () => {
    fc.assert(
      fc.property(anyDesign(), fc.nat(20), (design, turn) => {
        const document = JSON.parse(JSON.stringify(writeDocument(design))) as unknown;
        const other = readDocument(shuffled(document, turn));
        expect(other.problems).toEqual([]);
        expect(writeLink(other.design)).toBe(writeLink(design));
      }),
      RUNS,
    );
  });

  test('holds only characters that no program cuts a link at, and ends in a letter or a digit', () => {
    fc.assert(
      fc.property(anyDesign(), anyView(), (design, view) => {
        expect(writeLink(design, view)).toMatch(/^\/[A-Za-z0-9._~:,=*+/@%?&-]*[A-Za-z0-9]$/);
      }),
      RUNS,
    );
  });

  test('of a preset is its name', () => {
    for (const { name, design } of PRESETS) expect(writeLink(design)).toBe(`/${name}`);
  });

  test('of the seed with one fault takes at most 90 characters', () => {
    const fault = 'shard-2.replica-3:delay:200.25ms@12.345678s-23.456789s';
    const link = writeLink(aDesign({ fault }));
    expect(link).toBe(`/write-through?fault=${fault}`);
    expect(link.length).toBeLessThanOrEqual(90);
  });

  test('reads the same from an address, a fragment with or without its marks, and by hand', () => {
    const link = '/look-aside?cache.ttl=3s&fault=cache-1:slow:20@10s-18s';
    const expected = aDesign(
      { 'cache.ttl': '3s', fault: 'cache-1:slow:20@10s-18s' },
      { ...seedDesign, policy: 'look-aside' },
    );
    for (const text of [
      `https://example.org/some/where/#${link}`,
      `#${link}`,
      link,
      link.slice(1),
      ` ${link}\n`,
      'look-aside?fault=cache-1:slow:20@10000ms-18s&&cache.ttl=3000ms&',
      'write-through?policy=look-aside&cache.ttl=3s&fault=cache-1%3Aslow%3A2e1@10s-18s',
    ])
      expect(readLink(text)).toEqual({ design: expected, view: {}, problems: [] });
  });

  test.each([
    ['https://example.org/?cache.ttl=3s', '#/write-through?cache.ttl=3s'],
    ['https://example.org/?/look-aside?cache.ttl=3s&at=1s', '#/look-aside?cache.ttl=3s&at=1s'],
    ['https://example.org/?look-aside', '#/look-aside'],
    ['http://localhost:4173/?embed&seed=7&utm_source=mail', '#/write-through?seed=7'],
  ])('that has its settings without a #, %s, is not read, and said to be %s', (address, meant) => {
    const { design, problems } = readLink(address);
    expect(design).toEqual(seedDesign);
    expect(problems.map(printProblem)).toEqual([
      `link "${address}": has settings and no # before them; allowed: ADDRESS#/PRESET?KEY=VALUE&KEY=VALUE; nearest: ${meant}`,
    ]);
    expect(readLink(meant).problems).toEqual([]);
  });

  test('without anything in it is the seed', () => {
    for (const text of ['', '#', '#/', '/', 'https://example.org/'])
      expect(readLink(text)).toEqual({ design: seedDesign, view: {}, problems: [] });
  });

  test('keeps the plus, the star and the per cent of its values', () => {
    const design = aDesign({
      'store.read': '0.9122*pareto:0.235ms:10+0.0878*exp:0.6024ms',
      'cache.onTimeout': 'db',
      'contract.availability': '99.9%',
    });
    const link = writeLink(design);
    expect(link).toContain('store.read=0.9122*pareto:0.235ms:10+0.0878*exp:0.6024ms');
    expect(link).toContain('contract.availability=99.9%25');
    expect(readLink(link.replace('99.9%25', '99.9%')).design).toEqual(design);
  });

  test('carries whom the eye follows, and keeps only keys and sessions that the design has', () => {
    const link = writeLink(seedDesign, { at: 2_000_000, key: 12, session: 417 });
    expect(link).toBe('/write-through?at=2s&key=12&session=417');
    expect(readLink(link).view).toEqual({ at: 2_000_000, key: 12, session: 417 });
    const { view, problems } = readLink('/write-through?workload.keys=10&key=10&session=x&at=2s');
    expect(view).toEqual({ at: 2_000_000 });
    expect(problems).toMatchObject([
      { key: 'session', value: 'x', message: 'is no whole number' },
      { key: 'key', value: '10', allowed: '0 to 9', nearest: '9' },
    ]);
  });

  test('to a moment after the run says so, and opens its end', () => {
    expect(readLink('/write-through?duration=10s&at=12s')).toMatchObject({
      view: { at: 10_000_000 },
      problems: [{ key: 'at', value: '12s', message: 'is after the run', nearest: '10s' }],
    });
    expect(readLink('/write-through?at=60s')).toMatchObject({ view: { at: 60_000_000 }, problems: [] });
    expect(readLink('/write-through?duration=10s&vs=/look-aside?at=12s').problems).toMatchObject([
      { key: 'at' },
    ]);
  });

  test('carries the window that is marked, and keeps one only of the run that is open', () => {
    const window = { from: 10_000_000, to: 18_250_000 };
    const link = writeLink(seedDesign, { at: 2_000_000, window, run: '0123456789ab' });
    expect(link).toBe('/write-through?at=2s&window=10s-18.25s&run=0123456789ab');
    expect(readLink(link).view.window).toEqual(window);
    const short = aDesign({ duration: '15s' });
    expect(readLink(writeLink(seedDesign, { window }, { versus: short }))).toMatchObject({
      view: { window },
      problems: [],
    });
    expect(readLink(writeLink(short, { window }, { versus: seedDesign })).problems).toMatchObject([
      { key: 'window' },
    ]);
  });

  test.each([
    ['10s', 'is no window'],
    ['10s-12s-14s', 'is no window'],
    ['x-12s', 'begins with what is not a duration'],
    ['10s-12', 'ends with what has no unit'],
    ['12s-10s', 'ends before it begins'],
    ['10s-10s', 'ends when it begins'],
    ['10s-61s', 'ends after the run'],
  ])('with %s for a window says that it %s, and opens the rest', (text, message) => {
    const { view, problems } = readLink(`/write-through?at=2s&window=${text}`);
    expect(view).toEqual({ at: 2_000_000 });
    expect(problems).toMatchObject([{ key: 'window', value: text, message }]);
    expect(problems[0]?.allowed).toMatch(/^two instants such as 12.3s-12.35s, up to /);
  });

  test('compresses long texts, and stays readable in everything else', () => {
    const notes = 'The TTL creates the refills that it is said to guard against. '.repeat(20);
    const link = writeLink(aDesign({ 'cache.ttl': '3s', notes }));
    expect(link).toMatch(/^\/write-through\?cache\.ttl=3s&notes=~/);
    expect(link.length).toBeLessThan(notes.length / 4);
    expect(readLink(link).design.notes).toBe(notes);
  });

  test('of a design with two dozen faults and as many changed keys takes at most 500 characters', () => {
    const targets = ['cache-1', 'shard-1.leader', 'app-2', 'shard-2.replica-3', 'replication', 'cache-2'];
    const kinds = ['delay:200ms', 'crash', 'pause', 'destroy', 'partition', 'slow:50'];
    const at = (i: number) => ((i * 377) % 600) / 10;
    const fault = Array.from(
      { length: 24 },
      (_, i) => `${targets[i % 6] ?? ''}:${kinds[i % 6] ?? ''}@${at(i)}s-${at(i) + 1 + (i % 7)}s`,
    );
    const design = aDesign({ ...MANY_KEYS, fault });
    const link = writeLink(design, { at: 12_340_000, speed: '1/100' });
    expect(link).toMatch(/^\/z\/[\w-]+\?at=12.34s&speed=1\/100$/);
    expect(link.length).toBeLessThanOrEqual(500);
    expect(readLink(link).design).toEqual(design);
  });

  test('suggests no preset where none is meant', () => {
    const suggested = (name: string) => readLink(`/${name}`).problems.map(({ nearest }) => nearest);
    expect(suggested('nonsense')).toEqual([undefined]);
    expect(suggested('write-thru')).toEqual(['write-through']);
  });

  test('says for each bad key what was given, what is allowed, and what was probably meant', () => {
    const { design, view, problems } = readLink(
      '/look-asid?cache.tll=3s&cache.ttl=3sec&store.w=5&fault=cache-9:slow:20@10s&cache.nodes=3&at=x&speed=1/99&seed=2&seed=3&zones',
    );
    expect(design).toEqual(aDesign({ 'cache.nodes': '3', seed: '2' }));
    expect(view).toEqual({});
    expect(problems.map(({ key, value, nearest }) => [key, value, nearest])).toEqual([
      ['preset', 'look-asid', 'look-aside'],
      ['cache.tll', '3s', 'cache.ttl'],
      ['at', 'x', undefined],
      ['speed', '1/99', '1/10'],
      ['seed', '3', undefined],
      ['zones', '', undefined],
      ['cache.ttl', '3sec', '3s'],
      ['store.w', '5', '3'],
      ['fault', 'cache-9:slow:20@10s', 'cache-1:slow:20@10s'],
    ]);
  });

  test.each([
    ['t', 'at'],
    ['spped', 'speed'],
    ['sed', 'seed'],
    ['ttl', 'cache.ttl'],
    ['cache.policy', 'policy'],
    ['cache.retries', 'client.retries'],
    ['stor.read', 'store.read'],
    ['cache.leases', 'cache.fencing'],
    ['store.replicas', 'store.rf'],
  ])('with %s for a key is told of %s, be it of the design or of its reader', (key, nearest) => {
    const { problems } = readLink(`/write-through?${key}=3s`);
    expect(problems).toMatchObject([{ key, message: 'is no key of a link', nearest }]);
  });

  test.each([
    ['cache.timeout', '30', '30ms'],
    ['cache.ttl', '3', '3s'],
    ['contract.getP99', '0.5', '500us'],
    ['store.disk', '200', '200GiB'],
    ['workload.gets', '100000', '100000/s'],
  ])(
    'with a number alone at %s, %s, is told of it in the unit that the key has: %s',
    (key, text, nearest) => {
      expect(readLink(`/look-aside?${key}=${text}`).problems).toMatchObject([{ key, nearest }]);
    },
  );

  test.each(['1e-400', '0.99999999999999999999', '2.5', '12e-1'])(
    'with %s for a whole number is told so, whatever the nearest double is',
    (text) => {
      const { design, problems } = readLink(`/write-through?seed=${text}`);
      expect(design.seed).toBe(seedDesign.seed);
      expect(problems).toMatchObject([{ key: 'seed', message: 'is not a whole number' }]);
    },
  );

  test.each([
    ['1e2', 100],
    ['1.5e1', 15],
    ['300e-2', 3],
    ['7.0', 7],
  ])('with %s for a whole number has %d', (text, seed) => {
    const reading = readLink(`/write-through?seed=${text}`);
    expect([reading.design.seed, reading.problems]).toEqual([seed, []]);
  });
});

const MANY_KEYS = {
  seed: '7',
  duration: '120s',
  'workload.puts': '5000/s',
  'workload.gets': '40000/s',
  'workload.keys': '500000',
  'workload.skew': '0.9',
  'workload.value': '2KiB',
  'workload.sessions': '500',
  'client.timeout': '500ms',
  'app.nodes': '6',
  'app.service': 'lognormal:0.2ms:0.6ms',
  'cache.node': 'cache.small',
  'cache.nodes': '3',
  'cache.ttl': '30s',
  'cache.order': 'store-first',
  'cache.timeout': '15ms',
  'cache.onTimeout': 'db',
  'cache.fencing': 'version',
  'store.shards': '4',
  'store.w': '3',
  'store.readFrom': 'leader',
  'store.write': 'lognormal:2ms:9ms',
  'store.failover': '3s',
  'network.crossZone': 'lognormal:0.4ms:0.8ms',
  'contract.getP99': '40ms',
  'contract.availability': '99.9%',
};
