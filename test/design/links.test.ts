import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seedDesign, type Design } from '../../src/design/design.ts';
import { readDocument, writeDocument } from '../../src/design/document.ts';
import { readLink, writeLink } from '../../src/design/links.ts';
import { LIMITS } from '../../src/design/limits.ts';
import { writeValue } from '../../src/design/linkText.ts';
import { PRESETS } from '../../src/design/presets.ts';
import { aDesign, anyDesign, anyView } from '../support/designs.ts';
import { mutations } from '../support/mutations.ts';

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

  test('of several designs gives back each of them, and survives as one of a single design does', () => {
    const other = fc.option(anyDesign(), { nil: undefined });
    fc.assert(
      fc.property(anyDesign(), other, other, anyView(), (design, versus, ghost, view) => {
        const link = writeLink(design, view, { versus, ghost });
        expect(readLink(link)).toEqual({ design, view, versus, ghost, problems: [] });
        expect(link).toMatch(/^\/[A-Za-z0-9._~:,=*+/@%?&-]*[A-Za-z0-9]$/);
      }),
      RUNS,
    );
  });

  test('of several designs has one order, whatever order they are written in by hand', () => {
    const [versus, ghost] = [aDesign({ policy: 'look-aside' }), aDesign({ 'cache.ttl': '3s' })];
    const link = writeLink(seedDesign, { at: 1_000_000 }, { versus, ghost });
    expect(link).toBe('/write-through?vs=look-aside&ghost=write-through?cache.ttl=3s&at=1s');
    expect(writeLink(seedDesign, {}, { ghost })).toBe('/write-through?ghost=write-through?cache.ttl=3s');
    for (const text of [
      '#/write-through?at=1s&ghost=write-through?cache.ttl=3s&vs=look-aside',
      '#write-through?ghost=/write-through?cache.ttl=3000ms&at=1s&vs=#/look-aside',
    ]) {
      const { design, view, ...beside } = readLink(text);
      expect(writeLink(design, view, beside)).toBe(link);
    }
  });

  test.each([
    ['ghost=', 'ghost', '', 'has no value'],
    ['ghost=db-onyl', 'ghost preset', 'db-onyl', 'is no preset'],
    ['ghost=db-only?cache.ttl=3sec', 'ghost cache.ttl', '3sec', 'has an unknown unit'],
    ['ghost=db-only&vs=look-aside?store.w=9', 'vs store.w', '9', 'is above 7'],
    ['ghost=db-only&ghost=look-aside', 'ghost', 'look-aside', 'is given twice'],
    ['vs=db-only&vs=look-aside', 'vs', 'look-aside', 'is given twice'],
  ])('with %s says what is wrong there, and keeps the rest', (text, key, value, message) => {
    const { design, problems } = readLink(`/write-through?seed=7&${text}`);
    expect(design.seed).toBe(7);
    expect(problems).toMatchObject([{ key, value, message: expect.stringContaining(message) as string }]);
    // Nothing offers to mend it: what is mended with one press is the open design.
    expect(problems[0]?.nearest).toBeUndefined();
  });

  test('of two designs can be written by hand, and says of the second what is wrong with it', () => {
    const [first] = PRESETS;
    const third = aDesign({ policy: 'look-aside', 'cache.ttl': '3s' });
    for (const link of [
      '#/write-through?vs=look-aside?cache.ttl=3s',
      'https://a.example/b#/write-through?at=1s&vs=/look-aside?cache.ttl=3s',
      '#/write-through?vs=#/look-aside?cache.ttl=3s&speed=1/10',
    ])
      expect(readLink(link)).toMatchObject({ design: first?.design, versus: third, problems: [] });
    expect(
      readLink('/write-through?cache.ttl=x&vs=look-aside?cache.ttl=3s&store.w=9').problems,
    ).toMatchObject([{ key: 'cache.ttl' }, { key: 'vs store.w', value: '9' }]);
  });

  test('of two designs whose second one is left out says so, and opens the first', () => {
    const { design, versus, problems } = readLink('/write-through?cache.ttl=3s&vs=');
    expect({ design, versus }).toEqual({ design: aDesign({ 'cache.ttl': '3s' }), versus: undefined });
    expect(problems).toMatchObject([{ key: 'vs', value: '', message: 'has no value' }]);
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
    ['10s-10s', 'ends before it begins'],
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

  test('with a text that grows past its limit when inflated is refused', () => {
    const bomb = `/write-through?notes=${writeValue('a'.repeat(LIMITS.inflated + 10))}`;
    expect(bomb.length).toBeLessThan(2000);
    const { design, problems } = readLink(bomb);
    expect(design).toEqual(seedDesign);
    expect(problems).toMatchObject([{ key: 'notes', message: 'cannot be decompressed' }]);
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

  test('says for each bad key what was given, what is allowed, and what was probably meant', () => {
    const { design, view, problems } = readLink(
      '/look-asid?cache.tll=3s&cache.ttl=3sec&store.w=5&fault=cache-9:slow:20@10s&cache.nodes=3&at=x&speed=1/99&seed=2&seed=3&zones',
    );
    expect(design).toEqual(aDesign({ 'cache.nodes': '3', seed: '2' }));
    expect(view).toEqual({});
    expect(problems.map(({ key, value, nearest }) => [key, value, nearest])).toEqual([
      ['preset', 'look-asid', 'look-aside'],
      ['at', 'x', undefined],
      ['speed', '1/99', '1/10'],
      ['seed', '3', undefined],
      ['zones', '', undefined],
      ['cache.tll', '3s', 'cache.ttl'],
      ['cache.ttl', '3sec', '3s'],
      ['store.w', '5', '3'],
      ['fault', 'cache-9:slow:20@10s', 'cache-1:slow:20@10s'],
    ]);
  });

  test.each<[string, readonly string[]]>([
    ['vs=', ['vs']],
    ['vs=&cache.ttl=3s', ['vs']],
    ['vs=look-aside?vs', ['vs']],
    ['vs=look-aside?at=x', ['at']],
    ['vs=look-asid?cache.tll=3s', ['vs preset', 'vs cache.tll']],
  ])('with %s says once whose problem it is', (text, keys) => {
    expect(readLink(`/write-through?${text}`).problems.map(({ key }) => key)).toEqual(keys);
  });

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

  test('of any text is a design, or problems with key, value and what is allowed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.webFragments()), (text) => {
        for (const problem of readLink(text).problems) {
          expect(problem.key.length + problem.value.length).toBeLessThan(200);
          expect(problem.message).not.toBe('');
          expect(problem.allowed).not.toBe('');
        }
      }),
      { ...RUNS, numRuns: 1000 },
    );
  });

  test('that is far too long, or has far too many keys, is refused in one problem', () => {
    expect(readLink(`/write-through?notes=${'x'.repeat(LIMITS.linkText)}`).problems).toHaveLength(1);
    const many = readLink(`/write-through?${'&a=1'.repeat(LIMITS.entries * 3)}`);
    expect(many.problems.filter(({ key }) => key === 'link')).toHaveLength(1);
  });

  test('changed at random still reads or says why, a hundred thousand times, and touches no prototype', () => {
    const designs = fc.sample(anyDesign(3), { seed: 7, numRuns: 300 });
    const links = [...designs.map((design) => writeLink(design)), ...BY_HAND].filter(
      (link) => !link.startsWith('/z/'),
    );
    const before = Reflect.ownKeys(Object.prototype);
    let readable = 0;
    const total = 100_000;
    for (const link of mutations(links, total, 42)) {
      const { design, problems } = readLink(link);
      if (problems.length === 0) readable++;
      else if (
        problems.some(({ key, allowed, message }) => key.length > 90 || allowed === '' || message === '')
      )
        expect.fail(`${link} has a problem that does not say enough`);
      if (!isWhole(design)) expect.fail(`${link} reads as half a design`);
    }
    expect(readable / total).toBeGreaterThanOrEqual(0.3);
    expect(readable / total).toBeLessThan(0.9);
    expect(Reflect.ownKeys(Object.prototype)).toEqual(before);
  });

  test('with compressed settings, changed at random, reads or says why', () => {
    const designs = fc.sample(anyDesign(24), { seed: 8, numRuns: 60 });
    const links = designs.map((design) => writeLink(design)).filter((link) => link.startsWith('/z/'));
    expect(links.length).toBeGreaterThan(20);
    for (const link of mutations(links, 500, 43)) {
      const { design } = readLink(link);
      expect(isWhole(design)).toBe(true);
    }
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

const BY_HAND = [
  '/write-through?cache.ttl=3s&cache.timeout=off&fault=cache-1:slow:20@10s-18s&at=12.34s&speed=1/100',
  '/look-aside?cache.nodes=4&store.shards=3&fault=shard-1.leader:crash@10s-18s&fault=cache-2:flush@20s',
  '/db-only?store.w=1&store.readFrom=leader&fault=replication:delay:200ms@5s',
  '/write-around?cache.ttl=2s&remark=12.5s:look%20here&layout.cache-1=10,-20',
];

/** Whether every key of the seed is there, with a value of the same sort. */
function isWhole(design: Design): boolean {
  return (
    Object.keys(seedDesign).every((key) => Object.hasOwn(design, key)) &&
    Object.keys(seedDesign.cache).every((key) => Object.hasOwn(design.cache, key)) &&
    Object.keys(seedDesign.store).every((key) => Object.hasOwn(design.store, key)) &&
    design.store.w <= design.store.rf &&
    Object.getPrototypeOf(design) === Object.prototype
  );
}
