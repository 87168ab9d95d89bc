/** Links that nobody wrote like that: cut, mistyped, far too long, or made to do harm. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seedDesign, type Design } from '../../src/design/design.ts';
import { readLink, writeLink } from '../../src/design/links.ts';
import { LIMITS } from '../../src/design/limits.ts';
import { writeValue } from '../../src/design/linkText.ts';
import { anyDesign } from '../support/designs.ts';
import { mutations } from '../support/mutations.ts';

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

describe('a link', () => {
  test('with a text that grows past its limit when inflated is refused', () => {
    const bomb = `/write-through?notes=${writeValue('a'.repeat(LIMITS.inflated + 10))}`;
    expect(bomb.length).toBeLessThan(2000);
    const { design, problems } = readLink(bomb);
    expect(design).toEqual(seedDesign);
    expect(problems).toMatchObject([{ key: 'notes', message: 'cannot be decompressed' }]);
  });

  test.each([
    ['/z/____', 'link', 'z/____'],
    ['/write-through?title=~', 'title', '~'],
  ])('with nothing in what is compressed, %s, is not taken for one without settings', (link, key, value) => {
    expect(readLink(link).problems).toMatchObject([{ key, value, message: 'cannot be decompressed' }]);
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
      { seed: 20260401, numRuns: 1000 },
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
