import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import { parseJsonDocument, readDocument, writeDocument } from '../../src/design/document.ts';
import { applyEntries, setByKey } from '../../src/design/keys.ts';
import { LIMITS } from '../../src/design/limits.ts';
import { printProblem } from '../../src/design/problem.ts';
import { aDesign, anyDesign } from '../support/designs.ts';

const RUNS = { seed: 20260405, numRuns: 200 };

describe('a document', () => {
  test('that was written from a design and sent as JSON reads as that design', () => {
    fc.assert(
      fc.property(anyDesign(), (design) => {
        const text = JSON.stringify(writeDocument(design));
        expect(parseJsonDocument(text)).toEqual({ design, problems: [] });
      }),
      RUNS,
    );
  });

  test('says only what differs from the seed, in units, in the order of the schema', () => {
    expect(writeDocument(seedDesign)).toEqual({});
    const design = aDesign({
      fault: ['cache-1:slow:20@10s-18s', 'cache-2:flush@20s'],
      'cache.timeout': 'off',
      'workload.skew': '0.9',
      seed: '7',
    });
    expect(JSON.stringify(writeDocument(design))).toBe(
      '{"seed":7,"workload":{"skew":0.9},"cache":{"timeout":"off"},"faults":[' +
        '{"at":"10s","for":"8s","target":"cache-1","kind":"slow","factor":20},' +
        '{"at":"20s","target":"cache-2","kind":"flush"}]}',
    );
  });

  test('keeps what is valid and names what is not', () => {
    const { design, problems } = readDocument({
      duration: '30s',
      cache: { ttl: '3sec', nodes: 3, eviction: 'fifa', colour: 'red' },
      store: { rf: 5, w: 6, fsync: 'allways' },
      workload: 'many',
      faults: [
        { at: '10s', target: 'cache-3', kind: 'slow', factor: 20 },
        { at: '1s', target: 'app-9', kind: 'crash' },
        7,
      ],
      sed: 3,
    });
    expect(design).toEqual(
      aDesign({ duration: '30s', 'cache.nodes': '3', 'store.rf': '5', fault: 'cache-3:slow:20@10s' }),
    );
    expect(problems.map(({ key, nearest }) => [key, nearest])).toEqual([
      ['workload', undefined],
      ['faults[2]', undefined],
      ['sed', 'seed'],
      ['cache.ttl', '3s'],
      ['cache.eviction', 'fifo'],
      ['cache.colour', 'cache.order'],
      ['store.fsync', 'always'],
      ['store.w', '5'],
      ['fault', 'app-1:crash@1s'],
    ]);
  });

  test('can say several things at once that would not hold one by one', () => {
    const { design, problems } = readDocument({ store: { w: 4, rf: 5 } });
    expect(problems).toEqual([]);
    expect(design.store).toMatchObject({ w: 4, rf: 5 });
  });

  test('with a replication factor below the quorum is told which of the two to change', () => {
    const [problem] = readDocument({ store: { rf: 1 } }).problems;
    expect(problem === undefined ? '' : printProblem(problem)).toBe(
      'store.rf "1": is fewer replicas than are asked for; allowed: at least store.w (2); nearest: 2',
    );
  });

  test.each([
    [{ store: { w: 9 } }, [['store.w', '3']]],
    [{ store: { rf: 2, w: 9 } }, [['store.w', '2']]],
    [{ store: { rf: 0 } }, [['store.rf', '2']]],
    [{ store: { rf: 1, r: 3 } }, [['store.rf', '3']]],
    [
      { store: { rf: 1, w: 9 } },
      [
        ['store.w', '1'],
        ['store.rf', '2'],
      ],
    ],
    [
      { store: { rf: 0, w: 9, r: 8 } },
      [
        ['store.rf', '3'],
        ['store.w', '3'],
        ['store.r', '3'],
      ],
    ],
    [
      { store: { r: 9, w: 9, rf: 0 } },
      [
        ['store.r', '2'],
        ['store.w', '2'],
        ['store.rf', '2'],
      ],
    ],
    [{ store: { r: 8, rf: 5 } }, [['store.r', '5']]],
    [{ cache: { nodes: 0 }, faults: ['cache-2:crash@1s'] }, [['cache.nodes', '2']]],
  ])('%j is told nearest values that its other keys accept, and each other', (json, suggested) => {
    const { design, problems } = readDocument(json);
    expect(problems.map(({ key, nearest }) => [key, nearest])).toEqual(suggested);
    for (const [key = '', nearest = ''] of suggested) expect(setByKey(design, key, nearest).ok).toBe(true);
    const all = suggested.map(([key = '', text = '']) => ({ key, text }));
    expect(applyEntries(design, all).problems).toEqual([]);
  });

  test('reaches no prototype', () => {
    const before = Reflect.ownKeys(Object.prototype);
    const { design, problems } = parseJsonDocument(
      '{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}},"cache":{"__proto__":{"ttl":"1s"},"constructor":1},' +
        '"layout":{"__proto__":[1,2],"constructor":[1,2]},"prices":{"__proto__":1},"faults":[{"__proto__":{"at":"1s"}}]}',
    );
    expect(design).toEqual(seedDesign);
    expect(problems).toHaveLength(8);
    expect(Reflect.ownKeys(Object.prototype)).toEqual(before);
    expect(Object.getPrototypeOf(design.layout)).toBe(Object.prototype);
  });

  test('of any JSON, or of no JSON at all, is a design and problems that say what is allowed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        for (const problem of parseJsonDocument(text).problems) expect(problem.allowed).not.toBe('');
      }),
      RUNS,
    );
  });

  test('of half-known keys with any values is a whole design', () => {
    const keys = fc.constantFrom(...Object.keys(seedDesign), ...Object.keys(seedDesign.cache), 'x');
    const half = fc.dictionary(keys, fc.oneof(fc.jsonValue(), fc.dictionary(keys, fc.jsonValue())));
    fc.assert(
      fc.property(half, (json) => {
        const { design, problems } = readDocument(json);
        expect(Object.keys(design).sort()).toEqual(Object.keys(seedDesign).sort());
        expect(readDocument(writeDocument(design)).design).toEqual(design);
        for (const problem of problems) expect(printProblem(problem)).not.toContain('\n');
      }),
      RUNS,
    );
  });

  test.each([
    ['', 'is empty'],
    [' \n', 'is empty'],
    ['{\n  "policy": "look-aside",\n  cache\n}', 'is not JSON from line 3 on'],
  ])('of %j is refused, and says where it stops being one', (text, message) => {
    expect(parseJsonDocument(text).problems).toMatchObject([{ key: 'document', message }]);
  });

  test.each<[unknown, string]>([
    [{ cache: { ttl: ['5s'] } }, 'cache.ttl "a list": is no value; allowed: a duration such as 2s'],
    [
      { cache: { tll: {} } },
      'cache.tll "an object": is no key of a design; allowed: a key such as cache.ttl',
    ],
    [{ prices: { app: null } }, 'prices.app "null": is no value; allowed: $ from 0 to 10000'],
    [
      { layout: { 'app-1': {} } },
      'layout.app-1 "an object": is no list of two numbers; allowed: x,y in pixels',
    ],
    [
      { 'cache.ttl': '5s' },
      'cache.ttl "5s": stands inside its group in a document; allowed: { "cache": { "ttl": … } }',
    ],
    [{ ttl: '5s' }, 'ttl "5s": stands inside its group in a document; allowed: { "cache": { "ttl": … } }'],
    [
      { 'store.legs.ack': 'exp:1ms' },
      'store.legs.ack "exp:1ms": stands inside its group in a document; allowed: { "store": { "legs": { "ack": … } } }',
    ],
    [{ CACHE: {} }, 'CACHE "an object": is no key of a design; allowed: a key such as cache; nearest: cache'],
    [
      { preset: 'look-aside' },
      'preset "look-aside": is no key of a design; allowed: a key such as policy; nearest: policy',
    ],
    [{ '': 1 }, '"" "1": is no key of a design; allowed: a key such as title'],
    [{ faults: [{ at: '1s', target: ['app-1'], kind: 'crash' }] }, 'faults[0].target "a list": is no part'],
    [
      { faults: [{ at: '1s', for: null, target: 'app-1', kind: 'crash' }] },
      'faults[0].for "null": is no part',
    ],
    [
      { faults: [{ at: 1, target: 'app-1', kind: 'crash' }] },
      'faults[0].at "1": has no unit; allowed: a dura',
    ],
    [
      { faults: [{ at: '1s', target: 'app-1', kind: 'slow', share: 0.2 }] },
      'faults[0].share "0.2": does not belong to slow; allowed: kind, target, at, factor, for; nearest: factor',
    ],
    [
      { faults: [{ at: '1s', target: 'app-1', kind: 'crash', factor: 2 }] },
      'faults[0].factor "2": does not belong to crash; allowed: kind, target, at, for',
    ],
    [{ remarks: [{ text: 'here' }] }, 'remarks[0].on "": is missing; allowed: an object with on and text'],
    [{ remarks: [{ on: '1s' }] }, 'remarks[0].text "": is missing; allowed: an object with on and text'],
    [{ remarks: [{ on: '1s', text: 5 }] }, 'remarks[0].text "5": is no text; allowed: a text'],
    [{ '\u001b[31mred\u009b\u202e\n': 1 }, '\ufffd[31mred\ufffd\ufffd  "1": is no key'],
    [
      { remarks: [{ on: 'x'.repeat(999), text: '' }] },
      `remarks[0] "${'x'.repeat(80)}…": is on "${'x'.repeat(193)}…;`,
    ],
  ])('such as %j says where it is wrong and what is allowed there', (json, line) => {
    const { design, problems } = readDocument(json);
    expect(design).toEqual(seedDesign);
    expect(problems.map((each) => printProblem(each).slice(0, line.length))).toEqual([line]);
  });

  test.each<[unknown, string]>([
    [
      { cache: { memory: '1B' } },
      'cache.memory "1B": has no room for one entry; allowed: at least 1451B with workload.value (1KiB); nearest: 1451B',
    ],
    [
      { cache: { memory: '0B' }, workload: { value: '1B' } },
      'cache.memory "0B": is below 1B; allowed: an amount such as 1KiB, from 1B to 1TiB, or node; nearest: 87B',
    ],
  ])('such as %j has room for one entry in each cache node at least', (json, line) => {
    expect(readDocument(json).problems.map(printProblem)).toEqual([line]);
  });

  test('has no larger values than a cache node has room for', () => {
    const small = setByKey(seedDesign, 'cache.memory', '1451B');
    if (!small.ok) throw new Error(printProblem(small.error));
    const larger = setByKey(small.value, 'workload.value', '1025B');
    expect(larger.ok ? 'valid' : printProblem(larger.error)).toBe(
      'workload.value "1025B": is more than a cache node has room for; allowed: at most 1KiB with cache.memory (1451B); nearest: 1KiB',
    );
    expect(setByKey(seedDesign, 'workload.value', '1MiB').ok).toBe(true);
  });

  test.each<[unknown, string]>([
    [
      { seed: '5' },
      'seed "5": is in quotes, which a number has not; allowed: a whole number, from 0 to 4294967295; nearest: 5',
    ],
    [
      { workload: { skew: '0.9' } },
      'workload.skew "0.9": is in quotes, which a number has not; allowed: a nu',
    ],
    [
      { cache: { singleFlight: 'true' } },
      'cache.singleFlight "true": is in quotes, which true and false have not; allowed: true or false; nearest: true',
    ],
    [{ title: 5 }, 'title "5": is a number, and a text in quotes belongs here; allowed: text of at most 200'],
    [{ notes: true }, 'notes "true": is a boolean, and a text in quotes belongs here; allowed: text'],
    [{ prices: { app: '0.1' } }, 'prices.app "0.1": is in quotes, which a number has not; allowed: $ from 0'],
    [{ layout: { 'app-1': ['1', '2'] } }, 'layout.app-1 "a list": is no list of two numbers; allowed: x,y'],
    [{ layout: { 'app-1': '1,2' } }, 'layout.app-1 "1,2": is no list of two numbers; allowed: x,y'],
    [
      { faults: [{ at: '1s', target: 'app-1', kind: 'slow', factor: '20' }] },
      'faults[0].factor "20": is in quotes, which a number has not; allowed: a number, from 0.01 to 10000; nearest: 20',
    ],
    [{ seed: 1e21 }, 'seed "1e21": is above 4294967295; allowed'],
  ])('such as %j is told what belongs in quotes and what does not', (json, line) => {
    const { design, problems } = readDocument(json);
    expect(design).toEqual(seedDesign);
    expect(problems.map((each) => printProblem(each).slice(0, line.length))).toEqual([line]);
  });

  test('has shares in per cent or as parts of one, and each key as the design of the project shows it', () => {
    const { design, problems } = readDocument({
      seed: 1,
      workload: { keys: 1000000, skew: 0.99, sessions: 1000, readBack: '50%' },
      client: { retries: 0, retryBudget: 0.1 },
      cache: { ttlJitter: 0.05, refreshAt: '80%', singleFlight: false },
      store: { fsync: 'periodic:10s', r: 1 },
      layout: { 'app-1': [12, -0] },
      prices: { app: 0.1 },
      faults: [
        { at: '1s', target: 'app-cache', kind: 'drop', share: 0.25 },
        { at: '1s', target: 'workload', kind: 'hotkey', share: '25%' },
        { at: '1s', target: 'app-1', kind: 'slow', factor: 20 },
        'app-1:slow:20@1s',
      ],
      contract: { availability: 0.999 },
    });
    expect(problems).toEqual([]);
    expect(design.faults.slice(0, 2)).toMatchObject([{ share: 0.25 }, { share: 0.25 }]);
    expect(design.client.retryBudget).toBe(0.1);
  });

  test('that is too long, or has too many faults or keys, says the limit', () => {
    expect(parseJsonDocument(' '.repeat(LIMITS.documentText + 1)).problems).toHaveLength(1);
    const fault = { at: '1s', target: 'app-1', kind: 'crash' };
    const { design, problems } = readDocument({ faults: Array.from({ length: 65 }, () => fault) });
    expect(design.faults).toHaveLength(64);
    expect(problems).toMatchObject([{ key: 'faults', allowed: 'at most 64' }]);
    const layout = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`app-${i}`, [1, 2]]));
    expect(readDocument({ layout }).problems.filter(({ key }) => key === 'layout')).toMatchObject([
      { value: '1001 keys', allowed: 'at most 1000' },
    ]);
  });
});
