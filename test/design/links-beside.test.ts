import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import { readLink, writeLink } from '../../src/design/links.ts';
import { PRESETS } from '../../src/design/presets.ts';
import { aDesign, anyDesign, anyView } from '../support/designs.ts';

describe('a link', () => {
  test('of several designs gives back each of them, and survives as one of a single design does', () => {
    const other = fc.option(anyDesign(), { nil: undefined });
    fc.assert(
      fc.property(anyDesign(), other, other, anyView(), (design, versus, ghost, view) => {
        const link = writeLink(design, view, { versus, ghost });
        expect(readLink(link)).toEqual({ design, view, versus, ghost, problems: [] });
        expect(link).toMatch(/^\/[A-Za-z0-9._~:,=*+/@%?&-]*[A-Za-z0-9]$/);
      }),
      { seed: 20260401, numRuns: 150 },
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

  test.each<[string, readonly string[]]>([
    ['vs=', ['vs']],
    ['vs=&cache.ttl=3s', ['vs']],
    ['vs=look-aside?vs', ['vs']],
    ['vs=look-aside?at=x', ['at']],
    ['vs=look-asid?cache.tll=3s', ['vs preset', 'vs cache.tll']],
  ])('with %s says once whose problem it is', (text, keys) => {
    expect(readLink(`/write-through?${text}`).problems.map(({ key }) => key)).toEqual(keys);
  });
});
