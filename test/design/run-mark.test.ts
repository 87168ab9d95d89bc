import { describe, expect, it } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import { readLink, writeLink } from '../../src/design/links.ts';
import { isOfAnotherRun, markOfRun } from '../../src/design/runMark.ts';

const digest = '0123456789abcdef';
const other = '0123456089abcdef';
const mark = markOfRun(seedDesign, digest);

describe('the mark of a run in a link', () => {
  it('tells a run from another one of the same design', () => {
    expect(isOfAnotherRun(mark, seedDesign, digest)).toBe(false);
    expect(isOfAnotherRun(mark, seedDesign, other)).toBe(true);
  });

  it('says nothing of a design that a hand has changed since', () => {
    expect(isOfAnotherRun(mark, { ...seedDesign, seed: 2 }, other)).toBe(false);
  });

  it('travels behind everything else, and is not needed', () => {
    const link = writeLink(seedDesign, { at: 1_000_000, run: mark });
    expect(link).toBe(`/write-through?at=1s&run=${mark}`);
    expect(readLink(link)).toMatchObject({ view: { at: 1_000_000, run: mark }, problems: [] });
    expect(readLink('/write-through?at=1s').view).toEqual({ at: 1_000_000 });
  });

  it.each(['', 'xyz', '0123456789AB', '0123456789abc'])(
    'that is none (%j) is said, and the rest is kept',
    (text) => {
      const { view, problems } = readLink(`/write-through?at=1s&run=${text}`);
      expect(view).toEqual({ at: 1_000_000 });
      expect(problems).toMatchObject([{ key: 'run', value: text }]);
    },
  );
});
