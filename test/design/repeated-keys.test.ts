import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJsonDocument } from '../../src/design/document.ts';
import { printProblem } from '../../src/design/problem.ts';
import { repeatedKeys } from '../../src/design/repeatedKeys.ts';
import { aDesign } from '../support/designs.ts';

const RUNS = { seed: 20260406, numRuns: 500 };

/** JSON of which it is known what stands where: an object is a list of its entries, so that a key can be in it twice. */
type Tree =
  | { readonly kind: 'leaf'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Tree[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Tree])[] };

/** Few keys, so that many are there twice; and texts that could be taken for signs. */
const aKey = fc.constantFrom('a', 'b', '', '__proto__', 'say "x"', '\\', '{', 'k:,[');
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({
      kind: fc.constant('leaf' as const),
      value: fc.oneof(
        aKey,
        fc.string(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
      ),
    }),
    fc.record({ kind: fc.constant('list' as const), items: fc.array(tie('tree'), { maxLength: 4 }) }),
    fc.record({
      kind: fc.constant('object' as const),
      entries: fc.array(fc.tuple(aKey, tie('tree')), { maxLength: 5 }),
    }),
  ),
}));

function write(node: Tree, space: string): string {
  const between = `${space},${space}`;
  switch (node.kind) {
    case 'leaf':
      return JSON.stringify(node.value);
    case 'list':
      return `[${space}${node.items.map((item) => write(item, space)).join(between)}${space}]`;
    case 'object': {
      const entries = node.entries.map(
        ([key, value]) => `${JSON.stringify(key)}${space}:${space}${write(value, space)}`,
      );
      return `{${space}${entries.join(between)}${space}}`;
    }
  }
}

/** How many keys stand more than once in an object. */
function countRepeats(node: Tree): number {
  switch (node.kind) {
    case 'leaf':
      return 0;
    case 'list':
      return node.items.reduce((sum, item) => sum + countRepeats(item), 0);
    case 'object': {
      const keys = node.entries.map(([key]) => key);
      const below = node.entries.reduce((sum, [, value]) => sum + countRepeats(value), 0);
      return new Set(keys.filter((key, i) => keys.indexOf(key) < i)).size + below;
    }
  }
}

describe('keys that are given more than once in a JSON text', () => {
  test('are found, each of them, in whatever stands around them', () => {
    let found = 0;
    fc.assert(
      fc.property(tree, fc.constantFrom('', ' ', '\n\t'), (node, space) => {
        const repeats = countRepeats(node);
        found += repeats;
        expect(repeatedKeys(write(node, space))).toHaveLength(repeats);
      }),
      RUNS,
    );
    expect(found).toBeGreaterThan(100);
  });

  test.each([
    ['{"duration":"1s","duration":"2s"}', ['duration "2s"']],
    ['{"cache":{"ttl":"3s","nodes":2,"ttl":"4s"}}', ['cache.ttl "4s"']],
    ['{"cache":{"ttl":"3s"},"seed":2,"cache":{}}', ['cache "an object"']],
    ['{"faults":[{},{"at":"1s","for":"2s","at":"3s"}]}', ['faults[1].at "3s"']],
    ['{"seed":1,"seed":2,"seed":3}', ['seed "3"']],
    ['{"cache":{"ttl":1,"ttl":{"ttl":1,"ttl":2},"ttl":3}}', ['cache.ttl "3"', 'cache.ttl.ttl "2"']],
    ['{"store":{"tt\\u006c":1,"ttl":[2]}}', ['store.ttl "a list"']],
    ['{"title":"\\"seed\\":1,","seed":2}', []],
    ['{"cache":{"nodes":2},"app":{"nodes":2}}', []],
  ])('are named by where they stand, with the value that is too many: %s', (text, named) => {
    expect(repeatedKeys(text).map((each) => printProblem(each))).toEqual(
      named.map((each) => `${each}: is given more than once; allowed: each key once; the last one counts`),
    );
  });

  test('are problems of a document, whose last value counts as in every JSON', () => {
    const { design, problems } = parseJsonDocument('{"cache":{"ttl":"3s","ttl":"4s"}}');
    expect(design).toEqual(aDesign({ 'cache.ttl': '4s' }));
    expect(problems.map(({ key }) => key)).toEqual(['cache.ttl']);
  });
});
